"""Paints the section list: dimension headings, indicators with their state, the questions of the open indicator."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from diag_app.ui.icons import paint_icon
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.models.sections import SectionRow, SectionState
from diag_app.ui.paint import paint_focus_ring, paint_frame, paint_text
from diag_app.ui.theme import Theme

ROW = 28
HEADING = 32
_PAD = 12
_RIGHT = Qt.AlignmentFlag.AlignRight
_ICONS: dict[SectionState, tuple[str, str]] = {"done": ("circle-check", "accent"), "untouched": ("circle", "text_3")}


class SectionDelegate(QStyledItemDelegate):
    """Delegate of the section list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the row's height; headings are a little higher."""
        row: SectionRow = index.data(ROW_ROLE)
        return QSize(100, HEADING if row.kind == "dimension" else self.theme.row(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        row: SectionRow = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        if row.kind == "dimension":
            self._paint_heading(painter, rect, row)
        else:
            self._paint_ground(painter, rect, option, row)
            (self._paint_question if row.kind == "question" else self._paint_indicator)(painter, rect, row)
            focused = QStyle.StateFlag.State_HasFocus
            if option.state & focused:
                paint_focus_ring(painter, rect.adjusted(6, 0, -6, 0), self.theme, inside=True)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, row: SectionRow) -> None:
        line = rect.adjusted(_PAD, 4, -_PAD, 0)
        paint_text(painter, line, row.right, self.theme, font="caption", colour="text_2", align=_RIGHT)
        room = self.theme.metrics("caption").horizontalAdvance(row.right) + 6
        paint_text(
            painter, line.adjusted(0, 0, -room, 0), row.text, self.theme, bold=True, font="caption", colour="text_2"
        )

    def _paint_ground(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, row: SectionRow) -> None:
        is_shown = row.is_current and row.kind in ("question", "board")
        if is_shown:
            box = rect.adjusted(18 if row.kind == "question" else 6, 0, -6, 0)
            paint_frame(painter, box, self.theme, fill="accent_soft", line=None)
            paint_frame(
                painter,
                QRectF(box.left(), box.top(), 3, box.height()),
                self.theme,
                fill="accent",
                line=None,
                radius=1.5,
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint_frame(painter, rect.adjusted(6, 0, -6, 0), self.theme, fill="hover", line=None)

    def _paint_indicator(self, painter: QPainter, rect: QRectF, row: SectionRow) -> None:
        middle = rect.center().y()
        if row.state == "begun":
            paint_half_disc(painter, QRectF(rect.left() + _PAD + 1, middle - 6, 13, 13), self.theme)
        elif row.state is not None:
            name, colour = _ICONS[row.state]
            paint_icon(painter, QPointF(rect.left() + _PAD, middle - 7), name, self.theme, 16, colour)
        text = rect.adjusted(_PAD + 23, 0, -_PAD, 0)
        room = self._paint_right(painter, text, row)
        paint_text(painter, text.adjusted(0, 0, -room, 0), row.text, self.theme, bold=row.is_current)

    def _paint_question(self, painter: QPainter, rect: QRectF, row: SectionRow) -> None:
        line = rect.adjusted(32, 0, -_PAD - 6, 0)
        paint_text(painter, line, row.code, self.theme, colour="text_3")
        room = self._paint_right(painter, line, row)
        paint_text(painter, line.adjusted(26, 0, -room, 0), row.text, self.theme, bold=row.is_current)

    def _paint_right(self, painter: QPainter, line: QRectF, row: SectionRow) -> float:
        paint_text(
            painter,
            line,
            row.right,
            self.theme,
            bold=row.is_current,
            colour="text" if row.is_current else "text_2",
            align=_RIGHT,
        )
        room = self.theme.metrics("dense", bold=row.is_current).horizontalAdvance(row.right) + 6.0
        glyph = "triangle-alert" if row.warns else "paperclip" if row.lacks_evidence else ""
        if glyph:
            place = QPointF(line.right() - room - 14, line.center().y() - 7)
            paint_icon(painter, place, glyph, self.theme, 14, "warning")
            room += 20
        return room


def paint_half_disc(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the glyph for "begun": a ring whose right half is filled."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.pen("text_2", 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush("text_2"))
    painter.drawPie(rect, -90 * 16, 180 * 16)
