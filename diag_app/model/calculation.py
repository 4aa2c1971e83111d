"""What a score is reckoned from, as plain data: a workbook turns it into formulas that reckon it again."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from diag_app.forms.answers import Answers
from diag_app.forms.definition import Language, Pack, Question, QuestionKind, TrendDerivation

Figure = tuple[str, str | None]  # numerator and denominator, number ids; without denominator the number itself


@dataclass(frozen=True, kw_only=True)
class CalculatedNumber:
    """A figure of the enterprise; null where it was not given."""

    number_id: str
    label: str
    unit: str
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class CalculatedOption:
    """One option, what it earns, and whether it was chosen by hand."""

    key: str
    label: str
    points: Decimal
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class ShareRule:
    """Option from 100 × numerator ÷ denominator by upper bounds; pairs of a year go first once one is begun."""

    pair: tuple[str, str]
    yearly: tuple[tuple[str, str], ...]
    bands: tuple[tuple[str, Decimal], ...]  # option key and upper bound in per cent


@dataclass(frozen=True, kw_only=True)
class TrendRule:
    """Option from last against previous, both rounded half-up to `decimals` places."""

    last: Figure
    previous: Figure
    decimals: int
    up: str
    flat: str
    down: str


@dataclass(frozen=True, kw_only=True)
class CalculatedQuestion:
    """One question with its options and, where it has one, the rule that derives an option from figures."""

    question_id: str
    name: str
    dimension_id: str
    is_multiple: bool
    options: tuple[CalculatedOption, ...]
    rule: ShareRule | TrendRule | None = None


@dataclass(frozen=True, kw_only=True)
class CalculatedScenario:
    """One scenario and the level it counts with."""

    scenario_id: str
    label: str
    is_constrained: bool
    level: int


@dataclass(frozen=True, kw_only=True)
class CalculatedLevel:
    """The bounds of one level."""

    level: int
    name: str
    min_score: Decimal
    min_scenarios: int
    min_constrained: int


@dataclass(frozen=True, kw_only=True)
class CalculationWords:
    """The words of a workbook that reckons the score."""

    figures: str
    answers: str
    scenarios: str
    result: str
    note: str
    identifier: str
    figure: str
    value: str
    unit: str
    question: str
    points: str
    chosen: str
    derived: str
    counts: str
    earned: str
    scenario: str
    constrained: str
    level: str
    name: str
    holds: str
    score: str


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """Everything a score follows from, in the language of the report."""

    words: CalculationWords
    numbers: tuple[CalculatedNumber, ...]
    questions: tuple[CalculatedQuestion, ...]
    dimensions: tuple[tuple[str, str, Decimal], ...]  # id, label, most points
    scenarios: tuple[CalculatedScenario, ...]
    levels: tuple[CalculatedLevel, ...]


def calculation_of(pack: Pack, answers: Answers, language: Language, words: CalculationWords) -> Calculation:
    """Return what the score of `answers` by `pack` follows from."""
    return Calculation(
        words=words,
        numbers=tuple(
            CalculatedNumber(
                number_id=item.number_id,
                label=item.label.text(language),
                unit=item.unit.text(language),
                value=answers.numbers.get(item.number_id),
            )
            for item in pack.numbers
        ),
        questions=tuple(_question(item, answers, language) for item in pack.questions),
        dimensions=tuple(
            (item.dimension_id, item.label.text(language), item.max_points)
            for item in pack.dimensions
            if item.max_points is not None
        ),
        scenarios=tuple(
            CalculatedScenario(
                scenario_id=item.scenario_id,
                label=item.label.text(language),
                is_constrained=item.is_constrained,
                level=_level(answers, item.scenario_id),
            )
            for item in pack.scenarios
        ),
        levels=tuple(
            CalculatedLevel(
                level=item.level,
                name=item.name.text(language),
                min_score=item.min_score,
                min_scenarios=item.min_scenarios,
                min_constrained=item.min_constrained,
            )
            for item in pack.level_rule.conditions
        ),
    )


def _question(question: Question, answers: Answers, language: Language) -> CalculatedQuestion:
    chosen = answers.options.get(question.question_id, ())
    return CalculatedQuestion(
        question_id=question.question_id,
        name=question.name.text(language),
        dimension_id=question.dimension_id,
        is_multiple=question.kind is QuestionKind.MULTIPLE,
        options=tuple(
            CalculatedOption(
                key=option.key,
                label=option.label.text(language),
                points=option.points,
                is_chosen=option.key in chosen,
            )
            for option in question.options
        ),
        rule=_rule(question),
    )


def _rule(question: Question) -> ShareRule | TrendRule | None:
    derivation = question.derivation
    if derivation is None:
        return None
    if isinstance(derivation, TrendDerivation):
        return TrendRule(
            last=derivation.last,
            previous=derivation.previous,
            decimals=derivation.decimals,
            up=derivation.up,
            flat=derivation.flat,
            down=derivation.down,
        )
    return ShareRule(
        pair=(derivation.numerator, derivation.denominator),
        yearly=derivation.yearly,
        bands=tuple((band.key, band.up_to) for band in derivation.bands),
    )


def _level(answers: Answers, scenario_id: str) -> int:
    answer = answers.scenarios.get(scenario_id)
    return 0 if answer is None or answer.level is None else answer.level
