"""A new passphrase, typed twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.form import FormRow
from diag_app.ui.widgets.secret_field import SecretField


class NewPassphrase(QWidget):
    """Two fields; `entered()` on Enter in the second one."""

    entered = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._translate = translate
        words = (translate("New passphrase"), translate("The same once more"))
        self.first, self.second = (SecretField(theme, word) for word in words)
        note = translate("At least 10 characters; four unrelated words are good.")
        self._rows = (FormRow(words[0], self.first, theme, note=note), FormRow(words[1], self.second, theme))
        self.shown = Button("", theme, "text", small=True)
        self.shown.clicked.connect(self._turn)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for row in self._rows:
            box.addWidget(row)
        box.addWidget(self.shown)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered)
        for row, field in zip(self._rows, (self.first, self.second), strict=True):
            field.textEdited.connect(lambda _text, row=row: row.show_note())
        self._show(False)

    def take(self) -> str | None:
        """Return the passphrase and forget it; where the two differ, say so and return None."""
        first, second = self.first.take(), self.second.take()
        self._show(False)
        if first != second:
            self._rows[1].show_error(self._translate("The two are not the same. Type both again."))
            self.first.setFocus()
            return None
        return first

    def show_error(self, text: str) -> None:
        """Say what is wrong with the passphrase."""
        self._rows[0].show_error(text)
        self.first.setFocus()

    @property
    def message(self) -> str:
        """Return what stands below the fields."""
        return "\n".join(row.message for row in self._rows if row.message)

    def _turn(self) -> None:
        self._show(self.first.echoMode() == SecretField.EchoMode.Password)

    def _show(self, shown: bool) -> None:
        for field in (self.first, self.second):
            field.set_shown(shown)
        translate = self._translate
        self.shown.set_content(translate("Hide what is typed") if shown else translate("Show what is typed"))
