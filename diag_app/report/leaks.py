"""Searching a finished file for what its copy withholds: texts, metadata, outlines, links, attachments, pictures."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import BytesIO
from typing import Literal
from xml.etree.ElementTree import iterparse  # nosec B405 - see its use

from diag_app.errors import Problem, Severity

Kind = Literal["pdf", "docx", "xlsx"]
_LONG_NUMBER = 7  # digits; so many in a row are looked for across blanks and dashes, as a number is written
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\s\-.,·()]+(?=[0-9])")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_HAN = re.compile(r"[\u2e80-\U0003ffff]")
_CAMERA_DATA = b"Exif\x00\x00"


def leaks(
    data: bytes, kind: Kind, secrets: Iterable[tuple[str, str]], pictures: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Return `COPY_LEAKS` for each place of a finished file that holds what the copy withholds; never the value itself.

    Args:
        data: the file as it would be given away.
        kind: what it is.
        secrets: pairs of what a value is and the value.
        pictures: SHA-256 of the pictures that must not be in it; camera data in any picture is a leak as well.
    """
    asked = [(name, _Value(text)) for name, text in secrets]
    found: dict[tuple[str, str], None] = {}
    for place, text, is_prose in _texts(data, kind):
        read = _Read(text, is_prose=is_prose)
        found |= {(name, place): None for name, value in asked if value.is_in(read)}
    for place, picture in _pictures(data, kind):
        if sha256(picture).hexdigest() in pictures:
            found["picture", place] = None
        if _CAMERA_DATA in picture[:65536]:
            found["camera data", place] = None
    return tuple(
        Problem(code="COPY_LEAKS", location=f"{kind}: {place}", severity=Severity.ERROR, parameters={"kind": name})
        for name, place in found
    )


class _Read:
    """A text in the forms that values are looked for in; short figures are not where no person reads."""

    def __init__(self, text: str, *, is_prose: bool) -> None:
        self.is_prose = is_prose
        whole = unicodedata.normalize("NFKC", text).casefold()
        self.words = " ".join(_THOUSANDS.sub("", whole).split())
        self.squeezed = "".join(whole.split())
        self.digits = _BETWEEN_DIGITS.sub("", whole)


class _Value:
    """A withheld value: in Chinese found across line ends, a long number across its parting, a word as a word."""

    def __init__(self, text: str) -> None:
        whole = unicodedata.normalize("NFKC", text).casefold()
        digits = re.sub(r"[\s\-.,·()+]", "", whole)
        self._digits = digits if digits.isdigit() and len(digits) >= _LONG_NUMBER else ""
        self._is_figure = digits.isdigit() and not self._digits
        self._squeezed = "".join(whole.split()) if _HAN.search(whole) else ""
        words = re.escape(" ".join(_THOUSANDS.sub("", whole).split()))
        self._word = re.compile(rf"(?<![0-9a-z.]){words}(?![0-9a-z]|\.[0-9])")

    def is_in(self, read: _Read) -> bool:
        if self._is_figure and not read.is_prose:
            return False
        if self._digits:
            return self._digits in read.digits
        return self._squeezed in read.squeezed if self._squeezed else self._word.search(read.words) is not None


def _texts(data: bytes, kind: Kind) -> Iterator[tuple[str, str, bool]]:
    """Yield each place of a file with its text, and whether a person reads it."""
    return _pdf_texts(data) if kind == "pdf" else _office_texts(data)


def _pdf_texts(data: bytes) -> Iterator[tuple[str, str, bool]]:
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(document, start=1):
            yield f"page {number}", page.get_textpage().get_text_bounded(), True
        for name, text in document.get_metadata_dict().items():
            yield f"metadata {name}", text, True
        yield "outline", "\n".join(entry.get_title() for entry in document.get_toc()), True
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            content = bytes(attached.get_data()).decode("utf-8", "replace")
            yield f"attachment {number + 1}", f"{attached.get_name()}\n{content}", True
    finally:
        document.close()
    yield "raw bytes", data.decode("latin-1"), False


def _office_texts(data: bytes) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts and attributes of every part, and what the archive itself says."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        yield "archive", archive.comment.decode("utf-8", "replace"), True
        for name in archive.namelist():
            yield "part names", name, False
            if name.endswith((".xml", ".rels")):
                said: list[str] = []
                attributes: list[str] = []
                for _, element in iterparse(BytesIO(archive.read(name))):  # noqa: S314 - written by us a moment ago
                    said += [element.text or "", element.tail or ""]
                    attributes += element.attrib.values()
                yield name, "\n".join(said), True
                yield f"{name}, runs joined", "".join(said), False
                yield f"{name}, attributes", "|".join(attributes), False


def _pictures(data: bytes, kind: Kind) -> Iterator[tuple[str, bytes]]:
    if kind == "pdf":
        yield from _pdf_pictures(data)
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                yield name, archive.read(name)


def _pdf_pictures(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each picture as it was before it was put into the file."""
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(document, start=1):
            for item in page.get_objects():
                if isinstance(item, pypdfium2.PdfImage):
                    yield f"page {number}", bytes(item.get_data(decode_simple=True))
    finally:
        document.close()
