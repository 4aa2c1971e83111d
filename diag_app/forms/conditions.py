"""Conditions on answers in three values: true, false, or unknown (null) while what is missing could still decide.

`all`, `any` and `not` follow strong Kleene logic, so an unfinished assessment stays silent. Nothing here knows a
question by name; `condition_reader` makes conditions from a pack's tables.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from diag_app.forms.answers import Answers
from diag_app.forms.definition import Option, Pack
from diag_app.forms.derivation import derive

Truth = bool | None
Figure = tuple[str, str | None]  # a number id, or numerator and denominator

OPERATORS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "eq": operator.eq,
    "ne": operator.ne,
    "ge": operator.ge,
    "gt": operator.gt,
}


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Answers under a pack, worked out once for any number of conditions."""

    answers: Answers
    counted: Mapping[str, tuple[Option, ...]]  # question id -> chosen options, else the derived one; absent: no answer
    worth: Mapping[str, tuple[Decimal, Decimal]]  # question id -> fewest and most points that it may turn out to earn


def situation(pack: Pack, answers: Answers) -> Situation:
    """Return `answers` with the options that count: those chosen, else the one derived from figures."""
    counted, worth = {}, {}
    for question in pack.questions:
        keys = answers.options.get(question.question_id, ())
        derived = None if keys else derive(question, answers.numbers)
        if derived is not None:
            keys = (derived.option,)
        if keys:
            found = tuple(option for option in question.options if option.key in keys)
            points = sum((option.points for option in found), Decimal(0))
            counted[question.question_id], worth[question.question_id] = found, (points, points)
        else:
            worth[question.question_id] = Decimal(0), question.max_points
    return Situation(answers=answers, counted=counted, worth=worth)


class Condition(Protocol):
    """What a rule asks of the answers."""

    def truth(self, now: Situation) -> Truth:
        """Return whether the condition holds; null while that is open."""

    def compared(self) -> Iterator[str]:
        """Yield the ids of the questions, scenarios and figures that it looks at."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """From `at_least` to `at_most`, both included; null is open."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None

    def hold(self, lowest: Decimal | int, highest: Decimal | int) -> Truth:
        """Return whether a value lies within the bounds when all that is known is that it lies in this range."""
        low, high = self.at_least, self.at_most
        if (low is not None and highest < low) or (high is not None and lowest > high):
            return False
        if (low is None or lowest >= low) and (high is None or highest <= high):
            return True
        return None


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One of `options` is an answer to the question."""

    question: str
    options: tuple[str, ...]

    def truth(self, now: Situation) -> Truth:
        """Return unknown without an answer, chosen or derived."""
        found = now.counted.get(self.question)
        return None if found is None else any(option.key in self.options for option in found)

    def compared(self) -> Iterator[str]:
        """Yield the question."""
        yield self.question


@dataclass(frozen=True, kw_only=True)
class CountChosen:
    """The number of options chosen lies within bounds; "none of these" counts 0."""

    question: str
    count: Bounds

    def truth(self, now: Situation) -> Truth:
        """Return unknown without an answer, chosen or derived."""
        found = now.counted.get(self.question)
        if found is None:
            return None
        chosen = sum(not option.is_none for option in found)
        return self.count.hold(chosen, chosen)

    def compared(self) -> Iterator[str]:
        """Yield the question."""
        yield self.question


@dataclass(frozen=True, kw_only=True)
class Level:
    """A scenario's level lies within bounds."""

    scenario: str
    level: Bounds

    def truth(self, now: Situation) -> Truth:
        """Return unknown for a scenario that was not rated or does not apply."""
        level = _level(now, self.scenario)
        return None if level is None else self.level.hold(level, level)

    def compared(self) -> Iterator[str]:
        """Yield the scenario."""
        yield self.scenario


@dataclass(frozen=True, kw_only=True)
class CountLevels:
    """The number of `scenarios` at or above a level lies within bounds."""

    scenarios: tuple[str, ...]
    level_at_least: int
    count: Bounds

    def truth(self, now: Situation) -> Truth:
        """Return unknown while scenarios not rated, or not applicable, could decide: they may be anything."""
        levels = [_level(now, scenario) for scenario in self.scenarios]
        reached = sum(level is not None and level >= self.level_at_least for level in levels)
        return self.count.hold(reached, reached + levels.count(None))

    def compared(self) -> Iterator[str]:
        """Yield the scenarios."""
        yield from self.scenarios


