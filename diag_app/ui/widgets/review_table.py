"""The reviewer's table of answers."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.review import (
    ANSWER,
    COMMENTS,
    EVIDENCE,
    NAME,
    OPEN,
    POINTS,
    VERIFIED,
    ReviewModel,
    ReviewRow,
    TickState,
)
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.table import CELL_PAD, Table

ROW = 30
_ICON, _GAP = 14, 5
_WIDTHS = {ANSWER: 92, POINTS: 58, EVIDENCE: 70, OPEN: 120, COMMENTS: 84, VERIFIED: 130}
_LOOK: dict[TickState, tuple[str | None, str]] = {  # glyph, colour
    "verified": ("badge-check", "accent"),
    "lapsed": ("triangle-alert", "warning"),
    "ready": ("circle", "text_2"),
    "lacking": ("paperclip", "warning"),
    "nothing": (None, "text_3"),
}


class ReviewDelegate(QStyledItemDelegate):
    """Paints the cells: states with their glyph and word, figures right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a cell's size; the view fixes rows and columns."""
        return QSize(60, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        rect, column = QRectF(option.rect), index.column()
        row: ReviewRow = index.data(ROW_ROLE)
        text = str(index.data() or "")
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.colour("accent_soft"))
        painter.setPen(self.theme.pen("border"))
        painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5))
        box = rect.adjusted(CELL_PAD + (CELL_PAD if column == NAME else 0), 0, -CELL_PAD, 0)
        if column == VERIFIED:
            icon, colour = _LOOK[row.state]
            self._state(painter, box, icon, text, colour)
        elif column == OPEN and text:
            self._state(painter, box, "triangle-alert", text, "warning")
        else:
            is_right = column in (POINTS, EVIDENCE, COMMENTS)
            align = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
            lacks = column == EVIDENCE and row.evidence < row.needed
            colour = "warning" if lacks else "text"
            paint_text(painter, box, text, self.theme, align=align, colour=colour, bold=column == ANSWER)
        painter.restore()

    def _state(self, painter: QPainter, box: QRectF, icon: str | None, text: str, colour: str) -> None:
        if icon is not None:
            paint_icon(painter, QPointF(box.left(), box.center().y() - _ICON / 2), icon, self.theme, _ICON, colour)
        room = box.adjusted(_ICON + _GAP if icon else 0, 0, 0, 0)
        paint_text(painter, room, text, self.theme, colour=colour)


class ReviewTable(Table):
    """Shows a `ReviewModel`; the name takes the room that is left."""

    def __init__(self, model: ReviewModel, theme: Theme, translate: Translator) -> None:
        super().__init__(theme, translate("Answers to review"), row_height=ROW)
        self._delegate = ReviewDelegate(theme)
        self.setModel(model)
        self.setItemDelegate(self._delegate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns."""
        super().resizeEvent(event)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(NAME, max(120, self.viewport().width() - sum(_WIDTHS.values())))
