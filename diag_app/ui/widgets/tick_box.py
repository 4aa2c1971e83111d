"""A box to tick with its text beside it; the whole row is the target."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.toggling import Toggling

_BOX, _LEFT, _PAD = 18, 28, 5
_SLACK = 3  # measured and painted lines break alike only with room for rounding
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


class TickBox(Toggling, QCheckBox):
    """`clicked(bool)` when the person ticks or unticks; `show_tick` shows what is stored without a signal."""

    hears_off = True

    def __init__(self, text: str, theme: Theme, *, detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = 4.0
        self.watch_toggles()
        self._theme = theme
        self._detail = detail
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tick(self, is_ticked: bool, detail: str | None = None) -> None:
        """Show what is stored, and another second line where one is given."""
        self.blockSignals(True)
        self.setChecked(is_ticked)
        self.blockSignals(False)
        if detail is not None and detail != self._detail:
            self._detail = detail
            self.setAccessibleDescription(detail)
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return true: the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of both texts at `width`."""
        return max(self._theme.size("button_small"), self._text_height(width) + self._detail_height(width) + 2 * _PAD)

    def sizeHint(self) -> QSize:
        """Return the size at the width the row has now."""
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Return true anywhere: the whole row is the target."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, tick and texts."""
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), self._theme.colour("hover"))
        box = QRectF(2, _PAD + 1, _BOX, _BOX)
        ticked = self.isChecked()
        paint_frame(
            painter,
            box,
            self._theme,
            fill="accent" if ticked else "surface",
            line="accent" if ticked else "border_strong",
            radius=4,
        )
        if ticked:
            paint_icon(painter, QPointF(box.x() + 2, box.y() + 2), "check", self._theme, 14, "on_accent")
        height = self._text_height(self.width())
        painter.setFont(self._theme.font("dense"))
        painter.setPen(self._theme.colour("text_2" if ticked else "text"))
        painter.drawText(QRect(_LEFT, _PAD, self._room(self.width()), height + 2), _WRAP, self.text())
        if self._detail:
            painter.setFont(self._theme.font("caption"))
            painter.setPen(self._theme.colour("text_3"))
            second = QRect(_LEFT, _PAD + height, self._room(self.width()), self._detail_height(self.width()) + 2)
            painter.drawText(second, _WRAP, self._detail)

    def _room(self, width: int) -> int:
        return max(60, width - _LEFT - 2)

    def _text_height(self, width: int) -> int:
        return self._height(width, "dense", self.text())

    def _detail_height(self, width: int) -> int:
        return self._height(width, "caption", self._detail) if self._detail else 0

    def _height(self, width: int, font: str, text: str) -> int:
        room = QRect(0, 0, self._room(width) - _SLACK, 10_000)
        return self._theme.metrics(font).boundingRect(room, _WRAP, text).height()
