"""The baseline table: Enter edits a cell, Tab goes to the next one that can be edited."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from diag_app.ui.icons import paint_icon
from diag_app.ui.models.needs import (
    EDITABLE_COLUMNS,
    FORMULA_COLUMN,
    NAME_COLUMN,
    PERIOD_COLUMN,
    SOURCE_COLUMN,
    STATE_COLUMN,
    UNIT_COLUMN,
    VALUE_COLUMN,
    MetricRow,
    MetricsModel,
)
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_focus_ring, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.cell_table import CellDelegate, CellTable
from diag_app.ui.widgets.quiet_header import HEIGHT

_RIGHT = Qt.AlignmentFlag.AlignRight
_ICON = 14
HEADER = HEIGHT


class MetricDelegate(CellDelegate):
    """Paints the cells; the last one shows what a value stands on: evidence, a working, or nothing yet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a cell's size; the view fixes rows and columns."""
        return QSize(60, self.theme.size("table_row"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell with the line below it."""
        row: MetricRow = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setPen(self.theme.pen("border"))
        painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5))
        column = index.column()
        text = str(index.data())
        is_missing = column == VALUE_COLUMN and row.recorded.value is None
        colour = "warning" if is_missing else "text_2" if column in (UNIT_COLUMN, FORMULA_COLUMN) else "text"
        if column == STATE_COLUMN:
            self._paint_state(painter, rect, row)
        elif column == VALUE_COLUMN:
            box = rect.adjusted(4, 0, -6, 0)
            paint_text(painter, box, text, self.theme, bold=not is_missing, colour=colour, align=_RIGHT)
        else:
            paint_text(painter, rect.adjusted(6, 0, -6, 0), text, self.theme, colour=colour)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, self.theme, inside=True, radius=5)
        painter.restore()

    def _paint_state(self, painter: QPainter, rect: QRectF, row: MetricRow) -> None:
        marks = [("calculator", "text_2")] if row.recorded.working is not None else []
        marks += [("paperclip", "text_2")] if row.recorded.evidence else []
        if row.recorded.value is None:
            marks.append(("triangle-alert", "warning"))
        for place, (icon, colour) in enumerate(marks):
            spot = QPointF(rect.left() + 4 + place * (_ICON + 4), rect.center().y() - _ICON / 2)
            paint_icon(painter, spot, icon, self.theme, _ICON, colour)


class MetricTable(CellTable):
    """Shows a `MetricsModel`."""

    selects = False

    def __init__(self, model: MetricsModel, theme: Theme, name: str) -> None:
        super().__init__(model, theme, name, editable=EDITABLE_COLUMNS, main=VALUE_COLUMN)
        self._delegate = MetricDelegate(theme)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = model

    def fit(self, width: int, row_height: int) -> None:
        """Give the columns their share of `width` and the table the height of its rows."""
        self.set_row_height(row_height)
        fixed = {VALUE_COLUMN: 96, UNIT_COLUMN: 92, PERIOD_COLUMN: 112, STATE_COLUMN: 44}
        rest = max(0, width - sum(fixed.values()))
        shares = {NAME_COLUMN: 0.30, FORMULA_COLUMN: 0.38, SOURCE_COLUMN: 0.32}
        for column, pixels in fixed.items():
            self.setColumnWidth(column, pixels)
        for column, share in shares.items():
            self.setColumnWidth(column, int(rest * share))
        self.setFixedHeight(HEADER + row_height * max(1, self._model.rowCount()) + 2)
