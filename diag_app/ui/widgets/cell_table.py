"""A table whose cells are edited in place: Enter edits, Tab goes to the next cell that can be edited."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from diag_app.ui.models.rows import CellsModel
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.quiet_header import QuietHeader
from diag_app.ui.widgets.table import Table


class CellField(QLineEdit):
    """The editor of one cell; Enter closes it and goes no further."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from the table, which would open the editor again."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class CellDelegate(QStyledItemDelegate):
    """Gives the editor of a cell; a subclass paints."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a field that fills the cell."""
        editor = CellField(parent)
        editor.setFont(self.theme.font("dense"))
        editor.setFrame(True)
        editor.setAutoFillBackground(True)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        if align & Qt.AlignmentFlag.AlignRight:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return editor


class CellTable(Table):
    """Shows a model some of whose columns can be edited; `main` is the one that Enter means elsewhere in the row."""

    rings_rows = False

    def __init__(
        self, model: CellsModel[Any], theme: Theme, name: str, *, editable: tuple[int, ...], main: int
    ) -> None:
        super().__init__(theme, name, row_height=theme.size("table_row"))
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalHeader(QuietHeader(theme, "window", self))
        self.opened.connect(self.edit_cell)
        self._cells, self._editable, self._main = model, editable, main

    def edit_cell(self, index: QModelIndex) -> None:
        """Open the editor of a cell; of a cell that cannot be edited, that of the row's main one."""
        wanted = index if index.column() in self._editable else index.siblingAtColumn(self._main)
        self.setCurrentIndex(wanted)
        self.edit(wanted)

    def press(self, index: QModelIndex) -> None:
        """Open the editor of the cell."""
        self.edit_cell(index)

    def start(self) -> None:
        """Put the cursor on the first main cell."""
        if self._cells.rowCount():
            index = self.currentIndex()
            self.setCurrentIndex(index if index.isValid() else self._cells.index(0, self._main))
        self.setFocus()

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
        cells = [(row, column) for row in range(self._cells.rowCount()) for column in self._editable]
        here = (index.row(), index.column())
        if step > 0:
            after = [cell for cell in cells if cell > here]
            return self._cells.index(*after[0]) if after else None
        before = [cell for cell in cells if cell < here]
        return self._cells.index(*before[-1]) if before else None
