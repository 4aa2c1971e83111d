"""Children forked from this warm process, which do an act and tell through a pipe what was acknowledged."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from tests.faults.attempt import attempt
from tests.faults.scenarios import Scenario
from tests.faults.sites import Site

_TOLD, _ENDED = b"t", b"e"


@dataclass(frozen=True, kw_only=True)
class End:
    """How a child ended: told that it is done, came to its end alive, with which fault or refusal in words."""

    is_acknowledged: bool
    is_alive: bool
    words: str


def in_child(
    scenario: Scenario, site: Site, prepare: Callable[[], object], *, after_seconds: float | None = None
) -> End:
    """Do the act in a child after `prepare` has run in it; with `after_seconds` it is killed at that moment."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(scenario, site, prepare, writing)
    os.close(writing)
    if after_seconds is not None:
        moment = monotonic() + after_seconds
        while monotonic() < moment:  # so short a wait would not be kept by a sleep
            pass
        os.kill(child, signal.SIGKILL)
    told = b""
    while more := os.read(reading, 65_536):
        told += more
    os.close(reading)
    os.waitpid(child, 0)
    words = told.partition(_ENDED)[2].decode()
    return End(is_acknowledged=told.startswith(_TOLD), is_alive=_ENDED in told, words=words)


def _live(scenario: Scenario, site: Site, prepare: Callable[[], object], pipe: int) -> None:
    """Live the child's life; it never returns."""
    status = 1
    try:
        prepare()
        made = attempt(scenario, site, lambda: os.write(pipe, _TOLD))
        made.close()
        os.write(pipe, _ENDED + (made.fault or made.code or "").encode())
        status = 0
    finally:
        os._exit(status)
