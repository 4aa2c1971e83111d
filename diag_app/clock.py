"""Time, progress and fresh ids: the three things a test wants to hold still."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NewType, Protocol

Identifier = NewType("Identifier", str)


class Clock(Protocol):
    """Where the present comes from."""

    def now(self) -> datetime:
        """Return the present as an aware UTC time."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class Progress(Protocol):
    """How far a job is; raising `Cancelled` from it ends the job."""

    def __call__(self, done: int, total: int) -> None:
        """Report that `done` of `total` steps are finished."""
        ...


class Cancelled(Exception):
    """The person cancelled the job; nothing it was writing remains."""


def no_progress(done: int, total: int) -> None:
    """Ignore progress: the default of every job."""


class Steps:
    """Counts the steps of a job over all functions that share it; `total` may be an estimate, done is never more."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        progress(0, total)

    def step(self) -> None:
        """Report that one more is finished."""
        self._done = min(self._done + 1, self._total)
        self._progress(self._done, self._total)


def no_step() -> None:
    """Count nothing: the default of every function with steps."""


def new_id() -> str:
    """Return a fresh UUIDv7 as text; ids sort by the time they were made."""
    from uuid6 import uuid7  # noqa: PLC0415 - it brings the mail and metadata modules, which a look at the firms needs not

    return str(uuid7())


def wall_ms(moment: datetime) -> int:
    """Return `moment` as whole milliseconds since 1970 in UTC."""
    return int(moment.timestamp() * 1000)
