"""The laws of the paper, on every kind of report in both languages, read from the PDF by foreign tools."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import segno

from diag_app.forms.definition import Language
from diag_app.model.content import Document, Paragraph
from diag_app.model.content_texts import texts_of
from diag_app.report.content_digest import content_digest
from diag_app.report.pdf import render_pdf
from diag_app.report.preview import page_picture
from diag_app.report.rendered import Rendered
from tests.model.proposal.cases import LANGUAGES, demonstration
from tests.report.reading import PrintedLine, lines_of, run, squeezed, text_of, written
from tests.report.sample import document_of, photo
from tests.report.test_lines_on_paper import FORBIDDEN_END, FORBIDDEN_START
from tests.templates import built, house_template

CHARACTERS = Path(__file__).parent.parent / "data" / "tonggui-8105.txt"
KINDS = tuple(kind.kind_id for kind in house_template().kinds)
WORD = re.compile(r"[A-Za-z0-9]+(?:[.,/@-][A-Za-z0-9]+)*")
LONGEST = 14  # letters; a longer token, as a digest, may be wider than its column


@cache
def tree(kind: str, language: Language) -> Document:
    return built(demonstration(language), language, kind)


@cache
def paper(kind: str, language: Language) -> Rendered:
    return render_pdf(tree(kind, language), photo)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_golden_report_keeps_the_laws_of_its_lines_and_its_file(
    kind: str, language: Language, tmp_path: Path
) -> None:
    file = written(tmp_path, paper(kind, language).pdf)
    lines = [line for line in lines_of(file) if line.text]
    assert [line for line in lines if line.text[0] in FORBIDDEN_START] == []
    assert [line for line in lines if line.text[-1] in FORBIDDEN_END] == []
    assert split_words(lines, tree(kind, language)) == []
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", file)
    fonts = run("pdffonts", file).splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes +yes +yes +\d+ +0$", font) for font in fonts)
    assert render_pdf(tree(kind, language), photo).pdf == paper(kind, language).pdf


def split_words(lines: list[PrintedLine], document: Document) -> list[tuple[str, str]]:
    """Return the ends and beginnings of lines below each other that were one word in the tree."""
    words = {word for chapter in document.chapters for text in texts_of(chapter) for word in WORD.findall(text)}
    found = []
    for above, below in pairwise(lines):
        end, start = re.search(r"[A-Za-z0-9][A-Za-z0-9.,/@-]*$", above.text), re.match(r"[A-Za-z0-9.,/@-]+", below.text)
        if end is None or start is None or above.page != below.page or below.top < above.bottom - 2:
            continue
        whole, parts = (end[0] + start[0]).strip(".,/@-"), (end[0].strip(".,"), start[0].strip(".,"))
        if whole in words and not words.issuperset(parts) and len(whole) <= LONGEST:
            found.append((above.text, below.text))
    return found


def test_a_split_word_would_be_found() -> None:
    document = document_of(Paragraph(text="the whole thing costs 12,345.60"))

    def line(text: str, top: float) -> PrintedLine:
        return PrintedLine(1, text, 60, top, 300, top + 10)

    assert split_words([line("the whole thing costs 12,3", 100), line("45.60", 112)], document)
    assert not split_words([line("the whole", 100), line("thing costs", 112)], document)


def test_every_character_of_the_general_standard_comes_back_from_the_paper(tmp_path: Path) -> None:
    asked = "".join(
        line for line in CHARACTERS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    )
    assert len(asked) == len(set(asked)) == 8105
    result = render_pdf(document_of(Paragraph(text=asked)), photo)
    assert result.problems == ()
    printed = squeezed(text_of(written(tmp_path, result.pdf), "-f", "3"))
    assert set(asked) - set(printed) == set()
    place = -1
    for character in asked:  # in their order, whatever head and foot stands between
        place = printed.find(character, place + 1)
        assert place >= 0, character


def test_the_square_code_on_the_cover_says_number_and_digest_of_the_tree() -> None:
    document = tree("proposal", "zh")
    said = f"{document.report_number} sha256:{content_digest(document)}"
    matrix = [list(row) for row in segno.make_qr(said, error="m", boost_error=False).matrix]
    scale, millimetre = 6.0, 72 / 25.4
    page = page_picture(paper("proposal", "zh").pdf, 0, scale)
    module = 21 * millimetre / len(matrix)
    seen = []
    for row in range(len(matrix)):
        y = round((253 * millimetre + (row + 0.5) * module) * scale)
        places = (round((22 * millimetre + (column + 0.5) * module) * scale) for column in range(len(matrix)))
        seen.append([int(page.rgb[3 * (y * page.width + x)] < 128) for x in places])
    assert seen == matrix
