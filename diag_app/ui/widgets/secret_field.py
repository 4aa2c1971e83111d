"""A field for a passphrase: hidden, stored nowhere, empty again as soon as it was read or left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit

from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import LineField

_HINTS = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class SecretField(LineField):
    """Like a line of text, but it never announces what is typed."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.textChanged.disconnect(self._rest.type)
        self.set_shown(False)

    def set_shown(self, shown: bool) -> None:
        """Show the letters, or dots; an input method works only while they are shown."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.setInputMethodHints(_HINTS)

    def take(self) -> str:
        """Return what is typed and forget it, with everything that undo could bring back."""
        text = self.text()
        self.setText("")
        return text

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what is typed when the page is left; not when the window is only put away for a moment."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.take()
            self.set_shown(False)
