"""The answers as they would stand once measures are finished, and what a measure changes in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Pack, Question
from diag_app.forms.derivation import derive
from diag_app.forms.measures import Measure


def answers_after(pack: Pack, answers: Answers, measures: Iterable[Measure]) -> Answers:
    """Return `answers` with everything raised that `measures` raise; the order of the measures is of no account.

    A scenario that does not apply is left alone: nothing is improved where nothing is done.
    """
    for measure in measures:
        answers = _raised(pack, answers, measure)
    return answers


def present_level(answers: Answers, scenario_id: str) -> int:
    """Return a scenario's level; what has no entry, or does not apply, counts as level 0."""
    answer = answers.scenarios.get(scenario_id)
    return 0 if answer is None or answer.level is None else answer.level


def present_options(question: Question, answers: Answers) -> tuple[str, ...]:
    """Return the options that count: those chosen, else the one that the figures give."""
    chosen = answers.options.get(question.question_id, ())
    derived = None if chosen else derive(question, answers.numbers)
    return chosen if derived is None else (derived.option,)


def option_rank(question: Question, key: str) -> int:
    """Return the place of an option in its question, from 1; in a single choice a later option is the better one."""
    return [option.key for option in question.options].index(key) + 1


def present_rank(question: Question, answers: Answers) -> int:
    """Return the place of the option that counts in a single choice, 0 when there is none."""
    present = present_options(question, answers)
    return max((rank for rank, option in enumerate(question.options, start=1) if option.key in present), default=0)


def _raised(pack: Pack, answers: Answers, measure: Measure) -> Answers:
    scenarios, options = dict(answers.scenarios), dict(answers.options)
    for item in measure.raises.levels:
        standing = scenarios.get(item.scenario_id)
        applies = standing is None or standing.not_applicable is None
        if applies and present_level(answers, item.scenario_id) <= item.from_at_most:
            scenarios[item.scenario_id] = ScenarioAnswer(level=item.to)
    for question_id, gained in measure.raises.options.items():
        question = pack.question(question_id)
        held = {*present_options(question, answers), *gained}
        options[question_id] = tuple(item.key for item in question.options if item.key in held and not item.is_none)
    for question_id, reached in measure.raises.options_at_least.items():
        question = pack.question(question_id)
        if present_rank(question, answers) < option_rank(question, reached):
            options[question_id] = (reached,)
    return replace(answers, scenarios=scenarios, options=options)
