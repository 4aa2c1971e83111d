"""Plain tables inside cards: figures right, states with their glyph, a line below each row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from diag_app.model.receipt import Receipt
from diag_app.operations.delivery_order import State, Written
from diag_app.operations.export_log import UndeliveredCase
from diag_app.ui.models.rows import ROW_ROLE, CellsModel
from diag_app.ui.paint import Status, paint_focus_ring, paint_status, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.quiet_header import QuietHeader
from diag_app.ui.widgets.table import Table

ROW = 28
_STATES: dict[State, Status] = {
    "prepared": "undelivered", "handed_over": "sent", "receipted": "receipted", "refused": "refused",
}  # fmt: skip


class CountDelegate(QStyledItemDelegate):
    """Paints the cells; the last column of firms, bundles and receipts is a state."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a cell's size; the view fixes rows and columns."""
        return QSize(60, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        rect = QRectF(option.rect)
        text = str(index.data())
        status = self._status(index)
        is_right = bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
        painter.save()
        painter.setPen(self.theme.pen("border"))
        painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5))
        if status is not None:
            paint_status(painter, rect.adjusted(6, 0, -4, 0), status, text, self.theme)
        elif is_right:
            paint_text(
                painter, rect.adjusted(2, 0, -6, 0), text, self.theme, bold=True, align=Qt.AlignmentFlag.AlignRight
            )
        else:
            middle = Qt.TextElideMode.ElideMiddle
            paint_text(painter, rect.adjusted(6, 0, -8, 0), text, self.theme, elide=middle)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, self.theme, inside=True, radius=4)
        painter.restore()

    def _status(self, index: QModelIndex | QPersistentModelIndex) -> Status | None:
        row = index.data(ROW_ROLE)
        if index.column() != index.model().columnCount() - 1:
            return None
        if isinstance(row, Written):
            return _STATES[row.state]
        if isinstance(row, Receipt):
            return "receipted"
        if isinstance(row, UndeliveredCase):
            return "sent" if row.is_written else "undelivered"
        return None


class CountTable(Table):
    """Shows a `CellsModel` with fixed widths; the column `wide` takes what is left."""

    def __init__(
        self,
        model: CellsModel[Any],
        theme: Theme,
        name: str,
        *,
        widths: dict[int, int],
        wide: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, name, row_height=ROW, parent=parent)
        self._widths, self._wide = widths, wide
        self._delegate = CountDelegate(theme)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalHeader(QuietHeader(theme, "surface", self))

    def show_at_most(self, rows: int) -> None:
        """Give the table the height of its rows, `rows` of them at most."""
        count = self.model().rowCount()
        self.setFixedHeight(28 + ROW * max(1, min(rows, count)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns."""
        super().resizeEvent(event)
        for column, width in self._widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(self._wide, max(80, self.viewport().width() - sum(self._widths.values())))
