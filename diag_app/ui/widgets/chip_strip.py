"""Chips side by side in the room there is; those that do not fit are counted at the end."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from diag_app.ui.paint import chip_width, paint_chip, paint_text
from diag_app.ui.theme import Theme

_GAP, _MORE = 6, 26


class ChipStrip(QWidget):
    """Says a few short things; the whole of it is its accessible name and tool tip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.texts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_texts(self, texts: tuple[str, ...], spoken: str) -> None:
        """Show `texts`; `spoken` says the same in full."""
        self.texts = texts
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of all chips."""
        widths = [chip_width(text, self._theme) for text in self.texts]
        return QSize(sum(widths) + _GAP * max(0, len(widths) - 1), self._theme.size("chip"))

    def minimumSizeHint(self) -> QSize:
        """Return the room of the first chip and the count of the others."""
        first = chip_width(self.texts[0], self._theme) if self.texts else 0
        return QSize(first + (_GAP + _MORE if len(self.texts) > 1 else 0), self._theme.size("chip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chips that fit, then how many more there are."""
        painter = QPainter(self)
        left, height = 0.0, float(self.height())
        for place, text in enumerate(self.texts):
            width = chip_width(text, self._theme)
            is_last = place == len(self.texts) - 1
            if left + width + (0 if is_last else _GAP + _MORE) > self.width() + 0.5:
                more = f"+{len(self.texts) - place}"
                paint_text(painter, QRectF(left, 0, _MORE, height), more, self._theme, colour="text_2")
                break
            paint_chip(painter, QRectF(left, 0, width, height), text, self._theme)
            left += width + _GAP
        painter.end()
