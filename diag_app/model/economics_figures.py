"""Payback, net benefit and present value with exact bounds: what the ranges allow at best and at worst.

Every amount is a product of figures of at least zero, each named once, so a result moves one way with each assumption.
The bounds therefore stand where every assumption is at its better or at its worse end. One that both costs and earns
(and the discount rate) has no better end of its own: both its ends are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product as combinations
from typing import Literal

from diag_app.errors import DiagError
from diag_app.model.economics import Books, Number, Role
from diag_app.model.units import unit

Figure = Literal["investment", "benefit", "running_cost", "net_benefit", "payback", "npv", "break_even"]
FIGURES: tuple[Figure, ...] = (
    "investment",
    "benefit",
    "running_cost",
    "net_benefit",
    "payback",
    "npv",
    "break_even",
)
FIGURE_UNITS: Mapping[Figure, str] = {
    "investment": "cny",
    "benefit": "cny_per_year",
    "running_cost": "cny_per_year",
    "net_benefit": "cny_per_year",
    "payback": "year",
    "npv": "cny",
    "break_even": "cny",  # the largest investment that the years looked at earn back, discounted
}
DISCOUNTED: frozenset[Figure] = frozenset({"npv", "break_even"})
MOST_TWO_WAY = 12  # assumptions that both cost and earn: each doubles the corners

End = Literal["low", "likely", "high"]
OUTER: tuple[End, End] = ("low", "high")
ENDS: tuple[End, ...] = ("low", "likely", "high")
Term = tuple[Role, Number, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A result in its unit: smallest, most likely, largest. Null means never: no benefit ever pays it back."""

    low: Fraction | None
    likely: Fraction | None
    high: Fraction | None


def can_reckon(books: Books, figure: Figure) -> bool:
    """Return whether what the figure needs is there: amounts, and for a discounted one rate and years."""
    has_benefit = bool(books.used("benefit"))
    if figure in DISCOUNTED:
        return has_benefit and books.terms.rate_id is not None and books.terms.years is not None
    if figure in ("payback", "net_benefit"):
        return has_benefit and (figure == "net_benefit" or bool(books.used("investment")))
    return any(amount.role == figure for amount in books.amounts)


def outcome(books: Books, figure: Figure) -> Outcome:
    """Return the exact bounds of the figure and its most likely value.

    Raises:
        DiagError: `ECONOMICS_TANGLED` when more than twelve assumptions both cost and earn.
    """
    likely, *results = at_each(books, figure, ({}, *_corners(books)))
    known = [result for result in results if result is not None]
    return Outcome(
        low=min(known, default=None),
        likely=likely,
        high=None if len(known) < len(results) else max(known),
    )


def at(books: Books, figure: Figure, ends: Mapping[str, End]) -> Fraction | None:
    """Return the figure with the assumptions named in `ends` at these ends and all others as most likely."""
    return at_each(books, figure, (ends,))[0]


def at_each(books: Books, figure: Figure, tried: Iterable[Mapping[str, End]]) -> list[Fraction | None]:
    """Return the figure for each choice of ends; what is the same for all of them is reckoned once."""
    terms, years, used = exact_terms(books), books.terms.years or 0, books.used()
    ranges = {key: books.assumptions[key].range for key in used}
    rates = {end: rate_of(books, end) for end in ENDS}
    results = []
    for ends in tried:
        values = {key: Fraction(getattr(found, ends.get(key, "likely"))) for key, found in ranges.items()}
        rate = rates[ends.get(books.terms.rate_id or "", "likely")]
        results.append(reckon(terms, values, figure, Fraction(0), (rate, years)))
    return results


def reckon(
    terms: Sequence[Term[Number]],
    values: Mapping[str, Number],
    figure: Figure,
    zero: Number,
    discount: tuple[Number, int] | None,
) -> Number | None:
    """Return the figure from `values`, exactly with fractions and quickly with floats; null when it is never."""
    sums: dict[Role, Number] = {"investment": zero, "benefit": zero, "running_cost": zero}
    for role, scale, factors in terms:
        amount = scale
        for factor in factors:
            amount *= values[factor]
        sums[role] += amount
    if figure in sums:
        return sums[figure]
    net = sums["benefit"] - sums["running_cost"]
    if figure == "net_benefit":
        return net
    if figure == "payback":
        return sums["investment"] / net if net > zero else None
    rate, years = discount or (zero, 0)
    worth = net * annuity(rate, years, zero)
    return worth if figure == "break_even" else worth - sums["investment"]


def annuity(rate: Number, years: int, zero: Number) -> Number:
    """Return what one unit at each year's end is worth now."""
    worth, step = zero, 1 / (1 + rate)
    factor = step
    for _ in range(years):
        worth += factor
        factor *= step
    return worth


def exact_terms(books: Books) -> list[Term[Fraction]]:
    """Return the amounts as role, scale to CNY (a year), and factors."""
    return [(amount.role, amount.unit_of(books.assumptions).factor, amount.factors) for amount in books.amounts]


def rate_of(books: Books, end: End) -> Fraction:
    """Return the discount rate a year as a plain number; zero where none is set."""
    if books.terms.rate_id is None:
        return Fraction(0)
    found = books.assumptions[books.terms.rate_id]
    return Fraction(getattr(found.range, end)) * unit(found.unit).factor


def _corners(books: Books) -> Iterator[dict[str, End]]:
    earning, costing = set(books.used("benefit")), set(books.used("investment", "running_cost"))
    two_way = sorted(earning & costing)
    if len(two_way) > MOST_TWO_WAY:
        raise DiagError("ECONOMICS_TANGLED", count=str(len(two_way)), limit=str(MOST_TWO_WAY))
    if books.terms.rate_id is not None:
        two_way.append(books.terms.rate_id)
    better: dict[str, End] = {**dict.fromkeys(earning, "high"), **dict.fromkeys(costing, "low")}
    worse: dict[str, End] = {**dict.fromkeys(earning, "low"), **dict.fromkeys(costing, "high")}
    for ends in (better, worse):
        for tried in combinations(OUTER, repeat=len(two_way)):
            yield {**ends, **dict(zip(two_way, tried, strict=True))}
