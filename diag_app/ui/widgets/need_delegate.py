"""Paints the cards of the needs page."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from diag_app.i18n import Translator
from diag_app.model.facts import Priority
from diag_app.ui.models.figures import scenario_name
from diag_app.ui.models.needs import NeedCard
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import chip_width, paint_badge, paint_chip, paint_focus_ring, paint_frame, paint_text
from diag_app.ui.theme import Theme

CARD = 82
GAP = 8


def priority_words(priority: Priority, translate: Translator) -> str:
    """Return must, should or could in words."""
    return {"must": translate("must"), "should": translate("should"), "could": translate("could")}[priority]


class NeedDelegate(QStyledItemDelegate):
    """Delegate of the needs list."""

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.theme = theme
        self.translate = translate

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a card's height with the gap below it."""
        return QSize(120, CARD + GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one card."""
        card: NeedCard = index.data(ROW_ROLE)
        view = option.widget
        is_current = isinstance(view, QListView) and view.currentIndex() == index
        rect = QRectF(option.rect).adjusted(4, 4, -4, -GAP + 4)
        painter.save()
        fill, line = ("accent_soft", "accent") if is_current else ("surface", "border")
        if not is_current and option.state & QStyle.StateFlag.State_MouseOver:
            fill, line = "hover", "border_strong"
        paint_frame(painter, rect, self.theme, fill=fill, line=line)
        self._paint_texts(painter, rect.adjusted(12, 8, -12, -8), card)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, self.theme)
        painter.restore()

    def _paint_texts(self, painter: QPainter, box: QRectF, card: NeedCard) -> None:
        theme, translate = self.theme, self.translate
        need = card.need
        priority = priority_words(need.priority, translate)
        width = chip_width(priority, theme)
        paint_chip(painter, QRectF(box.right() - width, box.top(), width, 22), priority, theme)
        number = f"N-{need.number:02d}"
        line = QRectF(box.left(), box.top(), box.width() - width - 8, 22)
        paint_text(painter, line, number, theme, colour="text_3")
        room = theme.metrics("dense").horizontalAdvance(number) + 6
        paint_text(painter, line.adjusted(room, 0, 0, 0), need.title, theme, font="body", bold=True)
        words = need.owner_words or need.pain or translate("no words of the owner yet")
        quoted = translate("“{words}”", words=words) if need.owner_words else words
        paint_text(painter, QRectF(box.left(), box.top() + 23, box.width(), 20), quoted, theme, colour="text_2")
        self._paint_step(painter, QRectF(box.left(), box.top() + 45, box.width(), 22), card)

    def _paint_step(self, painter: QPainter, line: QRectF, card: NeedCard) -> None:
        theme = self.theme
        name = scenario_name(card.scenario, self.translate.language)
        measured = self.translate("no measure in the path") if card.is_left_out else f"{card.measured}/{card.metrics}"
        colour = "warning" if card.is_left_out else "text_2"
        paint_text(painter, line, measured, theme, colour=colour, align=Qt.AlignmentFlag.AlignRight)
        tail = 30 + 18 + 22 + theme.metrics("dense").horizontalAdvance(measured)
        width = min(theme.metrics("dense").horizontalAdvance(name) + 6.0, line.width() - tail - 8)
        paint_text(painter, QRectF(line.left(), line.top(), width, line.height()), name, theme, colour="text_2")
        left = line.left() + width + 2
        paint_badge(painter, QRectF(left, line.center().y() - 9, 18, 18), card.level, theme)
        if card.need.target_level is not None:
            arrow = QRectF(left + 18, line.top(), 18, line.height())
            paint_text(painter, arrow, "→", theme, colour="text_3", align=Qt.AlignmentFlag.AlignHCenter)
            target = QRectF(left + 36, line.center().y() - 9, 18, 18)
            paint_badge(painter, target, card.need.target_level, theme, target=True)
