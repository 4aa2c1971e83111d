"""The integer programme of a planning task: which measures to take, exact in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from diag_app.planning.task import LEVEL, RANK, Atom, Need, Step, Task

INFINITE = math.inf


@dataclass(frozen=True, kw_only=True)
class Row:
    """`lower` ≤ sum of `terms` (column → coefficient) ≤ `upper`."""

    terms: Mapping[int, int]
    lower: float = -INFINITE
    upper: float = INFINITE


@dataclass(kw_only=True)
class Programme:
    """Columns 0 up are the measures (whole, 0 or 1), then helpers for atoms (between 0 and 1), and rows over them."""

    measure_ids: tuple[str, ...]
    pinned: frozenset[str]
    rows: list[Row] = field(default_factory=list)
    helpers: int = 0
    _suppliers: dict[Atom, tuple[int, ...]] = field(default_factory=dict)
    _column_by_atom: dict[tuple[Atom, int], int] = field(default_factory=dict)
    _bound: set[Atom] = field(default_factory=set)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.measure_ids) + self.helpers

    def column(self, atom: Atom, *, without: int = -1) -> int:
        """Return the helper that can only be 1 when a measure other than `without` supplies `atom`."""
        suppliers = [place for place in self._suppliers.get(atom, ()) if place != without]
        key = (atom, without if len(suppliers) < len(self._suppliers.get(atom, ())) else -1)
        if key not in self._column_by_atom:
            self._column_by_atom[key] = helper = self.width
            self.helpers += 1
            self.rows.append(Row(terms={helper: -1, **dict.fromkeys(suppliers, 1)}, lower=0))
        return self._column_by_atom[key]

    def bind(self, atom: Atom) -> None:
        """Let the helper of `atom` be 1 as soon as a measure supplies it, not only allow it."""
        helper = self.column(atom)
        if atom in self._bound:
            return
        self._bound.add(atom)
        self.rows += [Row(terms={helper: 1, place: -1}, lower=0) for place in self._suppliers.get(atom, ())]

    def suppliers(self, atom: Atom) -> tuple[int, ...]:
        """Return the columns of the measures that supply `atom`."""
        return self._suppliers.get(atom, ())


def build(task: Task, chosen: Collection[str], pinned: Collection[str] = ()) -> Programme:
    """Return the programme over the steps in `chosen`: what each waits for must be supplied, exclusions hold.

    It does not know yet in which order measures start; `schedule.rescuers` gives the rows for that when a solution
    turns out to have none.
    """
    steps = [step for step in task.steps if step.measure_id in chosen]
    programme = Programme(measure_ids=tuple(step.measure_id for step in steps), pinned=frozenset(pinned))
    suppliers: dict[Atom, list[int]] = {}
    for place, step in enumerate(steps):
        for atom in sorted(step.supplies):
            suppliers.setdefault(atom, []).append(place)
    programme._suppliers = {atom: tuple(places) for atom, places in suppliers.items()}  # noqa: SLF001
    places = {measure_id: place for place, measure_id in enumerate(programme.measure_ids)}
    for place, step in enumerate(steps):
        for need in step.needs:
            programme.rows.append(_need_row(programme, steps, place, need))
        for other in sorted(step.excludes & places.keys()):
            if place < places[other]:
                programme.rows.append(Row(terms={place: 1, places[other]: 1}, upper=1))
    return programme


def level_rows(programme: Programme, task: Task, level: int) -> list[Row]:
    """Return the rows that hold when the pack's condition for `level` does: points, scenarios, constrained ones."""
    condition = task.condition(level)
    rows = [points_row(programme, task, condition.min_score)]
    for least, constrained in ((condition.min_scenarios, False), (condition.min_constrained, True)):
        atoms = task.level_atoms(level, constrained=constrained)
        held = sum(atom in task.present for atom in atoms)
        terms = {programme.column(atom): 1 for atom in atoms if atom not in task.present}
        rows.append(Row(terms=terms, lower=least - held))
    return rows


def points_row(programme: Programme, task: Task, least: Decimal) -> Row:
    """Return the row that holds when the score is `least` or above."""
    present, _ = task.points()
    terms, scale = score_terms(programme, task)
    return Row(terms=terms, lower=math.ceil((Fraction(least) - Fraction(present)) * scale))


def score_terms(programme: Programme, task: Task) -> tuple[dict[int, int], int]:
    """Return the points of each helper as whole numbers, and what they were multiplied by."""
    _, gains = task.points()
    supplied = {atom: points for atom, points in gains.items() if programme.suppliers(atom)}
    for atom, points in supplied.items():
        if points < 0:  # a later place that is worth less: it may not be left out of account
            programme.bind(atom)
    whole, scale = whole_numbers(supplied.values())
    return {programme.column(atom): value for atom, value in zip(supplied, whole, strict=True)}, scale


def whole_numbers(values: Iterable[Decimal]) -> tuple[list[int], int]:
    """Return the values as whole numbers without a common divisor left by the scaling, and the scale."""
    exact = [value.as_integer_ratio() for value in values]
    scale = math.lcm(*(bottom for _, bottom in exact))
    return [top * (scale // bottom) for top, bottom in exact], scale


def order_row(programme: Programme, stuck: str, rescuers: Collection[str]) -> Row:
    """Return the row: no plan has `stuck` without one of `rescuers`."""
    places = {measure_id: place for place, measure_id in enumerate(programme.measure_ids)}
    return Row(terms={places[stuck]: 1, **{places[other]: -1 for other in rescuers if other in places}}, upper=0)


def _need_row(programme: Programme, steps: list[Step], place: int, need: Need) -> Row:
    if need.count == 1:
        first = {
            other
            for atom in need.atoms
            for other in programme.suppliers(atom)
            if other != place and not _waits_for(steps[other], atom)
        }
        return Row(terms={place: 1, **dict.fromkeys(sorted(first), -1)}, upper=0)
    helpers = {programme.column(atom, without=place): -1 for atom in sorted(need.atoms)}
    return Row(terms={place: need.count, **helpers}, upper=0)


def _waits_for(step: Step, atom: Atom) -> bool:
    """Return whether `step` can start only when `atom` holds already: it is never the first to bring it."""
    kind, name, place = atom
    for need in step.needs:
        if need.count == len(need.atoms):
            for other_kind, other_name, other_place in need.atoms:
                if (other_kind, other_name) == (kind, name) and (
                    other_place == place or (kind in (LEVEL, RANK) and other_place > place)
                ):
                    return True
    return False
