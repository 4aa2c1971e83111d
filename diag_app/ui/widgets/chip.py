"""A pill with one line of text, as a widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from diag_app.ui.paint import ChipStyle, chip_width, paint_chip
from diag_app.ui.theme import Theme


class Chip(QWidget):
    """Says something about what stands beside it; takes no focus."""

    def __init__(
        self,
        text: str,
        theme: Theme,
        *,
        style: ChipStyle = "plain",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._theme, self._style, self._icon = text, theme, style, icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room the text needs; it never elides."""
        return QSize(chip_width(self._text, self._theme, icon=self._icon), self._theme.size("chip"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        paint_chip(QPainter(self), QRectF(self.rect()), self._text, self._theme, style=self._style, icon=self._icon)
