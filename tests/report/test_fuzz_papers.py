"""Whatever stands in a case becomes a file or a coded problem: nothing off the page, no formula, no field, no crash."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pypdfium2
import pytest

from diag_app.forms.definition import Language
from diag_app.i18n.codes import CODES
from diag_app.model.content import Document
from diag_app.model.content_lint import lint
from diag_app.model.proposal import ProposalFacts
from diag_app.report.pdf import render_pdf
from diag_app.report.read_back import differences
from diag_app.report.report_workbook import render_workbook
from diag_app.report.word import render_word
from tests.model.proposal.cases import document
from tests.report.made_cases import crowded_case, empty_case, hostile, made_case
from tests.report.sample import photo

A4 = (595.3, 841.9)
TEXT, PATH = 1, 2  # kinds of objects of a page
OWN_FIELDS = re.compile(r"^ ?(TOC \\o|PAGEREF|PAGE|NUMPAGES|REF _Ref[0-9]+ \\h \\\* MERGEFORMAT $)")
GATE, HEAVY = 1, 300


def look_at(facts: ProposalFacts, language: Language) -> None:
    """Make every file of a case and read it for what must not be there."""
    tree = document(facts, language)
    paper = render_pdf(tree, photo)
    word, book = render_word(tree, photo), render_workbook(tree)
    found = [*lint(tree), *paper.problems, *word.problems, *book.problems]
    found += differences(tree, paper.pdf, "pdf")
    assert {problem.code for problem in found} <= CODES.keys()
    assert off_the_page(paper.pdf) == []
    assert foreign_fields(word.data) == []
    assert foreign_formulas(book.data, tree) == []


def off_the_page(pdf: bytes) -> list[tuple[int, tuple[float, ...]]]:
    """Return each text and line of a PDF that leaves the page, by the coordinates in the file."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return [
            (number, bounds)
            for number, page in enumerate(file, start=1)
            for item in page.get_objects()
            if item.type in (TEXT, PATH)
            for bounds in (item.get_bounds(),)
            if min(bounds[:2]) < -1 or bounds[2] > A4[0] + 1 or bounds[3] > A4[1] + 1
        ]
    finally:
        file.close()


def foreign_fields(data: bytes) -> list[str]:
    """Return the fields of a Word file that are not of its own furniture and contents, and what it would load."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        text = "".join(
            archive.read(name).decode() for name in names if re.match(r"word/(document|header|footer)", name)
        )
        loaded = [name for name in names if name.endswith(".rels") and b"External" in archive.read(name)]
    asked = re.findall(r"<w:instrText[^>]*>([^<]*)", text)
    return [field for field in asked if not OWN_FIELDS.match(field)] + loaded


def foreign_formulas(data: bytes, tree: Document) -> list[str]:
    """Return the formulas of a workbook that stand outside the sheets that reckon, or call for something outside."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        sheets = {name: archive.read(name).decode() for name in names}
        assert not any("externalLink" in name for name in archive.namelist())
    first_of_chapters = len(sheets) - len(tree.chapters)
    found = []
    for name, sheet in sheets.items():
        formulas = re.findall(r"<f(?: [^>]*)?>([^<]*)<", sheet)
        number = int(re.sub(r"\D", "", name))
        found += (
            formulas
            if number > first_of_chapters
            else [item for item in formulas if re.search("HYPERLINK|cmd|DDE|http", item)]
        )
    return found


@pytest.mark.parametrize("seed", range(GATE))
def test_hostile_words_become_files_and_coded_problems(seed: int) -> None:
    look_at(made_case(seed, "zh" if seed % 2 else "en", hostile), "zh" if seed % 2 else "en")


def test_a_case_in_which_everything_is_empty_becomes_files() -> None:
    look_at(empty_case("zh"), "zh")


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(10))
def test_three_hundred_hostile_cases_become_files(part: int) -> None:
    for seed in range(part * HEAVY // 10, (part + 1) * HEAVY // 10):
        look_at(made_case(1000 + seed, "zh" if seed % 2 else "en", hostile), "zh" if seed % 2 else "en")


@pytest.mark.heavy
def test_five_hundred_photos_become_files() -> None:
    look_at(crowded_case("zh"), "zh")
