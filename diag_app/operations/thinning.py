"""Which snapshots stay: at most ten, close together for the last days, further apart the older they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

KEPT = 10
_DAYS, _WEEKS, _MONTHS = 4, 3, 3
_Period = Callable[[date], tuple[int, ...]]


def kept_of(times: Iterable[datetime]) -> frozenset[datetime]:
    """Return the times to keep, a pure function: at most `KEPT`, the newest always among them.

    The newest of each of the last four days, three weeks and three months that have any; what room is left goes to
    the most recent others. Thinning after every snapshot keeps what thinning once would keep of those days.
    """
    newest_first = sorted(set(times), reverse=True)
    kept: list[datetime] = []
    for period, count in ((_day, _DAYS), (_week, _WEEKS), (_month, _MONTHS)):
        kept += _newest_of_each(newest_first, period)[:count]
    found = dict.fromkeys(kept)
    for moment in newest_first:
        if len(found) >= KEPT:
            break
        found.setdefault(moment)
    return frozenset(found)


def _newest_of_each(newest_first: list[datetime], period: _Period) -> list[datetime]:
    found: dict[tuple[int, ...], datetime] = {}
    for moment in newest_first:
        found.setdefault(period(moment.date()), moment)
    return list(found.values())


def _day(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)


def _week(day: date) -> tuple[int, ...]:
    return tuple(day.isocalendar()[:2])


def _month(day: date) -> tuple[int, ...]:
    return (day.year, day.month)
