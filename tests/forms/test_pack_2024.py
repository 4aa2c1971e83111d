"""The shipped 2024 pack says what the method says, and how far each part can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest

from diag_app.forms.answers import Answers
from diag_app.forms.check import pack_digest
from diag_app.forms.definition import Confidence, LocalText, Pack, QuestionKind, ShareDerivation, TrendDerivation
from diag_app.forms.raising import present_rank
from tests.forms.packs import shipped_files, shipped_pack

# no · id · dimension · kind · most points · points by option
QUESTIONS = """
1  B1 basis      multiple 8    0 2 2 2 2
2  B2 basis      single   6    0 1.5 3 4.5 6
3  B3 basis      single   6    0 1.5 3 4.5 6
4  B4 basis      multiple 10   0 .7 .7 .7 .7 .7 .7 .7 .7 .7 .7 .7 .7 .7 .9
5  B5 basis      single   10   0 2.5 5 7.5 10
6  B6 basis      multiple 5    0 1.25 1.25 1.25 1.25
7  B7 basis      multiple 5    0 1.25 1.25 1.25 1.25
8  M1 management single   7.5  0 1.5 3 4.5 6 7.5
9  M2 management multiple 7.5  0 1.875 1.875 1.875 1.875
10 M3 management multiple 7.5  0 1.5 1.5 1.5 1.5 1.5
11 M4 management single   7.5  0 1.875 3.75 5.625 7.5
12 R1 results    single   7    0 3.5 7
13 R2 results    single   7    0 3.5 7
14 R3 results    single   3    0 1.5 3
15 R4 results    single   3    0 1.5 3
"""

SCENARIOS = """
product_design* process_design marketing* after_sales scheduling production_control* quality* equipment* safety* energy*
procurement* warehouse_logistics* finance* hr office decision
"""


def test_questions_and_points() -> None:
    rows = [line.split() for line in QUESTIONS.strip().splitlines()]
    found = [
        [
            str(item.number),
            item.question_id,
            item.dimension_id,
            item.kind.value,
            item.max_points,
            *[option.points for option in item.options],
        ]
        for item in shipped_pack().questions
    ]
    assert found == [[*row[:4], *map(Decimal, row[4:])] for row in rows]


def test_dimensions_and_indicators() -> None:
    pack = shipped_pack()
    assert {item.dimension_id: item.max_points for item in pack.dimensions} == {
        "basis": 50,
        "management": 30,
        "results": 20,
        "operation": None,
    }
    assert [item.max_points for item in pack.indicators] == [20, 10, 10, 10, 15, 15, 7, 7, 6]
    assert [item.weight_pct for item in pack.indicators] == [40, 20, 20, 20, 50, 50, 35, 35, 30]


def test_scenarios_and_their_stars() -> None:
    found = [item.scenario_id + ("*" if item.is_constrained else "") for item in shipped_pack().scenarios]
    assert found == SCENARIOS.split()
    assert all(len(item.criteria) == 4 for item in shipped_pack().scenarios)
    assert [item.zh for item in shipped_pack().level_heads] == ["工具辅助", "系统规范", "集成共享", "智能协同"]


def test_level_rule_is_marked_as_reconstructed() -> None:
    rule = shipped_pack().level_rule
    assert [item.min_score for item in rule.conditions] == [20, 40, 60, 80]
    assert [(item.level, item.min_scenarios, item.min_constrained) for item in rule.conditions] == [
        (1, 6, 3),
        (2, 6, 3),
        (3, 8, 5),
        (4, 10, 6),
    ]
    assert rule.confidence is Confidence.RECONSTRUCTED
    assert {item.name.confidence for item in rule.conditions} == {Confidence.RECONSTRUCTED}


@pytest.mark.parametrize("question_id", ["B2", "B3", "M4"])
def test_bands_begin_where_the_one_before_ends(question_id: str) -> None:
    derivation = shipped_pack().question(question_id).derivation
    assert isinstance(derivation, ShareDerivation)
    assert [band.above for band in derivation.bands] == [None, 10, 20, 40, 60]
    assert [band.up_to for band in derivation.bands] == [10, 20, 40, 60, 100]


@pytest.mark.parametrize(
    ("question_id", "up", "down"), [("R1", "A", "C"), ("R2", "C", "A"), ("R3", "C", "A"), ("R4", "A", "C")]
)
def test_which_way_is_better(question_id: str, up: str, down: str) -> None:
    derivation = shipped_pack().question(question_id).derivation
    assert isinstance(derivation, TrendDerivation)
    assert (derivation.up, derivation.flat, derivation.down, derivation.decimals) == (up, "B", down, 4)


def test_nothing_of_our_own_is_marked_exact() -> None:
    pack = shipped_pack()
    top = pack.question("M1").option("F").label
    assert (top.confidence, top.zh) == (Confidence.UNKNOWN, "最高档（官方措辞未核对）")
    assert {text.en_confidence for text in _texts(pack)} == {Confidence.AUTHORED}
    assert {item.text.confidence for item in pack.scenarios[0].criteria} == {Confidence.SHORTENED}
    assert {hint.text.confidence for item in pack.questions for hint in item.evidence} == {Confidence.AUTHORED}
    assert {item.label.confidence for item in pack.metrics} == {Confidence.AUTHORED}
    assert {item.confidence for item in pack.level_heads} == {Confidence.AUTHORED}


def test_every_text_stands_in_both_languages() -> None:
    assert all(text.zh and text.en for text in _texts(shipped_pack()))


def test_every_answer_has_typical_evidence() -> None:
    pack = shipped_pack()
    assert all(item.evidence for item in pack.questions)
    assert all(criterion.evidence for item in pack.scenarios for criterion in item.criteria)
    kinds = {hint.kind for item in pack.questions for hint in item.evidence}
    assert kinds <= pack.evidence_kinds.keys()


def test_need_forms_serve_all_scenarios_and_six_applications() -> None:
    pack = shipped_pack()
    scenarios = {item.scenario_id for item in pack.scenarios}
    forms = {form.form_id for form in pack.need_forms}
    assert forms - scenarios == {
        "visual_inspection",
        "energy_management",
        "aps_scheduling",
        "parameter_optimisation",
        "intelligent_sorting",
        "generative_design",
    }
    assert scenarios <= forms
    assert pack.need_form("parameter_optimisation").also_serves == ("quality",)
    assert all(form.metric_ids and form.prompts for form in pack.need_forms)


def test_what_is_not_checked_is_listed_with_its_effect() -> None:
    status = {item.item_id: item.status for item in shipped_pack().open_items}
    assert status["level_rule"] is Confidence.RECONSTRUCTED
    assert status["not_applicable_scenarios"] is Confidence.UNKNOWN
    assert status["m1_top_option"] is Confidence.UNKNOWN
    assert {"b4_weights", "energy_formula", "level_heads", "other_sectors", "later_edition"} <= status.keys()


def test_digest_depends_on_every_byte_and_on_nothing_else() -> None:
    files = shipped_files()
    backwards = dict(reversed(files.items()))
    assert shipped_pack().digest == pack_digest(backwards)
    assert pack_digest({**files, "pack.toml": files["pack.toml"] + b"\n"}) != shipped_pack().digest


def test_things_are_found_by_id_and_strangers_are_not() -> None:
    pack = shipped_pack()
    assert pack.reference == "miit-sme-2024@1.0.0"
    assert pack.question("B1").kind is QuestionKind.MULTIPLE
    assert pack.question("B1").option("E").label.text("en").startswith("Network covers")
    assert pack.scenario("hr").label.text("zh") == "人力资源"
    assert pack.number("pass_rate_last_pct").maximum == 100
    assert pack.metric("fpy").better == "higher"
    for find in (pack.question, pack.scenario, pack.number, pack.metric, pack.need_form, pack.question("B1").option):
        with pytest.raises(KeyError):
            find("nobody")


def _texts(value: object) -> Iterator[LocalText]:
    if isinstance(value, LocalText):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Pack) or (is_dataclass(value) and not isinstance(value, type)):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def test_a_scenario_from_elsewhere_is_called_by_its_id() -> None:
    pack = shipped_pack()
    assert pack.scenario_of_need("finance") == pack.scenario("finance")
    assert (pack.scenario_of_need("elsewhere").label.zh, pack.scenario_of_need("").label.en) == ("elsewhere", "–")


def test_a_need_form_from_elsewhere_asks_for_no_metric() -> None:
    pack = shipped_pack()
    assert pack.asked_metrics("energy") == pack.need_form("energy").metric_ids
    assert pack.asked_metrics("from elsewhere") == ()


def test_an_option_from_elsewhere_has_no_place_in_its_question() -> None:
    pack = shipped_pack()
    question = next(item for item in pack.questions if item.kind is QuestionKind.SINGLE)
    second = question.options[1].key
    assert present_rank(question, Answers(options={question.question_id: (second,)})) == 2
    assert present_rank(question, Answers(options={question.question_id: ("elsewhere",)})) == 0
