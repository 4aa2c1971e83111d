"""Reading a Word file back by its XML alone, with nothing of the library that wrote it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, fromstring

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class WordParagraph:
    """One paragraph: its style by identifier, and its text with breaks as line ends."""

    style: str
    text: str


def part(data: bytes, name: str) -> Element:
    """Return one part of a Word file, parsed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return fromstring(archive.read(name))  # noqa: S314 - written by the test a moment ago


def paragraphs(data: bytes) -> list[WordParagraph]:
    """Return every paragraph of the body in order, those in tables too."""
    return [_paragraph(item) for item in part(data, "word/document.xml").iter(f"{W}p")]


def tables(data: bytes) -> list[list[list[str]]]:
    """Return the innermost tables of the body as rows of cell texts."""
    innermost = (
        table for table in part(data, "word/document.xml").iter(f"{W}tbl") if len(list(table.iter(f"{W}tbl"))) == 1
    )
    return [[[_cell(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")] for table in innermost]


def style_names(data: bytes) -> dict[str, str]:
    """Return the paragraph styles by identifier with the name Word knows them by."""
    styles = part(data, "word/styles.xml").iter(f"{W}style")
    return {str(item.get(f"{W}styleId")): str(item.find(f"{W}name").get(f"{W}val")) for item in styles}  # type: ignore[union-attr]


def squeezed(text: str) -> str:
    """Return `text` without white space."""
    return re.sub(r"\s+", "", text)


def _paragraph(element: Element) -> WordParagraph:
    named = element.find(f"{W}pPr/{W}pStyle")
    return WordParagraph("" if named is None else str(named.get(f"{W}val")), "".join(_texts(element)))


def _cell(element: Element) -> str:
    return "\n".join(_paragraph(item).text for item in element.iter(f"{W}p"))


def _texts(element: Element) -> Iterator[str]:
    for item in element.iter():
        if item.tag == f"{W}t":
            yield item.text or ""
        elif item.tag == f"{W}br":
            yield "\n"
