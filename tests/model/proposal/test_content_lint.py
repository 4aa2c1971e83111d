"""What a report must not say or leave out is found in its tree, with the place and what it is recorded in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from diag_app.errors import Severity
from diag_app.forms.definition import Language
from diag_app.model.content import (
    BarChart,
    Block,
    Card,
    Cards,
    Cell,
    Column,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Notice,
    NumberedList,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    SideBySide,
    SignatureBoxes,
    Table,
    TermList,
)
from diag_app.model.content_lint import lint
from diag_app.model.content_texts import block_texts, texts_of
from tests.model.proposal.cases import LANGUAGES, bare, demonstration, document

CHART = BarChart(bars=(("甲", Decimal(1), Decimal(2), "1"),))
ROWS = (Row(cells=(Cell(text="12.50"), Cell(text="台"))),)
COLUMNS = (Column(head="数", width_mm=20), Column(head="", width_mm=20))
TABLE = Table(label="表 1-1", caption="清单", columns=COLUMNS, rows=ROWS)
PHOTO = Photo(sha256="1", label="E-001", caption="车间门口", detail="2026-03-17", origin="evidence:1")
GOOD: tuple[Block, ...] = (
    Paragraph(text="说明"),
    Heading(text="小节"),
    Heading(text="分节", level=3),
    TABLE,
    Figure(label="图 1-1", caption="条", chart=CHART),
    SideBySide(left=(Paragraph(text="左"),), right=(Paragraph(text="右"),), left_mm=80),
    KeyFigures(figures=(KeyFigure(figure="7", label="项"),)),
    NumberedList(items=("其一",)),
    TermList(items=(("词", "义"),)),
    Cards(cards=(Card(title="卡", paragraphs=("文",), source="源"),)),
    Notice(title="注", text="意"),
    PhotoGrid(photos=(PHOTO,)),
    SignatureBoxes(boxes=(("企业", True, "签字", "日期"),)),
)
BAD: dict[str, tuple[Block, str]] = {
    "a place not filled": (Paragraph(text="共 {count} 台"), "TEXT_UNRESOLVED"),
    "a note to oneself": (Paragraph(text="产值 TODO"), "TEXT_UNRESOLVED"),
    "a gap to fill": (Notice(title="", text="负责人【待定】"), "TEXT_UNRESOLVED"),
    "a heading over nothing": (Heading(text="空"), "SECTION_EMPTY"),
    "a table without rows": (replace(TABLE, rows=()), "TABLE_EMPTY"),
    "a table without caption": (replace(TABLE, caption=" "), "CAPTION_MISSING"),
    "a caption without number": (Figure(label="", caption="条", chart=CHART), "CAPTION_MISSING"),
    "a picture without words": (PhotoGrid(photos=(replace(PHOTO, caption=""),)), "PHOTO_UNCAPTIONED"),
    "a picture with its file's name": (PhotoGrid(photos=(replace(PHOTO, caption="IMG_01.JPG"),)), "PHOTO_UNCAPTIONED"),
}


def codes(*blocks: Block, finding: str = "", language: str = "zh", name: str = "正文") -> list[str]:
    made = document(bare(), "en" if language == "en" else "zh")
    chapter = replace(made.chapters[0], name=name, finding=finding, lead="", blocks=blocks, origin="plan")
    return [problem.code for problem in lint(replace(made, chapters=(chapter,)))]


def test_a_good_chapter_has_no_problem() -> None:
    assert codes(*GOOD, finding="共 12.50 台，7 项") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_the_demonstration_nor_a_firm_of_which_nothing_is_known_has_one(language: Language) -> None:
    assert lint(document(demonstration(language), language)) == ()
    assert lint(document(bare(), language)) == ()


@pytest.mark.parametrize(("block", "code"), BAD.values(), ids=BAD)
def test_each_fault_has_its_code(block: Block, code: str) -> None:
    assert codes(Paragraph(text="前"), block) == [code]
    assert codes(SideBySide(left=(Paragraph(text="前"),), right=(block,), left_mm=80)) == [code]


def test_a_chapter_without_name_or_blocks_is_empty() -> None:
    assert codes() == codes(Paragraph(text="前"), name=" ") == ["SECTION_EMPTY"]
    assert codes(Heading(text="空"), Heading(text="满"), TABLE) == ["SECTION_EMPTY"]


def test_a_figure_of_a_finding_stands_in_the_report() -> None:
    assert codes(TABLE, finding="共 12.5 台") == ["FINDING_FIGURE_UNKNOWN"]
    assert codes(TABLE, finding="报告 QZ-20260327") == []  # the cover says it


def test_two_chapters_with_one_number_are_named() -> None:
    made = document(bare(), "zh")
    first = replace(made.chapters[0], number="5", finding="", lead="", blocks=(TABLE,))
    plain = replace(first, number="")
    found = lint(replace(made, chapters=(plain, plain, first, replace(first, number="6"), first)))
    assert [(problem.code, problem.severity, problem.location[0]) for problem in found] == [
        ("NUMBER_TWICE", Severity.WARNING, "5")
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("见附录C，另见表 1-1", ["附录C"]),
        ("第 7 章和第1章；表9-3、图 B-2", ["第 7 章", "表9-3", "图 B-2"]),
        ("see annex C, Annex B and chapter 3, Figure 2-1", ["annex C", "chapter 3", "Figure 2-1"]),
        ("205-1 表，第三章，附录 A4 图纸，表 2026-03，chapter by chapter, an annex", []),
    ],
)
def test_a_number_typed_by_hand_that_the_report_does_not_have_is_named(text: str, named: list[str]) -> None:
    """It may be meant of another document, so it is only a warning."""
    made = document(bare(), "zh")
    first = replace(made.chapters[0], number="1", finding="", lead="", blocks=(TABLE, Paragraph(text=text)))
    annex = replace(first, number="B", blocks=(Paragraph(text="有"),))
    found = lint(replace(made, chapters=(first, annex)))
    assert {(problem.code, problem.severity) for problem in found} <= {("PLACE_UNKNOWN", Severity.WARNING)}
    assert [problem.parameters["name"] for problem in found] == named


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("负责人说夜班看不出来", ["TEXT_UNTRANSLATED"]),
        ("䶮㛃 is the name", []),
        ("after the Guide to the Digital Transformation (中小企业数字化转型指南)", []),
    ],
)
def test_an_english_report_says_nothing_in_chinese_alone(text: str, found: list[str]) -> None:
    assert codes(Paragraph(text=text), language="en") == found
    assert codes(Paragraph(text=text)) == []


def test_the_name_of_the_firm_may_be_chinese() -> None:
    made = document(bare(), "en")
    firm = "恒信精密机械有限公司"
    chapter = replace(made.chapters[0], finding="", lead="", blocks=(Paragraph(text=firm),))
    named = replace(made, cover=replace(made.cover, firm=firm), author="", chapters=(chapter,))
    assert lint(named) == ()


def test_a_problem_says_where_it_is_recorded() -> None:
    made = document(bare(), "zh")
    photos = PhotoGrid(photos=(replace(PHOTO, caption=""), replace(PHOTO, caption="", origin="")))
    chapter = replace(made.chapters[0], number="4", name="现场", finding="", blocks=(photos,), origin="visit")
    own, chapters = lint(replace(made, chapters=(chapter,)))
    assert (own.location, own.severity, own.parameters["origin"]) == ("4 现场", Severity.WARNING, "evidence:1")
    assert chapters.parameters["origin"] == "visit"
    (nowhere,) = lint(replace(made, chapters=(replace(chapter, blocks=(Heading(text="空"),), origin=""),)))
    assert (nowhere.severity, "origin" in nowhere.parameters) == (Severity.ERROR, False)


def test_every_text_of_a_chapter_is_read() -> None:
    chapter = replace(document(bare(), "zh").chapters[0], blocks=GOOD)
    found = list(texts_of(chapter))
    assert {"说明", "分节", "12.50", "数", "条", "左", "右", "7", "其一", "义", "文", "源", "意", "签字"} <= set(found)
    assert "" not in found
    assert list(block_texts(GOOD[5])) == ["左", "右"]
