"""Surfaces: a rounded card, a side panel with one edge line, and a thin rule."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme

Edge = Literal["left", "right", "top", "bottom"]


class Card(QWidget):
    """A rounded white surface; put content into `body`."""

    def __init__(self, theme: Theme, *, padding: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding - 2, padding, padding)
        self.body.setSpacing(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint surface and hairline."""
        paint_frame(QPainter(self), QRectF(self.rect()), self._theme)


class Panel(QWidget):
    """A flat surface with a hairline on one edge: side panels, bars, the table's ground."""

    def __init__(
        self, theme: Theme, *, edge: Edge | None = None, fill: str = "surface", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._edge, self._fill = theme, edge, fill

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the surface and its edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(self._fill))
        painter.setPen(self._theme.pen("border"))
        right, bottom = self.width() - 1, self.height() - 1
        lines: dict[Edge, tuple[int, int, int, int]] = {
            "left": (0, 0, 0, bottom),
            "right": (right, 0, right, bottom),
            "top": (0, 0, right, 0),
            "bottom": (0, bottom, right, bottom),
        }
        if self._edge is not None:
            painter.drawLine(*lines[self._edge])


class Rule(QFrame):
    """A hairline between parts of a panel."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(1)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        QPainter(self).fillRect(self.rect(), self._theme.colour("border"))
