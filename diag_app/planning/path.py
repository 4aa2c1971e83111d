"""The cheapest path to a level, or the best one within a budget, and the next cheapest after it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from diag_app.clock import Progress, no_progress
from diag_app.planning.programme import (
    Programme,
    Row,
    build,
    level_rows,
    order_row,
    points_row,
    score_terms,
    whole_numbers,
)
from diag_app.planning.schedule import late, rescuers, spans
from diag_app.planning.solver import Solver
from diag_app.planning.task import Atom, Task, atoms_of

MOST_OTHERS = 5
LEAST_DIFFERENCE = 2  # measures in one plan and not in the other; a swap counts two


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked of a plan. Without `level`: the highest within the budget, then the highest score."""

    level: int | None = None
    budget: Decimal | None = None
    weeks: int | None = None
    pinned: frozenset[str] = frozenset()  # the owner wants them, whatever they bring
    excluded: frozenset[str] = frozenset()  # the owner does not want them


@dataclass(frozen=True, kw_only=True)
class Found:
    """The cheapest plan and up to five others, cheapest first; each is a set of measures that could spare none."""

    best: frozenset[str] | None
    others: tuple[frozenset[str], ...] = ()
    order_rows: int = 0  # rows added because a solution had no order to start in


def cheapest_path(
    task: Task,
    costs: Mapping[str, Decimal],
    wish: Wish,
    *,
    others: int = MOST_OTHERS,
    progress: Progress = no_progress,
) -> Found:
    """Return the cheapest plan that fulfils `wish`, proven; only measures with a cost take part.

    A plan reaches the level by the pack's own rule, can be started in some order in which each measure finds what it
    needs without its own help, and keeps exclusions, budget, time and the owner's choices. Any two plans differ in at
    least two measures: a plan to a given level holds nothing it could do without, so none contains another.
    """
    search = _Search(task=task, costs=costs, wish=wish)
    progress(0, others + 1)
    best = search.cheapest() if wish.level is not None else search.highest()
    found: list[frozenset[str]] = []
    latest = best
    while best is not None and latest is not None and len(found) < others:
        progress(len(found) + 1, others + 1)
        latest = search.next_after(latest)
        if latest is not None:
            found.append(latest)
    progress(others + 1, others + 1)
    return Found(best=best, others=tuple(found), order_rows=search.order_rows)


def within_reach(task: Task, costs: Collection[str], wish: Wish) -> frozenset[str]:
    """Return the measures that could take part: priced, not excluded, and able to start and end in time at all."""
    allowed = {step.measure_id for step in task.steps if step.measure_id in costs} - wish.excluded
    late_ones = set(late(task, allowed, wish.weeks))
    return frozenset(allowed - late_ones)


def reaches(task: Task, chosen: Collection[str], wish: Wish, level: int) -> bool:
    """Return whether the measures reach `level` in an order they can start in, in time; costs are not looked at."""
    if late(task, chosen, wish.weeks):
        return False
    condition, held = task.condition(level), atoms_of(task, chosen)
    at_level = sum(atom in held for atom in task.level_atoms(level, constrained=False))
    constrained = sum(atom in held for atom in task.level_atoms(level, constrained=True))
    return (
        score_of(task, chosen) >= condition.min_score
        and at_level >= condition.min_scenarios
        and constrained >= condition.min_constrained
    )


@dataclass(frozen=True, kw_only=True)
class Most:
    """The highest score, and the most scenarios and constrained ones at a level, each by itself."""

    score: Decimal
    scenarios: int
    constrained: int


def most_within_reach(task: Task, costs: Mapping[str, Decimal], wish: Wish, level: int) -> Most:
    """Return how far the measures carry at most, whatever they cost; the three need not come together."""
    search = _Search(task=task, costs=costs, wish=replace(wish, pinned=frozenset(), level=level))
    points = search.most(lambda programme: score_terms(programme, task)[0])
    counts = []
    for constrained in (False, True):
        atoms = task.level_atoms(level, constrained=constrained)
        chosen = search.most(_one_each([atom for atom in atoms if atom not in task.present]))
        held = atoms_of(task, chosen)
        counts.append(sum(atom in held for atom in atoms))
    return Most(score=score_of(task, points), scenarios=counts[0], constrained=counts[1])


def _one_each(atoms: Sequence[Atom]) -> Callable[[Programme], Mapping[int, int]]:
    return lambda programme: {programme.column(atom): 1 for atom in atoms}


