"""Tells when an encrypted workspace is to be locked: after a while without input, and before or after sleep."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

from diag_app.ui.system_events import SystemEvents

TICK_S = 5.0
SLEPT_S = 30.0  # so much later than due, on either clock, and the machine was not running
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class AutoLock(QObject):
    """Emits `due()` when it is time to lock.

    Some systems stop the monotonic clock while they sleep, others run it on; wall clock and monotonic clock are both
    looked at, so sleep is found on either kind. A wall clock that is set forward locks as well: rather once too often.
    """

    due = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        is_busy: Callable[[], bool],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        """Take the minutes of rest that are allowed, and whether a job runs, during which nothing is locked."""
        super().__init__(parent)
        self._minutes, self._is_busy = minutes, is_busy
        self._monotonic, self._wall = monotonic, wall
        self.last_input = self._ticked = monotonic()
        self._ticked_wall = wall()
        self._timer = QTimer(self)
        self._timer.setInterval(round(TICK_S * 1000))
        self._timer.timeout.connect(self.tick)
        self.system = SystemEvents(self)
        self.system.leaving.connect(self.due)

    def watch(self, window: QWindow) -> None:
        """Count what is typed and pointed at in `window` as activity, and hear what the system tells it."""
        window.installEventFilter(self)
        self.system.watch(window)

    def start(self) -> None:
        """Begin to count anew."""
        self.last_input = self._ticked = self._monotonic()
        self._ticked_wall = self._wall()
        self._timer.start()

    def stop(self) -> None:
        """Count no longer: nothing is open that could be locked."""
        self._timer.stop()

    def touch(self) -> None:
        """Take note that somebody works."""
        self.last_input = self._monotonic()

    def tick(self) -> None:
        """Look at both clocks."""
        now, wall = self._monotonic(), self._wall()
        late = max(now - self._ticked, wall - self._ticked_wall) - TICK_S
        self._ticked, self._ticked_wall = now, wall
        if self._is_busy():
            self.last_input = now
        if late > SLEPT_S or now - self.last_input >= self._minutes() * 60:
            self.due.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See input go by."""
        if event.type() in _INPUT:
            self.touch()
        return False
