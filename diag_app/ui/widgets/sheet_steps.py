"""The recovery sheet in two steps: write it down, then type a few of its words back from the paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.sheet_view import SheetCheck, SheetView


class SheetSteps(QStackedWidget):
    """Signal `confirmed()` once the words asked for were typed as they stand on the sheet."""

    confirmed = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._theme, self._translate = theme, translate
        self._words: tuple[str, ...] = ()
        self.view = SheetView(theme)
        self.check = SheetCheck(theme, translate)
        self.written = Button(translate("It is on paper"), theme, "primary")
        self.done = Button(translate("Finish"), theme, "primary", icon="check")
        self.back = Button(translate("Show the words again"), theme, "text", small=True)
        self.written.clicked.connect(self._ask)
        self.done.clicked.connect(self._on_done)
        self.check.entered.connect(self._on_done)
        self.back.clicked.connect(self._show)
        self.addWidget(self._view_card())
        self.addWidget(self._check_card())

    def begin(self, words: tuple[str, ...]) -> None:
        """Show the words of a new sheet."""
        self._words = words
        self._show()

    def clear(self) -> None:
        """Forget the words."""
        self._words = ()
        self.view.clear()
        self.check.clear()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words shown, or nothing once they are forgotten."""
        return self._words

    def _view_card(self) -> Card:
        translate, theme = self._translate, self._theme
        card = Card(theme, padding=20)
        card.body.addWidget(label(translate("The recovery sheet"), theme, "heading"))
        sentence = translate(
            "Write these words on paper, in their order, and lock the paper away. They are shown this once and stored"
            " nowhere; whoever has them can open the workspace."
        )
        card.body.addWidget(label(sentence, theme, "body", colour="text_2", wrap=True))
        card.body.addWidget(self.view)
        card.body.addLayout(_at_left(self.written))
        card.body.addStretch(1)
        return card

    def _check_card(self) -> Card:
        translate, theme = self._translate, self._theme
        card = Card(theme, padding=20)
        card.body.addWidget(label(translate("Read from the paper"), theme, "heading"))
        sentence = translate("Type these words from the paper: so it is certain that they stand there.")
        card.body.addWidget(label(sentence, theme, "body", colour="text_2", wrap=True))
        card.body.addWidget(self.check)
        card.body.addLayout(_at_left(self.done, self.back))
        card.body.addStretch(1)
        return card

    def _show(self) -> None:
        self.check.clear()
        self.view.show_words(self._words)
        self.setCurrentIndex(0)
        self.written.setFocus()

    def _ask(self) -> None:
        self.view.clear()
        self.check.ask(self._words)
        self.setCurrentIndex(1)
        self.check.fields[0].setFocus()

    def _on_done(self) -> None:
        if self.check.check():
            self.confirmed.emit()


def _at_left(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
