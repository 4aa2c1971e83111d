"""Synthetic documents for the tests of the layout: every block in both languages, all firms invented."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from diag_app.forms.definition import Language
from diag_app.model.content import (
    BarChart,
    Block,
    Card,
    Cards,
    Cell,
    Chapter,
    Column,
    Cover,
    Document,
    Figure,
    Heading,
    HeatMap,
    HeatRow,
    KeyFigure,
    KeyFigures,
    LadderChart,
    LadderStep,
    Notice,
    NumberedList,
    Paragraph,
    Photo,
    PhotoGrid,
    RadarChart,
    Row,
    SideBySide,
    SignatureBoxes,
    Table,
    TermList,
    Waterfall,
)

D = Decimal
BOARD = (2, 1, 2, 1, 1, 2, 2, 1, 2, 1, 3, 2, 3, 2, 3, 1)
CONSTRAINED = (1, 3, 6, 7, 8, 9, 10, 11, 12, 13)
TARGETS = (5, 6, 7, 8, 10)


def photo(digest: str) -> bytes:
    """Return a small JPEG, another grey for each digest."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    shade = 90 + 20 * (int(digest[0], 16) % 8)
    picture = Image.new("RGB", (480, 360), (shade, shade + 4, shade + 2))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 80, 380, 280), fill=(40, 60, 62))
    draw.ellipse((180, 120, 300, 240), fill=(200, 205, 204))
    target = BytesIO()
    picture.save(target, "JPEG", quality=82)
    return target.getvalue()


def table(
    label: str, caption: str, columns: str, rows: list[str], *, note: str = "", kinds: dict[int, str] | None = None
) -> Table:
    """Return a table from lines of text: columns `head:width:align|…`, cells parted by `|`, `*` bold, `!` signal."""
    heads = [f"{part}:l".split(":")[:3] for part in columns.split("|")]
    return Table(
        label=label,
        caption=caption,
        columns=tuple(
            Column(head=head, width_mm=float(width), align="right" if align == "r" else "left")
            for head, width, align in heads
        ),
        rows=tuple(
            Row(cells=tuple(map(cell, row.split("|"))), kind=(kinds or {}).get(number, "plain"))  # type: ignore[arg-type]
            for number, row in enumerate(rows)
        ),
        note=note,
    )


def cell(text: str) -> Cell:
    """Return a cell: `#0.5` is a bar, `*` bold, `!` signal, `~` soft."""
    if text.startswith(("#", "!#")):
        return Cell(bar=D(text.lstrip("!#")), tone="signal" if text[0] == "!" else "plain")
    tones = {"*": "bold", "!": "signal", "~": "soft"}
    return Cell(text=text[1:], tone=tones[text[0]]) if text[:1] in tones else Cell(text=text)  # type: ignore[arg-type]
