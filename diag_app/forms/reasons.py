"""Why a level was given, and why not the next: a tree from the level down to single answers.

`clause` of a reason names the rule in the pack: `level_rule.<n>.<bound>`, `dimensions.<id>`, `indicators.<id>`,
`questions.<id>.options|share|trend|missing`, `scenarios.<id>.level_<n>|not_applicable|not_rated`; where an answer is
set aside, `questions.<id>.no_evidence|not_ticked` and the same for scenarios, with the answer itself as the detail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from diag_app.codec import plain_decimal
from diag_app.forms.answers import Answers
from diag_app.forms.definition import LevelCondition, Pack, Question, Scenario, ShareDerivation
from diag_app.forms.scorecard import QuestionScore, Reason, SetAside


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Everything that decides the level: points with their answers, and scenario levels with their counts."""

    pack: Pack
    answers: Answers
    questions: tuple[QuestionScore, ...]  # in the order of the pack
    indicators: Mapping[str, Decimal]
    dimensions: Mapping[str, Decimal]
    score: Decimal
    scenario_levels: Mapping[str, int]
    at_or_above: Mapping[int, int]
    constrained_at_or_above: Mapping[int, int]
    set_aside: Mapping[str, SetAside]


def level_reasons(standing: Standing, level: int) -> tuple[Reason, ...]:
    """Return why `level` holds and, unless it is the highest, why the one above does not."""
    points = _dimensions(standing)
    conditions = {item.level: item for item in standing.pack.level_rule.conditions}
    reached = conditions.get(level)
    reasons = [
        Reason(
            kind="level",
            ref=str(level),
            value=level,
            holds=True,
            clause=f"level_rule.{level}",
            children=() if reached is None else _conditions(standing, reached, points),
        )
    ]
    following = conditions.get(level + 1)
    if following is not None:
        reasons.append(
            Reason(
                kind="next_level",
                ref=str(following.level),
                value=following.level,
                holds=False,
                clause=f"level_rule.{following.level}",
                children=_conditions(standing, following, points),
            )
        )
    return tuple(reasons)


def _conditions(standing: Standing, bound: LevelCondition, points: tuple[Reason, ...]) -> tuple[Reason, ...]:
    scenarios = standing.pack.scenarios
    rated = tuple(_scenario(standing, scenario, bound.level) for scenario in scenarios)
    starred = tuple(reason for reason, item in zip(rated, scenarios, strict=True) if item.is_constrained)
    whole = sum((item.max_points or Decimal(0) for item in standing.pack.dimensions), Decimal(0))
    found = standing.at_or_above[bound.level]
    constrained = standing.constrained_at_or_above[bound.level]
    return (
        _condition(bound.level, "score", standing.score, bound.min_score, whole, points),
        _condition(bound.level, "scenarios", found, bound.min_scenarios, len(rated), rated),
        _condition(bound.level, "constrained", constrained, bound.min_constrained, len(starred), starred),
    )


def _condition(
    level: int,
    ref: str,
    value: Decimal | int,
    required: Decimal | int,
    maximum: Decimal | int,
    children: tuple[Reason, ...],
) -> Reason:
    return Reason(
        kind="condition",
        ref=ref,
        value=value,
        maximum=maximum,
        required=required,
        holds=value >= required,
        clause=f"level_rule.{level}.min_{ref}",
        children=children,
    )


def _dimensions(standing: Standing) -> tuple[Reason, ...]:
    by_indicator: dict[str, list[Reason]] = {}
    for question, found in zip(standing.pack.questions, standing.questions, strict=True):
        by_indicator.setdefault(question.indicator_id, []).append(_question(standing, question, found))
    by_dimension: dict[str, list[Reason]] = {}
    for indicator in standing.pack.indicators:
        reason = Reason(
            kind="indicator",
            ref=indicator.indicator_id,
            value=standing.indicators[indicator.indicator_id],
            maximum=indicator.max_points,
            clause=f"indicators.{indicator.indicator_id}",
            children=tuple(by_indicator.get(indicator.indicator_id, ())),
        )
        by_dimension.setdefault(indicator.dimension_id, []).append(reason)
    return tuple(
        Reason(
            kind="dimension",
            ref=dimension.dimension_id,
            value=standing.dimensions[dimension.dimension_id],
            maximum=dimension.max_points,
            clause=f"dimensions.{dimension.dimension_id}",
            children=tuple(by_dimension.get(dimension.dimension_id, ())),
        )
        for dimension in standing.pack.dimensions
        if dimension.max_points is not None
    )


def _question(standing: Standing, question: Question, found: QuestionScore) -> Reason:
    detail, rule = "", "missing"
    if found.state == "set_aside":
        detail, rule = " + ".join(found.options), standing.set_aside[question.question_id]
    elif found.state == "chosen":
        points = {option.key: option.points for option in question.options}
        detail = " + ".join(f"{key} {plain_decimal(points[key])}" for key in found.options)
        rule = "options"
    elif found.derived is not None:
        detail = f"{found.derived.working} → {found.derived.option}"
        rule = "share" if isinstance(question.derivation, ShareDerivation) else "trend"
    return Reason(
        kind="question",
        ref=question.question_id,
        value=found.points,
        maximum=found.max_points,
        detail=detail,
        clause=f"questions.{question.question_id}.{rule}",
    )


def _scenario(standing: Standing, scenario: Scenario, level: int) -> Reason:
    answer = standing.answers.scenarios.get(scenario.scenario_id)
    value = standing.scenario_levels[scenario.scenario_id]
    detail, rule = "", f"level_{value}"
    if answer is None:
        rule = "not_rated"
    elif answer.level is None:
        detail, rule = answer.not_applicable or "", "not_applicable"
    elif scenario.scenario_id in standing.set_aside:
        detail, rule = str(answer.level), standing.set_aside[scenario.scenario_id]
    return Reason(
        kind="scenario",
        ref=scenario.scenario_id,
        value=value,
        maximum=len(scenario.criteria),
        required=level,
        holds=value >= level,
        detail=detail,
        clause=f"scenarios.{scenario.scenario_id}.{rule}",
    )
