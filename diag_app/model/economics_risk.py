"""How sure a result is: a seeded simulation with its 90 % band, and which assumption moves the result most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Literal

from diag_app.model.economics import Books, Range
from diag_app.model.economics_figures import OUTER, End, Figure, at_each, exact_terms, reckon
from diag_app.model.units import unit

Distribution = Literal["triangular", "pert"]
# With n draws the 5 and 95 % places are whole when n + 1 divides by 20; then the band holds 90 % exactly, on average.
DRAWS = 1_999


@dataclass(frozen=True, kw_only=True)
class Band:
    """The middle 90 % of the simulated results and their median; null means never. Same seed, same band."""

    low: float | None
    median: float | None
    high: float | None
    never_share: float  # of the draws in which it never pays back
    distribution: Distribution
    seed: int
    draws: int


@dataclass(frozen=True, kw_only=True)
class Swing:
    """A result with one assumption at its low and at its high end, all others as most likely."""

    assumption_id: str
    at_low: Fraction | None
    at_high: Fraction | None

    @property
    def size(self) -> Fraction | None:
        """Return how far the result moves; null where one end never pays back."""
        if self.at_low is None or self.at_high is None:
            return None
        return abs(self.at_high - self.at_low)


def simulate(
    books: Books, figure: Figure, *, seed: int, draws: int = DRAWS, distribution: Distribution = "triangular"
) -> Band:
    """Return the 90 % band of `figure` when each assumption is drawn by itself from its range."""
    results = sorted(_draws(books, figure, seed, draws, distribution))
    never = sum(1 for result in results if result == NEVER)

    def place(share: int) -> float | None:
        result = results[min(draws, max(1, (draws + 1) * share // 100)) - 1]
        return None if result == NEVER else result

    return Band(
        low=place(5),
        median=place(50),
        high=place(95),
        never_share=never / draws,
        distribution=distribution,
        seed=seed,
        draws=draws,
    )


def tornado(books: Books, figure: Figure) -> tuple[Swing, ...]:
    """Return the swings of the assumptions that move the figure, the widest first; one that never ends leads."""
    ids = dict.fromkeys((*books.used(), *([books.terms.rate_id] if books.terms.rate_id else [])))
    ends: tuple[dict[str, End], ...] = tuple({key: end} for key in ids for end in OUTER)
    results = at_each(books, figure, ends)
    swings = [
        Swing(assumption_id=key, at_low=low, at_high=high)
        for key, low, high in zip(ids, results[::2], results[1::2], strict=True)
    ]
    moving = [swing for swing in swings if swing.at_low != swing.at_high]
    return tuple(sorted(moving, key=_widest_first))


NEVER = float("inf")


def _widest_first(swing: Swing) -> tuple[bool, Fraction, str]:
    size = swing.size
    return (size is not None, -(size or Fraction(0)), swing.assumption_id)


def _draws(books: Books, figure: Figure, seed: int, draws: int, distribution: Distribution) -> list[float]:
    random = Random(seed)  # noqa: S311 - a simulation, not a secret
    draw = _DISTRIBUTIONS[distribution]
    rate_id = books.terms.rate_id
    ranges = {key: books.assumptions[key].range for key in books.used()}
    terms = [(role, float(scale), factors) for role, scale, factors in exact_terms(books)]
    results = []
    for _ in range(draws):
        values = {key: draw(random, found) for key, found in ranges.items()}
        rate = 0.0
        if rate_id is not None:
            found = books.assumptions[rate_id]
            rate = draw(random, found.range) * float(unit(found.unit).factor)
        result = reckon(terms, values, figure, 0.0, (rate, books.terms.years or 0))
        results.append(NEVER if result is None else result)
    return results


def draw_triangular(random: Random, found: Range) -> float:
    """Return a draw from the triangle over low, likely and high."""
    return random.triangular(float(found.low), float(found.high), float(found.likely))


def draw_pert(random: Random, found: Range) -> float:
    """Return a draw from the PERT curve: a beta distribution that trusts the likely value more than a triangle does."""
    low, likely, high = float(found.low), float(found.likely), float(found.high)
    if low == high:
        return low
    width = high - low
    return low + width * random.betavariate(1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width)


_DISTRIBUTIONS: Mapping[Distribution, Callable[[Random, Range], float]] = {
    "triangular": draw_triangular,
    "pert": draw_pert,
}
