"""One side of a conflict as a card to choose: who, on which device, when, what it says, what speaks for it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.conflicts import SideRow
from diag_app.ui.paint import key_width, paint_frame, paint_key, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.toggling import Toggling

_CIRCLE, _GAP = 16, 8
_CLIPS = 3  # as many names of evidence are shown; a tool tip has them all


class SideChoice(Toggling, QRadioButton):
    """Circle, name and device, with the key that chooses it."""

    def __init__(self, theme: Theme, name: str, device: str, key: str) -> None:
        super().__init__(name)
        self.ring_radius = 4.0
        self._theme, self._device, self._key = theme, device, key
        self.setAutoExclusive(False)  # cards are no siblings; the card's owner keeps them apart
        self.setFont(theme.font("body", bold=True))
        self.setAccessibleName(f"{name} {device}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.watch_toggles()

    def sizeHint(self) -> QSize:
        """Return a height of one line; the name elides."""
        return QSize(120, self._theme.row(24))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """Return true for the whole line."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint circle, name, device and key."""
        painter, theme = QPainter(self), self._theme
        middle = self.height() / 2
        circle = QRectF(1, middle - _CIRCLE / 2, _CIRCLE, _CIRCLE)
        paint_frame(painter, circle, theme, line="accent" if self.isChecked() else "border_strong", radius=_CIRCLE / 2)
        if self.isChecked():
            paint_frame(painter, circle.adjusted(4, 4, -4, -4), theme, fill="accent", line=None, radius=4)
        cap = key_width(self._key, theme)
        left, right = circle.right() + _GAP, self.width() - cap - _GAP
        wanted = theme.metrics("body", bold=True).horizontalAdvance(self.text()) + 2
        name = QRectF(left, 0, min(wanted, right - left), self.height())
        colour = "text" if self.isEnabled() else "text_disabled"
        paint_text(painter, name, self.text(), theme, font="body", bold=True, colour=colour)
        device = QRectF(name.right() + _GAP, 0, max(0.0, right - name.right() - _GAP), self.height())
        paint_text(painter, device, self._device, theme, font="caption", colour="text_2")
        paint_key(painter, QRectF(self.width() - cap, middle - 9.5, cap, 19), self._key, theme)


class SideCard(QWidget):
    """`chosen` when it is pressed anywhere. A side whose value is not here cannot be chosen, and says so."""

    chosen = Signal()

    def __init__(self, theme: Theme, translate: Translator, side: SideRow, key: str, *, is_long: bool) -> None:
        super().__init__()
        self._theme = theme
        self.side = side
        self.choice = SideChoice(theme, side.who, side.device, key)
        self.choice.setEnabled(side.can_stand)
        self.choice.clicked.connect(self.chosen)
        self.value = label(side.value, theme, "body" if is_long else "strong", bold=not is_long, wrap=True)
        self.value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(4)
        column.addWidget(self.choice)
        column.addWidget(self.value)
        for text in (
            side.consequence,
            side.when,
            side.reason and translate("Decided so: {reason}", reason=side.reason),
        ):
            if text:
                column.addWidget(label(text, theme, "caption", colour="text_2", wrap=True))
        names = side.evidence[:_CLIPS]
        for name in names:
            column.addWidget(_Clip(theme, name))
        if len(side.evidence) > len(names):
            more = label(f"+{len(side.evidence) - len(names)}", theme, "caption", colour="text_2")
            more.setToolTip("\n".join(side.evidence))
            column.addWidget(more)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_chosen(self, *, is_chosen: bool) -> None:
        """Show whether this side is to stand."""
        self.choice.setChecked(is_chosen)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        super().mousePressEvent(event)
        if self.side.can_stand:
            self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, stronger when chosen."""
        is_chosen = self.choice.isChecked()
        paint_frame(
            QPainter(self), QRectF(self.rect()), self._theme,
            fill="accent_soft" if is_chosen else "surface", line="accent" if is_chosen else "border_strong",
            width=2.0 if is_chosen else 1.0,
        )  # fmt: skip


class _Clip(QWidget):
    """The name of a piece of evidence behind a paper clip."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._name = theme, name
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFixedHeight(theme.line_height("caption") + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint clip and name, which elides in the middle."""
        painter = QPainter(self)
        paint_icon(painter, QPointF(0, (self.height() - 14) / 2), "paperclip", self._theme, 14, "text_2")
        box = QRectF(19, 0, self.width() - 19, self.height())
        middle = Qt.TextElideMode.ElideMiddle
        paint_text(painter, box, self._name, self._theme, font="caption", colour="text", elide=middle)
