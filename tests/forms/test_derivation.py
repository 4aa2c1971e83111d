"""Options that follow from figures, exact to the last digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.forms.derivation import derive, rounded
from tests.forms.packs import shipped_pack

SHARES = [
    ("0", "120", "A", "0 ÷ 120 = 0.00%"),
    ("12", "120", "A", "12 ÷ 120 = 10.00%"),
    ("66", "120", "D", "66 ÷ 120 = 55.00%"),
    ("50", "120", "D", "50 ÷ 120 = 41.67%"),
    ("120", "120", "E", "120 ÷ 120 = 100.00%"),
    ("1", "3", "C", "1 ÷ 3 = 33.33%"),
    ("20", "100", "B", "20 ÷ 100 = 20.00%"),
    # A share is never shown as the bound of the band below it.
    ("2000001", "10000000", "C", "2000001 ÷ 10000000 = 20.00001%"),
    ("59.999999", "100", "D", "59.999999 ÷ 100 = 60.00%"),
]


@pytest.mark.parametrize(("part", "whole", "option", "working"), SHARES)
def test_share_by_bands(part: str, whole: str, option: str, working: str) -> None:
    numbers = {"equipment_digital": Decimal(part), "equipment_total": Decimal(whole)}
    found = derive(shipped_pack().question("B2"), numbers)
    assert found is not None
    assert (found.option, found.working) == (option, working)


@pytest.mark.parametrize(
    "numbers",
    [
        {},
        {"equipment_total": Decimal(120)},
        {"equipment_networked": Decimal(50)},
        {"equipment_networked": Decimal(0), "equipment_total": Decimal(0)},
        {"equipment_networked": Decimal(130), "equipment_total": Decimal(120)},
    ],
)
def test_nothing_follows_from_missing_figures_a_zero_denominator_or_a_share_beyond_the_bands(
    numbers: dict[str, Decimal],
) -> None:
    assert derive(shipped_pack().question("B3"), numbers) is None


def test_nothing_follows_where_the_pack_derives_nothing() -> None:
    assert derive(shipped_pack().question("B1"), {"equipment_total": Decimal(5)}) is None


AVERAGES = {"digital_spend_3y_avg_10k_cny": Decimal(50), "revenue_3y_avg_10k_cny": Decimal(100)}


def years(*pairs: tuple[str, str]) -> dict[str, Decimal]:
    numbers = {}
    for year, (spend, revenue) in enumerate(pairs, start=1):
        numbers[f"digital_spend_year{year}_10k_cny"] = Decimal(spend)
        numbers[f"revenue_year{year}_10k_cny"] = Decimal(revenue)
    return numbers


YEARLY = [
    (AVERAGES, "D", "50 ÷ 100 = 50.00%"),
    ({**AVERAGES, **years(("10", "100"))}, "A", "10 ÷ 100 = 10.00%"),
    # The mean of the yearly shares is not the share of the sums: (50 % + 5 %) / 2, not 60 / 300.
    (years(("50", "100"), ("10", "200")), "C", "(50 ÷ 100 + 10 ÷ 200) ÷ 2 = 27.50%"),
    (years(("1", "10"), ("1", "10"), ("1", "10")), "A", "(1 ÷ 10 + 1 ÷ 10 + 1 ÷ 10) ÷ 3 = 10.00%"),
]


@pytest.mark.parametrize(("numbers", "option", "working"), YEARLY)
def test_spend_by_year_goes_before_the_averages(numbers: dict[str, Decimal], option: str, working: str) -> None:
    found = derive(shipped_pack().question("M4"), numbers)
    assert found is not None
    assert (found.option, found.working) == (option, working)


@pytest.mark.parametrize(
    "numbers",
    [
        {**AVERAGES, "digital_spend_year1_10k_cny": Decimal(5)},
        {**AVERAGES, "revenue_year2_10k_cny": Decimal(5)},
        {**AVERAGES, **years(("5", "0"))},
    ],
)
def test_a_year_half_filled_in_derives_nothing(numbers: dict[str, Decimal]) -> None:
    assert derive(shipped_pack().question("M4"), numbers) is None


ENERGY = ("energy_last_tce", "revenue_last_10k_cny", "energy_previous_tce", "revenue_previous_10k_cny")
STAFF = ("revenue_last_10k_cny", "staff_last", "revenue_previous_10k_cny", "staff_previous")
COST = ("cost_last_10k_cny", "revenue_last_10k_cny", "cost_previous_10k_cny", "revenue_previous_10k_cny")
PASS = ("pass_rate_last_pct", "pass_rate_previous_pct")

TRENDS = [
    ("R1", ENERGY, "412.6 6240 421.5 5990", "C", "412.6 ÷ 6240 = 0.0661 < 0.0704 = 421.5 ÷ 5990"),
    ("R1", ENERGY, "3 4 2 4", "A", "3 ÷ 4 = 0.75 > 0.5 = 2 ÷ 4"),
    ("R1", ENERGY, "1 3 2 6", "B", "1 ÷ 3 = 0.3333 = 0.3333 = 2 ÷ 6"),
    # Rounded half-up in the unit named: 0.00005 counts as 0.0001, and 0.00004 as 0.
    ("R1", ENERGY, "0.00005 1 0.0001 1", "B", "0.00005 ÷ 1 = 0.0001 = 0.0001 = 0.0001 ÷ 1"),
    ("R1", ENERGY, "0.00004 1 0 1", "B", "0.00004 ÷ 1 = 0 = 0 = 0 ÷ 1"),
    ("R2", PASS, "98.6 98.1", "C", "98.6 > 98.1"),
    ("R2", PASS, "98.10004 98.1", "B", "98.10004 = 98.1 = 98.1"),
    ("R2", PASS, "97 98.00005", "A", "97 < 98.0001 = 98.00005"),
    ("R3", STAFF, "6240 128 5990 126", "C", "6240 ÷ 128 = 48.75 > 47.5397 = 5990 ÷ 126"),
    ("R3", STAFF, "100 10 300 20", "A", "100 ÷ 10 = 10 < 15 = 300 ÷ 20"),
    ("R4", COST, "80 100 90 100", "C", "80 ÷ 100 = 0.8 < 0.9 = 90 ÷ 100"),
    ("R4", COST, "5373 6240 5128 5990", "A", "5373 ÷ 6240 = 0.8611 > 0.8561 = 5128 ÷ 5990"),
]


@pytest.mark.parametrize(("question_id", "names", "figures", "option", "working"), TRENDS)
def test_trend_of_two_years(question_id: str, names: tuple[str, ...], figures: str, option: str, working: str) -> None:
    numbers = dict(zip(names, map(Decimal, figures.split()), strict=True))
    found = derive(shipped_pack().question(question_id), numbers)
    assert found is not None
    assert (found.option, found.working) == (option, working)


@pytest.mark.parametrize("gone", ENERGY)
def test_a_trend_needs_all_its_figures_and_no_zero_below(gone: str) -> None:
    numbers = dict.fromkeys(ENERGY, Decimal(5))
    question = shipped_pack().question("R1")
    assert derive(question, {key: value for key, value in numbers.items() if key != gone}) is None
    found = derive(question, {**numbers, gone: Decimal(0)})
    assert (found is None) == gone.startswith("revenue")


@given(st.fractions(min_value=0, max_value=10**40), st.integers(0, 12))
def test_rounding_is_half_up_and_exact(value: Fraction, decimals: int) -> None:
    found = Fraction(rounded(value, decimals))
    step = Fraction(1, 10**decimals)
    assert (found / step).denominator == 1
    assert found - step / 2 <= value < found + step / 2


@given(st.integers(1, 10**30), st.data())
def test_the_shown_share_lies_in_the_band_of_the_derived_option(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    question = shipped_pack().question("B2")
    numbers = {"equipment_digital": Decimal(part), "equipment_total": Decimal(whole)}
    found = derive(question, numbers)
    assert found is not None
    shown = Decimal(found.working.rpartition("= ")[2].removesuffix("%"))
    again = derive(question, {"equipment_digital": shown, "equipment_total": Decimal(100)})
    assert again is not None
    assert again.option == found.option
