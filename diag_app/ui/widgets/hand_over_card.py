"""Giving a case to a colleague, and taking it over: who has it, to whom it goes, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from diag_app.i18n import Translator
from diag_app.model.actor import Actor
from diag_app.model.custody import Custody
from diag_app.ui.icons import icon as themed_icon
from diag_app.ui.models.figures import local_time
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label


def custody_words(custody: Custody | None, actor: Actor, translate: Translator) -> str:
    """Return in one sentence who has the case."""
    if custody is None:
        return translate("The case has always been here.")
    signed = {"giver": custody.giver or "–", "holder": custody.holder or "–", "time": local_time(custody.at)}
    if custody.step == "handed_over":
        return translate("Handed over by {giver} to {holder}, {time}.", **signed)
    if custody.is_away(actor):
        return translate("With {holder}, taken over from {giver}, {time}.", **signed)
    return translate("Here: taken over from {giver}, {time}.", **signed)


class HandOverCard(Card):
    """Signals: handed_over(to whom, note), taken_over()."""

    handed_over = Signal(str, str)
    taken_over = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._translate = translate
        head = QHBoxLayout()
        head.setSpacing(8)
        picture = QLabel()
        picture.setPixmap(themed_icon("user", theme, 20, colour="text_2").pixmap(20, 20))
        head.addWidget(picture)
        head.addWidget(label(translate("To a colleague and back"), theme, "body", bold=True))
        self.state = label("", theme, "dense", colour="text_2", wrap=True)
        head.addSpacing(8)
        head.addWidget(self.state, 1)
        self.holder = LineField(theme, translate("Colleague"))
        self.holder.setPlaceholderText(translate("Name of the colleague"))
        self.note = LineField(theme, translate("Message"))
        self.note.setPlaceholderText(translate("What the colleague should know"))
        self.button = Button(translate("Hand over…"), theme, key="H")
        self.button.clicked.connect(self._hand_over)
        self.take_button = Button(translate("Take over"), theme, "primary", icon="check")
        self.take_button.clicked.connect(self.taken_over)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.holder, 1)
        row.addWidget(self.note, 2)
        row.addWidget(self.button)
        row.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(head)
        self.body.addLayout(row)

    def show_custody(self, custody: Custody | None, actor: Actor) -> None:
        """Show who has the case and what can be done about it."""
        self.state.setText(custody_words(custody, actor, self._translate))
        is_offered = custody is not None and custody.is_offered_to(actor)
        self.take_button.setVisible(is_offered)
        for widget in (self.holder, self.note, self.button):
            widget.setVisible(not is_offered)
        if custody is not None and custody.is_away(actor):
            self.holder.load("")
            self.note.load("")
        elif custody is not None and not self.holder.text():
            self.holder.load(custody.giver)  # back to whom it came from

    def focus_holder(self) -> None:
        """Put the focus where the colleague is named."""
        self.holder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_over(self) -> None:
        if self.holder.text().strip():
            self.handed_over.emit(self.holder.text(), self.note.text())
        else:
            self.focus_holder()
