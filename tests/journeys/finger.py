"""A finger on the window, and who counts the keys that it does not press."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from diag_app.ui.main_window import MainWindow


class Finger:
    """Taps on what can be seen; what lies below is scrolled to first, as a finger would."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.screen = window, QTest.createTouchDevice()

    def tap(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Touch a widget, in its middle if nothing else is said."""
        self.bring_into_sight(widget)
        point = widget.mapTo(self.window, place or widget.rect().center())
        handle = self.window.windowHandle()
        assert self.window.rect().contains(point), f"{widget} cannot be touched"
        QTest.touchEvent(handle, self.screen).press(0, point, handle).commit()
        QTest.touchEvent(handle, self.screen).release(0, point, handle).commit()
        for _ in range(3):
            QApplication.processEvents()

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll the area around a widget."""
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget, 0, 20)
            above = above.parentWidget()
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type with the keyboard on the screen, which commits texts as an input method."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        focus = QApplication.focusWidget()
        assert focus is not None
        QApplication.sendEvent(focus, event)
        QApplication.processEvents()


class KeyCounter(QObject):
    """Counts the presses of real keys, wherever they go."""

    presses = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See them go by."""
        self.presses += event.type() == QEvent.Type.KeyPress
        return False
