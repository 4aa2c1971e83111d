"""Scores, what is missing, and the laws they keep."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.errors import Severity
from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.answers_file import parse_answers
from diag_app.forms.definition import QuestionKind
from diag_app.forms.score_json import scorecard_to_json
from diag_app.forms.scorecard import Completeness, Scorecard, ToNext
from diag_app.forms.scoring import score
from diag_app.paths import resource
from tests.forms.answer_sets import answer_sets, scenario_answers
from tests.forms.packs import shipped_pack, small_pack


def demonstration() -> Scorecard:
    data = resource("demo", "answers.json").read_bytes()
    return score(shipped_pack(), parse_answers(data, shipped_pack(), location="answers.json"))


def test_the_demonstration_factory() -> None:
    card = demonstration()
    assert (card.score, card.level) == (Decimal("50.7"), 2)
    assert card.dimensions == {"basis": Decimal("25.95"), "management": Decimal("11.25"), "results": Decimal("13.5")}
    assert card.indicators["equipment_systems"] == 13
    assert card.at_or_above == {1: 15, 2: 9, 3: 2, 4: 0}
    assert card.constrained_at_or_above == {1: 10, 2: 7, 3: 2, 4: 0}
    assert card.to_next == ToNext(level=3, points=Decimal("9.3"), scenarios=6, constrained=3)
    assert (card.missing, card.problems) == (("B6",), ())
    assert card.completeness == Completeness(answered=14, questions=15, rated=16, scenarios=16)
    assert card.completeness.share_pct == 96
    assert card.question("B3").derived is not None
    with pytest.raises(KeyError):
        card.question("B9")


def test_nothing_answered() -> None:
    card = score(shipped_pack(), Answers())
    assert card.score == 0
    assert (card.level, len(card.missing)) == (0, 15)
    assert card.to_next == ToNext(level=1, points=Decimal(20), scenarios=6, constrained=3)
    assert [reason.kind for reason in card.reasons] == ["level", "next_level"]
    assert card.reasons[0].children == ()
    assert card.completeness.share_pct == 0
    assert Completeness().share_pct == 100


def full_marks() -> Answers:
    pack = shipped_pack()
    best = {
        item.question_id: tuple(option.key for option in item.options if not option.is_none)
        if item.kind is QuestionKind.MULTIPLE
        else (max(item.options, key=lambda option: option.points).key,)
        for item in pack.questions
    }
    return Answers(options=best, scenarios={item.scenario_id: ScenarioAnswer(level=4) for item in pack.scenarios})


def test_full_marks() -> None:
    card = score(shipped_pack(), full_marks())
    assert card.score == 100
    assert (card.level, card.to_next) == (4, None)
    assert [reason.kind for reason in card.reasons] == ["level"]


NUMBERS = {"equipment_total": Decimal(120), "equipment_digital": Decimal(66)}


def test_a_chosen_option_stands_over_a_derived_one_and_the_difference_is_named() -> None:
    card = score(shipped_pack(), Answers(numbers=NUMBERS, options={"B2": ("E",)}))
    found = card.question("B2")
    assert (found.state, found.options) == ("chosen", ("E",))
    assert found.points == 6
    (problem,) = card.problems
    assert (problem.code, problem.location, problem.severity) == (
        "ANSWER_DISAGREES",
        "answers.B2",
        Severity.WARNING,
    )
    assert problem.parameters == {
        "question": "B2",
        "derived": "D",
        "chosen": "E",
        "working": "66 ÷ 120 = 55.00%",
    }


def test_agreement_is_no_problem() -> None:
    card = score(shipped_pack(), Answers(numbers=NUMBERS, options={"B2": ("D",)}))
    assert (card.question("B2").state, card.problems) == ("chosen", ())


def test_a_share_over_100_per_cent_derives_nothing_and_says_so() -> None:
    numbers = {"digital_spend_3y_avg_10k_cny": Decimal(130), "revenue_3y_avg_10k_cny": Decimal(100)}
    card = score(shipped_pack(), Answers(numbers=numbers))
    assert "M4" in card.missing
    assert [(problem.code, problem.location) for problem in card.problems] == [("SHARE_BEYOND_BANDS", "answers.M4")]


def test_a_scenario_that_does_not_apply_counts_as_level_0_and_its_reason_says_so() -> None:
    every = {item.scenario_id: ScenarioAnswer(level=4) for item in shipped_pack().scenarios}
    answers = replace(full_marks(), scenarios={**every, "hr": ScenarioAnswer(not_applicable="outsourced")})
    card = score(shipped_pack(), answers)
    assert card.at_or_above[1] == 15
    found = {reason.ref: reason for reason in card.reasons[0].children[1].children}
    assert (found["hr"].value, found["hr"].holds) == (0, False)
    assert (found["hr"].detail, found["hr"].clause) == ("outsourced", "scenarios.hr.not_applicable")
    assert found["office"].clause == "scenarios.office.level_4"


def test_a_scenario_without_entry_counts_as_level_0_and_is_not_listed_as_missing() -> None:
    card = score(shipped_pack(), Answers())
    assert not {item.scenario_id for item in shipped_pack().scenarios} & set(card.missing)
    assert card.reasons[1].children[1].children[0].clause == "scenarios.product_design.not_rated"


def test_every_point_leads_down_to_an_answer() -> None:
    card = demonstration()
    level, following = card.reasons
    assert (level.kind, level.value, level.clause) == ("level", 2, "level_rule.2")
    points, scenarios, constrained = level.children
    assert [(item.ref, item.value, item.required, item.holds) for item in level.children] == [
        ("score", Decimal("50.7"), 40, True),
        ("scenarios", 9, 6, True),
        ("constrained", 7, 3, True),
    ]
    assert (points.maximum, scenarios.maximum, constrained.maximum) == (100, 16, 10)
    questions = {
        reason.ref: reason
        for dimension in points.children
        for indicator in dimension.children
        for reason in indicator.children
    }
    assert questions["B1"].detail == "B 2 + C 2"
    assert questions["B2"].detail == "66 ÷ 120 = 55.00% → D"
    assert questions["B6"].detail == ""
    assert [questions[key].clause for key in ("B1", "B2", "B6", "R1")] == [
        "questions.B1.options",
        "questions.B2.share",
        "questions.B6.missing",
        "questions.R1.trend",
    ]
    assert (following.kind, following.value, following.holds) == ("next_level", 3, False)
    assert [item.holds for item in following.children] == [False, False, False]
    assert [item.ref for item in following.children[1].children if item.holds] == ["quality", "finance"]


@given(answer_sets())
def test_reasons_add_up_at_every_node(answers: Answers) -> None:
    card = score(shipped_pack(), answers)
    for root in card.reasons:
        for points in root.children[:1]:
            assert points.value == card.score
            assert sum(item.value or 0 for item in points.children) == card.score
            for dimension in points.children:
                assert sum(item.value or 0 for item in dimension.children) == dimension.value
                for indicator in dimension.children:
                    assert sum(item.value or 0 for item in indicator.children) == indicator.value


@given(answer_sets())
def test_bounds(answers: Answers) -> None:
    pack, card = shipped_pack(), score(shipped_pack(), answers)
    assert 0 <= card.score <= 100
    assert card.score == sum(card.dimensions.values()) == sum(item.points for item in card.questions)
    for dimension in pack.dimensions:
        assert 0 <= card.dimensions.get(dimension.dimension_id, 0) <= (dimension.max_points or 0)
    for indicator in pack.indicators:
        assert 0 <= card.indicators[indicator.indicator_id] <= indicator.max_points
    assert 0 <= card.level <= 4
    assert (card.to_next is None) == (card.level == 4)
    if card.to_next is not None:
        assert card.to_next.level == card.level + 1
        assert card.to_next.points >= 0
        assert min(card.to_next.scenarios, card.to_next.constrained) >= 0
        assert card.to_next.points or card.to_next.scenarios or card.to_next.constrained


@given(answer_sets(), st.data())
def test_one_more_option_never_lowers_score_or_level(answers: Answers, data: st.DataObject) -> None:
    pack = shipped_pack()
    question = data.draw(st.sampled_from([item for item in pack.questions if item.kind is QuestionKind.MULTIPLE]))
    option = data.draw(st.sampled_from([item.key for item in question.options if not item.is_none]))
    nones = {item.key for item in question.options if item.is_none}
    before = set(answers.options.get(question.question_id, ())) - nones
    more = replace(answers, options={**answers.options, question.question_id: tuple(before | {option})})
    old, new = score(pack, answers), score(pack, more)
    assert new.score >= old.score
    assert new.level >= old.level


@given(answer_sets(), st.data())
def test_a_higher_scenario_level_never_lowers_the_level(answers: Answers, data: st.DataObject) -> None:
    pack = shipped_pack()
    scenario_id = data.draw(st.sampled_from([item.scenario_id for item in pack.scenarios]))
    low, high = data.draw(scenario_answers()), data.draw(st.integers(0, 4))
    raised = ScenarioAnswer(level=max(low.level or 0, high))
    before = score(pack, replace(answers, scenarios={**answers.scenarios, scenario_id: low}))
    after = score(pack, replace(answers, scenarios={**answers.scenarios, scenario_id: raised}))
    assert after.level >= before.level
    assert after.score == before.score


@given(answer_sets())
def test_order_is_irrelevant(answers: Answers) -> None:
    shuffled = Answers(
        numbers=dict(reversed(list(answers.numbers.items()))),
        options={key: tuple(reversed(keys)) for key, keys in reversed(list(answers.options.items()))},
        scenarios=dict(reversed(list(answers.scenarios.items()))),
    )
    assert score(shipped_pack(), shuffled) == score(shipped_pack(), answers)


@given(answer_sets())
def test_missing_is_what_has_neither_a_choice_nor_its_figures(answers: Answers) -> None:
    card = score(shipped_pack(), answers)
    for found in card.questions:
        is_missing = found.question_id not in answers.options and found.derived is None
        assert (found.question_id in card.missing) == is_missing
        if is_missing:
            assert found.points == 0


def test_score_object_has_the_fixed_shape() -> None:
    found = scorecard_to_json(demonstration())
    assert json.loads(json.dumps(found)) == found
    fixed = {key: found[key] for key in ("pack", "pack_version", "score", "dimensions", "level", "missing", "problems")}
    assert fixed == {
        "pack": "miit-sme-2024",
        "pack_version": "1.0.0",
        "score": "50.7",
        "dimensions": {"basis": "25.95", "management": "11.25", "results": "13.5"},
        "level": 2,
        "missing": ["B6"],
        "problems": [],
    }
    assert found["at_or_above"] == {"1": 15, "2": 9, "3": 2, "4": 0}
    assert found["constrained_at_or_above"] == {"1": 10, "2": 7, "3": 2, "4": 0}
    assert found["to_next"] == {"level": 3, "points": "9.3", "scenarios": 6, "constrained": 3}
    assert found["questions"]["B6"] == {
        "state": "missing",
        "options": [],
        "derived": None,
        "points": "0",
        "max_points": "5",
    }
    assert found["questions"]["B2"]["derived"] == {"option": "D", "working": "66 ÷ 120 = 55.00%"}
    assert found["reasons"]["level"]["children"][0]["value"] == "50.7"
    assert found["reasons"]["next_level"]["children"][1]["required"] == 8


def test_score_object_at_level_4_and_with_a_warning() -> None:
    found = scorecard_to_json(score(shipped_pack(), replace(full_marks(), numbers=NUMBERS)))
    assert found["to_next"] is None
    assert list(found["reasons"]) == ["level"]
    assert found["problems"] == [{"code": "ANSWER_DISAGREES", "location": "answers.B2", "severity": "warning"}]


def test_another_pack_is_scored_by_its_own_rules() -> None:
    answers = Answers(
        numbers={"part": Decimal(1), "whole": Decimal(2), "whole_1": Decimal("0.5")},
        options={"Q1": ("C", "B")},
        scenarios={"plain": ScenarioAnswer(level=2), "starred": ScenarioAnswer(level=2)},
    )
    card = score(small_pack(), answers)
    assert {item.question_id: item.options for item in card.questions} == {"Q1": ("B", "C"), "Q2": (), "Q3": ("B",)}
    assert card.score == 60
    assert (card.level, card.to_next) == (2, None)
