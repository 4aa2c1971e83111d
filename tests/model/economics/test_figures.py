"""Ranges through the formulas: exact bounds, payback that may never come, present value, what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.model.economics import (
    Amount,
    Books,
    Terms,
    check_amount,
    check_range,
    check_terms,
    unsourced,
    uses_of,
)
from diag_app.model.economics_figures import DISCOUNTED, FIGURES, OUTER, End, Figure, annuity, at, can_reckon, outcome
from tests.model.economics.books import MONEY, YEARLY, amount, assumed, books, random_books, ranged

ENDS: tuple[End, ...] = ("low", "likely", "high")

# Two machines for 65 / 52 / 44 and 2 / 3 / 4 people at 9.6 a year less (all in 10,000 CNY), 5.5 / 4 / 3 to run them.
FACTORY = books(
    [
        assumed("price", MONEY, "44", "52", "65"),
        assumed("heads", "person", "2", "3", "4"),
        assumed("pay", "ten_k_cny_per_person_year", "9.6", "9.6", "9.6"),
        assumed("upkeep", YEARLY, "3", "4", "5.5"),
    ],
    [amount("investment", "price"), amount("benefit", "heads", "pay"), amount("running_cost", "upkeep")],
)


def test_payback_is_investment_over_net_benefit_at_best_and_at_worst() -> None:
    found = outcome(FACTORY, "payback")
    assert found.low == Fraction(44) / (Fraction("38.4") - 3)
    assert found.likely == Fraction(52) / (Fraction("28.8") - 4)
    assert found.high == Fraction(65) / (Fraction("19.2") - Fraction("5.5"))


def test_the_published_claim_of_fourteen_months_is_sixteen() -> None:
    """Two inspection machines, 800,000 CNY, 600,000 a year saved, advertised as 14 months: 800 / 600 is 16."""
    claim = books(
        [assumed("price", "cny", "800000", "800000", "800000"), assumed("saved", "cny_per_year", *["600000"] * 3)],
        [amount("investment", "price"), amount("benefit", "saved")],
    )
    years = outcome(claim, "payback").likely
    assert years is not None
    assert years * 12 == 16


def test_a_benefit_that_may_not_cover_the_running_cost_never_pays_back_at_worst() -> None:
    weak = books(
        [
            assumed("price", MONEY, "10", "12", "15"),
            assumed("saved", YEARLY, "1", "4", "6"),
            assumed("run", YEARLY, "1", "2", "3"),
        ],
        [amount("investment", "price"), amount("benefit", "saved"), amount("running_cost", "run")],
    )
    found = outcome(weak, "payback")
    assert [found.low, found.likely, found.high] == [2, 6, None]


def test_present_value_of_a_loan_as_the_textbooks_have_it() -> None:
    """1,000 a year for three years at 10 % is worth 2,486.85 now (annuity factor 2.48685)."""
    assert round(float(1000 * annuity(Fraction(1, 10), 3, Fraction(0))), 2) == 2486.85


def test_the_break_even_investment_has_no_present_value_left() -> None:
    with_rate = books(
        [*FACTORY.assumptions.values(), assumed("rate", "percent_per_year", "5", "5", "5")],
        list(FACTORY.amounts),
        rate="rate",
        years=4,
    )
    worth, npv = outcome(with_rate, "break_even").likely, outcome(with_rate, "npv").likely
    assert worth is not None
    assert npv == worth - 520_000


@settings(max_examples=200)
@given(random_books(), st.sampled_from(FIGURES))
def test_bounds_are_those_of_all_corners(case: Books, figure: Figure) -> None:
    found = outcome(case, figure)
    ids = sorted({*case.used(), *([case.terms.rate_id] if case.terms.rate_id else [])})
    corners = [at(case, figure, dict(zip(ids, ends, strict=True))) for ends in product(OUTER, repeat=len(ids))]
    known = [corner for corner in corners if corner is not None]
    assert found.low == min(known, default=None)
    assert found.high == (None if len(known) < len(corners) else max(known))


@settings(max_examples=200)
@given(random_books(), st.sampled_from(FIGURES), st.data())
def test_no_choice_inside_the_ranges_leaves_the_bounds(case: Books, figure: Figure, data: st.DataObject) -> None:
    found = outcome(case, figure)
    ends: dict[str, End] = {key: data.draw(st.sampled_from(ENDS)) for key in case.used()}
    inside = at(case, figure, ends)
    if inside is None:
        assert found.high is None
    else:
        assert found.low is not None
        assert found.low <= inside
        assert found.high is None or inside <= found.high


@given(random_books(), st.sampled_from(FIGURES))
def test_more_benefit_never_makes_it_worse(case: Books, figure: Figure) -> None:
    more = Books(
        amounts=(*case.amounts, amount("benefit", "extra")),
        assumptions={**case.assumptions, "extra": assumed("extra", YEARLY, "1", "2", "3")},
        terms=case.terms,
    )
    before, after = outcome(case, figure).likely, outcome(more, figure).likely
    if figure == "payback":
        assert before is None or (after is not None and after <= before)
    else:
        assert before is not None
        assert after is not None
        assert after >= before


def test_a_figure_is_reckoned_only_from_what_is_there() -> None:
    bare = books([assumed("price", MONEY, "1", "2", "3")], [amount("investment", "price")])
    assert [figure for figure in FIGURES if can_reckon(bare, figure)] == ["investment"]
    assert [figure for figure in FIGURES if not can_reckon(FACTORY, figure)] == sorted(DISCOUNTED, reverse=True)
    assert [figure for figure in FIGURES if can_reckon(FACTORY.of("other"), figure)] == []


def test_an_assumption_says_where_it_is_used() -> None:
    amounts = [*FACTORY.amounts, amount("benefit", "heads", "pay", subject="M-1")]
    assert [(use.subject_id, use.role) for use in uses_of("heads", amounts)] == [
        ("need", "benefit"),
        ("M-1", "benefit"),
    ]


def test_more_than_twelve_two_way_assumptions_are_not_bounded() -> None:
    both = [assumed(f"b{place}", YEARLY, "1", "2", "3") for place in range(13)]
    amounts = [amount(role, found.assumption_id) for found in both for role in ("benefit", "running_cost")]
    with pytest.raises(DiagError, match="ECONOMICS_TANGLED"):
        outcome(books(both, amounts), "net_benefit")


@pytest.mark.parametrize(
    ("low", "likely", "high", "codes"),
    [
        ("1", "2", "3", []),
        ("0", "0", "0", []),
        ("3", "2", "4", ["RANGE_ORDER"]),
        ("1", "5", "4", ["RANGE_ORDER"]),
        ("-1", "2", "4", ["NUMBER_NEGATIVE"]),
    ],
)
def test_a_range_stands_in_order(low: str, likely: str, high: str, codes: Sequence[str]) -> None:
    assert [problem.code for problem in check_range(ranged(low, likely, high), "range")] == codes


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (amount("benefit"), "AMOUNT_FACTORS"),
        (amount("benefit", "heads", "heads"), "AMOUNT_FACTORS"),
        (amount("benefit", "nobody"), "ASSUMPTION_UNKNOWN"),
        (amount("benefit", "heads"), "UNIT_MIX"),  # people are no money
        (amount("benefit", "price"), "UNIT_MIX"),  # once is not every year
        (amount("investment", "upkeep"), "UNIT_MIX"),
    ],
)
def test_an_amount_that_measures_no_money_is_refused(found: Amount, code: str) -> None:
    with pytest.raises(DiagError, match=code):
        check_amount(found, FACTORY.assumptions)


def test_amounts_of_the_factory_are_lawful() -> None:
    for found in FACTORY.amounts:
        check_amount(found, FACTORY.assumptions)


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (Terms(rate_id="nobody", years=3), "ASSUMPTION_UNKNOWN"),
        (Terms(rate_id="pay", years=3), "UNIT_MIX"),
        (Terms(years=0), "YEARS_BEYOND"),
        (Terms(years=51), "YEARS_BEYOND"),
    ],
)
def test_terms_that_cannot_be_reckoned_with_are_refused(terms: Terms, code: str) -> None:
    with pytest.raises(DiagError, match=code):
        check_terms(terms, FACTORY)


def test_the_discount_rate_is_no_factor_of_an_amount() -> None:
    loan = [assumed("rate", "percent_per_year", "3", "4", "5"), assumed("debt", MONEY, "10", "10", "10")]
    indebted = books(loan, [amount("running_cost", "rate", "debt")])
    check_terms(Terms(), indebted)
    check_terms(Terms(rate_id="rate", years=3), books(loan, []))
    with pytest.raises(DiagError, match="RATE_IN_AMOUNT"):
        check_terms(Terms(rate_id="rate", years=3), indebted)


def test_a_figure_without_source_date_or_owner_is_named_once() -> None:
    loose = assumed("loose", MONEY, "1", "2", "3", source="")
    rate = assumed("rate", "percent_per_year", "3", "4", "5", source="")
    unused = assumed("unused", MONEY, "1", "1", "1", source="")
    case = books([loose, rate, unused], [amount("investment", "loose"), amount("investment", "loose")], rate="rate")
    problems = unsourced(case)
    assert [(problem.code, problem.parameters["label"]) for problem in problems] == [
        ("FIGURE_WITHOUT_SOURCE", "loose"),
        ("FIGURE_WITHOUT_SOURCE", "rate"),
    ]
    assert problems[0].parameters["missing"] == "source"
    assert unsourced(FACTORY) == ()


def test_a_signed_price_is_a_range_without_width() -> None:
    assert ranged("7", "7", "7") == ranged("7", "7", "7").exactly(Decimal(7))
