"""Conditions have three values, and what is not known yet never counts as true or false."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.conditions import (
    OPERATORS,
    AllOf,
    Answered,
    AnyOf,
    Bounds,
    Chosen,
    Compare,
    Condition,
    CountChosen,
    CountLevels,
    Level,
    Not,
    NotApplicable,
    Number,
    Score,
    Truth,
    situation,
)
from tests.forms.packs import small_pack

SCENARIOS, QUESTIONS = ("starred", "plain"), ("Q1", "Q2", "Q3")
NUMBERS = {"whole": Decimal(3), "part": Decimal(1)}  # Q2 derives A from 33.3 per cent


def truth(condition: Condition, answers: Answers) -> Truth:
    return condition.truth(situation(small_pack(), answers))


def answers(
    numbers: Mapping[str, Decimal] | None = None,
    options: Mapping[str, tuple[str, ...]] | None = None,
    **levels: int | str,
) -> Answers:
    scenarios = {
        key: ScenarioAnswer(level=value) if isinstance(value, int) else ScenarioAnswer(not_applicable=value)
        for key, value in levels.items()
    }
    return Answers(numbers=numbers or {}, options=options or {}, scenarios=scenarios)


def bounds(low: int | str | None = None, high: int | str | None = None) -> Bounds:
    return Bounds(at_least=None if low is None else Decimal(low), at_most=None if high is None else Decimal(high))


def chosen(question: str, *options: str) -> Condition:
    return Chosen(question=question, options=options)


def count_levels(level: int, low: int | None = None, high: int | None = None) -> Condition:
    return CountLevels(scenarios=SCENARIOS, level_at_least=level, count=bounds(low, high))


def score(low: int | str | None = None, high: int | str | None = None) -> Condition:
    return Score(questions=QUESTIONS, points=bounds(low, high))


def number(figure: tuple[str, str | None], relation: str, value: str) -> Condition:
    return Number(figure=figure, relation=relation, value=Decimal(value))


def compare(left: tuple[str, str | None], relation: str, right: tuple[str, str | None]) -> Condition:
    return Compare(left=left, relation=relation, right=right)


BC = {"Q1": ("B", "C")}
FACTS: list[tuple[Condition, Answers, Truth]] = [
    # a question's answer is what was chosen, else what was derived
    (chosen("Q1", "B"), answers(), None),
    (chosen("Q1", "B"), answers(options=BC), True),
    (chosen("Q1", "A"), answers(options=BC), False),
    (chosen("Q1", "A", "C"), answers(options=BC), True),
    (chosen("Q2", "A"), answers(NUMBERS), True),
    (chosen("Q2", "B"), answers(NUMBERS), False),
    (chosen("Q2", "B"), answers(NUMBERS, {"Q2": ("B",)}), True),
    (chosen("Q2", "A"), answers({"whole": Decimal(1), "part": Decimal(3)}), None),  # over 100 % derives none
    (chosen("Q2", "A"), answers({"whole": Decimal(0), "part": Decimal(0)}), None),
    (CountChosen(question="Q1", count=bounds(2)), answers(), None),
    (CountChosen(question="Q1", count=bounds(2)), answers(options=BC), True),
    (CountChosen(question="Q1", count=bounds(1, 1)), answers(options=BC), False),
    (CountChosen(question="Q1", count=bounds(None, 0)), answers(options={"Q1": ("A",)}), True),  # none of these: 0
    (CountChosen(question="Q2", count=bounds(1)), answers(NUMBERS), True),
    # a scenario not rated, or not applicable, has no level
    (Level(scenario="plain", level=bounds(1)), answers(), None),
    (Level(scenario="plain", level=bounds(None, 2)), answers(plain="外包"), None),
    (Level(scenario="plain", level=bounds(1)), answers(plain=1), True),
    (Level(scenario="plain", level=bounds(None, 0)), answers(plain=1), False),
    (count_levels(1, low=1), answers(), None),
    (count_levels(1, low=1), answers(plain=1), True),
    (count_levels(1, low=1), answers(plain=0), None),
    (count_levels(1, low=1), answers(plain=0, starred=0), False),
    (count_levels(1, low=2), answers(plain=0), False),
    (count_levels(1, high=1), answers(plain=0), True),
    (count_levels(1, high=0), answers(plain=2), False),
    (count_levels(1, low=1, high=1), answers(plain=1), None),
    (count_levels(2, high=1), answers(plain=1, starred="外包"), True),
    # points: what is not answered is worth 0 to its maximum
    (score(low=0), answers(), True),
    (score(low=1), answers(), None),
    (score(high=100), answers(), True),
    (score(low=50), answers(options=BC), True),
    (score(low="50.1"), answers(options=BC), None),
    (score(high="49.9"), answers(options=BC), False),
    (score(low=50, high=60), answers(options=BC), None),
    (score(high=70), answers({**NUMBERS, "part_1": Decimal(0), "whole_1": Decimal(1)}, BC), True),  # 0 each derived
    # figures: exact, unknown where one is missing or a denominator is 0
    (number(("part", None), "lt", "2"), answers(), None),
    (number(("part", None), "lt", "2"), answers(NUMBERS), True),
    (number(("part", "whole"), "ge", "0.333333"), answers(NUMBERS), True),
    (number(("part", "whole"), "le", "0.333333"), answers(NUMBERS), False),
    (number(("part", "whole"), "le", "1"), answers({"part": Decimal(1)}), None),
    (number(("part", "whole"), "le", "1"), answers({"part": Decimal(1), "whole": Decimal(0)}), None),
    (compare(("part", None), "gt", ("whole", None)), answers(NUMBERS), False),
    (compare(("part", None), "gt", ("whole", None)), answers({"part": Decimal(1)}), None),
    (compare(("part", None), "gt", ("whole", None)), answers({"whole": Decimal(1)}), None),
    (compare(("part", "whole"), "eq", ("part_1", "whole_1")),
     answers({**NUMBERS, "part_1": Decimal("0.1"), "whole_1": Decimal("0.3")}), True),
    # what is asked of the record itself is never unknown
    (Answered(target="Q2"), answers(), False),
    (Answered(target="Q2"), answers(NUMBERS), True),
    (Answered(target="Q2"), answers(options={"Q2": ("A",)}), True),
    (Answered(target="part"), answers(NUMBERS), True),
    (Answered(target="plain"), answers(plain="外包"), True),
    (Answered(target="plain"), answers(), False),
    (NotApplicable(scenario="plain"), answers(plain="外包"), True),
    (NotApplicable(scenario="plain"), answers(plain=0), False),
    (NotApplicable(scenario="plain"), answers(), False),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "given_answers", "expected"), FACTS)
def test_each_condition_is_true_false_or_unknown(condition: Condition, given_answers: Answers, expected: Truth) -> None:
    assert truth(condition, given_answers) is expected


@pytest.mark.parametrize(
    ("relation", "below", "equal", "above"),
    [
        ("lt", True, False, False),
        ("le", True, True, False),
        ("eq", False, True, False),
        ("ne", True, False, True),
        ("ge", False, True, True),
        ("gt", False, False, True),
    ],
)
def test_relations(relation: str, below: bool, equal: bool, above: bool) -> None:
    found = [truth(number(("part", None), relation, value), answers(NUMBERS)) for value in ("2", "1", "0")]
    assert found == [below, equal, above]
    assert relation in OPERATORS


TRUE, FALSE, UNKNOWN = Answered(target="Q1"), Answered(target="Q2"), chosen("Q3", "A")
BY_TRUTH = {True: TRUE, False: FALSE, None: UNKNOWN}


@pytest.mark.parametrize(("left", "right"), list(product((True, False, None), repeat=2)))
def test_all_any_and_not_follow_strong_kleene_logic(left: Truth, right: Truth) -> None:
    known = answers(options=BC)
    parts = (BY_TRUTH[left], BY_TRUTH[right])
    found = {left, right}
    assert truth(AllOf(parts=parts), known) is (False if False in found else None if None in found else True)
    assert truth(AnyOf(parts=parts), known) is (True if True in found else None if None in found else False)
    assert truth(Not(part=parts[0]), known) is (None if left is None else not left)


def test_a_condition_names_what_it_compares() -> None:
    whole = AllOf(
        parts=(
            AnyOf(parts=(chosen("Q1", "A"), CountChosen(question="Q2", count=bounds(1)), score(low=1))),
            Not(part=Level(scenario="plain", level=bounds(1))),
            count_levels(1, low=1),
            number(("part", None), "lt", "2"),
            compare(("part", "whole"), "lt", ("part_1", None)),
            Answered(target="whole_1"),
            NotApplicable(scenario="plain"),
        )
    )
    assert set(whole.compared()) == {*QUESTIONS, *SCENARIOS, "part", "whole", "part_1", "whole_1"}


# Laws. `@given` draws conditions that only gain by information: answered and not_applicable ask about the record.
LOW_AND_HIGH = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted)
SOME_BOUNDS = st.one_of(
    st.builds(bounds, st.integers(0, 3)),
    st.builds(bounds, st.none(), st.integers(0, 3)),
    LOW_AND_HIGH.map(lambda pair: bounds(*pair)),
)
FIGURES = st.tuples(st.sampled_from(["whole", "part"]), st.none() | st.sampled_from(["whole", "part_1"]))
LEAVES: st.SearchStrategy[Condition] = st.one_of(
    st.builds(chosen, st.sampled_from(QUESTIONS), st.sampled_from("ABC")),
    st.builds(CountChosen, question=st.sampled_from(QUESTIONS), count=SOME_BOUNDS),
    st.builds(Level, scenario=st.sampled_from(SCENARIOS), level=SOME_BOUNDS),
    st.builds(CountLevels, scenarios=st.just(SCENARIOS), level_at_least=st.integers(1, 2), count=SOME_BOUNDS),
    st.builds(score, st.integers(0, 100), st.none() | st.integers(0, 100)),
    st.builds(number, FIGURES, st.sampled_from(sorted(OPERATORS)), st.sampled_from(["0", "0.5", "1"])),
    st.builds(compare, FIGURES, st.sampled_from(sorted(OPERATORS)), FIGURES),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda parts: AllOf(parts=tuple(parts)), st.lists(inner, max_size=3)),
        st.builds(lambda parts: AnyOf(parts=tuple(parts)), st.lists(inner, max_size=3)),
        st.builds(lambda part: Not(part=part), inner),
    ),
    max_leaves=6,
)
CHOICES: dict[str, list[tuple[str, ...]]] = {
    "Q1": [("A",), ("B",), ("C",), ("B", "C")],
    "Q2": [("A",), ("B",)],
    "Q3": [("A",), ("B",), ("C",)],
}
AMOUNTS = st.integers(0, 4).map(Decimal)
FIGURE_SETS = dict.fromkeys(["whole", "part", "part_1", "whole_1"], AMOUNTS)
CHOSEN = {key: st.sampled_from(choices) for key, choices in CHOICES.items()}
RATED = dict.fromkeys(SCENARIOS, st.integers(0, 2).map(lambda level: ScenarioAnswer(level=level)))
OUTSIDE = st.just(ScenarioAnswer(not_applicable="外包"))
SETS = st.builds(
    Answers,
    numbers=st.fixed_dictionaries({}, optional=FIGURE_SETS),
    options=st.fixed_dictionaries({}, optional=CHOSEN),
    scenarios=st.fixed_dictionaries({}, optional={key: rated | OUTSIDE for key, rated in RATED.items()}),
)
FULL_SETS = st.builds(
    Answers,
    numbers=st.fixed_dictionaries(FIGURE_SETS),
    options=st.fixed_dictionaries(CHOSEN),
    scenarios=st.fixed_dictionaries(RATED),
)


@dataclass
class Kept:
    """Which entries of an answer set are known already."""

    ids: frozenset[str] = field(default_factory=frozenset)

    def of(self, full: Answers) -> Answers:
        return Answers(
            numbers={key: value for key, value in full.numbers.items() if key in self.ids},
            options={key: value for key, value in full.options.items() if key in self.ids},
            scenarios={key: value for key, value in full.scenarios.items() if key in self.ids},
        )


EVERY_ID = [*QUESTIONS, *SCENARIOS, "whole", "part", "part_1", "whole_1"]


@settings(max_examples=400)
@given(CONDITIONS, FULL_SETS, st.frozensets(st.sampled_from(EVERY_ID)))
def test_what_is_known_stays_when_more_becomes_known(condition: Condition, full: Answers, ids: frozenset[str]) -> None:
    less = Kept(ids).of(full)
    before, after = situation(small_pack(), less), situation(small_pack(), full)
    # A choice, or a further year's figures, may replace what was derived: that corrects an answer, it adds none.
    assume(all(after.counted.get(key) == value for key, value in before.counted.items()))
    known = condition.truth(before)
    assert known is None or condition.truth(after) is known


@given(st.lists(CONDITIONS, max_size=4), SETS)
def test_de_morgan(parts: list[Condition], given_answers: Answers) -> None:
    all_of, any_of = AllOf(parts=tuple(parts)), AnyOf(parts=tuple(Not(part=part) for part in parts))
    assert truth(Not(part=all_of), given_answers) is truth(any_of, given_answers)
    assert truth(Not(part=Not(part=all_of)), given_answers) is truth(all_of, given_answers)


def agreed(condition: Condition, completions: Iterator[Answers]) -> Truth:
    """Return what all completions say, null where they differ."""
    found = {truth(condition, completed) for completed in completions}
    return found.pop() if len(found) == 1 else None


def with_every_level(given_answers: Answers) -> Iterator[Answers]:
    missing = [key for key in SCENARIOS if given_answers.scenarios.get(key, ScenarioAnswer()).level is None]
    for levels in product(range(3), repeat=len(missing)):
        rated = {key: ScenarioAnswer(level=level) for key, level in zip(missing, levels, strict=True)}
        yield replace(given_answers, scenarios={**given_answers.scenarios, **rated})


def with_every_choice(given_answers: Answers) -> Iterator[Answers]:
    missing = [key for key in QUESTIONS if key not in situation(small_pack(), given_answers).counted]
    for keys in product(*(CHOICES[question] for question in missing)):
        chosen_now = dict(zip(missing, keys, strict=True))
        yield replace(given_answers, options={**given_answers.options, **chosen_now})


@given(st.integers(1, 2), SOME_BOUNDS, SETS)
def test_count_levels_is_what_every_completion_says(level: int, count: Bounds, given_answers: Answers) -> None:
    condition = CountLevels(scenarios=SCENARIOS, level_at_least=level, count=count)
    assert truth(condition, given_answers) is agreed(condition, with_every_level(given_answers))


@given(st.integers(0, 100), st.booleans(), SETS)
def test_one_bound_on_points_is_what_every_completion_says(bound: int, is_low: bool, given_answers: Answers) -> None:
    condition = score(low=bound) if is_low else score(high=bound)
    assert truth(condition, given_answers) is agreed(condition, with_every_choice(given_answers))


@given(st.integers(0, 100), st.integers(0, 100), SETS)
def test_two_bounds_on_points_never_claim_what_a_completion_denies(low: int, high: int, given_answers: Answers) -> None:
    condition = score(low=low, high=high)
    found = truth(condition, given_answers)
    assert found is None or found is agreed(condition, with_every_choice(given_answers))
