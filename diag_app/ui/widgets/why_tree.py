"""The tree view of the why page: guides 22 px apart, whole rows selected, a ring inside the row in focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionViewItem, QTreeView, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.models.why import DETAIL_COLUMN, EVIDENCE_COLUMN, TITLE_COLUMN, VALUE_COLUMN, WhyNode
from diag_app.ui.paint import paint_focus_ring, paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.pressing import Pressing

INDENT = 22


class WhyTree(Pressing, QTreeView):
    """Shows a `WhyModel`; the second column starts at the same place on every depth."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setHeaderHidden(True)
        self.setIndentation(INDENT)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def fix_columns(self) -> None:
        """Give the columns their widths; called once a model is set."""
        header = self.header()
        header.setMinimumSectionSize(40)
        header.setStretchLastSection(False)
        for column in (TITLE_COLUMN, EVIDENCE_COLUMN, VALUE_COLUMN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(DETAIL_COLUMN, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(TITLE_COLUMN, 322)
        self.setColumnWidth(EVIDENCE_COLUMN, 74)
        self.setColumnWidth(VALUE_COLUMN, 126)

    def drawRow(
        self, painter: QPainter, options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the row's ground, its cells, and the ring when it has the focus."""
        node: WhyNode = index.data(ROW_ROLE)
        rect = QRect(0, options.rect.y(), self.viewport().width(), options.rect.height())
        is_current = self.currentIndex().siblingAtColumn(0) == index
        if is_current:
            painter.fillRect(rect, self.theme.colour("accent_soft"))
        elif node.reason.kind in ("level", "next_level"):
            painter.fillRect(rect, self.theme.colour("surface_alt"))
        super().drawRow(painter, options, index)
        if node.is_tried:
            box = QRectF(rect).adjusted(2, 2, -2, -2)
            paint_frame(painter, box, self.theme, fill=None, line="accent", radius=4, dashed=True)
        if node.reason.kind in ("level", "next_level"):
            painter.setPen(self.theme.pen("border"))
            painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top())
        if is_current and self.hasFocus():
            paint_focus_ring(painter, QRectF(rect), self.theme, inside=True, radius=2)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint one guide line for each depth and the arrow of a branch."""
        depth = 0
        above = index.parent()
        while above.isValid():
            depth += 1
            above = above.parent()
        painter.setPen(self.theme.pen("border"))
        for step in range(1, depth + 1):
            x = rect.left() + step * INDENT - INDENT / 2 + 0.5
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
        if self.model().rowCount(index) > 0:
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            place = QPointF(rect.left() + depth * INDENT + 4, rect.center().y() - 6.5)
            paint_icon(painter, place, name, self.theme, 14, "text_2")
