"""One level's criterion beside the board: its badge, what it asks, a check where it is reached."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_badge, paint_frame
from diag_app.ui.theme import Theme

_LEFT, _RIGHT, _PAD = 42, 32, 7
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class CriterionCard(QAbstractButton):
    """A press records its level."""

    def __init__(self, level: int, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = 6.0
        self.level = level
        self._theme, self.translate = theme, translate
        self._reached, self._is_here = False, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_criterion(self, text: str, recorded: int | None) -> None:
        """Show the criterion's text and whether the recorded level reaches it."""
        self.setText(text)
        self._reached = recorded is not None and recorded >= self.level
        self._is_here = recorded == self.level
        state = self.translate("reached") if self._reached else self.translate("not reached")
        self.setAccessibleName(f"{self.level}: {text}, {state}")
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return true: the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the text needs at `width`."""
        box = QRect(0, 0, max(80, width - _LEFT - _RIGHT), 1000)
        return max(38, self._theme.metrics("dense").boundingRect(box, _WRAP, self.text()).height() + 2 * _PAD)

    def sizeHint(self) -> QSize:
        """Return the size at the width the card has now."""
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        fill = "accent_soft" if self._is_here else "hover" if self.underMouse() else "surface"
        paint_frame(painter, rect, self._theme, fill=fill, line="accent" if self._is_here else "border")
        paint_badge(painter, QRectF(10, rect.center().y() - 11, 22, 22), self.level, self._theme)
        painter.setFont(self._theme.font("dense"))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(rect.adjusted(_LEFT, 0, -_RIGHT, 0), _WRAP, self.text())
        if self._reached:
            place = QPointF(rect.right() - 26, rect.center().y() - 8)
            paint_icon(painter, place, "check", self._theme, 16, "accent")
        painter.end()
