"""Headings for tables inside cards and forms: no ground of their own, close to the cells below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme

HEIGHT = 26


class QuietHeader(QHeaderView):
    """Paints headings on the token `ground`; texts start where the cells' do."""

    def __init__(self, theme: Theme, ground: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._ground = theme, ground
        self.setFixedHeight(HEIGHT)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one heading, aligned as its column."""
        painter.fillRect(rect, self._theme.colour(self._ground))
        painter.setPen(self._theme.pen("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model = self.model()
        text = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        align = model.headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        is_right = align is not None and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)
        box = QRectF(rect).adjusted(0 if is_right else 6, 0, -6, 0)
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        paint_text(painter, box, text, self._theme, font="caption", colour="text_2", align=side)
