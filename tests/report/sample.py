"""Two synthetic reports, one in each language, with every kind of block; the firm and its figures are invented."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from diag_app.forms.definition import Language
from diag_app.model import content
from diag_app.model.content import Block, Cell, Chapter, Column, Document, Row, Table
from diag_app.report.pdf import render_pdf
from diag_app.report.rendered import Rendered

LANGUAGES: tuple[Language, ...] = ("zh", "en")
_DATA = Path(__file__).parent.parent / "data" / "report"


@cache
def sample(language: Language) -> Document:
    """Return the report of `language`, read from `tests/data/report`: each object says what it is."""
    document = _structured(json.loads((_DATA / f"sample_{language}.json").read_text(encoding="utf-8")))
    assert isinstance(document, Document)
    return document


@cache
def rendered(language: Language) -> Rendered:
    """Return the report of `language` laid out."""
    return render_pdf(sample(language), photo)


def document_of(*blocks: Block, language: Language = "zh", finding: str = "") -> Document:
    """Return a document with one chapter of `blocks`."""
    chapter = Chapter(number="1", name="正文" if language == "zh" else "Text", finding=finding, lead="", blocks=blocks)
    return replace(sample(language), chapters=(chapter,))


def simple_table(heads: str, *rows: str, widths: tuple[float, ...], right: tuple[int, ...] = ()) -> Table:
    """Return a table from lines of text whose cells are parted by `|`."""
    columns = tuple(
        Column(head=head, width_mm=width, align="right" if index in right else "left")
        for index, (head, width) in enumerate(zip(heads.split("|"), widths, strict=True))
    )
    lines = tuple(Row(cells=tuple(Cell(text=text) for text in row.split("|"))) for row in rows)
    return Table(label="表 1-1", caption="清单", columns=columns, rows=lines)


@cache
def photo(digest: str) -> bytes:
    """Return a small JPEG, another grey for each digest."""
    shade = 90 + 20 * (int(digest[0], 16) % 8)
    picture = Image.new("RGB", (480, 360), (shade, shade + 4, shade + 2))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 80, 380, 280), fill=(40, 60, 62))
    draw.ellipse((180, 120, 300, 240), fill=(200, 205, 204))
    target = BytesIO()
    picture.save(target, "JPEG", quality=82)
    return target.getvalue()


def _structured(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_structured(item) for item in value)
    if not isinstance(value, dict):
        return value
    if value["is"] == "Decimal":
        return Decimal(value["value"])
    parts = {name: _structured(item) for name, item in value.items() if name != "is"}
    return getattr(content, value["is"])(**parts)
