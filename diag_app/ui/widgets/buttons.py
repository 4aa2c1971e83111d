"""Buttons: primary (one a page), secondary, text links, and flat icon buttons."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import key_width, paint_frame, paint_key, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.toggling import Toggling

Kind = Literal["primary", "secondary", "text"]
_PAD: dict[Kind, int] = {"primary": 13, "secondary": 13, "text": 2}
_ICON, _GAP = 16, 7


class Button(Toggling, QPushButton):
    """A push button painted by the tokens. `key` is shown as a key cap after the text; it binds nothing itself."""

    hears_off = True

    def __init__(
        self,
        text: str,
        theme: Theme,
        kind: Kind = "secondary",
        *,
        icon: str | None = None,
        key: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.ring_radius = 6.0 if kind != "text" else 3.0
        self._theme, self._kind, self._icon, self._key = theme, kind, icon, key
        self._is_bare = False
        self._style = "dense" if small else "body"
        height = theme.size("button_small" if small or kind == "text" else "button")
        self.setMinimumHeight(height)
        self.setFont(theme.font(self._style, bold=kind == "primary"))
        self.setAutoDefault(False)
        self.watch_toggles()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for icon, text and key cap."""
        return self.size_of(is_bare=self._is_bare)

    def size_of(self, *, is_bare: bool) -> QSize:
        """Return the room with the text, or without it."""
        words = 0 if is_bare == self._is_bare else -self._words_width() if is_bare else self._words_width()
        return QSize(round(self._content_width() + words) + 2 * _PAD[self._kind], self.minimumHeight())

    def set_bare(self, *, is_bare: bool) -> None:
        """Show the icon without the text, which is a tool tip then, or the text again."""
        if is_bare != self._is_bare:
            self._is_bare = is_bare
            self.setToolTip(self.text() if is_bare else "")
            self.updateGeometry()
            self.update()

    def set_content(self, text: str, *, icon: str | None = None, key: str = "") -> None:
        """Show another text, icon and key cap."""
        self._icon, self._key = icon, key
        self.setText(text)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint fill and line by state, then the content in the middle."""
        painter = QPainter(self)
        colour = self._paint_ground(painter)
        centred = max(4.0, (self.width() - self._content_width()) / 2)
        left = float(_PAD["text"]) if self._kind == "text" else centred
        if self._icon:
            paint_icon(painter, QPointF(left, (self.height() - _ICON) / 2), self._icon, self._theme, _ICON, colour)
            left += _ICON + _GAP
        bold = self._kind == "primary"
        if not self._is_bare:
            width = self._text_width()
            box = QRectF(left, 0, min(width, self.width() - left), self.height())
            paint_text(painter, box, self.text(), self._theme, font=self._style, bold=bold, colour=colour)
            left += width + _GAP
        if self._key:
            cap = QRectF(left, (self.height() - 19) / 2, key_width(self._key, self._theme), 19)
            paint_key(painter, cap, self._key, self._theme, on_accent=bold and self.isEnabled())

    def _paint_ground(self, painter: QPainter) -> str:
        """Paint what lies under the text and return the text's colour."""
        over, down = self.underMouse() and self.isEnabled(), self.isDown()
        if self._kind == "text":
            colour = "accent_pressed" if down else "accent_hover" if over else "accent"
            return colour if self.isEnabled() else "text_disabled"
        rect = QRectF(self.rect())
        if not self.isEnabled():
            paint_frame(painter, rect, self._theme, fill="sunken", line="border")
            return "text_disabled"
        if self._kind == "primary":
            fill = "accent_pressed" if down else "accent_hover" if over else "accent"
            paint_frame(painter, rect, self._theme, fill=fill, line=None)
            return "on_accent"
        fill = "border" if down else "hover" if over else "surface"
        paint_frame(painter, rect, self._theme, fill=fill, line="border_strong")
        return "text"

    def _text_width(self) -> float:
        return self._theme.metrics(self._style, bold=self._kind == "primary").horizontalAdvance(self.text()) + 1

    def _words_width(self) -> float:
        """Return what the text takes beside the icon."""
        return self._text_width() + _GAP

    def _content_width(self) -> float:
        icon = _ICON + _GAP if self._icon else 0
        key = key_width(self._key, self._theme) + _GAP if self._key else 0
        words = -_GAP if self._is_bare else self._text_width()
        return icon + words + key


class IconButton(QAbstractButton):
    """A flat square button with an icon alone; its name is spoken and shown as a tool tip."""

    def __init__(self, icon: str, name: str, theme: Theme, *, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = 6.0
        self._icon, self._theme = icon, theme
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(size, size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon, on a fill while the pointer is over it."""
        painter = QPainter(self)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            paint_frame(
                painter, QRectF(self.rect()), self._theme, fill="border" if self.isDown() else "hover", line=None
            )
        colour = "text_2" if self.isEnabled() else "text_disabled"
        side = (self.width() - _ICON) / 2
        paint_icon(painter, QPointF(side, side), self._icon, self._theme, _ICON, colour)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover fill."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the hover fill away."""
        super().leaveEvent(event)
        self.update()
