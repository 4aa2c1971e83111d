"""A field to search with: a magnifying glass before the text, a key cap behind it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import key_width, paint_key
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import LineField

_GLASS = 34


class SearchField(LineField):
    """A one-line field whose key cap is shown while it is empty and without focus; the down key leaves it.

    Signals:
        stepped(1 or -1) on the arrow keys, opened() on a press, left() when the focus goes elsewhere.
    """

    left_downwards = Signal()
    stepped = Signal(int)
    opened = Signal()
    left = Signal()

    def __init__(
        self, theme: Theme, name: str, *, placeholder: str, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, placeholder=placeholder, parent=parent)
        self._cap = key
        self.setFont(theme.font("dense"))
        self.setTextMargins(_GLASS - 4, 0, 8, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave downwards, to what was found."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            if event.key() == Qt.Key.Key_Down:
                self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Announce the press."""
        super().mousePressEvent(event)
        self.opened.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Announce that the focus goes elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, the glass, and the key cap."""
        super().paintEvent(event)
        painter = QPainter(self)
        paint_icon(painter, QPointF(10, (self.height() - 16) / 2), "search", self._theme, 16, "text_2")
        if self._cap and not self.text() and not self.hasFocus():
            width = key_width(self._cap, self._theme)
            cap = QRectF(self.width() - width - 10, (self.height() - 19) / 2, width, 19)
            paint_key(painter, cap, self._cap, self._theme)
