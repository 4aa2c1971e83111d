"""The level badge as a widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from diag_app.ui.paint import paint_badge
from diag_app.ui.theme import Theme


class LevelBadge(QWidget):
    """A square with the level's digit. `words`, such as the level's name and its pack, is spoken and shown on hover."""

    def __init__(self, theme: Theme, side: int = 22, *, target: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._target = theme, target
        self._level: int | None = None
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_level(self, level: int | None, words: str) -> None:
        """Show `level`; 0 and None are no level."""
        self._level = level
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the badge."""
        paint_badge(QPainter(self), QRectF(self.rect()), self._level, self._theme, target=self._target)
