"""The simulation keeps its promise of 90 %, repeats by seed, and the tornado is ordered."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.model.economics import Books
from diag_app.model.economics_figures import Figure, at, exact_terms, outcome, reckon
from diag_app.model.economics_risk import Distribution, draw_pert, draw_triangular, simulate, tornado
from tests.model.economics.books import MONEY, YEARLY, amount, assumed, books, random_books
from tests.model.economics.test_figures import FACTORY


def known_case(random: Random) -> Books:
    """Return books with ranges of their own, as a case whose truth will be known."""

    def ends() -> tuple[str, str, str]:
        low, likely, high = sorted(random.uniform(1, 100) for _ in range(3))
        return f"{low:.2f}", f"{likely:.2f}", f"{high:.2f}"

    return books(
        [
            assumed("price", MONEY, *ends()),
            assumed("heads", "person", *ends()),
            assumed("pay", "ten_k_cny_per_person_year", *ends()),
            assumed("upkeep", YEARLY, "1", "2", "3"),
        ],
        [
            amount("investment", "price"),
            amount("benefit", "heads", "pay"),
            amount("running_cost", "upkeep", subject="n"),
        ],
    )


@pytest.mark.parametrize(("distribution", "figure"), [("triangular", "payback"), ("pert", "net_benefit")])
def test_the_band_holds_the_truth_in_nine_cases_of_ten(distribution: Distribution, figure: Figure) -> None:
    random = Random(20261128)  # noqa: S311 - a seed, so that the test repeats
    draw = draw_triangular if distribution == "triangular" else draw_pert
    held = 0
    for case_number in range(1000):
        case = known_case(random)
        truth = {key: draw(random, found.range) for key, found in case.assumptions.items()}
        terms = [(role, float(scale), factors) for role, scale, factors in exact_terms(case)]
        true_result = reckon(terms, truth, figure, 0.0, None)
        band = simulate(case, figure, seed=case_number, draws=199, distribution=distribution)
        assert true_result is not None
        assert band.low is not None
        assert band.high is not None
        held += band.low <= true_result <= band.high
    assert 880 <= held <= 920


def test_the_same_seed_gives_the_same_band_and_another_seed_another() -> None:
    assert simulate(FACTORY, "payback", seed=7, draws=99) == simulate(FACTORY, "payback", seed=7, draws=99)
    assert simulate(FACTORY, "payback", seed=7, draws=99) != simulate(FACTORY, "payback", seed=8, draws=99)


@given(random_books(), st.sampled_from(["triangular", "pert"]), st.integers(0, 9))
def test_the_band_lies_within_the_bounds(case: Books, distribution: Distribution, seed: int) -> None:
    band, bounds = (
        simulate(case, "net_benefit", seed=seed, draws=39, distribution=distribution),
        outcome(case, "net_benefit"),
    )
    assert bounds.low is not None
    assert bounds.high is not None
    assert band.low is not None
    assert band.median is not None
    assert band.high is not None
    slack = 1e-6 * (1 + abs(float(bounds.low)) + abs(float(bounds.high)))
    assert float(bounds.low) - slack <= band.low <= band.median <= band.high <= float(bounds.high) + slack


def test_a_case_that_often_never_pays_back_says_in_how_many_draws() -> None:
    weak = books(
        [
            assumed("price", MONEY, "5", "6", "7"),
            assumed("saved", YEARLY, "0", "1", "2"),
            assumed("run", YEARLY, "1", "1", "1"),
        ],
        [amount("investment", "price"), amount("benefit", "saved"), amount("running_cost", "run")],
    )
    band = simulate(weak, "payback", seed=1, draws=999)
    assert 0.45 < band.never_share < 0.55
    assert band.high is None
    assert band.low is not None


def test_a_figure_without_width_is_drawn_as_it_is() -> None:
    assert draw_pert(Random(1), assumed("x", MONEY, "7", "7", "7").range) == 7  # noqa: S311 - a seed
    assert draw_triangular(Random(1), assumed("x", MONEY, "7", "7", "7").range) == 7  # noqa: S311 - a seed


def test_the_discount_rate_is_drawn_too() -> None:
    with_rate = books(
        [*FACTORY.assumptions.values(), assumed("rate", "percent_per_year", "3", "6", "12")],
        list(FACTORY.amounts),
        rate="rate",
    )
    assert simulate(with_rate, "npv", seed=1, draws=99).never_share == 0
    assert "rate" in [swing.assumption_id for swing in tornado(with_rate, "npv")]


def test_the_widest_swing_stands_first_and_a_fixed_figure_is_left_out() -> None:
    swings = tornado(FACTORY, "payback")
    assert [swing.assumption_id for swing in swings] == ["heads", "price", "upkeep"]
    assert swings[0].at_low == Fraction(52) / (Fraction("19.2") - 4)
    assert swings[0].at_high == Fraction(52) / (Fraction("38.4") - 4)


def test_a_swing_that_never_ends_leads() -> None:
    weak = books(
        [
            assumed("price", MONEY, "1", "50", "500"),
            assumed("saved", YEARLY, "1", "2", "3"),
            assumed("run", YEARLY, "1", "1", "1"),
        ],
        [amount("investment", "price"), amount("benefit", "saved"), amount("running_cost", "run")],
    )
    leader = tornado(weak, "payback")[0]
    assert (leader.assumption_id, leader.at_low, leader.size) == ("saved", None, None)


@given(random_books())
def test_swings_are_ordered_and_end_where_the_figure_does(case: Books) -> None:
    swings = tornado(case, "net_benefit")
    sizes = [swing.size for swing in swings]
    assert sizes == sorted(sizes, key=lambda size: -(size or 0))
    for swing in swings:
        assert swing.at_high == at(case, "net_benefit", {swing.assumption_id: "high"})
