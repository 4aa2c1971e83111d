"""One question in the page where a dialog would interrupt: its words, a field, what to do with what is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label


class AskLine(QWidget):
    """Hidden until something is asked; Enter answers, Esc and Enter on Cancel leave it."""

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Callable[[str], object] = str
        self._words = label("", theme, "dense", wrap=True)
        self.field = LineField(theme, translate("Answer"))
        self.button = Button("", theme, "primary")
        self.button.clicked.connect(self._answered)
        self.leave = Button(translate("Cancel"), theme, "text")
        self.leave.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 2)
        row.addWidget(self.field, 3)
        row.addWidget(self.button)
        row.addWidget(self.leave)
        self.hide()

    def ask(self, words: str, action: str, answer: Callable[[str], object]) -> None:
        """Ask, and call `answer` with what is typed."""
        self._answer = answer
        self._words.setText(words)
        self.field.setAccessibleName(words)
        self.button.set_content(action)
        self.field.load("")
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with Enter, leave with Esc or with Enter on Cancel."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (is_enter and self.leave.hasFocus()):
            self.hide()
        elif is_enter:
            self._answered()
        else:
            super().keyPressEvent(event)

    def _answered(self) -> None:
        text = self.field.text().strip()
        if not text:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hide()
        self._answer(text)
