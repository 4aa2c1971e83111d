"""The right panel of the path page: from level to level at what cost, the other plans, and what they leave out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from diag_app.codec import plain_decimal
from diag_app.i18n.translator import Translator
from diag_app.ui.models.rows import ROW_ROLE, RowsModel
from diag_app.ui.paint import paint_badge, paint_focus_ring, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import Kind, Links, NoticeLine
from diag_app.ui.widgets.orphan_list import OrphanList
from diag_app.ui.widgets.scroll import slim_scroll_bars

WIDTH, HEAD, ROW = 300, 72, 58
_COST = 58


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One plan of the list: its cost, what it does instead, which needs it leaves without a measure."""

    place: int
    cost: Decimal
    more: Decimal  # than the cheapest
    words: str
    orphans: str
    is_taken: bool


class PlansModel(RowsModel[PlanRow]):
    """The cheapest plan, then the others."""

    def text_of(self, row: PlanRow) -> str:
        """Return cost and difference as one text."""
        return " ".join(part for part in (plain_decimal(row.cost), row.words, row.orphans) if part)


class PlanDelegate(QStyledItemDelegate):
    """Paints one plan in two lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of two lines."""
        return QSize(0, self._theme.row(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint cost, difference, extra cost, and the needs left out."""
        painter.save()
        theme, row = self._theme, index.data(ROW_ROLE)
        rect, state = QRectF(option.rect), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, theme.colour("accent_soft" if selected else "hover" if over else "surface"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        box = rect.adjusted(14, 6, -12, -6)
        first, second = (
            QRectF(box.left(), box.top(), box.width(), 22),
            QRectF(box.left(), box.top() + 22, box.width(), 20),
        )
        paint_text(painter, first, plain_decimal(row.cost), theme, font="body", bold=True)
        more = f"+{plain_decimal(row.more)}" if row.more else ""
        room = theme.metrics("caption").horizontalAdvance(more) + 6.0
        words = first.adjusted(_COST, 0, -room, 0)
        paint_text(painter, words, row.words, theme, bold=not row.place)
        paint_text(painter, first, more, theme, font="caption", colour="text_2", align=Qt.AlignmentFlag.AlignRight)
        paint_text(painter, second.adjusted(_COST, 0, 0, 0), row.orphans, theme, font="caption", colour="warning")
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, theme, radius=4, inside=True)
        painter.restore()


class PathHead(QWidget):
    """From the present level to the target, and what it costs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._before: int | None = None
        self._after: int | None = None
        self._cost = self._line = ""
        self.setFixedHeight(HEAD)

    def show_plan(self, before: int, after: int, cost: str, line: str) -> None:
        """Show two levels, the cost and one line under it."""
        self._before, self._after, self._cost, self._line = before, after, cost, line
        self.setAccessibleName(f"{before} → {after}, {cost}, {line}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both badges, the arrow and the cost."""
        painter, theme = QPainter(self), self._theme
        side, top = 46.0, (self.height() - 46) / 2
        paint_badge(painter, QRectF(14, top, side, side), self._before, theme)
        arrow = QRectF(60, 0, 30, self.height())
        paint_text(painter, arrow, "→", theme, font="heading", colour="text_3", align=Qt.AlignmentFlag.AlignHCenter)
        paint_badge(painter, QRectF(90, top, side, side), self._after, theme)
        box = QRectF(150, top - 2, self.width() - 160, 28)
        paint_text(painter, box, self._cost, theme, font="heading", bold=True)
        paint_text(painter, box.translated(0, 27), self._line, theme, font="caption", colour="text_2")


class PathPanel(Panel):
    """Signals `shown(place)` when another plan is looked at, `taken()` when the one shown is to be stored."""

    shown = Signal(int)
    taken = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__(theme, edge="left")
        self.setFixedWidth(WIDTH)
        self.head = PathHead(theme)
        self.notice = NoticeLine(theme)
        self.title = label(translate("Plans, 10k CNY"), theme, "dense", bold=True)
        self.title.setContentsMargins(14, 8, 14, 6)
        self.model = PlansModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(PlanDelegate(theme, self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(translate("Plans, 10k CNY"))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        slim_scroll_bars(self.list, theme)
        self.list.selectionModel().currentChanged.connect(lambda index, _old: self.shown.emit(index.row()))
        self.orphans = OrphanList(theme, translate)
        self.foot = label("", theme, "caption", colour="text_3", wrap=True)
        self.foot.setContentsMargins(14, 8, 14, 4)
        self.take = Button(translate("Take this plan"), theme, "primary", key="Enter")
        self.take.clicked.connect(self.taken)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 10)
        column.setSpacing(0)
        for widget in (self.head, self.notice, Rule(theme), self.title):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.orphans)
        column.addWidget(self.foot)
        holder = QVBoxLayout()
        holder.setContentsMargins(14, 4, 14, 0)
        holder.addWidget(self.take)
        column.addLayout(holder)

    def show_rows(self, rows: tuple[PlanRow, ...], current: int) -> None:
        """Show the plans and mark one as looked at, without announcing it."""
        blocked = self.list.selectionModel().blockSignals(True)
        self.model.set_rows(rows)
        self.list.setCurrentIndex(self.model.index(current))
        self.list.selectionModel().blockSignals(blocked)
        self.list.viewport().update()

    def say(self, kind: Kind, text: str, links: Links = ()) -> None:
        """Show one sentence under the head, or none."""
        if text:
            self.notice.show_notice(kind, text, links)
        else:
            self.notice.clear()
