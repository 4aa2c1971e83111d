"""Answers files: what is read, and every reason to refuse one."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from diag_app.errors import DiagError
from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.answers_file import answers_to_json, parse_answers
from diag_app.forms.validation import check_level, check_number
from diag_app.i18n import Translator
from tests.forms.answer_sets import answer_sets
from tests.forms.packs import shipped_pack


def parse(content: Any) -> Answers:
    return parse_answers(json.dumps(content).encode(), shipped_pack(), location="answers.json")


def test_what_is_read() -> None:
    found = parse(
        {
            "pack": "miit-sme-2024",
            "numbers": {"equipment_total": "120", "equipment_digital": 66, "energy_last_tce": 412.6},
            "answers": {"B1": ["C", "B"], "B5": ["C"]},
            "scenarios": {"product_design": 2, "hr": {"not_applicable": "outsourced"}},
        }
    )
    assert found == Answers(
        numbers={
            "equipment_total": Decimal(120),
            "equipment_digital": Decimal(66),
            "energy_last_tce": Decimal("412.6"),
        },
        options={"B1": ("C", "B"), "B5": ("C",)},
        scenarios={"product_design": ScenarioAnswer(level=2), "hr": ScenarioAnswer(not_applicable="outsourced")},
    )


def test_a_file_may_hold_nothing_but_the_name_of_its_pack() -> None:
    assert parse({"pack": "miit-sme-2024"}) == Answers()


@given(answer_sets())
def test_what_is_written_is_read_again(answers: Answers) -> None:
    pack = shipped_pack()
    written = json.dumps(answers_to_json(pack, answers), ensure_ascii=False).encode()
    assert parse_answers(written, pack, location="again.json") == answers


# section · key · value · code · parameters that the message names
REFUSED: list[tuple[str, str, Any, str, dict[str, str]]] = [
    ("answers", "B9", ["A"], "QUESTION_UNKNOWN", {}),
    ("answers", "B1", ["Z"], "OPTION_UNKNOWN", {"option": "Z"}),
    ("answers", "B1", ["A", "B"], "OPTION_NONE_WITH_OTHERS", {"option": "A"}),
    ("answers", "B1", ["B", "B"], "OPTION_TWICE", {"option": "B"}),
    ("answers", "B5", ["B", "C"], "OPTION_ONE_ONLY", {"options": "B, C"}),
    ("answers", "B1", [], "OPTIONS_EMPTY", {}),
    ("answers", "B1", "B", "ANSWERS_SHAPE", {"expected": "array"}),
    ("answers", "B1", [1], "ANSWERS_SHAPE", {"expected": "array"}),
    ("answers", "B1", None, "ANSWERS_SHAPE", {"expected": "array"}),
    ("scenarios", "sales", 2, "SCENARIO_UNKNOWN", {}),
    ("scenarios", "hr", 5, "LEVEL_UNKNOWN", {"level": "5"}),
    ("scenarios", "hr", -1, "LEVEL_UNKNOWN", {"level": "-1"}),
    ("scenarios", "hr", True, "ANSWERS_SHAPE", {"expected": "0-4"}),
    ("scenarios", "hr", "2", "ANSWERS_SHAPE", {"expected": "0-4"}),
    ("scenarios", "hr", 2.5, "ANSWERS_SHAPE", {"expected": "0-4"}),
    ("scenarios", "hr", {"not_applicable": " "}, "ANSWERS_SHAPE", {"expected": "0-4"}),
    ("scenarios", "hr", {"not_applicable": "x", "level": 2}, "ANSWERS_SHAPE", {"expected": "0-4"}),
    ("scenarios", "hr", {}, "ANSWERS_SHAPE", {"expected": "0-4"}),
    ("numbers", "machines", "5", "NUMBER_UNKNOWN", {}),
    ("numbers", "equipment_total", "-1", "NUMBER_INVALID", {"value": "-1"}),
    ("numbers", "equipment_total", -1, "NUMBER_INVALID", {"value": "-1"}),
    ("numbers", "equipment_total", -0.0, "NUMBER_INVALID", {"value": "-0.0"}),
    ("numbers", "equipment_total", "NaN", "NUMBER_INVALID", {"value": "NaN"}),
    ("numbers", "equipment_total", "Infinity", "NUMBER_INVALID", {"value": "Infinity"}),
    ("numbers", "equipment_total", "about 5", "NUMBER_INVALID", {"value": "about 5"}),
    ("numbers", "equipment_total", "", "NUMBER_INVALID", {"value": ""}),
    ("numbers", "equipment_total", "１２", "NUMBER_INVALID", {"value": "１２"}),
    ("numbers", "equipment_total", True, "NUMBER_INVALID", {"value": "True"}),
    ("numbers", "equipment_total", None, "NUMBER_INVALID", {"value": "None"}),
    ("numbers", "equipment_total", "1e31", "NUMBER_OUT_OF_RANGE", {"value": "1E+31"}),
    ("numbers", "equipment_total", "1e-31", "NUMBER_OUT_OF_RANGE", {"value": "1E-31"}),
    ("numbers", "pass_rate_last_pct", "100.01", "NUMBER_TOO_LARGE", {"value": "100.01", "maximum": "100"}),
]


@pytest.mark.parametrize(("section", "key", "value", "code", "parameters"), REFUSED)
def test_refused_at_its_place(section: str, key: str, value: Any, code: str, parameters: dict[str, str]) -> None:
    with pytest.raises(DiagError) as refused:
        parse({"pack": "miit-sme-2024", section: {key: value}})
    assert (refused.value.code, refused.value.location) == (code, f"{section}.{key}")
    assert refused.value.parameters == parameters


@pytest.mark.parametrize("part", ["equipment_digital", "equipment_networked"])
def test_a_part_of_the_equipment_cannot_exceed_all_of_it(part: str) -> None:
    with pytest.raises(DiagError) as refused:
        parse({"pack": "miit-sme-2024", "numbers": {part: "121", "equipment_total": "120"}})
    assert (refused.value.code, refused.value.location) == ("NUMBER_ABOVE_OTHER", f"numbers.{part}")
    assert refused.value.parameters == {"value": "121", "other": "equipment_total", "maximum": "120"}
    assert len(refused.value.problems) == 1
    parse({"pack": "miit-sme-2024", "numbers": {part: "120", "equipment_total": "120"}})


TOP = [
    ({"pack": "miit-sme-2022"}, "ANSWERS_PACK", "pack"),
    ({}, "ANSWERS_PACK", "pack"),
    ({"pack": "miit-sme-2024", "note": "x"}, "ANSWERS_KEY_UNKNOWN", "note"),
    ({"pack": "miit-sme-2024", "answers": []}, "ANSWERS_SHAPE", "answers"),
    ([], "ANSWERS_SHAPE", "answers.json"),
]


@pytest.mark.parametrize(("content", "code", "location"), TOP)
def test_the_outline_of_the_file(content: Any, code: str, location: str) -> None:
    with pytest.raises(DiagError) as refused:
        parse(content)
    assert (refused.value.code, refused.value.location) == (code, location)


@pytest.mark.parametrize("data", [b"", b"{", b'{"pack": 1, "pack": 2}', b'{"numbers": NaN}', "{'a'}".encode("utf-16")])
def test_what_is_no_json_is_refused_under_the_name_of_the_file(data: bytes) -> None:
    with pytest.raises(DiagError) as refused:
        parse_answers(data, shipped_pack(), location="answers.json")
    assert (refused.value.code, refused.value.location) == ("JSON_INVALID", "answers.json")


def test_all_faults_come_with_the_refusal(translate_zh: Translator, translate_en: Translator) -> None:
    with pytest.raises(DiagError) as refused:
        parse({"pack": "x", "numbers": {"a": "1"}, "answers": {"B1": ["A", "B"], "B5": []}, "scenarios": {"hr": 9}})
    places = [problem.location for problem in refused.value.problems]
    assert places == ["pack", "numbers.a", "answers.B1", "answers.B5", "scenarios.hr"]
    for problem in refused.value.problems:
        assert all(
            translate.problem(problem) and translate.remedy(problem) for translate in (translate_zh, translate_en)
        )


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-1", "-0"])
def test_operations_refuse_the_same_figures(text: str) -> None:
    numbers = {"equipment_total": Decimal(text), "equipment_digital": Decimal(5)}
    found = check_number(shipped_pack(), numbers, "equipment_total")
    assert found[0].code == "NUMBER_INVALID"


def test_changing_the_whole_is_checked_against_its_parts() -> None:
    numbers = {"equipment_total": Decimal(40), "equipment_digital": Decimal(66), "equipment_networked": Decimal(40)}
    found = check_number(shipped_pack(), numbers, "equipment_total")
    assert [problem.location for problem in found] == ["numbers.equipment_digital"]


def test_levels_are_0_to_4() -> None:
    assert [level for level in range(-2, 8) if not check_level(level)] == [0, 1, 2, 3, 4]
