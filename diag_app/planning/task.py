"""A planning task in atoms: what may come to hold, what each measure brings about, and what it waits for."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from diag_app.forms.answers import Answers
from diag_app.forms.definition import LevelCondition, Pack, Question, QuestionKind
from diag_app.forms.measures import (
    Comparison,
    Measure,
    NeedsChosen,
    NeedsLevel,
    NeedsLevels,
    NeedsMeasure,
    NeedsOption,
    NeedsOptionAtLeast,
    Requirement,
)
from diag_app.forms.raising import option_rank, present_level, present_options, present_rank

# One thing that holds or does not: ("measure", id, 0), ("level", scenario, n), ("option n of a multiple choice or
# place n of a single choice", question, n). What holds keeps holding: measures only ever raise.
Atom = tuple[str, str, int]
MEASURE, LEVEL, OPTION, RANK = "measure", "level", "option", "rank"
_COMPARE: Mapping[Comparison, Callable[[Decimal, Decimal], bool]] = {
    "ge": operator.ge, "gt": operator.gt, "le": operator.le, "lt": operator.lt, "eq": operator.eq,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Need:
    """At least `count` of `atoms`, none of which holds at present, must come to hold first."""

    atoms: frozenset[Atom]
    count: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """A measure as the planner sees it."""

    measure_id: str
    weeks: int
    supplies: frozenset[Atom]  # what does not hold at present
    needs: tuple[Need, ...]
    excludes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Task:
    """The steps that may be taken, in the order of the catalogue, and what holds at present."""

    pack: Pack
    answers: Answers
    steps: tuple[Step, ...]
    present: frozenset[Atom]

    def points(self) -> tuple[Decimal, dict[Atom, Decimal]]:
        """Return the present score and the points each atom adds to it; places of a single choice add up."""
        total, gains = Decimal(0), {}
        for question in self.pack.questions:
            held = Decimal(0)
            for atom, points in _worth(question):
                if atom in self.present:
                    held += points
                elif points:
                    gains[atom] = points
            total += held
        return total, gains

    def level_atoms(self, level: int, *, constrained: bool) -> tuple[Atom, ...]:
        """Return the atoms of the scenarios at `level`, of the constrained ones alone where so wished."""
        chosen = (item for item in self.pack.scenarios if item.is_constrained or not constrained)
        return tuple((LEVEL, item.scenario_id, level) for item in chosen)

    def condition(self, level: int) -> LevelCondition:
        """Return the pack's condition for a level; they are numbered from 1."""
        return self.pack.level_rule.conditions[level - 1]


def make_task(
    pack: Pack,
    answers: Answers,
    measures: Iterable[Measure],
    *,
    done: Collection[str] = (),
    weeks: Mapping[str, int] | None = None,
) -> Task:
    """Return the task of planning with `measures`; those `done` are finished before and raise nothing again."""
    known = tuple(measures)
    present = frozenset(_present(pack, answers, done))
    durations = weeks or {}
    steps = tuple(
        Step(
            measure_id=measure.measure_id,
            weeks=durations.get(measure.measure_id, measure.weeks_likely),
            supplies=frozenset(_supplies(pack, answers, measure)) - present,
            needs=tuple(_needs(pack, answers, measure, present)),
            excludes=frozenset(measure.excludes),
        )
        for measure in known
        if measure.measure_id not in done
    )
    return Task(pack=pack, answers=answers, steps=steps, present=present)


def atoms_of(task: Task, measure_ids: Collection[str]) -> frozenset[Atom]:
    """Return all that holds when the measures are finished."""
    gained = (step.supplies for step in task.steps if step.measure_id in measure_ids)
    return task.present.union(*gained)


def _present(pack: Pack, answers: Answers, done: Collection[str]) -> Iterator[Atom]:
    yield from ((MEASURE, measure_id, 0) for measure_id in done)
    for scenario in pack.scenarios:
        for level in range(1, present_level(answers, scenario.scenario_id) + 1):
            yield LEVEL, scenario.scenario_id, level
    for question in pack.questions:
        if question.kind is QuestionKind.MULTIPLE:
            chosen = present_options(question, answers)
            for rank, option in enumerate(question.options, start=1):
                if option.key in chosen and not option.is_none:
                    yield OPTION, question.question_id, rank
        else:
            for rank in range(1, present_rank(question, answers) + 1):
                yield RANK, question.question_id, rank


def _supplies(pack: Pack, answers: Answers, measure: Measure) -> Iterator[Atom]:
    yield MEASURE, measure.measure_id, 0
    for item in measure.raises.levels:
        standing = answers.scenarios.get(item.scenario_id)
        if standing is None or standing.not_applicable is None:
            yield from ((LEVEL, item.scenario_id, level) for level in range(1, item.to + 1))
    for question_id, gained in measure.raises.options.items():
        question = pack.question(question_id)
        yield from ((OPTION, question_id, option_rank(question, key)) for key in gained)
    for question_id, reached in measure.raises.options_at_least.items():
        last = option_rank(pack.question(question_id), reached)
        yield from ((RANK, question_id, rank) for rank in range(1, last + 1))


def _needs(pack: Pack, answers: Answers, measure: Measure, present: frozenset[Atom]) -> Iterator[Need]:
    for requirement in measure.requires:
        atoms, count = _threshold(pack, answers, requirement)
        left = count - sum(atom in present for atom in atoms)
        if left > 0:
            yield Need(atoms=frozenset(atoms) - present, count=left)


def _threshold(pack: Pack, answers: Answers, requirement: Requirement) -> tuple[Sequence[Atom], int]:
    """Return a requirement as atoms and how many of them must hold."""
    match requirement:
        case NeedsMeasure():
            return [(MEASURE, requirement.measure_id, 0)], 1
        case NeedsLevel():
            return [(LEVEL, requirement.scenario_id, requirement.at_least)], 1
        case NeedsLevels():
            level = requirement.level_at_least
            return [(LEVEL, scenario_id, level) for scenario_id in requirement.scenario_ids], requirement.at_least
        case NeedsOption():
            question = pack.question(requirement.question_id)
            return [(OPTION, question.question_id, option_rank(question, requirement.option))], 1
        case NeedsOptionAtLeast():
            question = pack.question(requirement.question_id)
            return [(RANK, question.question_id, option_rank(question, requirement.option))], 1
        case NeedsChosen():
            question = pack.question(requirement.question_id)
            keys = [option.key for option in question.options if not option.is_none]
            return [(OPTION, question.question_id, option_rank(question, key)) for key in keys], requirement.at_least
        case _:
            figure = answers.numbers.get(requirement.number_id)
            holds = figure is not None and _COMPARE[requirement.comparison](figure, requirement.value)
            return [], 0 if holds else 1


def _worth(question: Question) -> Iterator[tuple[Atom, Decimal]]:
    """Yield each option of a question as an atom with the points it adds to those before it."""
    before = Decimal(0)
    for rank, option in enumerate(question.options, start=1):
        if question.kind is QuestionKind.MULTIPLE:
            yield (OPTION, question.question_id, rank), option.points
        else:
            yield (RANK, question.question_id, rank), option.points - before
            before = option.points
