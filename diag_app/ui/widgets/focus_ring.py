"""Rings 2 px around a widget of a window, wherever it moves; one of them follows the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from diag_app.ui.paint import paint_focus_ring
from diag_app.ui.theme import Theme

_ROOM = 5
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Ring(QWidget):
    """An overlay of a window that points at one widget in it."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._target: QWidget | None = None
        self._shape = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def point_at(self, target: QWidget | None) -> None:
        """Ring another widget, or none."""
        self._watch(target)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget when it or something around it moves."""
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring around the room left for the widget."""
        radius = float(getattr(self._target, "ring_radius", 6.0))
        paint_focus_ring(QPainter(self), self._shape, self._theme, radius=radius)

    def _watch(self, target: QWidget | None) -> None:
        for widget in self._watched(self._target):
            widget.removeEventFilter(self)
        if self._target is not None:
            self._target.destroyed.disconnect(self._forget)
        self._target = target
        for widget in self._watched(target):
            widget.installEventFilter(self)
        if target is not None:
            target.destroyed.connect(self._forget)

    def _watched(self, target: QWidget | None) -> list[QWidget]:
        found: list[QWidget] = []
        while target is not None and target is not self._window:
            found.append(target)
            target = target.parentWidget()
        return found

    def _forget(self) -> None:
        self._target = None
        self.hide()

    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible():
            self.hide()
            return
        room = target.rect().adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)
        whole = QRect(target.mapTo(self._window, room.topLeft()), room.size())
        shown = whole & self._clip(target)
        if shown.isEmpty():
            self.hide()
            return
        offset = whole.topLeft() - shown.topLeft()
        self._shape = QRectF(target.rect().translated(offset + QPoint(_ROOM, _ROOM)))
        self.setGeometry(shown)
        self.raise_()
        self.show()
        self.update()

    def _clip(self, target: QWidget) -> QRect:
        """Return where the ring may be seen: inside all scroll areas around `target`."""
        clip = self._window.rect()
        for widget in self._watched(target):
            above = widget.parentWidget()
            if isinstance(above, QAbstractScrollArea) and above.viewport() is widget:
                clip &= QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
        return clip


class FocusRing(Ring):
    """Rings what has the focus and has a `ring_radius`; others paint their own focus."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window, theme)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        is_ringed = new is not None and hasattr(new, "ring_radius") and self._window.isAncestorOf(new)
        self.point_at(new if is_ringed else None)
