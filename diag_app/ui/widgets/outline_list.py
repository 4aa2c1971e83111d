"""The left pane of the proposal page: chapters with the page they begin on."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from diag_app.i18n import Translator
from diag_app.ui.models.outline import OutlineModel, OutlineRow
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_focus_ring, paint_frame, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.pressing import Pressing
from diag_app.ui.widgets.scroll import slim_scroll_bars

_WIDTH = 264
_RIGHT = Qt.AlignmentFlag.AlignRight


class OutlineDelegate(QStyledItemDelegate):
    """Paints chapters."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return one row's size."""
        return QSize(100, self.theme.row(28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint number, name and page."""
        row: OutlineRow = index.data(ROW_ROLE)
        rect = QRectF(option.rect).adjusted(6, 0, -6, 0)
        view = option.widget
        is_current = isinstance(view, QListView) and view.currentIndex() == index
        painter.save()
        if is_current:
            paint_frame(painter, rect, self.theme, fill="accent_soft", line=None)
            bar = QRectF(rect.left(), rect.top(), 3, rect.height())
            paint_frame(painter, bar, self.theme, fill="accent", line=None, radius=1.5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint_frame(painter, rect, self.theme, fill="hover", line=None)
        line = rect.adjusted(10, 0, -10, 0)
        paint_text(painter, line, str(row.page), self.theme, bold=is_current, colour="text_2", align=_RIGHT)
        paint_text(painter, line, row.number, self.theme, colour="text_3")
        paint_text(painter, line.adjusted(24, 0, -30, 0), row.name, self.theme, bold=is_current)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, self.theme, inside=True)
        painter.restore()


class OutlineView(Pressing, QListView):
    """The chapters; letters are left to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move on arrows; page keys belong to the pages."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) or event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


class OutlinePanel(Panel):
    """Shows the outline; `page_chosen` carries a page number from 1."""

    page_chosen = Signal(int)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="right", parent=parent)
        self.translate = translate
        self.setFixedWidth(_WIDTH)
        self.model = OutlineModel(translate, self)
        self._delegate = OutlineDelegate(theme)
        self.view = OutlineView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(translate("Outline"))
        self.view.viewport().setAutoFillBackground(False)
        slim_scroll_bars(self.view, theme)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # until there is a chapter to stand on
        self._following = False
        self.view.selectionModel().currentChanged.connect(self._on_moved)
        self._count = label("", theme, "caption", colour="text_2")
        self.foot = label("", theme, "caption", colour="text_2", wrap=True)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.addWidget(label(translate("Outline"), theme, "body", bold=True))
        head.addStretch(1)
        head.addWidget(self._count)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.addWidget(self.foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule(theme))
        column.addSpacing(4)
        column.addWidget(self.view, 1)
        column.addWidget(Rule(theme))
        column.addLayout(foot)

    def show_outline(self, rows: tuple[OutlineRow, ...], page_count: int) -> None:
        """Show the chapters of a document of `page_count` pages."""
        self.model.set_rows(rows)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.NoFocus)
        self._count.setText(self.translate.plural("{count} page", "{count} pages", page_count) if page_count else "")

    def follow(self, page: int) -> None:
        """Mark the chapter that `page` belongs to, without going there."""
        place = self.model.position_of_page(page)
        if place >= 0 and place != self.view.currentIndex().row():
            self._following = True
            self.view.setCurrentIndex(self.model.index(place))
            self._following = False

    def _on_moved(self, index: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self.page_chosen.emit(self.model.row_at(index).page)
