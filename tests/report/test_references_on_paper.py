"""What a text says of another place leads there: in the PDF by a link, in Word by a field; Excel has the words."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from diag_app.model.content import Chapter, Document, Figure, Paragraph, PhotoGrid
from diag_app.model.content_references import Reference
from diag_app.model.content_texts import leading, texts_of
from diag_app.report.pdf import render_pdf
from diag_app.report.report_workbook import render_workbook
from diag_app.report.word import render_word
from tests.model.proposal.cases import LANGUAGES, demonstration, document
from tests.report.reading import squeezed
from tests.report.sample import photo
from tests.report.test_parity import sheet_rows
from tests.report.word_reading import W, part

EDGE = 0.8  # points that a link is read within
HIGH = 30.0  # points below its bookmark in which a place says its number


@dataclass(frozen=True)
class Paper:
    """A tree with its three files."""

    tree: Document
    pdf: bytes
    word: bytes
    book: bytes


@pytest.fixture(scope="module", params=LANGUAGES)
def paper(request: pytest.FixtureRequest) -> Paper:
    tree = without_charts(document(demonstration(request.param), request.param))
    return Paper(tree, render_pdf(tree, photo).pdf, render_word(tree, photo).data, render_workbook(tree).data)


def test_every_reference_is_a_link_to_where_its_place_says_its_number(paper: Paper) -> None:
    named = {squeezed(item.words): squeezed(item.named) for item in leading(paper.tree)}
    printed = "".join(words for words, _ in links(paper.pdf) if words)
    assert {words for words in named if words in printed} == set(named)
    asked = Counter(squeezed(item.words) for item in leading(paper.tree))
    found = [(words, place) for words, place in links(paper.pdf) if words in named]
    assert len(found) >= len(asked)
    for words, place in found:
        assert named[words] in place, (words, place)


def test_a_reference_in_word_repeats_what_its_bookmark_stands_around(paper: Paper) -> None:
    body = part(paper.word, "word/document.xml")
    bookmarks: dict[str, str] = {}
    for heading in body.iter(f"{W}p"):
        inside: dict[str, str] = {}
        for element in heading.iter():
            if element.tag == f"{W}bookmarkStart":
                inside[str(element.get(f"{W}id"))] = str(element.get(f"{W}name"))
                bookmarks.setdefault(str(element.get(f"{W}name")), "")
            elif element.tag == f"{W}bookmarkEnd":
                inside.pop(str(element.get(f"{W}id")))
            elif element.tag == f"{W}t":
                bookmarks |= {name: bookmarks[name] + (element.text or "") for name in inside.values()}
    fields = []
    for link in body.iter(f"{W}hyperlink"):
        asked = "".join(item.text or "" for item in link.iter(f"{W}instrText"))
        if target := re.search(r"REF (_Ref[0-9]+) ", asked):
            shown = "".join(item.text or "" for item in link.iter(f"{W}t"))
            assert link.get(f"{W}anchor") == target[1]
            assert bookmarks[target[1]] in shown
            fields.append(shown)
    assert set(fields) == {item.words for item in leading(paper.tree)}
    assert len(fields) >= len(paper.tree.references)


def test_a_workbook_has_the_words(paper: Paper) -> None:
    said = {text for row in sheet_rows(paper.book) for text in row}
    bodies = {squeezed(item.text) for item in leading(paper.tree) if item.text != paper.tree.cover.board_note}
    assert bodies
    assert [text for text in bodies if not any(text in shown for shown in said)] == []


def test_a_preview_of_what_leads_nowhere_is_still_a_file() -> None:
    tree = document(demonstration())
    nowhere = Reference(before="see ", words="[gone]", after="", named="[gone]", target="gone")
    chapter = Chapter(number="1", name="n", finding="", lead="", blocks=(Paragraph(text="see [gone]"),))
    lost = replace(tree, chapters=(chapter,), references=(nowhere,))
    assert not [place for words, place in links(render_pdf(lost, photo).pdf) if "gone" in words]
    assert b"gone" not in b"".join(re.findall(rb'w:anchor="[^"]*"', render_word(lost, photo).data))


def without_charts(tree: Document) -> Document:
    """The tree without its figures, which take long to draw and to which nothing leads."""
    chapters = tuple(
        replace(item, blocks=tuple(block for block in item.blocks if not isinstance(block, Figure | PhotoGrid)))
        for item in tree.chapters
    )
    said = {text for item in chapters for text in (item.lead, *texts_of(item))} | {tree.cover.board_note}
    return replace(tree, chapters=chapters, references=tuple(item for item in tree.references if item.text in said))


def links(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Yield the words under each link of a PDF and what stands where it leads, without blanks."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage() for page in file]
        for page, text in zip(file, texts, strict=True):
            place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
            while pdfium.FPDFLink_Enumerate(page, place, link):
                box = pdfium.FS_RECTF()
                pdfium.FPDFLink_GetAnnotRect(link, box)
                words = text.get_text_bounded(box.left + EDGE, box.bottom, box.right - EDGE, box.top)
                target = pdfium.FPDFLink_GetDest(file, link)
                flags, (x, y, zoom) = [ctypes.c_int() for _ in range(3)], [ctypes.c_float() for _ in range(3)]
                pdfium.FPDFDest_GetLocationInPage(target, flags[0], flags[1], flags[2], x, y, zoom)
                there = texts[pdfium.FPDFDest_GetDestPageIndex(file, target)]
                yield squeezed(words), squeezed(there.get_text_bounded(0, y.value - HIGH, 600, y.value + 1))
    finally:
        file.close()
