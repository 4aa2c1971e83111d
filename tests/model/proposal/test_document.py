"""The document as a whole: which parts are there, both languages alike, heads short, nothing invented."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.definition import Language
from diag_app.model.content import Figure, SideBySide, Table
from diag_app.model.proposal import ProposalFacts
from diag_app.model.proposal.voice import HEAD_WIDTH, width
from tests.model.proposal.cases import (
    LANGUAGES,
    answered,
    bare,
    best_answers,
    blocks,
    chapter,
    demonstration,
    document,
    pack,
    rated,
    tables,
    whole_text,
)

ALL_PARTS = ["", "3", "4", "5", "6", "6.1", "7", "8", "8.1", "8.2", "8.3", "13", "14", "A", "B", "D"]


def not_applicable() -> ProposalFacts:
    reasons = {item.scenario_id: ScenarioAnswer(not_applicable="bought in") for item in pack().scenarios}
    facts = demonstration()
    return answered(facts, replace(facts.assessment.answers, scenarios=reasons))


CASES = {
    "demonstration": demonstration,
    "bare": bare,
    "best": lambda: answered(demonstration(), best_answers()),
    "nothing applies": not_applicable,
}


@pytest.mark.parametrize(
    ("case", "parts"),
    [
        ("demonstration", ALL_PARTS),
        ("bare", ["", "3", "6", "6.1", "7", "13", "14", "A", "D"]),
        ("best", [part for part in ALL_PARTS if part != "7"]),
        ("nothing applies", ALL_PARTS),
    ],
)
def test_a_part_without_data_is_absent_and_the_others_keep_their_numbers(case: str, parts: list[str]) -> None:
    made = document(CASES[case]())
    assert [item.number for item in made.chapters] == parts


@pytest.mark.parametrize("case", CASES)
def test_no_chapter_is_empty_and_every_one_says_something_first(case: str) -> None:
    for item in document(CASES[case]()).chapters:
        assert item.blocks
        assert item.name
        assert item.finding


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_heads_fit_26_han_characters_or_two_english_lines(case: str, language: Language) -> None:
    facts = demonstration(language) if case == "demonstration" else CASES[case]()
    for item in document(facts, language).chapters:
        assert width(item.finding, language) <= HEAD_WIDTH[language], item.finding


def shape(value: Any) -> Any:
    """The tree without its words."""
    if is_dataclass(value):
        return type(value).__name__, [shape(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [shape(item) for item in value]
    return type(value).__name__ if isinstance(value, str) else value


@pytest.mark.parametrize("case", CASES)
def test_both_languages_have_the_same_blocks_and_the_same_figures(case: str) -> None:
    facts = CASES[case]()
    chinese, english = document(facts, "zh"), document(facts, "en")
    assert shape(chinese.chapters) == shape(english.chapters)
    assert [item.number for item in chinese.chapters] == [item.number for item in english.chapters]


@pytest.mark.parametrize("case", CASES)
def test_a_chinese_report_has_no_english_sentence_of_ours(case: str) -> None:
    facts = demonstration("zh") if case == "demonstration" else CASES[case]()
    facts = replace(facts, consultant=replace(facts.consultant, name="顾问", firm="机构"))
    if case != "demonstration":
        facts = replace(facts, needs=(), evidence=(), contacts=(), assessment=replace(facts.assessment, notes={}))
        facts = replace(facts, enterprise=bare().enterprise)
    text = whole_text(document(facts, "zh")).replace("bought in", "").replace("不适用", "")
    text = re.sub(r"\w+Chart\(.*|HeatMap\(.*|Waterfall\(.*", "", text)
    runs = re.findall(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", text)
    assert runs == []


def test_every_width_adds_up_to_the_text_width() -> None:
    for item in document(demonstration()).chapters:
        for block in item.blocks:
            if isinstance(block, Table):
                assert sum(column.width_mm for column in block.columns) == 166, block.label
            if isinstance(block, SideBySide):
                narrow = [inner for inner in block.left if isinstance(inner, Table)]
                assert all(sum(column.width_mm for column in inner.columns) <= block.left_mm for inner in narrow)


@pytest.mark.parametrize("case", CASES)
def test_every_row_has_a_cell_for_each_column(case: str) -> None:
    for item in document(CASES[case]()).chapters:
        for block in blocks(item):
            if isinstance(block, Table):
                assert {len(row.cells) for row in block.rows} == {len(block.columns)}, block.label


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_count_within_their_chapter_and_none_comes_twice(language: Language) -> None:
    made = document(demonstration(language), language)
    labels = [
        block.label
        for item in made.chapters
        for block in blocks(item)
        if isinstance(block, (Table, Figure)) and block.label
    ]
    assert len(labels) == len(set(labels))
    for item in made.chapters:
        part = item.number.split(".")[0]
        own = [block.label for block in blocks(item) if isinstance(block, (Table, Figure)) and block.label]
        assert all(f"{part}-" in label for label in own)


def test_a_demonstration_is_marked_and_a_real_firm_is_not() -> None:
    facts = demonstration()
    assert document(facts, "zh").demonstration_mark == "示例·非真实企业"
    real = replace(facts.enterprise, profile=replace(facts.enterprise.profile, is_demonstration=False))
    assert document(replace(facts, enterprise=real)).demonstration_mark == ""


def test_the_cover_names_number_dates_method_and_draws_the_firms_own_board() -> None:
    facts = demonstration("zh")
    made = document(facts, "zh")
    assert dict(made.cover.facts) == {
        "报告编号": "QZ-20260327-DEMO01-R1",
        "现场日期": "2026年3月12—13日",
        "签发日期": "2026年3月27日",
        "诊断顾问": "Demo",
        "评测依据": "《中小企业数字化水平评测指标（2024年版）》工信厅企业〔2024〕56号",
        "题库": "miit-sme-2024@1.0.0",
    }
    assert made.cover.tagline == "C34　·　小型企业　·　规模以上"
    assert len(made.cover.board) == 16
    assert made.cover.board[6] == (3, True)
    assert made.issued_on == "2026-03-27"


def test_the_cover_leaves_out_what_is_not_known() -> None:
    facts = bare()
    unnumbered = replace(facts, pack=replace(facts.pack, document={}))
    made = document(unnumbered)
    assert [name for name, _ in made.cover.facts] == ["Report number", "Issued on", "Consultant", "Method", "Pack"]
    assert dict(made.cover.facts)["Method"] == '"SME Digital Level Evaluation Indicators (2024 edition)"'
    assert made.cover.tagline == ""


def test_the_same_facts_give_the_same_tree() -> None:
    assert document(demonstration("zh"), "zh") == document(demonstration("zh"), "zh")


def test_the_score_is_the_same_wherever_it_stands() -> None:
    made = document(demonstration())
    for number in ("", "6", "7", "14"):
        assert "50.70" in whole_text(replace(made, chapters=(chapter(made, number),))), number
    total = tables(chapter(made, "6"))["6-1"].rows[-1]
    assert [cell.text for cell in total.cells] == ["Total", "100", "50.70", "50.7%", ""]
    points = [row.cells[4].text for row in tables(chapter(made, "A"))["A-1"].rows]
    assert sum(map(float, points)) == pytest.approx(50.70)


@pytest.mark.parametrize("forbidden", ["guarantee", "leading", "empower", "best in class", "will receive"])
def test_the_report_promises_and_praises_nothing(forbidden: str) -> None:
    assert forbidden not in whole_text(document(demonstration())).lower()


@pytest.mark.parametrize("forbidden", ["赋能", "领先", "显著", "打造", "确保", "造假", "异常", "请"])
def test_a_chinese_report_keeps_to_plain_words(forbidden: str) -> None:
    facts = replace(demonstration("zh"), enterprise=bare().enterprise)
    assert forbidden not in whole_text(document(facts, "zh")).replace("请假", "")


def test_levels_by_hand() -> None:
    facts = demonstration()
    for level in range(5):
        case = answered(facts, replace(facts.assessment.answers, scenarios=rated(level)))
        reached = case.scorecard.level
        assert reached == min(level, 2)  # the score of the demonstration allows level 2
        summary = chapter(document(case), "").finding
        assert (f"level {reached}" in summary) == (reached > 0)
