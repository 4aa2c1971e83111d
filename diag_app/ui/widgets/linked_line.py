"""A line with a glyph that leads somewhere: an unanswered question, a warning with the answer that settles it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme

_LEFT = 19
_SLACK = 3  # measured and painted lines break alike only with room for rounding
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


class LinkedLine(QAbstractButton):
    """Text that wraps, then a link or a grey second line. Without a link the text itself is the link."""

    def __init__(
        self,
        text: str,
        theme: Theme,
        icon: str,
        colour: str,
        *,
        link: str = "",
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ring_radius = 3.0
        self._theme, self._icon, self._colour = theme, icon, colour
        self._link, self._detail = link, detail
        self.setText(text)
        self.setAccessibleName(" ".join(part for part in (text, detail, link) if part))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Return true: the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the text's height at `width`, with the second line."""
        second = self._theme.line_height("dense") if self._link or self._detail else 0
        return self._text_height(width) + second

    def sizeHint(self) -> QSize:
        """Return the size at the width the line has now."""
        width = max(self.width(), 160)
        return QSize(160, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint glyph, text and link."""
        painter = QPainter(self)
        paint_icon(painter, QPointF(0, 3), self._icon, self._theme, 14, self._colour)
        height = self._text_height(self.width())
        painter.setFont(self._theme.font("dense"))
        is_link = not self._link
        painter.setPen(self._theme.colour(self._link_colour() if is_link else "text"))
        painter.drawText(QRect(_LEFT, 0, self.width() - _LEFT - _SLACK, height), _WRAP, self.text())
        second = QRectF(_LEFT, height, self.width() - _LEFT, self._theme.line_height("dense"))
        if self._link:
            paint_text(painter, second, self._link, self._theme, colour=self._link_colour())
        elif self._detail:
            paint_text(painter, second, self._detail, self._theme, font="caption", colour="text_2")
        painter.end()

    def _link_colour(self) -> str:
        return "accent_hover" if self.underMouse() else "accent"

    def _text_height(self, width: int) -> int:
        box = QRect(0, 0, max(60, width - _LEFT - _SLACK), 1000)
        return self._theme.metrics("dense").boundingRect(box, _WRAP, self.text()).height()
