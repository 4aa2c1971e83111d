"""Paints the derivation tree: indent guides, titles with their mark, an aligned second column, figures right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.models.why import DETAIL_COLUMN, EVIDENCE_COLUMN, TITLE_COLUMN, WhyNode
from diag_app.ui.paint import paint_badge, paint_text
from diag_app.ui.theme import Theme

_RIGHT = Qt.AlignmentFlag.AlignRight


class WhyDelegate(QStyledItemDelegate):
    """Delegate of the tree view; the view paints indent guides, selection and the focus ring of whole rows."""

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.theme = theme
        self.translate = translate

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the row's height, the same for all."""
        return QSize(60, self.theme.row(self.theme.size("tree_row")))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        node: WhyNode = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        is_root = node.reason.kind in ("level", "next_level")
        is_bold = is_root or bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if index.column() == TITLE_COLUMN:
            self._paint_title(painter, rect, node, is_bold=is_bold)
        elif index.column() == DETAIL_COLUMN:
            box = rect.adjusted(2, 0, -10, 0)
            paint_text(painter, box, node.detail, self.theme, colour="text_2", elide=Qt.TextElideMode.ElideRight)
        elif index.column() == EVIDENCE_COLUMN:
            self._paint_evidence(painter, rect, node)
        else:
            self._paint_value(painter, rect.adjusted(0, 0, -14, 0), node)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRectF, node: WhyNode, *, is_bold: bool) -> None:
        text = rect.adjusted(2, 0, -6, 0)
        if node.reason.kind in ("level", "next_level"):
            level = int(node.reason.value or 0)
            paint_badge(painter, QRectF(rect.left() + 2, rect.center().y() - 11, 22, 22), level or None, self.theme)
            text.adjust(30, 0, 0, 0)
        elif node.reason.holds is not None:
            name, colour = ("circle-check", "accent") if node.reason.holds else ("circle-dashed", "text_2")
            paint_icon(painter, QPointF(rect.left() + 2, rect.center().y() - 8), name, self.theme, 16, colour)
            text.adjust(22, 0, 0, 0)
        paint_text(painter, text, node.title, self.theme, bold=is_bold)

    def _paint_evidence(self, painter: QPainter, rect: QRectF, node: WhyNode) -> None:
        if node.is_missing:
            paint_text(painter, rect, self.translate("no answer"), self.theme, font="caption", colour="warning")
        elif node.evidence:
            paint_icon(painter, QPointF(rect.left(), rect.center().y() - 7), "paperclip", self.theme, 14, "text_2")
            paint_text(painter, rect.adjusted(18, 0, 0, 0), str(node.evidence), self.theme, colour="text_2")
        elif node.target and node.reason.value:
            paint_icon(painter, QPointF(rect.left(), rect.center().y() - 7), "paperclip", self.theme, 14, "warning")
            paint_text(
                painter,
                rect.adjusted(18, 0, 0, 0),
                self.translate("none"),
                self.theme,
                font="caption",
                colour="warning",
            )

    def _paint_value(self, painter: QPainter, rect: QRectF, node: WhyNode) -> None:
        score, slash, maximum = node.value.partition(" / ")
        room = 0.0
        if slash:
            tail = f" / {maximum}"
            paint_text(painter, rect, tail, self.theme, colour="text_2", align=_RIGHT)
            room = float(self.theme.metrics("dense").horizontalAdvance(tail))
        paint_text(painter, rect.adjusted(0, 0, -room, 0), score, self.theme, bold=True, align=_RIGHT)
