"""PDF, Word and Excel say the same: headings, table cells and numbers, each read from its file alone."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest

from diag_app.forms.definition import Language
from diag_app.model.content import Document, Table
from diag_app.model.content_texts import blocks_of
from diag_app.model.proposal import ProposalFacts
from diag_app.report.pdf import render_pdf
from diag_app.report.report_workbook import render_workbook
from diag_app.report.word import render_word
from tests.model.proposal.cases import LANGUAGES, bare, demonstration, document
from tests.report.made_cases import made_case
from tests.report.reading import squeezed
from tests.report.sample import photo
from tests.report.word_reading import paragraphs, tables

GATE, ALL = 1, 50
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BAR = re.compile("^[█░]+$")
NUMBER = re.compile(r"[0-9][0-9.,]*")


def check(facts: ProposalFacts, language: Language) -> None:
    """Write a case three times and compare what stands in the files."""
    tree = document(facts, language)
    paper, word, book = render_pdf(tree, photo).pdf, render_word(tree, photo).data, render_workbook(tree).data
    pages = page_text(paper)
    outline = [squeezed(title) for title in outline_of(paper)]
    assert outline == [squeezed(item.text) for item in paragraphs(word) if item.style == "Heading1"]
    assert Counter(outline) <= Counter(text for row in sheet_rows(book) for text in row)

    rows = [[shown(text) for text in row] for table in tables(word) for row in table]
    asked = wanted_rows(tree)
    assert Counter(map(tuple, asked)) <= Counter(map(tuple, rows))  # cards and key figures stand in tables too
    assert Counter(map(tuple, asked)) <= Counter(map(tuple, sheet_rows(book)))
    place = 0
    for row in asked:
        place = after(pages, row, place)
    numbers = {number for row in asked for text in row for number in NUMBER.findall(text)}
    assert numbers <= set(NUMBER.findall("\n".join(text for row in rows for text in row)))
    assert numbers


def wanted_rows(tree: Document) -> list[list[str]]:
    """Return the rows of every table, heads too, as they are to be found: without blanks, bars empty."""
    found = []
    for chapter in tree.chapters:
        for block in blocks_of(chapter.blocks):
            if isinstance(block, Table):
                heads = [[squeezed(column.head) for column in block.columns]]
                lines = [[squeezed(cell.text) if cell.bar is None else "" for cell in row.cells] for row in block.rows]
                found += (heads if any(heads[0]) else []) + lines
    return found


def after(pages: str, row: list[str], place: int) -> int:
    """Return where in the pages' text a row ends that begins at or after `place`: whole, or cell by cell."""
    whole = "".join(row)
    found = pages.find(whole, place)
    if found >= 0:
        return found + len(whole)
    for cell in row:  # a row over two pages
        assert pages.find(cell, place) >= 0, (row, cell)
    return place


def page_text(pdf: bytes) -> str:
    """Return the text of a PDF in the order in which it is drawn, without blanks."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return squeezed("".join(page.get_textpage().get_text_range() for page in file))
    finally:
        file.close()


def outline_of(pdf: bytes) -> list[str]:
    file = pypdfium2.PdfDocument(pdf)
    try:
        return [item.get_title() for item in file.get_toc()]
    finally:
        file.close()


def sheet_rows(data: bytes) -> list[list[str]]:
    """Return the rows of every sheet as texts without blanks; a cell that holds a number is a bar, and empty."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return [cells for name in names for cells in rows_in(archive.read(name))]


def rows_in(sheet: bytes) -> Iterator[list[str]]:
    for row in fromstring(sheet).iter(f"{S}row"):  # noqa: S314 - written by the test a moment ago
        cells = row.iter(f"{S}c")
        yield [squeezed("".join(item.text or "" for item in cell.iter(f"{S}t"))) for cell in cells]


def shown(text: str) -> str:
    return "" if BAR.match(text) else squeezed(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demonstration_says_the_same_in_every_file(language: Language) -> None:
    check(demonstration(language), language)


@pytest.mark.heavy
def test_a_firm_of_which_nothing_is_known_says_the_same_in_every_file() -> None:
    check(bare(), "zh")


@pytest.mark.parametrize("seed", range(GATE))
def test_a_made_case_says_the_same_in_every_file(seed: int) -> None:
    language = LANGUAGES[seed % 2]
    check(made_case(seed, language), language)


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(5))
def test_fifty_made_cases_say_the_same_in_every_file(part: int) -> None:
    for seed in range(part * ALL // 5, (part + 1) * ALL // 5):
        language = LANGUAGES[seed % 2]
        check(made_case(seed, language), language)
