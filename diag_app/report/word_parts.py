"""What a Word file keeps beside its text: pictures, each stored once, and the numbering of lists."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import count

from docx.document import Document as WordFile
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from PIL import Image

from diag_app.errors import DiagError, Problem, Severity
from diag_app.model.content import Photo
from diag_app.report.word_xml import NAMESPACES, picture, run

_WHOLE = 100_000  # crops are counted in thousandths of a per cent
_SHAPE = 3 / 2  # photos are shown in this shape, their middle


class Parts:
    """Adds pictures and lists to one Word file; `problems` names pictures that could not be read."""

    def __init__(self, file: WordFile, photo: Callable[[str], bytes]) -> None:
        self._file = file
        self._photo = photo
        self._numbers = count(1)
        self._list = _list_numbering(file)
        self.place = ""
        self.problems: list[Problem] = []

    def number(self) -> int:
        """Return a number that no other picture or bookmark of the file has."""
        return next(self._numbers)

    def picture(self, data: bytes, size_mm: tuple[float, float], name: str, crop: tuple[int, int] = (0, 0)) -> str:
        """Return a run that shows the picture; the same bytes are stored once."""
        relation, _ = self._file.part.get_or_add_image(BytesIO(data))
        return picture(relation, self.number(), name, size_mm, crop)

    def photo(self, photo: Photo, width: float) -> str:
        """Return a run with the middle of a photo, or its label in brackets and a problem where it cannot be read."""
        try:
            data = self._photo(photo.sha256)
            with Image.open(BytesIO(data)) as opened:
                crop = _crop(opened.width / opened.height)
            return self.picture(data, (width, width / _SHAPE), f"{photo.label} {photo.caption}", crop)
        except (DiagError, KeyError, OSError):
            self.problems.append(_unreadable(self.place, photo.label, photo.origin))
            return run(f"[{photo.label}]")

    def logo(self, sha256: str, size_mm: tuple[float, float]) -> str:
        """Return a run with the logo, nothing and a problem where it cannot be read."""
        try:
            return self.picture(self._photo(sha256), size_mm, "logo")
        except (DiagError, KeyError, OSError, UnrecognizedImageError):
            self.problems.append(_unreadable(self.place, "logo"))
            return ""

    def new_list(self) -> int:
        """Return the identifier of a numbering that begins at 1 again."""
        numbering = self._file.part.numbering_part.element
        identifier = 1 + max(int(item.get(qn("w:numId"))) for item in numbering.findall(qn("w:num")))
        numbering.append(
            parse_xml(
                f'<w:num {NAMESPACES} w:numId="{identifier}"><w:abstractNumId w:val="{self._list}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )
        return identifier


def _unreadable(place: str, label: str, origin: str = "") -> Problem:
    """Return the same as the PDF tells of the same picture: it is accepted once for both."""
    named = {"label": label, "origin": origin} if origin else {"label": label}
    return Problem(code="PICTURE_UNREADABLE", location=place, severity=Severity.WARNING, parameters=named)


def _crop(shape: float) -> tuple[int, int]:
    """Return what is cut off at the sides and at top and bottom to show the middle of a picture as wide as `shape`."""
    if shape > _SHAPE:
        return round(_WHOLE * (1 - _SHAPE / shape) / 2), 0
    return 0, round(_WHOLE * (1 - shape / _SHAPE) / 2)


def _list_numbering(file: WordFile) -> str:
    """Return the abstract numbering that the native numbered list uses."""
    listed = next(style for style in file.styles if style.style_id == "ListNumber").element
    identifier = listed.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    numbering = file.part.numbering_part.element
    number = next(item for item in numbering.findall(qn("w:num")) if item.get(qn("w:numId")) == identifier)
    return str(number.find(qn("w:abstractNumId")).get(qn("w:val")))
