"""A row of joined choices of which one holds: language, appearance, tabs of a page."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_frame, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.toggling import Toggling

_PAD, _ICON, _GAP = 12, 14, 6


class Segment(Toggling, QAbstractButton):
    """One choice of the row."""

    def __init__(self, text: str, theme: Theme, icon: str | None) -> None:
        super().__init__()
        self.ring_radius = 5.0
        self._theme, self._icon = theme, icon
        self.setText(text)
        self.setCheckable(True)
        self.watch_toggles()
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for the text in bold, so that choosing moves nothing."""
        width = self._theme.metrics("dense", bold=True).horizontalAdvance(self.text()) + 2 * _PAD + 2
        return QSize(width + (_ICON + _GAP if self._icon else 0), self._theme.size("button_small"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chosen one in the accent, the others plain."""
        painter = QPainter(self)
        chosen = self.isChecked()
        colour = "accent" if chosen else "text_2" if self.isEnabled() else "text_disabled"
        if chosen or self.underMouse():
            fill = "accent_soft" if chosen else "hover"
            inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            paint_frame(painter, inner, self._theme, fill=fill, line=None, radius=5)
        left = float(_PAD)
        if self._icon:
            paint_icon(painter, QPointF(left, (self.height() - _ICON) / 2), self._icon, self._theme, _ICON, colour)
            left += _ICON + _GAP
        box = QRectF(left, 0, self.width() - left - 2, self.height())
        paint_text(painter, box, self.text(), self._theme, bold=chosen, colour=colour)


class Segmented(QWidget):
    """The whole row; arrow keys move the choice as well as the focus."""

    chosen = Signal(str)

    def __init__(
        self, choices: tuple[tuple[str, str, str | None], ...], theme: Theme, name: str, parent: QWidget | None = None
    ) -> None:
        """Take choices as (key, text, icon name or None)."""
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        self._keys = tuple(key for key, _, _ in choices)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (_, text, icon) in enumerate(choices):
            segment = Segment(text, theme, icon)
            self._group.addButton(segment, place)
            row.addWidget(segment)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._keys[place]))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        """Return the key chosen, or an empty text."""
        place = self._group.checkedId()
        return self._keys[place] if place >= 0 else ""

    def set_value(self, key: str) -> None:
        """Show `key` as chosen without announcing it."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def focus_chosen(self) -> None:
        """Put the focus on the choice that holds."""
        button = self._group.checkedButton() or self._group.button(0)
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrow keys."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        place = self._group.checkedId() + step
        if step and 0 <= place < len(self._keys):
            button = self._group.button(place)
            button.setFocus()
            button.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the outline and the lines between the choices."""
        painter = QPainter(self)
        paint_frame(painter, QRectF(self.rect()), self._theme, line="border_strong")
        painter.setPen(self._theme.pen("border"))
        for button in self._group.buttons()[1:]:
            painter.drawLine(QPointF(button.x() + 0.5, 1), QPointF(button.x() + 0.5, self.height() - 2))
