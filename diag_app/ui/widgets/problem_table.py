"""Problems as a table: what, where, what it does; Enter opens the place that mends it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.problems import EFFECT_COLUMN, PLACE_COLUMN, TEXT_COLUMN, ProblemRow, ProblemsModel
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.table import Table

ROW = 28
_SHOWN = 4


class ProblemDelegate(QStyledItemDelegate):
    """Paints the cells with the line below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a cell's size; the view fixes rows and columns."""
        return QSize(80, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        row: ProblemRow = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        view = option.widget
        is_current = isinstance(view, QTableView) and view.hasFocus() and view.currentIndex().row() == index.row()
        painter.save()
        if is_current:
            painter.fillRect(rect, self.theme.colour("accent_soft"))
        painter.setPen(self.theme.pen("border"))
        painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5))
        if index.column() == TEXT_COLUMN:
            name, colour = ("octagon-alert", "error") if row.blocks else ("triangle-alert", "warning")
            paint_icon(painter, QPointF(rect.left() + 16, rect.center().y() - 7), name, self.theme, 14, colour)
            paint_text(painter, rect.adjusted(40, 0, -8, 0), row.text, self.theme)
        elif index.column() == PLACE_COLUMN:
            paint_text(painter, rect.adjusted(4, 0, -8, 0), row.place, self.theme, colour="text_2")
        else:
            colour = "error" if row.blocks else "text_2"
            paint_text(painter, rect.adjusted(4, 0, -8, 0), str(index.data()), self.theme, colour=colour)
        painter.restore()


class ProblemTable(Table):
    """Shows a `ProblemsModel`; `target_opened` carries the question or scenario that mends a problem."""

    target_opened = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, translate("Problems"), row_height=ROW, parent=parent)
        self.problems = ProblemsModel(translate, self)
        self._delegate = ProblemDelegate(theme)
        self.setModel(self.problems)
        self.setItemDelegate(self._delegate)
        self.horizontalHeader().hide()
        self.viewport().setAutoFillBackground(False)
        self.opened.connect(self._open)
        self.fit()

    def show_rows(self, rows: tuple[ProblemRow, ...]) -> None:
        """Show the problems; the table is as high as four of them at most."""
        self.problems.set_rows(rows)
        self.setFixedHeight(min(_SHOWN, len(rows)) * ROW + 1)
        self.setVisible(bool(rows))

    def fit(self) -> None:
        """Give the columns their widths."""
        self.setColumnWidth(PLACE_COLUMN, 150)
        self.setColumnWidth(EFFECT_COLUMN, 160)
        self.setColumnWidth(TEXT_COLUMN, max(200, self.viewport().width() - 310))

    def step(self) -> None:
        """Put the cursor on the next problem, after the last on the first."""
        count = self.problems.rowCount()
        if count:
            here = self.currentIndex().row() if self.hasFocus() else -1
            self.setCurrentIndex(self.problems.index((here + 1) % count, TEXT_COLUMN))
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns."""
        super().resizeEvent(event)
        self.fit()

    def _open(self, index: QModelIndex) -> None:
        target = self.problems.row_at(index).target
        if target:
            self.target_opened.emit(target)
