"""Paints the scenario board: names with their star, the heat map, evidence and need columns."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.board import EVIDENCE_COLUMN, FIRST_LEVEL_COLUMN, NAME_COLUMN, BoardRow
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import chip_width, paint_chip, paint_frame, paint_text
from diag_app.ui.theme import Theme

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_DARK = 3  # from this level on a cell's ground is as dark as the accent


def _tried_line(level: int) -> str:
    return f"on_level_{level}" if level >= _DARK else "accent"


_NO_ELIDE = Qt.TextElideMode.ElideNone


class BoardDelegate(QStyledItemDelegate):
    """Delegate of the board's table view."""

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.theme = theme
        self.translate = translate
        self.current_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a cell's size; the view fixes rows and columns."""
        return QSize(40, self.theme.size("board_row"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        row: BoardRow = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        if row.starts_group and index.row() > 0:
            painter.setPen(self.theme.pen("border"))
            painter.drawLine(QPointF(rect.left(), rect.top() + 0.5), QPointF(rect.right() + 1, rect.top() + 0.5))
        column = index.column()
        if column == NAME_COLUMN:
            self._paint_name(painter, rect, row, is_current=index.row() == self.current_row)
        elif column < EVIDENCE_COLUMN:
            has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
            self._paint_level(painter, rect.adjusted(2, 2, -2, -2), row, column - FIRST_LEVEL_COLUMN, has_focus)
        elif column == EVIDENCE_COLUMN:
            self._paint_evidence(painter, rect.adjusted(8, 0, 0, 0), row)
        else:
            self._paint_needs(painter, rect.adjusted(4, 0, -4, 0), row)
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRectF, row: BoardRow, *, is_current: bool) -> None:
        text = row.scenario.label.text(self.translate.language)
        star = 18 if row.scenario.is_constrained else 0
        box = rect.adjusted(0, 0, -star - 4, 0)
        paint_text(painter, box, text, self.theme, bold=is_current)
        if star:
            width = min(self.theme.metrics("dense", bold=is_current).horizontalAdvance(text), int(box.width()))
            place = QRectF(rect.left() + width + 4, rect.top(), star, rect.height())
            paint_text(painter, place, "★", self.theme, colour="accent", elide=_NO_ELIDE)

    def _paint_level(self, painter: QPainter, rect: QRectF, row: BoardRow, level: int, has_focus: bool) -> None:
        reached = row.level
        is_reached = reached is not None and (level == reached or 0 < level <= reached)
        is_here = level == reached
        if row.is_not_applicable:
            paint_frame(painter, rect, self.theme, fill=None, line="border", radius=4, dashed=True)
        elif is_reached:
            line = "border" if level == 0 else None
            paint_frame(painter, rect, self.theme, fill=f"level_{level}", line=line, radius=4)
        else:
            paint_frame(painter, rect, self.theme, fill=None, line="border", radius=4)
        if row.is_tried and is_here:
            paint_frame(
                painter, rect.adjusted(1, 1, -1, -1), self.theme, fill=None, line=_tried_line(level), dashed=True
            )
        colour = f"on_level_{level}" if is_reached else "text_3"
        text = self.translate("n/a") if row.is_not_applicable and level == 0 else str(level)
        paint_text(painter, rect, text, self.theme, bold=is_here, colour=colour, align=_CENTRE, elide=_NO_ELIDE)
        if has_focus:
            ring = rect.adjusted(-2, -2, 2, 2)
            paint_frame(painter, ring, self.theme, fill=None, line="focus", width=2, radius=6)
            if is_reached and level > 0:
                paint_frame(painter, rect, self.theme, fill=None, line="surface", width=1, radius=4)

    def _paint_evidence(self, painter: QPainter, rect: QRectF, row: BoardRow) -> None:
        if row.evidence:
            paint_icon(painter, QPointF(rect.left(), rect.center().y() - 7), "paperclip", self.theme, 14, "text_2")
            paint_text(painter, rect.adjusted(18, 0, 0, 0), str(row.evidence), self.theme)
        elif row.level:
            paint_text(painter, rect, self.translate("none yet"), self.theme, font="caption", colour="warning")

    def _paint_needs(self, painter: QPainter, rect: QRectF, row: BoardRow) -> None:
        left = rect.left()
        for number in row.needs[:2]:
            width = chip_width(number, self.theme)
            if left + width > rect.right():
                break
            paint_chip(painter, QRectF(left, rect.center().y() - 10, width, 20), number, self.theme)
            left += width + 4