def score_of(task: Task, chosen: Collection[str]) -> Decimal:
    """Return the score once the measures are finished."""
    score, gains = task.points()
    held = atoms_of(task, chosen)
    return score + sum((points for atom, points in gains.items() if atom in held), Decimal(0))


@dataclass(kw_only=True)
class _Search:
    task: Task
    costs: Mapping[str, Decimal]
    wish: Wish
    order_rows: int = 0
    level: int = field(init=False)
    _programme: Programme = field(init=False)
    _solver: Solver = field(init=False)
    _prices: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.level = self.wish.level or 0

    def cheapest(self) -> frozenset[str] | None:
        """Return the cheapest plan that reaches the level; null when there is none."""
        if not self._open(lambda programme: level_rows(programme, self.task, self.level)):
            return None
        return self._lean(self._solve(self._prices))

    def highest(self) -> frozenset[str] | None:
        """Return the plan with the highest level, then score, then the least cost; null when nothing fits."""
        for condition in reversed(self.task.pack.level_rule.conditions):
            self.level = condition.level
            if self._open(lambda programme: level_rows(programme, self.task, self.level)):
                terms, _ = score_terms(self._programme, self.task)
                most = self._solve(terms, most=True)
                if most is not None:
                    self._solver.add([points_row(self._programme, self.task, score_of(self.task, most))])
                    best = self._solve(self._prices)
                    self._solver = Solver(self._programme)  # the others need not have that score
                    return best
        return None

    def most(self, objective: Callable[[Programme], Mapping[int, int]]) -> frozenset[str]:
        """Return the measures that bring the most of `objective`; nothing at all is always possible."""
        terms: Mapping[int, int] = {}

        def no_rows(programme: Programme) -> list[Row]:
            nonlocal terms
            terms = objective(programme)
            return []

        self._open(no_rows)
        return self._solve(terms, most=True) or frozenset()

    def next_after(self, plan: frozenset[str]) -> frozenset[str] | None:
        """Return the cheapest plan that differs from `plan` and those before it; null when there is none."""
        names = self._programme.measure_ids
        if self.wish.level is None:
            terms = {place: -1 if name in plan else 1 for place, name in enumerate(names)}
            self._solver.add([Row(terms=terms, lower=LEAST_DIFFERENCE - len(plan))])
            return self._solve(self._prices)
        optional = {place: 1 for place, name in enumerate(names) if name in plan - self.wish.pinned}
        if not optional:
            return None
        self._solver.add([Row(terms=optional, upper=len(optional) - 1)])
        return self._lean(self._solve(self._prices))

    def _open(self, wanted: Callable[[Programme], list[Row]]) -> bool:
        """Set the programme up; false when a pinned measure cannot take part."""
        able = within_reach(self.task, self.costs.keys(), self.wish)
        if not self.wish.pinned <= able:
            return False
        programme = self._programme = build(self.task, able, self.wish.pinned)
        programme.rows += wanted(programme)
        prices, scale = whole_numbers(self.costs[name] for name in programme.measure_ids)
        self._prices = dict(enumerate(prices))
        if self.wish.budget is not None:
            most = math.floor(Fraction(self.wish.budget) * scale)
            programme.rows.append(
                Row(terms={place: price for place, price in self._prices.items() if price}, upper=most)
            )
        self._solver = Solver(programme)
        return True

    def _solve(self, objective: Mapping[int, int], *, most: bool = False) -> frozenset[str] | None:
        """Return the best measures that can be started in some order, in time."""
        while True:
            chosen = self._solver.best(objective, most=most)
            if chosen is None:
                return None
            rows = list(self._order_rows(chosen))
            if not rows:
                return chosen
            self.order_rows += len(rows)
            self._solver.add(rows)

    def _order_rows(self, chosen: frozenset[str]) -> Iterator[Row]:
        for stuck in late(self.task, chosen, self.wish.weeks):
            able = rescuers(self.task, chosen, stuck, self.wish.weeks)
            yield order_row(self._programme, stuck, able)

    def _lean(self, chosen: frozenset[str] | None) -> frozenset[str] | None:
        """Return a cheapest plan without what it could spare; only what costs nothing can be: it would be cheaper."""
        if chosen is None:
            return None
        free = {name for place, name in enumerate(self._programme.measure_ids) if not self._prices[place]}
        kept, spare = set(chosen), (free & chosen) - self.wish.pinned
        order = reversed(spans(self.task, chosen)) if spare else ()
        for name in order:
            if name in spare and reaches(self.task, kept - {name}, self.wish, self.level):
                kept.remove(name)
        return frozenset(kept)
