"""A glyph with a few words, in one colour: a state that stands beside something."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme

_ICON, _GAP = 14, 5


class IconWords(QWidget):
    """Takes no focus and never elides."""

    def __init__(self, icon: str, text: str, theme: Theme, colour: str) -> None:
        super().__init__()
        self._icon, self._text, self._theme, self._colour = icon, text, theme, colour
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of glyph and words."""
        width = self._theme.metrics("dense").horizontalAdvance(self._text)
        return QSize(_ICON + _GAP + width + 2, self._theme.line_height("dense"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both."""
        painter = QPainter(self)
        paint_icon(painter, QPointF(0, (self.height() - _ICON) / 2), self._icon, self._theme, _ICON, self._colour)
        box = QRectF(_ICON + _GAP, 0, self.width() - _ICON - _GAP, self.height())
        paint_text(painter, box, self._text, self._theme, colour=self._colour)
        painter.end()
