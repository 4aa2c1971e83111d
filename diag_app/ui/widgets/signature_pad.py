"""A pad to sign on by mouse, finger or pen: strokes as they are drawn, the last one taken back, all wiped off."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from diag_app.model.drawn_signature import HEIGHT, WIDTH
from diag_app.ui.paint import paint_focus_ring, paint_frame, paint_text
from diag_app.ui.theme import Theme

_LINE_AT = 0.8  # of the height: what is signed on
_PEN = 2.2

Strokes = list[list[tuple[float, float]]]


class SignaturePad(QWidget):
    """Collects strokes on an area of 1000 by 400, whatever its size on screen. Signals: drawn() after each change."""

    drawn = Signal()

    def __init__(self, theme: Theme, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._hint = theme, hint
        self.strokes: Strokes = []
        self._is_down = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a size that a hand can sign on."""
        return QSize(360, 144)

    def show_strokes(self, strokes: Strokes) -> None:
        """Show what was drawn before."""
        self.strokes = strokes
        self.update()

    def take_back(self) -> None:
        """Take the last stroke off."""
        if self.strokes:
            self.strokes.pop()
            self._changed()

    def wipe(self) -> None:
        """Take everything off."""
        self.strokes = []
        self._changed()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke; fingers and pens come as the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_down = True
            self.strokes.append([self._place(event.position())])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if self._is_down:
            self.strokes[-1].append(self._place(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if self._is_down and event.button() == Qt.MouseButton.LeftButton:
            self._is_down = False
            self._changed()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pad, the line to sign on, and the strokes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        paint_frame(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._theme, line="border_strong")
        painter.setPen(self._theme.pen("border_strong"))
        base = area.top() + _LINE_AT * area.height()
        painter.drawLine(QPointF(area.left() + 12, base), QPointF(area.right() - 12, base))
        if not self.strokes:
            paint_text(painter, area.adjusted(14, 0, -14, 0), self._hint, self._theme, colour="text_3")
        pen = QPen(self._theme.colour("text"), _PEN)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self.strokes:
            points = [QPointF(area.left() + x * self._scale, area.top() + y * self._scale) for x, y in stroke]
            painter.drawPolyline(QPolygonF(points))
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self._theme)

    @property
    def _scale(self) -> float:
        return min(self.width() / WIDTH, self.height() / HEIGHT)

    def _area(self) -> QRectF:
        width, height = WIDTH * self._scale, HEIGHT * self._scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _place(self, point: QPointF) -> tuple[float, float]:
        area = self._area()
        return (point.x() - area.left()) / self._scale, (point.y() - area.top()) / self._scale

    def _changed(self) -> None:
        self.update()
        self.drawn.emit()
