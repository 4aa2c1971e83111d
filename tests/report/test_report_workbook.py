"""The workbook reckons the same score as the program, and says what the content tree says."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from diag_app.codec import plain_decimal
from diag_app.forms.answers import Answers
from diag_app.forms.definition import Language
from diag_app.forms.scoring import score
from diag_app.model.content import Cell, Column, Document, Paragraph, Row, Table
from diag_app.report.report_workbook import render_workbook
from tests.forms.answer_sets import answer_sets
from tests.forms.packs import shipped_pack
from tests.model.proposal.cases import answered, blocks, demonstration, document
from tests.report.sample import LANGUAGES, document_of, sample

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\x00\x07", "=cmd|' /C calc'!A0", "长" * 40_000, "<b>&\"'", "")


def opened(tree: Document) -> Workbook:
    return load_workbook(BytesIO(render_workbook(tree).data))


def case(answers: Answers, language: Language = "zh") -> Document:
    return document(answered(demonstration(language), answers), language)


def texts(book: Workbook) -> set[str]:
    return {str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_tree_gives_the_same_bytes(language: Language) -> None:
    tree = document(demonstration(language), language)
    assert render_workbook(tree).data == render_workbook(tree).data


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_every_table_stands_in_the_workbook(language: Language) -> None:
    tree = document(demonstration(language), language)
    written = texts(opened(tree))
    for chapter in tree.chapters:
        for block in blocks(chapter):
            if isinstance(block, Table):
                wanted = {cell.text for row in block.rows for cell in row.cells if cell.text and cell.bar is None}
                assert wanted - written == set(), block.label


def test_points_and_level_are_formulas_and_answers_can_be_changed() -> None:
    tree = document(demonstration("zh"), "zh")
    book = opened(tree)
    assert tree.calculation is not None
    names = tree.calculation.words
    answers = book[names.answers]
    earned = [row[7].value for row in answers.iter_rows(min_row=4) if row[7].value is not None]
    assert all(str(value).startswith("=") for value in earned)
    chosen = [row[3] for row in answers.iter_rows(min_row=4) if row[2].value is not None]
    assert {cell.protection.locked for cell in chosen} == {False}
    assert len(chosen) == sum(len(question.options) for question in shipped_pack().questions)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_read_as_a_formula(text: str) -> None:
    table = Table(
        label=text, caption=text, columns=(Column(head=text, width_mm=166),), rows=(Row(cells=(Cell(text=text),)),)
    )
    tree = replace(document_of(Paragraph(text=text), table, finding=text), calculation=None)
    book = opened(tree)
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


def test_chapters_with_the_same_name_have_sheets_of_their_own() -> None:
    tree = document_of(Paragraph(text="a"))
    book = opened(replace(tree, chapters=tree.chapters * 3))
    assert len(book.sheetnames) == len(set(book.sheetnames)) == 4


@pytest.mark.parametrize("head", ["\x00\x1b甲\r\n乙", "&D&Z&F" * 90, "&", "", "厂" * 900])
def test_a_running_head_is_text_and_no_field(head: str) -> None:
    book = opened(replace(document_of(Paragraph(text="a")), running_head=head))
    for sheet in book:
        item = sheet.HeaderFooter.oddHeader
        text = "" if item is None else str(item.left.text or "")
        assert "&" not in text.replace("&&", "")
        assert len(text) <= 255


@pytest.mark.parametrize("name", ["\x00\x07\ufffe甲", "🏭" * 40, "a/b:c*[d]", "'", ""])
def test_a_sheet_has_a_name_that_excel_takes(name: str) -> None:
    tree = document_of(Paragraph(text="a"))
    named = replace(tree, chapters=(replace(tree.chapters[0], number="", name=name),) * 2)
    assert all(0 < len(title.encode("utf-16-le")) <= 62 for title in opened(named).sheetnames)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tree_without_calculation_has_no_formulas(language: Language) -> None:
    book = opened(sample(language))
    assert [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []


@pytest.mark.heavy
@settings(max_examples=1, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(answer_sets(), min_size=24, max_size=24))
def test_a_spreadsheet_reckons_the_programs_score(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Answers]
) -> None:
    folder = tmp_path_factory.mktemp("books")
    cases = [demonstration("zh").assessment.answers, *drawn]
    for number, answers in enumerate(cases):
        (folder / f"{number}.xlsx").write_bytes(render_workbook(case(answers)).data)
    for number, (given_score, level) in enumerate(recalculated(folder, len(cases))):
        card = score(shipped_pack(), cases[number])
        assert (given_score, level) == (plain_decimal(card.score), card.level), cases[number]


def recalculated(folder: Path, count: int) -> list[tuple[str, int]]:
    """Return score and level of each workbook as LibreOffice reckons them."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    files = [str(folder / f"{number}.xlsx") for number in range(count)]
    subprocess.run([*command, "--outdir", str(folder / "out"), *files], check=True, capture_output=True, timeout=600)
    found = []
    for number in range(count):
        book = load_workbook(folder / "out" / f"{number}.xlsx", data_only=True)
        cover = book.worksheets[0]
        results = [row[1].value for row in cover.iter_rows() if row[1].value is not None][-2:]
        found.append((plain_decimal(Decimal(str(results[0]))), int(str(results[1]))))
    return found
