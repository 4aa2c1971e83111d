"""A tool of the picture: icon, word and key; chosen or not. As high as a finger needs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_frame, paint_text
from diag_app.ui.theme import Theme

_SIDE, _ICON, _WORDS = 44, 20, "caption"


class ToolButton(QAbstractButton):
    """Icon above its key; `name` is spoken and shown as a tool tip."""

    def __init__(
        self, icon: str, name: str, theme: Theme, *, key: str = "", is_tool: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ring_radius = 6.0
        self._icon, self._theme, self._key = icon, theme, key
        self.setCheckable(is_tool)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {key}".rstrip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the square that a finger hits."""
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground by state, icon and key."""
        painter = QPainter(self)
        chosen, over = self.isChecked(), self.underMouse() and self.isEnabled()
        if chosen or over or self.isDown():
            fill = "accent_soft" if chosen else "border" if self.isDown() else "hover"
            paint_frame(painter, QRectF(self.rect()), self._theme, fill=fill, line="accent" if chosen else None)
        colour = "text_disabled" if not self.isEnabled() else "accent" if chosen else "text_2"
        top = 5 if self._key else (self.height() - _ICON) / 2
        paint_icon(painter, QPointF((self.width() - _ICON) / 2, top), self._icon, self._theme, _ICON, colour)
        if self._key:
            box = QRectF(0, top + _ICON, self.width(), self.height() - top - _ICON - 1)
            paint_text(
                painter, box, self._key, self._theme, font=_WORDS, colour=colour, align=Qt.AlignmentFlag.AlignHCenter
            )
