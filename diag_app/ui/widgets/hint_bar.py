"""The line of keys at the foot of a page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from diag_app.ui.paint import key_width, paint_key, paint_text
from diag_app.ui.theme import Theme

Hints = tuple[tuple[tuple[str, ...], str], ...]
_MARGIN, _KEY_GAP, _LABEL_GAP, _GROUP_GAP = 16, 5, 6, 14


class HintBar(QWidget):
    """Shows key caps with what they do; what does not fit at the end is left out whole."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hints: Hints = ()
        self.setFixedHeight(theme.size("hint_bar"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_hints(self, hints: Hints) -> None:
        """Show these groups of keys, each with its label."""
        self._hints = hints
        spoken = "; ".join(f"{' '.join(keys)}: {label}" for keys, label in hints)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the bar; the width is whatever there is."""
        return QSize(0, self._theme.size("hint_bar"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the groups from the left while they fit."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface_alt"))
        painter.setPen(self._theme.pen("border"))
        painter.drawLine(0, 0, self.width(), 0)
        left = _MARGIN
        for keys, label in self._hints:
            width = self._group_width(keys, label)
            if left + width > self.width():
                break
            self._paint_group(painter, left, keys, label)
            left += width + _GROUP_GAP

    def _group_width(self, keys: tuple[str, ...], label: str) -> int:
        caps = sum(key_width(key, self._theme) + _KEY_GAP for key in keys)
        return caps - _KEY_GAP + _LABEL_GAP + self._theme.metrics("caption").horizontalAdvance(label)

    def _paint_group(self, painter: QPainter, left: int, keys: tuple[str, ...], label: str) -> None:
        top = (self.height() - 19) / 2 + 0.5
        for key in keys:
            width = key_width(key, self._theme)
            paint_key(painter, QRectF(left, top, width, 19), key, self._theme)
            left += width + _KEY_GAP
        box = QRectF(left + _LABEL_GAP - _KEY_GAP, 0, self.width(), self.height())
        paint_text(painter, box, label, self._theme, font="caption", colour="text_2")
