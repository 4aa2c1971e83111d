"""Laws of thinning: never more than ten, the newest always, spread over days, weeks and months."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.operations.drill import is_drill_due
from diag_app.operations.thinning import KEPT, kept_of

START = datetime(2024, 1, 1, 9, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@given(st.lists(MOMENTS, max_size=60))
def test_at_most_ten_stay_and_the_newest_is_among_them(times: list[datetime]) -> None:
    kept = kept_of(times)
    assert len(kept) == min(len(set(times)), KEPT)
    assert kept <= set(times)
    assert not times or max(times) in kept


@given(st.lists(MOMENTS, max_size=60))
def test_thinning_again_takes_nothing(times: list[datetime]) -> None:
    assert kept_of(kept_of(times)) == kept_of(times)


@given(st.lists(MOMENTS, min_size=1, max_size=60))
def test_the_last_days_weeks_and_months_each_keep_their_newest(times: list[datetime]) -> None:
    kept = kept_of(times)
    for count, period in ((4, "%Y-%m-%d"), (3, "%G-%V"), (3, "%Y-%m")):
        newest = {moment.strftime(period): moment for moment in sorted(times)}
        assert {newest[name] for name in sorted(newest)[-count:]} <= kept


@given(st.integers(min_value=100, max_value=400), st.integers(min_value=1, max_value=3))
def test_a_snapshot_every_day_thinned_every_day_reaches_back_for_months(days: int, a_day: int) -> None:
    kept: frozenset[datetime] = frozenset()
    for day in range(days):
        for number in range(a_day):
            kept = kept_of({*kept, START + timedelta(days=day, hours=number)})
    now = max(kept)
    ages = sorted((now - moment).days for moment in kept)
    assert {0, 1, 2, 3} <= set(ages)
    assert any(7 <= age < 21 for age in ages)
    assert ages[-1] >= 31


@pytest.mark.parametrize(
    ("last", "today", "due"),
    [
        (None, date(2024, 6, 3), True),
        (date(2024, 6, 3), date(2024, 6, 3), False),
        (date(2024, 6, 3), date(2024, 7, 2), False),
        (date(2024, 6, 3), date(2024, 7, 3), True),
        (date(2024, 1, 31), date(2024, 2, 28), False),
        (date(2024, 1, 31), date(2024, 2, 29), True),
        (date(2024, 12, 15), date(2025, 1, 14), False),
        (date(2024, 12, 15), date(2025, 1, 15), True),
        (date(2024, 11, 30), date(2024, 12, 30), True),
        (date(2030, 1, 1), date(2024, 6, 3), True),
    ],
)
def test_a_drill_is_due_after_a_month_by_the_calendar(last: date | None, today: date, due: bool) -> None:
    assert is_drill_due(last, today) is due


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 80))
def test_a_drill_is_due_between_28_and_31_days_after_the_last(last: date, days: int) -> None:
    due = is_drill_due(last, last + timedelta(days=days))
    assert due if days >= 31 else days >= 28 or not due
