"""When the window locks: after rest, after sleep on either kind of clock, never while a job runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication

from diag_app.ui.auto_lock import SLEPT_S, TICK_S, AutoLock

MINUTES = 10
REST = MINUTES * 60


class Machine:
    """Two clocks that run as the test says, and whether a job runs."""

    def __init__(self) -> None:
        self.monotonic, self.wall = 1000.0, 1_700_000_000.0
        self.is_busy = False
        self.locks = 0
        self.lock = AutoLock(
            lambda: MINUTES, lambda: self.is_busy, monotonic=lambda: self.monotonic, wall=lambda: self.wall
        )
        self.lock.due.connect(self.count)
        self.lock.start()

    def count(self) -> None:
        self.locks += 1

    def run(self, seconds: float) -> None:
        """Let time pass as on a machine that runs."""
        for _ in range(round(seconds / TICK_S)):
            self.jump(TICK_S, TICK_S)

    def jump(self, monotonic: float, wall: float) -> None:
        self.monotonic += monotonic
        self.wall += wall
        self.lock.tick()


@pytest.fixture
def machine(application: QApplication) -> Machine:
    """A machine that has just been unlocked."""
    return Machine()


def test_it_locks_after_the_minutes_of_rest_and_not_before(machine: Machine) -> None:
    machine.run(REST - TICK_S)
    assert machine.locks == 0
    machine.run(TICK_S)
    assert machine.locks == 1


@pytest.mark.parametrize(
    "event",
    [
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"),
        QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(QPoint(3, 3)),
            QPointF(QPoint(3, 3)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    ],
)
def test_input_to_the_window_puts_it_off(machine: Machine, event: QEvent) -> None:
    window = QWindow()
    machine.lock.watch(window)
    machine.run(REST - TICK_S)
    QApplication.sendEvent(window, event)
    machine.run(REST - TICK_S)
    assert machine.locks == 0
    machine.run(TICK_S)
    assert machine.locks == 1


@pytest.mark.parametrize(
    ("monotonic", "wall", "locks"),
    [
        (TICK_S, 3600.0, 1),  # Linux and macOS: the monotonic clock slept too
        (3600.0, 3600.0, 1),  # Windows: it ran on
        (3600.0, TICK_S, 1),
        (TICK_S, TICK_S + SLEPT_S + 1, 1),
        (TICK_S, TICK_S + SLEPT_S - 1, 0),  # a slow moment, or the clock set right
        (TICK_S, -3600.0, 0),  # set back by an hour
    ],
)
def test_sleep_locks_whatever_clock_the_system_has(machine: Machine, monotonic: float, wall: float, locks: int) -> None:
    machine.run(20)
    machine.jump(monotonic, wall)
    assert machine.locks == locks


def test_while_a_job_runs_rest_does_not_count_but_sleep_does(machine: Machine) -> None:
    machine.is_busy = True
    machine.run(2 * REST)
    assert machine.locks == 0
    machine.jump(TICK_S, 3600.0)
    assert machine.locks == 1


def test_after_a_job_the_rest_begins_anew(machine: Machine) -> None:
    machine.is_busy = True
    machine.run(REST)
    machine.is_busy = False
    machine.run(REST - TICK_S)
    assert machine.locks == 0
    machine.run(TICK_S)
    assert machine.locks == 1
