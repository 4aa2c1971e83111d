"""What is to become of the original when a part of a picture is blacked out: asked in the page, answered once."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label


class RedactQuestion(QWidget):
    """Hidden until asked. Signals: kept(), erased(reason), cancelled()."""

    kept = Signal()
    erased = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._theme = theme
        self.keep = Button(translate("Keep it here, sealed"), theme, "primary")
        self.keep.clicked.connect(self.kept)
        self.erase = Button(translate("Erase it for good"), theme, icon="trash-2")
        self.erase.clicked.connect(self._on_erase)
        self.cancel = Button(translate("Not now"), theme, "text")
        self.cancel.clicked.connect(self.cancelled)
        self.reason = LineField(
            theme,
            translate("Why it is erased"),
            placeholder=translate("Why it is erased: who asked, without what is to be hidden"),
        )
        self._needed = translate("Type who asked for it and why; it stays on record.")
        self._error = label("", theme, "caption", colour="error", wrap=True)
        what = translate("What was under the boxes will be in no pixel of the new version. And the original?")
        detail = translate(
            "Sealed, it stays in this workspace: no bundle, report or exported file holds it, and undo brings it back. "
            "Erased, it is gone from here too, and that cannot be undone."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        column.addWidget(label(what, theme, "body", bold=True, wrap=True))
        column.addWidget(label(detail, theme, "dense", colour="text_2", wrap=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for widget in (self.keep, self.erase):
            buttons.addWidget(widget)
        buttons.addWidget(self.reason, 1)
        buttons.addWidget(self.cancel)
        column.addLayout(buttons)
        column.addWidget(self._error)
        self.hide()

    def ask(self) -> None:
        """Ask, with the answer that can be undone under the focus."""
        self.reason.load("")
        self._say("")
        for button in (self.keep, self.erase, self.cancel):
            button.setMinimumHeight(self._theme.row(32))
        self.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground of a warning."""
        paint_frame(QPainter(self), QRectF(self.rect()), self._theme, fill="warning_soft", line=None, radius=0)

    def _on_erase(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.erased.emit(reason)
        else:
            self._say(self._needed)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.reason.set_error(text)
