"""Money as ranges that somebody answers for: assumptions with source, date and owner, and the amounts made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeVar

from diag_app.errors import DiagError, Problem, Severity
from diag_app.model.units import Unit, measures_the_same, product, unit

Role = Literal["investment", "benefit", "running_cost"]
ROLES: tuple[Role, ...] = ("investment", "benefit", "running_cost")
ROLE_UNITS: Mapping[Role, str] = {"investment": "cny", "benefit": "cny_per_year", "running_cost": "cny_per_year"}
RATE_UNIT = "percent_per_year"
MOST_YEARS = 50
Number = TypeVar("Number", Fraction, float)


@dataclass(frozen=True, kw_only=True)
class Range:
    """A figure as it may turn out: low, most likely, high. None is below zero; the role of an amount is its sign."""

    low: Decimal
    likely: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, value: Decimal) -> Range:
        """Return the range of a figure that is known, such as a signed price."""
        return cls(low=value, likely=value, high=value)


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """One figure of an assessment's register. `unit` is an id of the closed set, `dated` an ISO date."""

    assumption_id: str
    label: str
    unit: str
    range: Range
    source: str = ""
    dated: str = ""
    owner: str = ""
    number: int = 0  # A-01 … within the assessment, by time of entry

    @property
    def missing(self) -> tuple[str, ...]:
        """Return which of source, date and owner are not there; an assumption that lacks one enters no proposal."""
        return tuple(name for name in ("source", "dated", "owner") if not getattr(self, name))


@dataclass(frozen=True, kw_only=True)
class Amount:
    """One cost or benefit of a need or a measure (`subject_id`): the product of the assumptions it names."""

    amount_id: str
    subject_id: str
    role: Role
    label: str
    factors: tuple[str, ...]  # assumption ids

    def unit_of(self, assumptions: Mapping[str, Assumption]) -> Unit:
        """Return what the product of the factors measures."""
        return product(assumptions[factor].unit for factor in self.factors)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How the owner reckons: the assumption that is the discount rate, and the years looked at. None is shipped."""

    rate_id: str | None = None
    years: int | None = None


@dataclass(frozen=True, kw_only=True)
class Books:
    """Amounts with the assumptions behind them: what every figure of `economics_figures` is reckoned from."""

    amounts: tuple[Amount, ...]
    assumptions: Mapping[str, Assumption]
    terms: Terms = Terms()

    def of(self, *subject_ids: str) -> Books:
        """Return the books of these needs or measures alone."""
        chosen = tuple(amount for amount in self.amounts if amount.subject_id in subject_ids)
        return Books(amounts=chosen, assumptions=self.assumptions, terms=self.terms)

    def used(self, *roles: Role) -> tuple[str, ...]:
        """Return the ids of the assumptions behind amounts of these roles (all when none is named), each once."""
        wanted = roles or ROLES
        ids = (factor for amount in self.amounts if amount.role in wanted for factor in amount.factors)
        return tuple(dict.fromkeys(ids))


@dataclass(frozen=True, kw_only=True)
class Use:
    """Where an assumption is used: the amount, and the need or measure it belongs to."""

    subject_id: str
    role: Role
    label: str


def uses_of(assumption_id: str, amounts: Sequence[Amount]) -> tuple[Use, ...]:
    """Return where an assumption is used, in the order of the amounts."""
    return tuple(
        Use(subject_id=amount.subject_id, role=amount.role, label=amount.label)
        for amount in amounts
        if assumption_id in amount.factors
    )


def check_range(found: Range, location: str) -> tuple[Problem, ...]:
    """Return `RANGE_ORDER` unless low ≤ likely ≤ high, and `NUMBER_NEGATIVE` for a figure below zero."""
    if found.low < 0:
        return (Problem(code="NUMBER_NEGATIVE", location=f"{location}.low", parameters={"value": str(found.low)}),)
    if found.low <= found.likely <= found.high:
        return ()
    shown = {"low": str(found.low), "likely": str(found.likely), "high": str(found.high)}
    return (Problem(code="RANGE_ORDER", location=location, parameters=shown),)


def check_amount(amount: Amount, assumptions: Mapping[str, Assumption], location: str = "amount") -> None:
    """Refuse an amount that is no product of known assumptions measuring money.

    Raises:
        DiagError: `AMOUNT_FACTORS`, `ASSUMPTION_UNKNOWN`, `UNIT_MIX`.
    """
    if not amount.factors or len(set(amount.factors)) < len(amount.factors):
        raise DiagError("AMOUNT_FACTORS", location=location)
    for factor in amount.factors:
        if factor not in assumptions:
            raise DiagError("ASSUMPTION_UNKNOWN", location=factor[:40])
    wanted = ROLE_UNITS[amount.role]
    if amount.unit_of(assumptions).dimension != unit(wanted).dimension:
        given = " × ".join(assumptions[factor].unit for factor in amount.factors)
        raise DiagError("UNIT_MIX", location=location, given=given, wanted=wanted)


def check_terms(terms: Terms, books: Books, location: str = "terms") -> None:
    """Refuse terms that cannot be reckoned with.

    Raises:
        DiagError: `ASSUMPTION_UNKNOWN`, `UNIT_MIX`, `RATE_IN_AMOUNT`, `YEARS_BEYOND`.
    """
    if terms.years is not None and not 1 <= terms.years <= MOST_YEARS:
        raise DiagError("YEARS_BEYOND", location=location, years=str(terms.years), limit=str(MOST_YEARS))
    if terms.rate_id is None:
        return
    if terms.rate_id not in books.assumptions:
        raise DiagError("ASSUMPTION_UNKNOWN", location=terms.rate_id[:40])
    given = books.assumptions[terms.rate_id].unit
    if not measures_the_same(given, RATE_UNIT):
        raise DiagError("UNIT_MIX", location=location, given=given, wanted=RATE_UNIT)
    if terms.rate_id in books.used():
        raise DiagError("RATE_IN_AMOUNT", location=location)


def unsourced(books: Books) -> tuple[Problem, ...]:
    """Return `FIGURE_WITHOUT_SOURCE` for each used assumption that may not enter a proposal, each once."""
    ids = dict.fromkeys((*books.used(), *([books.terms.rate_id] if books.terms.rate_id else [])))
    return tuple(
        Problem(
            code="FIGURE_WITHOUT_SOURCE",
            location=f"A-{found.number:02d}",
            severity=Severity.ERROR,
            parameters={"label": found.label, "missing": ", ".join(found.missing)},
        )
        for found in (books.assumptions[key] for key in ids)
        if found.missing
    )
