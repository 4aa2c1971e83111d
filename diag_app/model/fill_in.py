"""The fill-in sheet: every answer as the official system asks for it, in its order, and what was typed in there.

A field's value is what is typed: option letters, a figure without separators, a level. It reads the same in every
language, so a tick can tell whether the answer has changed since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from diag_app.codec import plain_decimal
from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Pack, Question, Scenario
from diag_app.forms.scorecard import QuestionScore, Scorecard

FillKind = Literal["number", "options", "level"]


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A tick: the day a value was typed into the official system, and the value it was then."""

    on: str  # ISO date
    value: str


@dataclass(frozen=True, kw_only=True)
class FillField:
    """One field of the official form. `value` is empty where nothing is recorded."""

    field_id: str  # `R3`, `R3.revenue_last_10k_cny`, `quality`
    kind: FillKind
    ref: str  # the number's, question's or scenario's id
    value: str
    options: tuple[str, ...] = ()  # keys of the options that the value names
    is_derived: bool = False  # the option follows from figures
    not_applicable: str | None = None
    entered: Entered | None = None

    @property
    def has_lapsed(self) -> bool:
        """Return whether the answer has changed since it was typed in."""
        return self.entered is not None and self.entered.value != self.value

    @property
    def is_entered(self) -> bool:
        """Return whether the official system holds this value, as far as was ticked."""
        return self.entered is not None and not self.has_lapsed


@dataclass(frozen=True, kw_only=True)
class FillItem:
    """One question or scenario with its fields, the figures before the option they decide."""

    target: str  # question or scenario id
    number: int  # within the module, as the official system counts
    fields: tuple[FillField, ...]


@dataclass(frozen=True, kw_only=True)
class FillModule:
    """One module of the official form: a scored dimension, or the scenarios (`dimension_id` of that dimension)."""

    dimension_id: str
    items: tuple[FillItem, ...]


@dataclass(frozen=True, kw_only=True)
class FillSheet:
    """The whole sheet in official order: the scored dimensions, then the scenarios."""

    modules: tuple[FillModule, ...]

    def fields(self) -> Iterator[FillField]:
        """Yield every field in order."""
        for module in self.modules:
            for item in module.items:
                yield from item.fields

    def counts(self) -> tuple[int, int, int, int]:
        """Return how many fields there are, have a value, are entered, and have changed since they were."""
        found = tuple(self.fields())
        return (
            len(found),
            sum(1 for field in found if field.value),
            sum(1 for field in found if field.is_entered),
            sum(1 for field in found if field.has_lapsed),
        )


def fill_in_sheet(pack: Pack, answers: Answers, card: Scorecard, entered: Mapping[str, Entered]) -> FillSheet:
    """Return the sheet for these answers; `card` is their scorecard, `entered` the ticks by field id."""
    scored = [dimension.dimension_id for dimension in pack.dimensions if dimension.max_points is not None]
    rated = [dimension.dimension_id for dimension in pack.dimensions if dimension.max_points is None]
    modules = [
        FillModule(
            dimension_id=dimension_id,
            items=tuple(
                _question(question, answers, card.question(question.question_id), entered)
                for question in pack.questions
                if question.dimension_id == dimension_id
            ),
        )
        for dimension_id in scored
    ]
    scenarios = tuple(
        _scenario(scenario, answers.scenarios.get(scenario.scenario_id), entered) for scenario in pack.scenarios
    )
    modules += [FillModule(dimension_id=dimension_id, items=scenarios) for dimension_id in rated[:1]]
    return FillSheet(modules=tuple(modules))


def _question(question: Question, answers: Answers, score: QuestionScore, entered: Mapping[str, Entered]) -> FillItem:
    figures = (*question.numbers, *(more for more in question.more_numbers if more in answers.numbers))
    fields = [
        FillField(
            field_id=f"{question.question_id}.{number_id}",
            kind="number",
            ref=number_id,
            value=plain_decimal(answers.numbers[number_id]) if number_id in answers.numbers else "",
            entered=entered.get(f"{question.question_id}.{number_id}"),
        )
        for number_id in figures
    ]
    fields.append(
        FillField(
            field_id=question.question_id,
            kind="options",
            ref=question.question_id,
            value=" ".join(score.options),
            options=score.options,
            is_derived=score.state == "derived",
            entered=entered.get(question.question_id),
        )
    )
    return FillItem(target=question.question_id, number=question.number, fields=tuple(fields))


def _scenario(scenario: Scenario, answer: ScenarioAnswer | None, entered: Mapping[str, Entered]) -> FillItem:
    reason = None if answer is None else answer.not_applicable
    field = FillField(
        field_id=scenario.scenario_id,
        kind="level",
        ref=scenario.scenario_id,
        value="" if answer is None else str(answer.level or 0),  # one that does not apply counts as level 0
        not_applicable=reason,
        entered=entered.get(scenario.scenario_id),
    )
    return FillItem(target=scenario.scenario_id, number=scenario.number, fields=(field,))