@dataclass(frozen=True, kw_only=True)
class Score:
    """The points of `questions` together lie within bounds."""

    questions: tuple[str, ...]
    points: Bounds

    def truth(self, now: Situation) -> Truth:
        """Return unknown while questions without an answer, worth 0 to their maximum, could decide."""
        worth = [now.worth[question] for question in self.questions]
        return self.points.hold(sum(lowest for lowest, _ in worth), sum(highest for _, highest in worth))

    def compared(self) -> Iterator[str]:
        """Yield the questions."""
        yield from self.questions


@dataclass(frozen=True, kw_only=True)
class Number:
    """A figure, or the ratio of two, stands in this relation to a constant."""

    figure: Figure
    relation: str
    value: Decimal

    def truth(self, now: Situation) -> Truth:
        """Return unknown where a figure is missing or a denominator is 0; exact otherwise."""
        found = _figure(self.figure, now)
        return None if found is None else OPERATORS[self.relation](found, Fraction(self.value))

    def compared(self) -> Iterator[str]:
        """Yield the figures."""
        return (part for part in self.figure if part is not None)


@dataclass(frozen=True, kw_only=True)
class Compare:
    """Two figures, or ratios of two, stand in this relation."""

    left: Figure
    relation: str
    right: Figure

    def truth(self, now: Situation) -> Truth:
        """Return unknown where a figure is missing or a denominator is 0; exact otherwise."""
        left, right = _figure(self.left, now), _figure(self.right, now)
        return None if left is None or right is None else OPERATORS[self.relation](left, right)

    def compared(self) -> Iterator[str]:
        """Yield the figures."""
        return (part for part in (*self.left, *self.right) if part is not None)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A question has an answer, chosen or derived; a figure is given; a scenario has an entry. Never unknown."""

    target: str

    def truth(self, now: Situation) -> Truth:
        """Return true or false."""
        return self.target in now.counted or self.target in now.answers.numbers or self.target in now.answers.scenarios

    def compared(self) -> Iterator[str]:
        """Yield what is asked for."""
        yield self.target


@dataclass(frozen=True, kw_only=True)
class NotApplicable:
    """A scenario is marked not applicable. Never unknown."""

    scenario: str

    def truth(self, now: Situation) -> Truth:
        """Return true or false."""
        answer = now.answers.scenarios.get(self.scenario)
        return answer is not None and answer.not_applicable is not None

    def compared(self) -> Iterator[str]:
        """Yield the scenario."""
        yield self.scenario


@dataclass(frozen=True, kw_only=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]

    def truth(self, now: Situation) -> Truth:
        """Return false once one part is false, else unknown once one is unknown."""
        found: Truth = True
        for part in self.parts:
            truth = part.truth(now)
            if truth is False:
                return False
            if truth is None:
                found = None
        return found

    def compared(self) -> Iterator[str]:
        """Yield what the parts look at."""
        for part in self.parts:
            yield from part.compared()


@dataclass(frozen=True, kw_only=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def truth(self, now: Situation) -> Truth:
        """Return true once one part is true, else unknown once one is unknown."""
        found: Truth = False
        for part in self.parts:
            truth = part.truth(now)
            if truth:
                return True
            if truth is None:
                found = None
        return found

    def compared(self) -> Iterator[str]:
        """Yield what the parts look at."""
        for part in self.parts:
            yield from part.compared()


@dataclass(frozen=True, kw_only=True)
class Not:
    """The part does not hold."""

    part: Condition

    def truth(self, now: Situation) -> Truth:
        """Return the opposite; unknown stays unknown."""
        truth = self.part.truth(now)
        return None if truth is None else not truth

    def compared(self) -> Iterator[str]:
        """Yield what the part looks at."""
        return self.part.compared()


def _level(now: Situation, scenario_id: str) -> int | None:
    answer = now.answers.scenarios.get(scenario_id)
    return None if answer is None else answer.level


def _figure(figure: Figure, now: Situation) -> Fraction | None:
    above, denominator = now.answers.numbers.get(figure[0]), figure[1]
    if above is None or denominator is None:
        return None if above is None else Fraction(above)
    below = now.answers.numbers.get(denominator)
    return Fraction(above) / Fraction(below) if below else None
