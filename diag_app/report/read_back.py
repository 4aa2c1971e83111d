"""Reading a written report back, with nothing of what wrote it, to see that it says what the content tree says."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Literal
from xml.etree.ElementTree import iterparse  # nosec B405 - see its use

from diag_app.errors import Problem, Severity
from diag_app.model.content import Chapter, Document, KeyFigures, Table
from diag_app.model.content_lint import NUMBER
from diag_app.model.content_texts import blocks_of

Kind = Literal["pdf", "docx", "xlsx"]
_LONGEST_NUMBER = 30  # a longer run of digits may be broken over lines or pages
_LEAST_TELLING = 6  # a number so long is found by chance in no run of letters
_CODE = "U+{:04X}"  # what stands for a character without a glyph


def written_text(data: bytes, kind: Kind) -> str:
    """Return the text of a written report as a reader finds it: pages, paragraphs and cells parted by line ends."""
    return _pdf_text(data) if kind == "pdf" else "\n".join(_office_texts(data))


def differences(document: Document, data: bytes, kind: Kind) -> tuple[Problem, ...]:
    """Return `OUTPUT_DIFFERS` for each name or number of the tree that the written file does not hold.

    Read are the firm, the report number, the chapters' names, and the numbers of tables and key figures.
    """
    text = written_text(data, kind)
    letters = _letters(text)
    squeezed = "".join(text.split())
    numbers = set(NUMBER.findall(text))
    found = []
    for place, wanted in _names(document):
        if not all(_letters(part) in letters for part in _shown_parts(wanted, text)):
            found.append((place, wanted))
    for place, number in _numbers(document):
        is_long = len(number) >= _LEAST_TELLING and number in squeezed
        if number not in numbers and not is_long and len(number) <= _LONGEST_NUMBER:
            found.append((place, number))
    return tuple(
        Problem(
            code="OUTPUT_DIFFERS",
            location=place,
            severity=Severity.ERROR,
            parameters={"text": wanted[:60], "kind": kind, "language": document.language},
        )
        for place, wanted in dict.fromkeys(found)
    )


def _names(document: Document) -> Iterator[tuple[str, str]]:
    cover = document.cover
    for text in (cover.firm, document.report_number):
        if text.strip():
            yield cover.title, text
    for chapter in document.chapters:
        if chapter.name.strip():
            yield _place(chapter), chapter.name


def _numbers(document: Document) -> Iterator[tuple[str, str]]:
    for chapter in document.chapters:
        for block in blocks_of(chapter.blocks):
            if isinstance(block, Table):
                texts = [cell.text for row in block.rows for cell in row.cells if cell.bar is None]
            elif isinstance(block, KeyFigures):
                texts = [item.figure for item in block.figures]
            else:
                continue
            for text in texts:
                yield from ((_place(chapter), number) for number in NUMBER.findall(_visible(text)))


def _shown_parts(wanted: str, text: str) -> list[str]:
    """Return `wanted` parted where a character without a glyph is, which its code point stands for."""
    missing = {character for character in wanted if _CODE.format(ord(character)) in text}
    return "".join("\n" if character in missing else character for character in wanted).split("\n")


def _letters(text: str) -> str:
    """Return the letters and digits of a text: writers set quotation marks, dashes and blanks in their own ways."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def _visible(text: str) -> str:
    """Return `text` without the characters that have no shape of their own."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def _place(chapter: Chapter) -> str:
    return " ".join(part for part in (chapter.number, chapter.name) if part)


def _pdf_text(data: bytes) -> str:
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _office_texts(data: bytes) -> Iterator[str]:
    """Yield the texts of every part that holds some: of Word's paragraphs, Excel's strings and cells."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith(("word/document", "word/header", "word/footer", "xl/sharedStrings", "xl/worksheets/")):
                yield from _part_texts(archive.read(name))


def _part_texts(part: bytes) -> Iterator[str]:
    """Yield the texts of one part, written by us a moment ago."""
    texts: list[str] = []
    for _, element in iterparse(BytesIO(part)):  # noqa: S314 - it comes from no one else
        name = element.tag.rpartition("}")[2]
        if name == "t" or (name == "v" and not texts):
            texts.append(element.text or "")
        elif name in ("br", "tab"):
            texts.append("\n")
        elif name in ("p", "si", "is", "c"):
            yield "".join(texts)
            texts.clear()
            element.clear()
