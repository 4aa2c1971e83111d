"""The baseline table: Enter edits a cell, Tab goes to the next one that can be edited."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from diag_app.ui.models.needs import (
    EDITABLE_COLUMNS,
    FORMULA_COLUMN,
    NAME_COLUMN,
    PERIOD_COLUMN,
    SOURCE_COLUMN,
    UNIT_COLUMN,
    VALUE_COLUMN,
    MetricRow,
    MetricsModel,
)
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_focus_ring, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.quiet_header import HEIGHT, QuietHeader
from diag_app.ui.widgets.table import Table

_RIGHT = Qt.AlignmentFlag.AlignRight
HEADER = HEIGHT


class CellField(QLineEdit):
    """The editor of one cell; Enter closes it and goes no further."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from the table, which would open the editor again."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class MetricDelegate(QStyledItemDelegate):
    """Paints the cells and gives the editor of those that can be edited."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

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
        if column == VALUE_COLUMN:
            box = rect.adjusted(4, 0, -6, 0)
            paint_text(painter, box, text, self.theme, bold=not is_missing, colour=colour, align=_RIGHT)
        else:
            paint_text(painter, rect.adjusted(6, 0, -6, 0), text, self.theme, colour=colour)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, self.theme, inside=True, radius=5)
        painter.restore()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a field that fills the cell."""
        editor = CellField(parent)
        editor.setFont(self.theme.font("dense"))
        editor.setFrame(True)
        editor.setAutoFillBackground(True)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        if index.column() == VALUE_COLUMN:
            editor.setAlignment(_RIGHT | Qt.AlignmentFlag.AlignVCenter)
        return editor


class MetricTable(Table):
    """Shows a `MetricsModel`."""

    rings_rows = False

    def __init__(self, model: MetricsModel, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, row_height=theme.size("table_row"), parent=parent)
        self._delegate = MetricDelegate(theme)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalHeader(QuietHeader(theme, "window", self))
        self.opened.connect(self.edit_cell)
        self._model = model

    def edit_cell(self, index: QModelIndex) -> None:
        """Open the editor of a cell; of a cell that cannot be edited, that of the row's value."""
        wanted = index if index.column() in EDITABLE_COLUMNS else index.siblingAtColumn(VALUE_COLUMN)
        self.setCurrentIndex(wanted)
        self.edit(wanted)

    def start(self) -> None:
        """Put the cursor on the first value."""
        if self._model.rowCount():
            index = self.currentIndex()
            self.setCurrentIndex(index if index.isValid() else self._model.index(0, VALUE_COLUMN))
        self.setFocus()

    def fit(self, width: int, row_height: int) -> None:
        """Give the columns their share of `width` and the table the height of its rows."""
        self.set_row_height(row_height)
        fixed = {VALUE_COLUMN: 106, UNIT_COLUMN: 96, PERIOD_COLUMN: 116}
        rest = max(0, width - sum(fixed.values()))
        shares = {NAME_COLUMN: 0.30, FORMULA_COLUMN: 0.38, SOURCE_COLUMN: 0.32}
        for column, pixels in fixed.items():
            self.setColumnWidth(column, pixels)
        for column, share in shares.items():
            self.setColumnWidth(column, int(rest * share))
        self.setFixedHeight(HEADER + row_height * max(1, self._model.rowCount()) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab goes through the cells that can be edited and then leaves the table; F2 edits."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_F2 and index.isValid():
            self.edit_cell(index)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name of the argument
        """Move to the neighbouring cell that can be edited; at either end leave the table."""
        target = self._neighbour(self.currentIndex(), 1 if next else -1)
        if target is None:
            return super().focusNextPrevChild(next)
        self.setCurrentIndex(target)
        return True

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on editing in the neighbouring cell when Tab closed the editor."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        steps = {
            QAbstractItemDelegate.EndEditHint.EditNextItem: 1,
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: -1,
        }
        target = self._neighbour(self.currentIndex(), steps[hint]) if hint in steps else None
        if target is not None:
            self.edit_cell(target)

    def _neighbour(self, index: QModelIndex, step: int) -> QModelIndex | None:
        if not index.isValid():
            return None
        cells = [(row, column) for row in range(self._model.rowCount()) for column in EDITABLE_COLUMNS]
        here = (index.row(), index.column())
        if step > 0:
            after = [cell for cell in cells if cell > here]
            return self._model.index(*after[0]) if after else None
        before = [cell for cell in cells if cell < here]
        return self._model.index(*before[-1]) if before else None
