"""Paints the path's table: cost range, scenario steps with badges, and the pin."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from diag_app.forms.definition import Pack
from diag_app.i18n.translator import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.path import COST, NAME, NUMBER, PIN, POINTS, RAISES, RANGE, PathModel, PathRow, scenario_words
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_badge, paint_range, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.table import CELL_PAD

_RIGHT, _LEFT = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
_BADGE, _ARROW = 18, 16


class PathDelegate(QStyledItemDelegate):
    """One delegate for all columns; the column says how a cell is painted."""

    def __init__(self, theme: Theme, translate: Translator, model: PathModel) -> None:
        super().__init__(model)
        self._theme, self._translate, self._model = theme, translate, model
        self.pack: Pack | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return nothing of its own: rows and columns have fixed sizes."""
        return QSize(0, 0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground, hairline and content of one cell."""
        painter.save()
        rect, state = option.rect, option.state
        selected, over = bool(state & QStyle.StateFlag.State_Selected), bool(state & QStyle.StateFlag.State_MouseOver)
        fill = "accent_soft" if selected else "hover" if over else "surface"
        painter.fillRect(rect, self._theme.colour(fill))
        painter.setPen(self._theme.pen("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        row: PathRow = index.data(ROW_ROLE)
        box = QRectF(rect).adjusted(CELL_PAD, 0, -CELL_PAD, -1)
        self._paint_content(painter, box, index.column(), row, str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        painter.restore()

    def _paint_content(self, painter: QPainter, box: QRectF, column: int, row: PathRow, text: str) -> None:
        theme = self._theme
        if column == RANGE:
            cost = row.planned.cost
            figures = (float(cost.low), float(cost.likely), float(cost.high))
            paint_range(painter, box.adjusted(0, 4, 0, -4), (0.0, self._model.widest), figures, theme)
        elif column == RAISES and row.planned.scenarios and self.pack is not None:
            self._paint_step(painter, box, row, self.pack)
        elif column == PIN:
            if row.state == "pinned":
                paint_icon(painter, QPointF(box.left(), box.center().y() - 7), "pin", theme, 14, "accent")
        else:
            is_figure = self._model.is_figure(column)
            colour = "accent" if column == POINTS and row.planned.points else "text_2" if column == NUMBER else "text"
            bold = column in (NAME, COST) or (column == POINTS and bool(row.planned.points))
            align = _RIGHT if is_figure else _LEFT
            paint_text(painter, box, text, theme, bold=bold, colour=colour, align=align)

    def _paint_step(self, painter: QPainter, box: QRectF, row: PathRow, pack: Pack) -> None:
        theme, first = self._theme, row.planned.scenarios[0]
        more = len(row.planned.scenarios) - 1
        words = scenario_words(pack, first.scenario_id, self._translate)
        tail = 2 * _BADGE + _ARROW + (26 if more else 0)
        width = min(theme.metrics("dense").horizontalAdvance(words) + 6.0, box.width() - tail)
        paint_text(painter, QRectF(box.left(), box.top(), width, box.height()), words, theme)
        left, top = box.left() + width, box.center().y() - _BADGE / 2
        paint_badge(painter, QRectF(left, top, _BADGE, _BADGE), first.before, theme)
        arrow = QRectF(left + _BADGE, box.top(), _ARROW, box.height())
        paint_text(painter, arrow, "→", theme, colour="text_3", align=Qt.AlignmentFlag.AlignHCenter)
        paint_badge(painter, QRectF(left + _BADGE + _ARROW, top, _BADGE, _BADGE), first.after, theme)
        if more:
            room = QRectF(left + tail - 22, box.top(), 26, box.height())
            paint_text(painter, room, f"+{more}", theme, colour="text_2")
