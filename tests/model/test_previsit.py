"""What the firm types means one thing or is named by code and place; half an answer is never taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.definition import LocalText
from diag_app.i18n import load_translator
from diag_app.model.previsit import (
    CellKind,
    Place,
    RawCell,
    RawWorkbook,
    is_tick,
    read_figure,
    read_letter,
    read_level,
    read_state,
)
from diag_app.model.previsit_plan import make_plan
from diag_app.model.previsit_statement import Statement, Value, read_statement
from diag_app.model.previsit_words import line_label, value_words
from diag_app.model.proposal.voice import Voice
from tests.forms.packs import shipped_pack
from tests.model.test_guide import shipped_guide

PACK = shipped_pack()
UNITS = LocalText(zh="台", en="units")


def cell(row_id: str, text: str, *, slot: int = 0, row: int = 9, kind: CellKind = "text") -> RawCell:
    return RawCell(row_id=row_id, slot=slot, place=Place(sheet="题目", row=row, column="E"), kind=kind, text=text)


def read(*cells: RawCell) -> Statement:
    return read_statement(RawWorkbook(manifest={}, cells=cells), PACK, ("paper_licence",))


@pytest.mark.parametrize(
    ("text", "value"),
    [("120", "120"), (" 1,234.5 ", "1234.5"), ("１２０", "120"), ("66台", "66"), ("66 units", "66"), ("0", "0")],
)
def test_a_figure_is_read_in_any_width_with_its_own_unit(text: str, value: str) -> None:
    assert read_figure(text, UNITS) == Decimal(value)


@pytest.mark.parametrize("text", ["", "约120", "1.2万", "-5", "1e5", "12人", "NaN", "1.2.3", "½"])
def test_what_is_not_surely_a_figure_is_none(text: str) -> None:
    assert read_figure(text, UNITS) is None


def test_an_option_is_read_by_its_letter_or_its_words() -> None:
    question = PACK.question("B5")
    label = question.option("C").label
    for text in ("C", "c", "Ｃ", f"C {label.zh}", f"C.{label.en}", label.zh, label.en):
        assert read_letter(text, question) == "C"
    for text in ("", "Z", "BC", "CD", "Cat", "无所谓"):
        assert read_letter(text, question) is None


def test_levels_ticks_and_states_are_read_in_both_languages() -> None:
    assert [read_level(text) for text in ("0", "3", "３级", "4 level", "不适用", "Not applicable: outsourced")] == [
        0, 3, 3, 4, "not_applicable", "not_applicable",
    ]  # fmt: skip
    assert [read_level(text) for text in ("", "5", "33", "2.5", "高")] == [None] * 5
    assert all(is_tick(text) for text in ("✓", "√", "X", "是", "yes", "1"))
    assert not any(is_tick(text) for text in ("", "no", "否", "2", "✗"))
    assert [read_state(text) for text in ("已备好", "some", "没有", "none", "lost")] == [
        "ready", None, "missing", "missing", None,
    ]  # fmt: skip


def test_cells_come_together_as_answers_in_the_order_of_the_pack() -> None:
    statement = read(
        cell("tick:B1:C", "✓", row=12),
        cell("tick:B1:B", "✓", row=11),
        cell("single:B5", "C"),
        cell("number:equipment_total", "120"),
        cell("scenario:quality", "3"),
        cell("scenario:hr", "不适用"),
        cell("scenario:hr", "外包", slot=1),
        cell("contact:1", "王强"),
        cell("contact:1", "138", slot=2),
        cell("paper:paper_licence", "已备好"),
        cell("profile:name", " 厂 "),
        cell("profile:employees", "128"),
        cell("profile:revenue_10k_cny", "6,240 万元"),
        cell("cover:filled_by", "王"),
    )
    assert statement.problems == ()
    assert {item.key: item.value for item in statement.stated} == {
        "answer:B1": ("B", "C"),
        "answer:B5": ("C",),
        "number:equipment_total": Decimal(120),
        "scenario:quality": ScenarioAnswer(level=3),
        "scenario:hr": ScenarioAnswer(not_applicable="外包"),
        "contact:1": ("王强", "", "138"),
        "paper:paper_licence": ("ready", ""),
        "profile:name": "厂",
        "profile:employees": Decimal(128),
        "profile:revenue_10k_cny": Decimal(6240),
        "cover:filled_by": "王",
    }


FAULTS: list[tuple[RawCell, str]] = [
    (cell("number:equipment_total", "=A1", kind="formula"), "CELL_FORMULA"),
    (cell("number:equipment_total", "#REF!", kind="error"), "CELL_ERROR"),
    (cell("single:B5", "C", kind="merged"), "CELL_MERGED"),
    (cell("number:equipment_total", "2026-03-12", kind="date"), "CELL_NOT_A_NUMBER"),
    (cell("number:equipment_total", "many"), "CELL_NOT_A_NUMBER"),
    (cell("number:pass_rate_last_pct", "101"), "CELL_FIGURE_IMPOSSIBLE"),
    (cell("number:wings", "2"), "CELL_ROW_UNKNOWN"),
    (cell("profile:employees", "12.5"), "CELL_NOT_A_NUMBER"),
    (cell("profile:employees", "many"), "CELL_NOT_A_NUMBER"),
    (cell("single:B5", "BC"), "CELL_NO_OPTION"),
    (cell("single:B1", "B"), "CELL_ROW_UNKNOWN"),
    (cell("single:B99", "B"), "CELL_ROW_UNKNOWN"),
    (cell("tick:B1:B", "maybe"), "CELL_NO_TICK"),
    (cell("tick:B1:Q", "✓"), "CELL_ROW_UNKNOWN"),
    (cell("tick:B5:B", "✓"), "CELL_ROW_UNKNOWN"),
    (cell("scenario:quality", "high"), "CELL_NO_LEVEL"),
    (cell("scenario:hr", "不适用"), "CELL_REASON_MISSING"),
    (cell("scenario:hr", "外包", slot=1), "CELL_REASON_ALONE"),
    (cell("scenario:flying", "2"), "CELL_ROW_UNKNOWN"),
    (cell("contact:1", "138", slot=2), "CELL_CONTACT_NAMELESS"),
    (cell("paper:paper_licence", "lost"), "CELL_NO_STATE"),
    (cell("paper:paper_licence", "next week", slot=1), "CELL_NO_STATE"),
    (cell("paper:paper_other", "已备好"), "CELL_ROW_UNKNOWN"),
    (cell("ghost:1", "boo"), "CELL_ROW_UNKNOWN"),
]


@pytest.mark.parametrize(("given", "code"), FAULTS)
def test_what_cannot_be_read_is_named_by_sheet_row_and_column(given: RawCell, code: str) -> None:
    statement = read(given)
    assert statement.stated == ()
    (problem,) = statement.problems
    assert (problem.code, problem.location) == (code, "题目!E9")
    assert {key: problem.parameters[key] for key in ("sheet", "row", "column")} == {
        "sheet": "题目",
        "row": "9",
        "column": "E",
    }


def test_half_a_choice_is_no_choice() -> None:
    spoiled = read(cell("tick:B1:B", "✓"), cell("tick:B1:C", "maybe", row=10))
    assert (spoiled.stated, [problem.code for problem in spoiled.problems]) == ((), ["CELL_NO_TICK"])
    both = read(cell("tick:B1:A", "✓"), cell("tick:B1:B", "✓", row=10))
    assert (both.stated, [problem.code for problem in both.problems]) == ((), ["CELL_NONE_WITH_OTHERS"])


def test_a_part_above_its_whole_leaves_neither_unnamed() -> None:
    statement = read(cell("number:equipment_total", "50"), cell("number:equipment_digital", "66", row=10))
    assert [problem.code for problem in statement.problems] == ["CELL_FIGURE_IMPOSSIBLE"]
    assert [item.key for item in statement.stated] == ["number:equipment_total"]


def test_a_row_that_stands_twice_counts_once_and_is_named() -> None:
    statement = read(cell("number:equipment_total", "50"), cell("number:equipment_total", "60", row=40))
    assert [item.value for item in statement.stated] == [Decimal(50)]
    assert [(problem.code, problem.location) for problem in statement.problems] == [("CELL_TWICE", "题目!E40")]


def test_an_empty_text_states_nothing() -> None:
    assert read(cell("profile:address", "  ")).stated == ()


def test_a_plan_tells_new_same_and_different_and_takes_only_what_it_is_told() -> None:
    statement = read(
        cell("single:B5", "C"), cell("number:equipment_total", "120.0", row=10), cell("scenario:quality", "3", row=11)
    )
    plan = make_plan(statement, {"answer:B5": ("B",), "number:equipment_total": Decimal(120)})
    assert [(line.key, line.verdict) for line in plan.lines] == [
        ("answer:B5", "different"),
        ("number:equipment_total", "same"),
        ("scenario:quality", "new"),
    ]
    assert [line.key for line in plan.of("different")] == ["answer:B5"]
    assert [line.key for line in plan.taken(())] == ["scenario:quality"]
    assert [line.key for line in plan.taken(["answer:B5", "number:equipment_total"])] == [
        "answer:B5",
        "scenario:quality",
    ]


WORDS: list[tuple[str, Value | None, str, str]] = [
    ("number:equipment_total", Decimal("120.0"), "Production equipment, all", "120 units"),
    ("answer:B5", ("C",), "5 Information systems", "C Two or more business links"),
    ("scenario:quality", ScenarioAnswer(level=3), "Quality management", "level 3"),
    ("scenario:hr", ScenarioAnswer(not_applicable="外包"), "Human resources", "not applicable: 外包"),
    ("paper:paper_licence", ("ready", "copy"), "Business licence, to check name and code", "ready; copy"),
    ("paper:other", ("partly", ""), "other", "partly"),
    ("contact:2", ("王强", "", "138"), "Contact 2", "王强; 138"),
    ("profile:employees", Decimal(128), "Employees", "128"),
    ("profile:address", "路", "Address", "路"),
    ("profile:other", None, "profile:other", ""),
]


@pytest.mark.parametrize(("key", "value", "label", "words"), WORDS)
def test_every_line_of_a_plan_can_be_said(key: str, value: Value | None, label: str, words: str) -> None:
    voice = Voice(language="en", translate=load_translator("en"))
    assert line_label(key, PACK, shipped_guide(), voice) == label
    assert value_words(key, value, PACK, voice) == words


def test_without_a_guide_a_paper_is_called_by_its_id() -> None:
    voice = Voice(language="en", translate=load_translator("en"))
    assert line_label("paper:paper_licence", PACK, None, voice) == "paper:paper_licence"
