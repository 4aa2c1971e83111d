"""Whether a reviewer has verified an answer, and the button that does it or takes it back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from diag_app.i18n import Translator
from diag_app.model.review import Tick
from diag_app.ui.models.figures import local_time
from diag_app.ui.paint import ChipStyle, chip_width, paint_chip
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button


class ChipButton(QAbstractButton):
    """A chip to press; it elides where there is no room, down to `shortest`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.ring_radius = theme.size("chip") / 2
        self._theme = theme
        self._shortest, self._is_warning = "", False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_words(self, text: str, shortest: str, *, is_warning: bool) -> None:
        """Show `text`, which may be cut to the room of `shortest`."""
        self._shortest, self._is_warning = shortest, is_warning
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the whole text."""
        return self._size(self.text())

    def minimumSizeHint(self) -> QSize:
        """Return the room of the shortest text."""
        return self._size(self._shortest)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        icon = "triangle-alert" if self._is_warning else "badge-check"
        style: ChipStyle = "warning" if self._is_warning else "accent_line"
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self.text(), self._theme, style=style, icon=icon)
        painter.end()

    def _size(self, text: str) -> QSize:
        return QSize(chip_width(text, self._theme, icon="badge-check"), self._theme.size("chip"))


class VerifiedMark(QWidget):
    """A chip that says by whom and when, or that it has lapsed; without one the button. `toggled` on a press."""

    toggled = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._translate = translate
        self.is_verified = False
        self.chip = ChipButton(theme)
        self.chip.clicked.connect(self.toggled)
        self.button = Button(translate("Verify it"), theme, "text", icon="badge-check", key="V", small=True)
        self.button.setAccessibleName(translate("Verify this answer"))
        self.button.clicked.connect(self.toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.chip)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.show_tick(None)

    def show_tick(self, tick: Tick | None) -> None:
        """Show the tick of the answer, one that has lapsed, or none."""
        translate = self._translate
        self.is_verified = tick is not None and tick.holds
        self.chip.setVisible(tick is not None)
        self.button.setVisible(not self.is_verified)
        if tick is None:
            return
        by, time = tick.by or "–", local_time(tick.at)
        whole = translate("Verified · {by} (review) {time}", by=by, time=time)
        if tick.holds:
            short = translate("Verified · {by} (review) {time}", by=by, time=time[5:])
            self.chip.show_words(short, translate("Verified"), is_warning=False)
            self.chip.setToolTip(translate("{words}. V takes it back.", words=whole))
        else:
            self.chip.show_words(
                translate("Changed since verified"), translate("Changed since verified"), is_warning=True
            )
            self.chip.setToolTip(whole)
        self.chip.setAccessibleName(f"{self.chip.text()}. {self.chip.toolTip()}")
