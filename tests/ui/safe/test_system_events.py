"""What Windows tells a window when the session is locked or the machine goes to sleep locks the workspace at once."""

from __future__ import annotations

import ctypes
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from diag_app.ui.system_events import (
    MESSAGE,
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    SystemEvents,
)

UNLOCK, RESUME, OTHER = 0x8, 0x12, 0x0100


def told(events: SystemEvents, message: int, what: int, kind: bytes = MESSAGE) -> list[bool]:
    """Feed a message as the system does, and return whether it was emitted, and that it went on to the window."""
    heard: list[bool] = []
    events.leaving.connect(lambda: heard.append(True))
    given = wintypes.MSG(message=message, wParam=what)
    assert events.filter.nativeEventFilter(QByteArray(kind), ctypes.addressof(given)) == (False, 0)
    return heard


@pytest.mark.parametrize(
    ("message", "what", "times"),
    [
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, 1),
        (WM_POWERBROADCAST, PBT_APMSUSPEND, 1),
        (WM_WTSSESSION_CHANGE, UNLOCK, 0),
        (WM_POWERBROADCAST, RESUME, 0),
        (OTHER, WTS_SESSION_LOCK, 0),
    ],
)
def test_lock_and_sleep_are_heard_and_nothing_else(
    application: QApplication, message: int, what: int, times: int
) -> None:
    assert len(told(SystemEvents(), message, what)) == times


def test_messages_of_other_systems_are_not_read(application: QApplication) -> None:
    assert told(SystemEvents(), WM_POWERBROADCAST, PBT_APMSUSPEND, b"xcb_generic_event_t") == []
