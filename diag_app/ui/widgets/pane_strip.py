"""A line in the place of a side pane for which a narrow window has no room: what it says in short; a press opens it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_badge, paint_frame, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.toggling import Toggling

HEIGHT = 44
_BADGE, _PAD = 22, 12


class PaneStrip(Toggling, QAbstractButton):
    """Words, and before them the level's badge where there is one; checked while its pane is open."""

    hears_off = True

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = 6.0
        self._theme, self._name = theme, name
        self._level: int | None = None
        self.setCheckable(True)
        self.watch_toggles()
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(name)

    def set_words(self, words: str, level: int | None = None) -> None:
        """Show what the pane says in short."""
        self._level = level
        self.setText(words)
        self.setAccessibleName(words if words == self._name else f"{self._name}: {words}")
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for all words; they elide where there is less."""
        badge = _BADGE + 8 if self._level is not None else 0
        return QSize(self._theme.metrics("dense").horizontalAdvance(self.text()) + badge + 2 * _PAD + 26, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(120, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, badge, words and the arrow of what opens."""
        painter, box = QPainter(self), QRectF(self.rect()).adjusted(4, 4, -4, -4)
        fill = "accent_soft" if self.isChecked() else "hover" if self.underMouse() else "surface"
        paint_frame(painter, box, self._theme, fill=fill)
        left = box.left() + _PAD
        if self._level is not None:
            paint_badge(painter, QRectF(left, box.center().y() - 11, _BADGE, _BADGE), self._level, self._theme)
            left += _BADGE + 8
        place = QPointF(box.right() - 24, box.center().y() - 8)
        paint_icon(painter, place, "chevron-down", self._theme, 16, "text_2")
        paint_text(painter, QRectF(left, box.top(), place.x() - 6 - left, box.height()), self.text(), self._theme)
