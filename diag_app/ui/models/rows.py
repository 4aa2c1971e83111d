"""Item models over tuples of frozen rows: what list and table pages share."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
Row = TypeVar("Row")
_CHOSEN_FROM = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowsModel(QAbstractListModel, Generic[Row]):
    """Rows for a list view. `text_of` is what stands there, `words_of` what a screen reader says."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def text_of(self, row: Row) -> str:
        """Return the text shown for `row`."""
        raise NotImplementedError

    def words_of(self, row: Row) -> str:
        """Return what a screen reader says for `row`."""
        return self.text_of(row)

    def key_of(self, row: Row) -> object:
        """Return what stays the same when only the figures of `row` change."""
        return row

    def is_selectable(self, row: Row) -> bool:
        """Return whether `row` can be chosen."""
        return row is not None

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show `rows`; where the same things stand in the same order the view keeps its place."""
        if rows and [self.key_of(row) for row in rows] == [self.key_of(row) for row in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row_at(self, index: Index) -> Row:
        """Return the row under `index`."""
        return self.rows[index.row()]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether the row can be chosen."""
        if not index.isValid() or not self.is_selectable(self.row_at(index)):
            return Qt.ItemFlag.NoItemFlags
        return _CHOSEN_FROM

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, the words for a screen reader, or under `ROW_ROLE` the row itself."""
        if not index.isValid():
            return None
        row = self.row_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(row)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.words_of(row)
        return row if role == ROW_ROLE else None


class CellsModel(QAbstractTableModel, Generic[Row]):
    """Rows for a table view with fixed headings; `cell` gives the text of one cell."""

    def __init__(self, headings: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings = headings
        self.rows: tuple[Row, ...] = ()

    def cell(self, row: Row, column: int) -> str:
        """Return the text of one cell."""
        raise NotImplementedError

    def words(self, row: Row, column: int) -> str:
        """Return what a screen reader says for one cell."""
        return self.cell(row, column)

    def is_figure(self, column: int) -> bool:
        """Return whether the column holds figures, which stand right."""
        return column < 0

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show `rows`; the same number of rows keeps the view's place."""
        if rows and len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row_at(self, index: Index) -> Row:
        """Return the row under `index`."""
        return self.rows[index.row()]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell's text, alignment, words for a screen reader, or under `ROW_ROLE` the row itself."""
        if not index.isValid():
            return None
        row = self.row_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return row if role == ROW_ROLE else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.is_figure(column) else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
