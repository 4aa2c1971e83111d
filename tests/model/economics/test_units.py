"""Units: what converts, what is refused, and that conversion loses nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.model.units import UNITS, convert, measures_the_same, product

UNIT_IDS = sorted(UNITS)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (93, "percent", "ratio", Fraction(93, 100)),
        (1, "percent", "ppm", 10_000),
        (5, "ten_k_cny", "cny", 50_000),
        (1, "ten_k_cny_per_year", "cny_per_year", 10_000),
        (100, "cny_per_month", "cny_per_year", 1200),
        (90, "minute", "hour", Fraction(3, 2)),
        (1, "kwh", "mj", Fraction(36, 10)),
        (1, "tce", "kgce", 1000),
        (6, "month", "year", Fraction(1, 2)),
    ],
)
def test_a_figure_is_counted_in_another_unit_of_the_same_thing(
    value: int, source: str, target: str, expected: Fraction
) -> None:
    assert convert(Fraction(value), source, target) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("kwh", "kgce"),  # takes a coefficient with a name
        ("day", "year"),  # how many working days a year has is the enterprise's fact
        ("hour_per_week", "hour_per_month"),
        ("piece_per_shift", "piece_per_hour"),
        ("ten_k_cny", "ten_k_cny_per_year"),
        ("kw", "kwh"),
        ("kva", "kw"),
        ("item", "piece"),
    ],
)
def test_what_measures_something_else_is_refused(source: str, target: str) -> None:
    with pytest.raises(DiagError) as refused:
        convert(Fraction(1), source, target, location="energy")
    assert (refused.value.code, refused.value.location) == ("UNIT_MIX", "energy")


def test_a_unit_outside_the_set_is_refused() -> None:
    with pytest.raises(DiagError, match="UNIT_UNKNOWN"):
        convert(Fraction(1), "furlong", "mm")


def test_people_times_pay_a_year_is_money_a_year() -> None:
    found = product(["person", "ten_k_cny_per_person_year"])
    assert found.dimension == UNITS["ten_k_cny_per_year"].dimension
    assert found.factor == 10_000


@given(st.fractions(), st.sampled_from(UNIT_IDS), st.sampled_from(UNIT_IDS))
def test_there_and_back_is_the_same_figure(value: Fraction, source: str, target: str) -> None:
    if measures_the_same(source, target):
        assert convert(convert(value, source, target), target, source) == value
        assert (convert(value, source, target) > 0) == (value > 0)
    else:
        with pytest.raises(DiagError):
            convert(value, source, target)
