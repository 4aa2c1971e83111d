"""A clock that tests hold in the hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2024, 6, 3, 9, 0, tzinfo=UTC)


class FixedClock:
    """Starts at `start` and goes on by `step` each time it is asked; a step of zero stands still."""

    def __init__(self, start: datetime = START, step: timedelta = timedelta(seconds=1)) -> None:
        self._next = start
        self._step = step

    def now(self) -> datetime:
        """Return the time, then go on by one step."""
        moment = self._next
        self._next += self._step
        return moment
