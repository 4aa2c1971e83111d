"""Scores, level and what is missing for the next one. The pack says how; nothing here knows a question by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from diag_app.errors import Problem, Severity
from diag_app.forms.answers import Answers
from diag_app.forms.definition import LevelCondition, LevelRule, Pack, Question, ShareDerivation
from diag_app.forms.derivation import derive, share_of
from diag_app.forms.reasons import Standing, level_reasons
from diag_app.forms.scorecard import AnswerState, Completeness, QuestionScore, Scorecard, SetAside, ToNext

NOTHING = Decimal(0)
ALL_COUNT: Mapping[str, SetAside] = {}


def score(pack: Pack, answers: Answers, set_aside: Mapping[str, SetAside] = ALL_COUNT) -> Scorecard:
    """Return all scores and the level of `answers` with their reasons; exact, whatever the order of the answers.

    The answers to the questions and scenarios that are `set_aside` earn nothing; the reasons say why.
    """
    standing = _standing(pack, answers, set_aside)
    counts, constrained = standing.at_or_above, standing.constrained_at_or_above
    level = level_of(pack.level_rule, standing.score, counts, constrained)
    missing = tuple(item.question_id for item in standing.questions if item.state == "missing")
    return Scorecard(
        pack_id=pack.pack_id,
        pack_version=pack.version,
        score=standing.score,
        dimensions=standing.dimensions,
        indicators=standing.indicators,
        questions=standing.questions,
        level=level,
        at_or_above=counts,
        constrained_at_or_above=constrained,
        to_next=_to_next(pack.level_rule, level, standing),
        missing=missing,
        problems=tuple(_problems(standing)),
        reasons=level_reasons(standing, level),
        completeness=Completeness(
            answered=len(standing.questions) - len(missing),
            questions=len(standing.questions),
            rated=sum(scenario.scenario_id in answers.scenarios for scenario in pack.scenarios),
            scenarios=len(pack.scenarios),
        ),
        set_aside=set_aside,
    )


def level_of(
    rule: LevelRule, score: Decimal, at_or_above: Mapping[int, int], constrained_at_or_above: Mapping[int, int]
) -> int:
    """Return the highest level whose conditions all hold, 0 when none does; bounds belong to the level."""
    held = 0
    for condition in rule.conditions:
        level = condition.level
        if (
            score >= condition.min_score
            and at_or_above.get(level, 0) >= condition.min_scenarios
            and constrained_at_or_above.get(level, 0) >= condition.min_constrained
        ):
            held = max(held, level)
    return held


def _standing(pack: Pack, answers: Answers, set_aside: Mapping[str, SetAside]) -> Standing:
    questions = tuple(
        _question_score(question, answers, is_set_aside=question.question_id in set_aside)
        for question in pack.questions
    )
    indicators = {item.indicator_id: NOTHING for item in pack.indicators}
    dimensions = {item.dimension_id: NOTHING for item in pack.dimensions if item.max_points is not None}
    for question, found in zip(pack.questions, questions, strict=True):
        indicators[question.indicator_id] += found.points
        dimensions[question.dimension_id] += found.points
    levels = {
        item.scenario_id: 0 if item.scenario_id in set_aside else _level(answers, item.scenario_id)
        for item in pack.scenarios
    }
    constrained = [levels[item.scenario_id] for item in pack.scenarios if item.is_constrained]
    return Standing(
        pack=pack,
        answers=answers,
        questions=questions,
        indicators=indicators,
        dimensions=dimensions,
        score=sum(dimensions.values(), NOTHING),
        scenario_levels=levels,
        at_or_above=_counts(pack.level_rule.conditions, levels.values()),
        constrained_at_or_above=_counts(pack.level_rule.conditions, constrained),
        set_aside=set_aside,
    )


def _question_score(question: Question, answers: Answers, *, is_set_aside: bool) -> QuestionScore:
    chosen = answers.options.get(question.question_id, ())
    derived = derive(question, answers.numbers)
    state: AnswerState = "missing"
    if chosen:
        state = "chosen"
    elif derived is not None:
        state, chosen = "derived", (derived.option,)
    counted = [option for option in question.options if option.key in chosen]
    points = sum((option.points for option in counted), NOTHING)
    if counted and is_set_aside:
        state, points = "set_aside", NOTHING
    return QuestionScore(
        question_id=question.question_id,
        state=state,
        options=tuple(option.key for option in counted),
        derived=derived,
        points=points,
        max_points=question.max_points,
    )


def _level(answers: Answers, scenario_id: str) -> int:
    """Return the level that counts: what does not apply, and what was not rated, counts as level 0."""
    answer = answers.scenarios.get(scenario_id)
    return 0 if answer is None or answer.level is None else answer.level


def _counts(conditions: Iterable[LevelCondition], levels: Iterable[int]) -> dict[int, int]:
    reached = list(levels)
    return {item.level: sum(level >= item.level for level in reached) for item in conditions}


def _to_next(rule: LevelRule, level: int, standing: Standing) -> ToNext | None:
    following = next((item for item in rule.conditions if item.level == level + 1), None)
    if following is None:
        return None
    return ToNext(
        level=following.level,
        points=max(NOTHING, following.min_score - standing.score),
        scenarios=max(0, following.min_scenarios - standing.at_or_above[following.level]),
        constrained=max(0, following.min_constrained - standing.constrained_at_or_above[following.level]),
    )


def _problems(standing: Standing) -> Iterable[Problem]:
    for question, found in zip(standing.pack.questions, standing.questions, strict=True):
        place = f"answers.{question.question_id}"
        if found.state == "chosen" and found.derived is not None and found.options != (found.derived.option,):
            yield Problem(
                code="ANSWER_DISAGREES",
                location=place,
                severity=Severity.WARNING,
                parameters={
                    "question": question.question_id,
                    "derived": found.derived.option,
                    "chosen": "+".join(found.options),
                    "working": found.derived.working,
                },
            )
        if found.derived is None and isinstance(question.derivation, ShareDerivation):
            share = share_of(question.derivation, standing.answers.numbers)
            if share is not None:
                parameters = {"question": question.question_id, "working": share[1]}
                yield Problem(
                    code="SHARE_BEYOND_BANDS", location=place, severity=Severity.WARNING, parameters=parameters
                )
