"""A picture to look at and to draw on: zoomed and moved by mouse, finger and keys; marks lie over it until applied."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from diag_app.i18n import Translator
from diag_app.model.marks import WHOLE, Point
from diag_app.ui.models.drafts import FINE_STEP, STEP, Drafts, Tool
from diag_app.ui.paint import paint_focus_ring, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.mark_painter import paint_drafts

MOST_ZOOM, ZOOM_STEP, PAN = 8.0, 1.25, 60
_MARGIN = 12
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class PictureCanvas(QWidget):
    """Shows one picture, fitted until it is zoomed.

    Signals:
        drafts_changed(): a mark was made, moved or chosen. text_wanted(): a text was placed and has no words yet.
        stepped(int): the person asks for the next (1) or previous (-1) picture. left(): Esc while drawing.
    """

    drafts_changed = Signal()
    text_wanted = Signal()
    stepped = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._theme, self._translate = theme, translate
        self._picture: QPixmap | None = None
        self._words = ""
        self.zoom = 1.0  # 1: fitted
        self._offset = QPointF()
        self._pressed: QPoint | None = None
        self._is_drawing = False
        self.tool: Tool | None = None
        self.drafts = Drafts()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 160)
        self.setAccessibleName(translate("Picture"))

    @property
    def has_picture(self) -> bool:
        """Return whether there is a picture."""
        return self._picture is not None

    def show_picture(self, picture: QPixmap | None, words: str, name: str) -> None:
        """Show a picture, fitted, or `words` where there is none; what was drawn is gone."""
        self._picture, self._words = picture, words
        self.setAccessibleName(name)
        self.drafts.clear()
        self.fit()
        self.drafts_changed.emit()

    def set_tool(self, tool: Tool | None) -> None:
        """Draw with this from now on, or only look."""
        self.tool = tool
        self.setCursor(Qt.CursorShape.CrossCursor if tool else Qt.CursorShape.ArrowCursor)
        self.update()

    def fit(self) -> None:
        """Show all of the picture."""
        self.zoom, self._offset = 1.0, QPointF()
        self.update()

    def zoom_by(self, factor: float) -> None:
        """Show it larger or smaller, never smaller than fitted."""
        before, self.zoom = self.zoom, max(1.0, min(MOST_ZOOM, self.zoom * factor))
        self._offset = self._bounded(self._offset * (self.zoom / before))
        self.update()

    def add_mark(self) -> None:
        """Make a mark of the chosen tool in the middle."""
        if self.tool is not None and self.has_picture:
            self.drafts.add(self.tool)
            self._after_drawing()

    def remove_mark(self) -> None:
        """Take the chosen mark away."""
        self.drafts.remove()
        self._after_drawing(is_new=False)

    def picture_rect(self) -> QRectF:
        """Return where the picture lies."""
        if self._picture is None:
            return QRectF()
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        size = self._picture.deviceIndependentSize()
        scale = min(room.width() / size.width(), room.height() / size.height(), 1.5) * self.zoom
        width, height = size.width() * scale, size.height() * scale
        middle = room.center() + self._offset
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def point_at(self, place: QPointF) -> Point:
        """Return which point of the picture lies there."""
        rect = self.picture_rect()
        across = (place.x() - rect.left()) / max(1.0, rect.width())
        down = (place.y() - rect.top()) / max(1.0, rect.height())
        return round(across * WHOLE), round(down * WHOLE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, picture, marks and focus."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("sunken"))
        if self._picture is None:
            centre = Qt.AlignmentFlag.AlignHCenter
            paint_text(painter, QRectF(self.rect()), self._words, self._theme, colour="text_2", align=centre)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            rect = self.picture_rect()
            painter.drawPixmap(rect, self._picture, QRectF(self._picture.rect()))
            paint_drafts(painter, rect, self.drafts, self._theme)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self._theme, inside=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a mark, choose one, or take hold of the picture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is not Qt.MouseButton.LeftButton or not self.has_picture:
            return
        self._pressed = event.position().toPoint()
        if self.tool is not None:
            point = self.point_at(event.position())
            self._is_drawing = not self.drafts.choose_at(*point)
            if self._is_drawing:
                self.drafts.begin(self.tool, point)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the mark, move the chosen one, or move the picture."""
        if self._pressed is None:
            return
        here = event.position().toPoint()
        if self._is_drawing:
            self.drafts.draw_to(self.point_at(event.position()))
        elif self.tool is not None:
            (x0, y0), (x1, y1) = self.point_at(QPointF(self._pressed)), self.point_at(QPointF(here))
            self.drafts.move(x1 - x0, y1 - y0)
            self._pressed = here
        else:
            self._offset = self._bounded(self._offset + QPointF(here - self._pressed))
            self._pressed = here
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what was begun."""
        if self._is_drawing:
            self.drafts.end()
        was_tool, self._is_drawing, self._pressed = self.tool is not None, False, None
        if was_tool:
            self._after_drawing()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self.zoom_by(ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture in sight."""
        self._offset = self._bounded(self._offset)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and size marks while drawing; else move the picture, or ask for the next."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._on_arrow(*_ARROWS[key], event.modifiers())
        elif self.tool is not None and key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # the page applies
            else:
                self.add_mark()
        elif self.tool is not None and key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.drafts.step(1 if key is Qt.Key.Key_PageDown else -1)
            self._after_drawing()
        elif self.tool is not None and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_mark()
        else:
            event.ignore()

    def _on_arrow(self, dx: int, dy: int, modifiers: Qt.KeyboardModifier) -> None:
        if self.tool is not None:
            step = FINE_STEP if modifiers & Qt.KeyboardModifier.ControlModifier else STEP
            is_sizing = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self.drafts.move(dx * step, dy * step, is_sizing=is_sizing)
            self._after_drawing(is_new=False)
        elif self.zoom > 1:
            self._offset = self._bounded(self._offset - QPointF(dx * PAN, dy * PAN))
            self.update()
        else:
            self.stepped.emit(dx or dy)

    def _after_drawing(self, *, is_new: bool = True) -> None:
        self.update()
        self.drafts_changed.emit()
        chosen = self.drafts.chosen
        if is_new and chosen is not None and chosen.tool == "text" and not chosen.text:
            self.text_wanted.emit()

    def _bounded(self, offset: QPointF) -> QPointF:
        """Return the offset so that no edge of the picture leaves the room further than it must."""
        if self._picture is None:
            return QPointF()
        kept, self._offset = self._offset, QPointF()
        rect = self.picture_rect()
        self._offset = kept
        across, down = max(0.0, (rect.width() - self.width()) / 2), max(0.0, (rect.height() - self.height()) / 2)
        return QPointF(max(-across, min(across, offset.x())), max(-down, min(down, offset.y())))
