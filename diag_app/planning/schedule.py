"""When each measure can start and end, if every one starts as soon as what it waits for is finished."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from diag_app.planning.task import Atom, Step, Task


@dataclass(frozen=True, kw_only=True)
class Span:
    """The weeks a measure takes, counted from the start of the plan: from the end of week `start` to that of `end`."""

    start: int
    end: int


def spans(task: Task, chosen: Collection[str]) -> dict[str, Span]:
    """Return the earliest span of each measure of `chosen`, by start; one that can never start is left out.

    Starting everything as early as possible is best: what holds keeps holding, and measures do not hinder each other.
    """
    return _Clockwork([step for step in task.steps if step.measure_id in chosen]).run()


class _Clockwork:
    """Starts each step when the last of its needs is met, one end after the other."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._found: dict[str, Span] = {}
        self._ending: list[tuple[int, int]] = []  # week, place of the step
        self._held: set[Atom] = set()
        self._unmet = [len(step.needs) for step in steps]
        self._missing = [[need.count for need in step.needs] for step in steps]
        self._watchers: dict[Atom, list[tuple[int, int]]] = defaultdict(list)
        for place, step in enumerate(steps):
            for number, need in enumerate(step.needs):
                for atom in need.atoms:
                    self._watchers[atom].append((place, number))

    def run(self) -> dict[str, Span]:
        for place, unmet in enumerate(self._unmet):
            if not unmet:
                self._start(place, 0)
        while self._ending:
            week, ended = heapq.heappop(self._ending)
            for place in sorted(self._freed(self._steps[ended])):
                self._start(place, week)
        return self._found

    def _start(self, place: int, week: int) -> None:
        step = self._steps[place]
        self._found[step.measure_id] = Span(start=week, end=week + step.weeks)
        heapq.heappush(self._ending, (week + step.weeks, place))

    def _freed(self, ended: Step) -> Iterator[int]:
        """Yield the places of the steps that what `ended` brings was the last wait of."""
        for atom in ended.supplies - self._held:
            self._held.add(atom)
            for place, number in self._watchers[atom]:
                self._missing[place][number] -= 1
                if self._missing[place][number] == 0:
                    self._unmet[place] -= 1
                    if not self._unmet[place]:
                        yield place


def late(task: Task, chosen: Collection[str], within: int | None) -> tuple[str, ...]:
    """Return the measures of `chosen` that can never start, or do not end within so many weeks."""
    found = spans(task, chosen)
    return tuple(
        step.measure_id
        for step in task.steps
        if step.measure_id in chosen
        and (step.measure_id not in found or (within is not None and found[step.measure_id].end > within))
    )


def rescuers(task: Task, chosen: Collection[str], stuck: str, within: int | None) -> frozenset[str]:
    """Return measures of which a plan with `stuck` must take one, beyond those `chosen`.

    All others are useless to it: with them added to `chosen`, `stuck` is still late.
    """
    useless = set(chosen)
    wanted = _relevant(task, stuck)
    useful = []
    for step in task.steps:
        if step.measure_id in useless:
            continue
        if step.measure_id not in wanted or stuck in late(task, {*useless, step.measure_id}, within):
            useless.add(step.measure_id)
        else:
            useful.append(step.measure_id)
    return frozenset(useful)


def predecessors(task: Task, chosen: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return which measures of `chosen` each of them waits for: the first to end that bring what it needs."""
    found = spans(task, chosen)
    by_end = sorted(found, key=lambda measure_id: (found[measure_id].end, measure_id))
    steps = {step.measure_id: step for step in task.steps}
    waits: dict[str, tuple[str, ...]] = {}
    for measure_id in found:
        before: dict[str, None] = {}
        for need in steps[measure_id].needs:
            missing, atoms = need.count, set(need.atoms)
            for other in by_end:
                brought = atoms & steps[other].supplies
                if missing > 0 and other != measure_id and brought:
                    before[other] = None
                    missing -= len(brought)
                    atoms -= brought
        waits[measure_id] = tuple(before)
    return waits


def _relevant(task: Task, measure_id: str) -> frozenset[str]:
    """Return the measures that bring something `measure_id` waits for, at any remove."""
    steps = {step.measure_id: step for step in task.steps}
    wanted, seen = [measure_id], {measure_id}
    for current in wanted:
        atoms = frozenset[Atom]().union(*(need.atoms for need in steps[current].needs))
        for step in task.steps:
            if step.measure_id not in seen and atoms & step.supplies:
                seen.add(step.measure_id)
                wanted.append(step.measure_id)
    return frozenset(seen)


def depends_on(task: Task, chosen: Collection[str], measure_id: str) -> tuple[str, ...]:
    """Return the measures of `chosen` that could not start without `measure_id`."""
    without = set(chosen) - {measure_id}
    able = spans(task, without)
    return tuple(step.measure_id for step in task.steps if step.measure_id in without and step.measure_id not in able)
