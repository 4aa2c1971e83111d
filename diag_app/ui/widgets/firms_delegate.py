"""Paints the rows of the firms list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from diag_app.i18n.translator import Translator
from diag_app.operations.enterprise import EnterpriseSummary
from diag_app.ui.models.firms import STAGES, STATUS_ROLE, Column, stages_done
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_badge, paint_dots, paint_status, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.table import CELL_PAD, FIRST_PAD

_BADGE, _DOTS, _BAR, _GLYPH = 22, 13 * STAGES, 3, 19
_SELECTED, _OVER = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_MouseOver.value  # as whole numbers:
# a hundred cells are painted at a time, and the flags of Python take longer than the ground of a cell
_WORDS_LEAST = 90  # below this an industry is its code alone


def column_widths(theme: Theme, translate: Translator) -> dict[Column, int]:
    """Return how wide the columns of known words are, headings included; name and industry share what is left."""
    words: dict[Column, tuple[int, tuple[str, ...]]] = {  # room besides the words, and the longest words
        Column.SIZE: (0, (translate("medium") + translate(", ") + translate("above-scale"), translate("Class, scale"))),
        Column.LEVEL: (0, (translate("None yet"), translate("No level"), translate("Level"))),
        Column.SCORE: (0, ("100.000", translate("Score"))),
        Column.STAGE: (_DOTS + 6, (translate("Not begun"), translate("No needs yet"), translate("Issued"))),
        Column.VISITED: (0, ("00-00", translate("Visited"))),
        Column.DELIVERY: (_GLYPH, (translate.plural("{count} not delivered", "{count} not delivered", 999),)),
    }
    metrics = theme.metrics("dense")
    return {
        column: room + max(metrics.horizontalAdvance(text) for text in texts) + 2 * CELL_PAD + 2
        for column, (room, texts) in words.items()
    }


class FirmsDelegate(QStyledItemDelegate):
    """One delegate for all columns; the column says how a cell is painted."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return nothing of its own: rows and columns have fixed sizes."""
        return QSize(0, 0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground, hairline and content of one cell."""
        painter.save()
        self._paint_ground(painter, option, index)
        cell = QRectF(option.rect).adjusted(CELL_PAD, 0, -CELL_PAD, -1)
        firm: EnterpriseSummary = index.data(ROW_ROLE)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        self._paint_content(painter, cell, index, firm, text)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, state = option.rect, option.state.value
        selected, over = bool(state & _SELECTED), bool(state & _OVER)
        fill = "accent_soft" if selected else "hover" if over else "surface"
        painter.fillRect(rect, self._theme.colour(fill))
        painter.setPen(self._theme.pen("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected and index.column() == Column.NAME:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), self._theme.colour("accent"))

    def _paint_content(
        self,
        painter: QPainter,
        cell: QRectF,
        index: QModelIndex | QPersistentModelIndex,
        firm: EnterpriseSummary,
        text: str,
    ) -> None:
        theme = self._theme
        match Column(index.column()):
            case Column.NAME:
                middle = Qt.TextElideMode.ElideMiddle
                paint_text(
                    painter, cell.adjusted(FIRST_PAD, 0, 0, 0), text, theme, font="body", bold=True, elide=middle
                )
            case Column.INDUSTRY if cell.width() < _WORDS_LEAST:
                paint_text(painter, cell, firm.industry or "—", theme, colour="text_2")
            case Column.LEVEL if firm.level is not None:
                top = cell.center().y() - _BADGE / 2
                paint_badge(painter, QRectF(cell.left(), top, _BADGE, _BADGE), firm.level, theme)
            case Column.SCORE:
                colour = "text_3" if firm.score is None else "text"
                right, bold = Qt.AlignmentFlag.AlignRight, firm.score is not None
                paint_text(painter, cell, text, theme, bold=bold, colour=colour, align=right)
            case Column.STAGE:
                begun = firm.assessment_id is not None
                paint_dots(painter, cell, stages_done(firm) if begun else 0, begun, STAGES, theme)
                paint_text(painter, cell.adjusted(_DOTS + 6, 0, 0, 0), text, theme, colour="text_2")
            case Column.DELIVERY:
                paint_status(painter, cell, index.data(STATUS_ROLE), text, theme)
            case _:
                paint_text(painter, cell, text, theme, colour="text_2")
