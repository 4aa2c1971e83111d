"""The line under the path: total cost with its range, points, and whether the level is reached."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from diag_app.codec import plain_decimal
from diag_app.forms.definition import Pack
from diag_app.i18n.translator import Translator
from diag_app.model.plan import Plan
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme

HEIGHT, PAD = 32, 16


class PathTotal(QWidget):
    """One line: what it costs at the left, where it leads at the right."""

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._theme, self._translate = theme, translate
        self._left = self._right = ""
        self.setFixedHeight(HEIGHT)

    def show_plan(self, plan: Plan, pack: Pack) -> None:
        """Show the totals of a plan."""
        translate, cost, condition = self._translate, plan.cost, pack.level_rule.conditions[plan.level - 1]
        self._left = translate(
            "Total {likely} ({low} – {high}), 10k CNY · {weeks} weeks",
            likely=plain_decimal(cost.likely),
            low=plain_decimal(cost.low),
            high=plain_decimal(cost.high),
            weeks=str(plan.weeks),
        )
        self._right = translate(
            "Level {level}: {score} points, {spare} to spare; {scenarios} scenarios, {constrained} constrained",
            level=str(plan.after.level),
            score=f"{plan.after.score:.2f}",
            spare=plain_decimal(plan.after.score - condition.min_score),
            scenarios=str(plan.after.scenarios),
            constrained=str(plan.after.constrained),
        )
        self.setAccessibleName(f"{self._left}. {self._right}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both texts on the surface."""
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        box = QRectF(self.rect()).adjusted(PAD, 0, -PAD, -1)
        room = theme.metrics("dense", bold=True).horizontalAdvance(self._left) + 24.0
        paint_text(painter, box, self._left, theme, bold=True)
        right = box.adjusted(min(room, box.width()), 0, 0, 0)
        paint_text(painter, right, self._right, theme, bold=True, colour="accent", align=Qt.AlignmentFlag.AlignRight)
