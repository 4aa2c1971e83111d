"""A line of words with a figure right and a meter below: what is there of what is asked."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from diag_app.ui.paint import paint_meter, paint_text
from diag_app.ui.theme import Theme

_LINE = 20
_BAR = 4


class MeterLine(QWidget):
    """Shows a name, `have / need` in grey beside it, the short figure right, and the meter."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name, self._figures, self._short = "", "", ""
        self._value, self._maximum = Decimal(0), Decimal(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, name: str, figures: str, short: str, value: Decimal, maximum: Decimal) -> None:
        """Show other figures; the bar is `value` of `maximum`."""
        self._name, self._figures, self._short = name, figures, short
        self._value, self._maximum = value, maximum
        self.setAccessibleName(f"{name} {figures}, {short}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the line and the bar."""
        return QSize(120, _LINE + _BAR + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words, figures and bar."""
        painter = QPainter(self)
        line = QRectF(0, 0, self.width(), _LINE)
        metrics = self._theme.metrics("dense", bold=True)
        room = metrics.horizontalAdvance(self._short) + 8.0
        paint_text(painter, line, self._short, self._theme, bold=True, align=Qt.AlignmentFlag.AlignRight)
        width = self._theme.metrics("dense").horizontalAdvance(self._name) + 5.0
        left = line.adjusted(0, 0, -room, 0)
        paint_text(painter, left, self._name, self._theme)
        paint_text(painter, left.adjusted(width, 0, 0, 0), self._figures, self._theme, colour="text_2")
        bar = QRectF(0, _LINE + 2, self.width(), _BAR)
        paint_meter(painter, bar, self._value, self._maximum, self._theme)
        painter.end()
