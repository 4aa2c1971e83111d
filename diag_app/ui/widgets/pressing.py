"""Lists and tables for people who press a line or a cell through a screen reader.

A screen reader selects such a cell, without a click and without a step of the cursor; what listens to those would
never hear of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView as _View
else:
    _View = object


class Pressing(_View):
    """Goes before an item view's class: what selects a cell from outside counts as a press on it.

    Without `selects` neither key nor mouse selects anything, so that a cell under the cursor can be pressed as well.
    """

    selects = True

    def press(self, index: QModelIndex) -> None:
        """Do what a press does, with the cursor there."""
        self.setCurrentIndex(index)
        self.clicked.emit(index)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Select with the cursor, or never."""
        return super().selectionCommand(index, event) if self.selects else QItemSelectionModel.SelectionFlag.NoUpdate

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Hear that something is selected; whether the cursor did it is seen once it has its place."""
        super().selectionChanged(selected, deselected)
        if not selected.isEmpty():
            QTimer.singleShot(0, self, self._press_selected)

    def _press_selected(self) -> None:
        selected = self.selectedIndexes()
        if not selected or (self.selects and self.currentIndex() in selected):
            return
        if not self.selects:
            self.clearSelection()
        self.press(selected[0])
