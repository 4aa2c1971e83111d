"""The Word file says what the content tree says, in native styles, and is the same from the same tree."""

from __future__ import annotations

import subprocess
import unicodedata
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from diag_app.forms.definition import Language
from diag_app.model.content import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    NumberedList,
    Paragraph,
    PhotoGrid,
    Row,
    SideBySide,
    Table,
)
from diag_app.report.rendered import RenderedFile
from diag_app.report.word import render_word
from diag_app.report.word_xml import clean
from tests.model.proposal.cases import demonstration, document
from tests.report.reading import text_of
from tests.report.sample import LANGUAGES, document_of, photo, sample
from tests.report.word_reading import W, paragraphs, part, squeezed, style_names, tables

# identifier: the name by which Word knows its own style
NATIVE = {
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "BodyText": "Body Text",
    "Caption": "caption",
    "ListNumber": "List Number",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "TOC1": "toc 1",
}


@cache
def rendered(language: Language) -> RenderedFile:
    return render_word(sample(language), photo)


def blocks_of(language: Language) -> list[Block]:
    """Return every block of the sample, those side by side one after the other."""
    found: list[Block] = []
    for chapter in sample(language).chapters:
        waiting = list(chapter.blocks)
        while waiting:
            block = waiting.pop(0)
            if isinstance(block, SideBySide):
                waiting = [*block.left, *block.right, *waiting]
            else:
                found.append(block)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_tree_gives_the_same_bytes(language: Language) -> None:
    assert render_word(sample(language), photo).data == rendered(language).data


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_are_native_headings_in_order(language: Language) -> None:
    headings = [item.text for item in paragraphs(rendered(language).data) if item.style == "Heading1"]
    expected = [f"{chapter.number}\u3000{chapter.name}".strip("\u3000") for chapter in sample(language).chapters]
    assert headings == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_lists_and_body_use_the_native_styles(language: Language) -> None:
    found = {(item.style, item.text) for item in paragraphs(rendered(language).data)}
    for block in blocks_of(language):
        match block:
            case Heading():
                assert (f"Heading{block.level}", block.text) in found
            case Paragraph(style="body") if block.text.strip():
                assert ("BodyText", block.text) in found
            case NumberedList():
                assert {("ListNumber", item) for item in block.items} <= found


@pytest.mark.parametrize("language", LANGUAGES)
def test_styles_carry_the_names_that_word_knows(language: Language) -> None:
    names = style_names(rendered(language).data)
    assert {identifier: names[identifier] for identifier in NATIVE} == NATIVE
    used = {item.style for item in paragraphs(rendered(language).data)}
    assert used - names.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_every_table_stands_in_a_native_table(language: Language) -> None:
    written = tables(rendered(language).data)
    for block in blocks_of(language):
        if isinstance(block, Table):
            heads = [[column.head for column in block.columns]] if any(column.head for column in block.columns) else []
            rows = [[cell.text for cell in row.cells] for row in block.rows]
            bars = [[cell.bar is not None for cell in row.cells] for row in block.rows]
            shown = [[list(row) for row in table] for table in written if len(table) == len(heads) + len(rows)]
            for table in shown:  # a share bar is drawn with squares
                for row, is_bar in zip(table[len(heads) :], bars, strict=True):
                    row[:] = ["" if bar else text for text, bar in zip(row, is_bar, strict=False)]
            assert heads + rows in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_of_tables_repeat_on_every_page(language: Language) -> None:
    heads = list(part(rendered(language).data, "word/document.xml").iter(f"{W}tblHeader"))
    with_heads = [
        block
        for block in blocks_of(language)
        if isinstance(block, Table) and any(column.head for column in block.columns)
    ]
    assert len(heads) == len(with_heads) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_and_photos_are_pictures_with_words_for_those_who_cannot_see_them(language: Language) -> None:
    described = [
        item.get("descr")
        for item in part(rendered(language).data, "word/document.xml").iter()
        if item.tag.endswith("}docPr")
    ]
    figures = [f"{block.label} {block.caption}" for block in blocks_of(language) if isinstance(block, Figure)]
    photos = [
        f"{item.label} {item.caption}"
        for block in blocks_of(language)
        if isinstance(block, PhotoGrid)
        for item in block.photos
    ]
    assert set(figures) | set(photos) <= set(described)


