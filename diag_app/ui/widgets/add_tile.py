"""The dashed tile that takes new evidence."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_frame, paint_text
from diag_app.ui.theme import Theme


class AddTile(QAbstractButton):
    """A dashed button with a plus; the text goes when there is no room."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = 6.0
        self._theme = theme
        self.is_target = False  # something is being dragged over
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(44, 40)

    def sizeHint(self) -> QSize:
        """Return room for the text."""
        return QSize(self._theme.metrics("dense").horizontalAdvance(self.text()) + 40, 54)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dashed box, the plus and the text."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        fill = "accent_soft" if self.is_target else "hover" if self.underMouse() else None
        paint_frame(painter, rect, self._theme, fill=fill, line="border_strong", dashed=True)
        metrics = self._theme.metrics("dense")
        width = metrics.horizontalAdvance(self.text())
        has_room = width + 36 <= rect.width()
        left = rect.center().x() - (width + 22) / 2 if has_room else rect.center().x() - 8
        paint_icon(painter, QPointF(left, rect.center().y() - 8), "plus", self._theme, 16, "text_2")
        if has_room:
            box = QRectF(left + 22, 0, width + 2, rect.height())
            paint_text(painter, box, self.text(), self._theme, colour="text_2")
        painter.end()
