"""The steps of a case: a check when done, a ring with a number when open, a soft fill for the one shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_frame, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.toggling import Toggling

_PAD, _CIRCLE, _GAP, _LINE = 8, 18, 6, 13


class StepButton(Toggling, QAbstractButton):
    """One step that can be opened."""

    def __init__(self, number: int, text: str, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.ring_radius = 6.0
        self._number, self._theme = number, theme
        self.is_done = False
        self.setText(text)
        self.setCheckable(True)
        self.watch_toggles()
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for the name in bold; it never elides."""
        width = self._theme.metrics("dense", bold=True).horizontalAdvance(self.text()) + 2
        return QSize(2 * _PAD + _CIRCLE + _GAP + width, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, circle and name."""
        painter = QPainter(self)
        here = self.isChecked()
        if here or self.underMouse():
            fill = "accent_soft" if here else "hover"
            paint_frame(painter, QRectF(self.rect()), self._theme, fill=fill, line=None)
        circle = QRectF(_PAD, (self.height() - _CIRCLE) / 2, _CIRCLE, _CIRCLE)
        if self.is_done:
            paint_frame(painter, circle, self._theme, fill="accent", line=None, radius=_CIRCLE / 2)
            place = QPointF(circle.left() + 2, circle.top() + 2)
            paint_icon(painter, place, "check", self._theme, 14, "on_accent")
        else:
            line, colour = ("accent", "accent") if here else ("border_strong", "text_2")
            paint_frame(painter, circle, self._theme, fill=None, line=line, radius=_CIRCLE / 2)
            centre, none = Qt.AlignmentFlag.AlignHCenter, Qt.TextElideMode.ElideNone
            number = str(self._number)
            paint_text(painter, circle, number, self._theme, font="caption", colour=colour, align=centre, elide=none)
        box = QRectF(_PAD + _CIRCLE + _GAP, 0, self.width(), self.height())
        paint_text(painter, box, self.text(), self._theme, bold=here, colour="accent" if here else "text")


class Stepper(QWidget):
    """All steps of a case; `chosen(key)` when one is opened."""

    chosen = Signal(str)

    def __init__(self, steps: tuple[tuple[str, str], ...], theme: Theme, parent: QWidget | None = None) -> None:
        """Take steps as (key, name) in their order."""
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[str, StepButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_LINE)
        for number, (key, text) in enumerate(steps, start=1):
            button = StepButton(number, text, theme)
            button.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            self._buttons[key] = button
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_steps(self, here: str, done: frozenset[str]) -> None:
        """Show which step is open and which are done."""
        for key, button in self._buttons.items():
            button.setChecked(key == here)
            button.is_done = key in done
            button.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus along the steps with the arrow keys."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines between the steps."""
        painter = QPainter(self)
        painter.setPen(self._theme.pen("border"))
        middle = self.height() / 2 + 0.5
        for button in list(self._buttons.values())[:-1]:
            right = button.geometry().right()
            painter.drawLine(QPointF(right + 2, middle), QPointF(right + _LINE - 1, middle))

    def _choose(self, key: str) -> None:
        self.chosen.emit(key)