def test_charts_have_print_resolution() -> None:
    with zipfile.ZipFile(BytesIO(rendered("zh").data)) as archive:
        pictures = [name for name in archive.namelist() if name.endswith(".png")]
        sizes = []
        for name in pictures:
            with Image.open(BytesIO(archive.read(name))) as picture:
                sizes.append((picture.width, picture.info.get("dpi")))
    widest = max(sizes)
    assert widest[0] >= 166 / 25.4 * 300 - 1
    assert widest[1] == pytest.approx((300, 300), abs=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_head_foot_and_contents_are_fields_that_word_computes(language: Language) -> None:
    document = part(rendered(language).data, "word/document.xml")
    asked = " ".join(item.text or "" for item in document.iter(f"{W}instrText"))
    assert "TOC" in asked
    assert asked.count("PAGEREF") == len(sample(language).chapters)
    with zipfile.ZipFile(BytesIO(rendered(language).data)) as archive:
        furniture = b"".join(
            archive.read(name) for name in archive.namelist() if name.startswith(("word/header", "word/footer"))
        ).decode()
    assert "NUMPAGES" in furniture
    assert sample(language).report_number in furniture
    assert sample(language).pack_line.replace("&", "&amp;") in furniture


def test_lists_begin_at_one_each() -> None:
    items = NumberedList(items=("甲", "乙"))
    document = render_word(document_of(items, Paragraph(text="中"), items), photo).data
    numbers = [item.get(f"{W}val") for item in part(document, "word/document.xml").iter(f"{W}numId")]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2


def test_a_photo_that_cannot_be_read_leaves_its_label_and_a_warning() -> None:
    def missing(digest: str) -> bytes:
        raise KeyError(digest)

    grids = [block for block in blocks_of("zh") if isinstance(block, PhotoGrid)]
    given = render_word(document_of(*grids), missing)
    labels = [item.label for grid in grids for item in grid.photos]
    assert [problem.parameters["label"] for problem in given.problems] == labels
    assert {problem.code for problem in given.problems} == {"PICTURE_UNREADABLE"}
    shown = "".join(item.text for item in paragraphs(given.data))
    assert all(f"[{label}]" in shown for label in labels)


HOSTILE = st.text(st.characters() | st.sampled_from("\x00\x07\u202e\u200d<>&\"'=\n\r\t 𬭎😀"), min_size=0, max_size=60)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(HOSTILE, min_size=4, max_size=4))
def test_no_text_breaks_the_file_or_becomes_markup(texts: list[str]) -> None:
    heading, body, head, cell = texts
    table = Table(
        label="1", caption="", columns=(Column(head=head, width_mm=80),), rows=(Row(cells=(Cell(text=cell),)),)
    )
    data = render_word(document_of(Heading(text=heading), Paragraph(text=f"[{body}]"), table), photo).data
    written = [squeezed(item.text) for item in paragraphs(data)]
    for text in (heading, f"[{body}]", head, cell):
        assert not squeezed(text) or any(_letters(text) == _letters(shown) for shown in written)


def test_half_characters_and_controls_never_reach_the_file() -> None:
    assert clean("a\ud800b\x00c\u202ed\ufffe") == "a□bcd□"


def test_a_text_of_ten_thousand_characters_without_a_blank_is_whole() -> None:
    data = render_word(document_of(Paragraph(text="长" * 10_000)), photo).data
    assert any(item.text == "长" * 10_000 for item in paragraphs(data))


def _letters(text: str) -> str:
    """Return what every reader shows of a text: controls and half characters are another test's matter."""
    return "".join(character for character in text if unicodedata.category(character)[0] in "LNPM")


@pytest.mark.heavy
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_opens_it_without_losing_a_word(language: Language, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(rendered(language).data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=180)
    read = squeezed((tmp_path / "report.txt").read_text(encoding="utf-8-sig"))
    lost = [
        item.text
        for item in paragraphs(rendered(language).data)
        if squeezed(item.text) and squeezed(item.text) not in read and not item.style.startswith("TOC")
    ]
    assert lost == []


@pytest.mark.heavy
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_makes_a_pdf_of_it_without_losing_a_text(language: Language, tmp_path: Path) -> None:
    data = render_word(document(demonstration(language), language), photo).data
    (tmp_path / "report.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.docx")], check=True, capture_output=True, timeout=180)
    read = _letters(text_of(tmp_path / "report.pdf", "-raw"))
    texts = [_letters(item.text) for item in paragraphs(data) if not item.style.startswith("TOC")]
    parts = {text[start : start + 6] for text in texts for start in range(0, len(text), 6)}
    lost = {part for part in parts if part not in read}
    assert len(lost) <= len(parts) / 100, lost  # a part may stand over two lines of a cell, or over two pages
