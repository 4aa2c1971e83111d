"""Books for tests: assumptions written as short lines, and a strategy over random ones."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from diag_app.model.economics import Amount, Assumption, Books, Range, Role, Terms

MONEY, YEARLY = "ten_k_cny", "ten_k_cny_per_year"


def ranged(low: str, likely: str, high: str) -> Range:
    """Return a range written as text."""
    return Range(low=Decimal(low), likely=Decimal(likely), high=Decimal(high))


def assumed(key: str, unit: str, low: str, likely: str, high: str, *, source: str = "two offers") -> Assumption:
    """Return an assumption somebody answers for."""
    return Assumption(
        assumption_id=key,
        label=key,
        unit=unit,
        range=ranged(low, likely, high),
        source=source,
        dated="2026-03-05",
        owner="plant manager",
    )


def amount(role: Role, *factors: str, subject: str = "need") -> Amount:
    """Return an amount named after its factors."""
    return Amount(
        amount_id="×".join((role, *factors)), subject_id=subject, role=role, label="×".join(factors), factors=factors
    )


def books(assumptions: list[Assumption], amounts: list[Amount], *, rate: str | None = None, years: int = 5) -> Books:
    """Return the books; `rate` names the assumption that is the discount rate."""
    return Books(
        amounts=tuple(amounts),
        assumptions={found.assumption_id: found for found in assumptions},
        terms=Terms(rate_id=rate, years=years if rate else None),
    )


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """Draw a range of at least zero with two decimals."""
    low, likely, high = sorted(
        draw(st.decimals(min_value=0, max_value=1000, places=2, allow_nan=False)) for _ in range(3)
    )
    return Range(low=low, likely=likely, high=high)


@st.composite
def random_books(draw: st.DrawFn) -> Books:
    """Draw costs and benefits; some are a count times a price, and a count may stand on both sides."""
    found: dict[str, Assumption] = {}
    amounts: list[Amount] = []
    shared = Assumption(assumption_id="heads", label="heads", unit="person", range=draw(ranges()))
    for place, role in enumerate(
        draw(st.lists(st.sampled_from(["investment", "benefit", "running_cost"]), max_size=4))
    ):
        key = f"p{place}"
        by_head = draw(st.booleans()) and role != "investment"
        unit = "ten_k_cny_per_person_year" if by_head else MONEY if role == "investment" else YEARLY
        found[key] = Assumption(assumption_id=key, label=key, unit=unit, range=draw(ranges()))
        if by_head:
            found["heads"] = shared
        amounts.append(amount(role, *(("heads",) if by_head else ()), key))  # type: ignore[arg-type]
    rate = None
    if draw(st.booleans()):
        rate = "rate"
        found[rate] = assumed(rate, "percent_per_year", "2", "5", "9")
    return books(list(found.values()), amounts, rate=rate, years=draw(st.integers(1, 8)))
