"""Lawful answers to the 2024 pack, for laws."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Question, QuestionKind
from tests.forms.packs import shipped_pack


def option_sets(question: Question) -> st.SearchStrategy[tuple[str, ...]]:
    """Any lawful choice of one question, in any order."""
    keys = [option.key for option in question.options if not option.is_none]
    if question.kind is QuestionKind.SINGLE:
        return st.sampled_from(keys).map(lambda key: (key,))
    some = st.lists(st.sampled_from(keys), min_size=1, unique=True).map(tuple)
    nones = [option.key for option in question.options if option.is_none]
    return st.one_of(some, st.sampled_from(nones).map(lambda key: (key,)))


def figures() -> st.SearchStrategy[dict[str, Decimal]]:
    """Any lawful figures, some of them missing."""
    pack = shipped_pack()
    amounts = st.decimals(0, 100, places=3, allow_nan=False).map(abs)
    drawn = st.fixed_dictionaries({}, optional={field.number_id: amounts for field in pack.numbers})
    return drawn.map(_with_parts_in_bounds)


def _with_parts_in_bounds(numbers: dict[str, Decimal]) -> dict[str, Decimal]:
    bounded = dict(numbers)
    for field in shipped_pack().numbers:
        whole = numbers.get(field.not_above or "")
        if whole is not None and field.number_id in numbers:
            bounded[field.number_id] = min(numbers[field.number_id], whole)
    return bounded


def scenario_answers() -> st.SearchStrategy[ScenarioAnswer]:
    """A level, or a reason why the scenario does not apply."""
    levels = st.integers(0, 4).map(lambda level: ScenarioAnswer(level=level))
    reasons = st.text("外包不做", min_size=1).map(lambda text: ScenarioAnswer(not_applicable=text))
    return st.one_of(levels, levels, levels, reasons)


def answer_sets() -> st.SearchStrategy[Answers]:
    """Any lawful answers, complete or not."""
    pack = shipped_pack()
    return st.builds(
        Answers,
        numbers=figures(),
        options=st.fixed_dictionaries({}, optional={item.question_id: option_sets(item) for item in pack.questions}),
        scenarios=st.fixed_dictionaries({}, optional={item.scenario_id: scenario_answers() for item in pack.scenarios}),
    )
