"""Small keys for the options of one question or the levels of one scenario, to try others without storing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from diag_app.ui.paint import paint_frame, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.toggling import Toggling

_COLUMNS = 5


class TryKey(Toggling, QAbstractButton):
    """One option or level; dashed where it is not what is stored."""

    hears_off = True

    def __init__(self, key: str, name: str, theme: Theme, *, is_on: bool, is_tried: bool) -> None:
        super().__init__()
        self.ring_radius = 5.0
        self._theme, self._is_tried = theme, is_tried
        self.setText(key)
        self.setCheckable(True)
        self.watch_toggles()
        self.setChecked(is_on)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of a key."""
        return QSize(44, self._theme.row(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the key."""
        painter, here = QPainter(self), self.isChecked()
        fill = "accent_soft" if here else "hover" if self.underMouse() else "surface"
        tried = here and self._is_tried
        line = "accent" if here else "border"
        paint_frame(painter, QRectF(self.rect()), self._theme, fill=fill, line=line, radius=5, dashed=tried)
        centre = Qt.AlignmentFlag.AlignHCenter
        colour = "accent" if here else "text_2"
        box = QRectF(self.rect())
        paint_text(painter, box, self.text(), self._theme, bold=here, colour=colour, align=centre)


class TryPicker(QWidget):
    """Shows the keys of one answer; `pressed(key)`."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: object = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)

    def show_keys(self, keys: tuple[tuple[str, str], ...], chosen: tuple[str, ...], *, is_tried: bool) -> None:
        """Show keys as (key, name) with those chosen now; the same again changes nothing."""
        wanted = (keys, chosen, is_tried)
        if wanted == self._shown:
            for button in self.findChildren(TryKey):
                button.setChecked(button.text() in chosen)  # a press that changes nothing has turned it
            return
        focused = next((key.text() for key in self.findChildren(TryKey) if key.hasFocus()), "")
        self._shown = wanted
        clear_layout(self._grid)
        for place, (key, name) in enumerate(keys):
            button = TryKey(key, name, self._theme, is_on=key in chosen, is_tried=is_tried)
            button.clicked.connect(lambda _checked=False, key=key: self.pressed.emit(key))
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            button.show()  # now, so that it can take the focus
            if key == focused:
                button.setFocus()

    def focus_chosen(self) -> None:
        """Put the focus on the chosen key, or on the first."""
        keys = [key for key in self.findChildren(TryKey) if key.isVisibleTo(self)]
        for key in (*[key for key in keys if key.isChecked()], *keys[:1]):
            key.setFocus()
            return
