"""The base of all tables: rows of one height, no grid, one row selected, keys as a person expects."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from diag_app.ui.paint import paint_focus_ring, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.pressing import Pressing
from diag_app.ui.widgets.scroll import slim_scroll_bars

CELL_PAD, FIRST_PAD = 8, 8


class TableHeader(QHeaderView):
    """Flat headings in the third text colour over a hairline."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setFixedHeight(33)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one heading, aligned as its column."""
        painter.fillRect(rect, self._theme.colour("window"))
        painter.setPen(self._theme.pen("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model = self.model()
        text = model.headerData(logicalIndex, Qt.Orientation.Horizontal)
        align = model.headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        right = align is not None and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)
        box = QRectF(rect).adjusted(CELL_PAD + (FIRST_PAD if logicalIndex == 0 else 0), 0, -CELL_PAD, 0)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        paint_text(painter, box, str(text or ""), self._theme, font="caption", colour="text_2", align=side)


class Table(Pressing, QTableView):
    """A table whose cells are painted by a delegate. `opened(index)` on Enter or double click, `moved(index)` else.

    With `rings_rows` the row that has the focus gets the focus ring inside its edge.
    """

    opened = Signal(QModelIndex)
    moved = Signal(QModelIndex)
    resized = Signal()
    rings_rows = True

    def __init__(self, theme: Theme, name: str, *, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setHorizontalHeader(TableHeader(theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setFont(theme.font("dense"))
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setMinimumSectionSize(18)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        slim_scroll_bars(self, theme)
        self.set_row_height(row_height)
        self.doubleClicked.connect(self.opened)

    def set_row_height(self, height: int) -> None:
        """Give all rows this height in pixels, more where they are pressed with a finger."""
        self._row_height = height
        self.fit_rows()

    def fit_rows(self) -> None:
        """Give the rows the height that fits what they are pressed with now."""
        self.verticalHeader().setDefaultSectionSize(self._theme.row(self._row_height))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Announce the row that is current now."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.moved.emit(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Announce the new size, for columns that share the room."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the focus ring around the current one."""
        super().paintEvent(event)
        current = self.currentIndex()
        if self.rings_rows and self.hasFocus() and current.isValid():
            columns = range(self.model().columnCount())
            cells = [self.visualRect(current.siblingAtColumn(column)) for column in columns]
            row = QRectF(cells[0].united(cells[-1])).adjusted(0, 0, 0, -1)
            paint_focus_ring(QPainter(self.viewport()), row, self._theme, radius=4, inside=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter; leave letters to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)
