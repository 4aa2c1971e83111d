"""Many pictures on one: small, in rows by page and columns by look, each with its name under it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from diag_app.paths import resource

WIDTH, GAP, CAPTION = 300, 10, 20
GROUND, INK = "#E9EEED", "#15211F"
COLOURS = 64


def write_sheet(rows: Sequence[tuple[str, Sequence[Path]]], sheet: Path) -> None:
    """Write a sheet with a row for each page."""
    font = ImageFont.truetype(str(resource("fonts", "NotoSansSC-Regular.ttf")), 13)
    columns = max(len(pictures) for _, pictures in rows)
    height = max(_small(picture).height for _, pictures in rows for picture in pictures) + CAPTION
    drawn = Image.new("RGB", (columns * (WIDTH + GAP) + GAP, len(rows) * (height + GAP) + GAP), GROUND)
    pen = ImageDraw.Draw(drawn)
    for row, (name, pictures) in enumerate(rows):
        for column, picture in enumerate(pictures):
            place = GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)
            drawn.paste(_small(picture), (place[0], place[1] + CAPTION))
            pen.text(place, f"{name} · {picture.parent.name}", fill=INK, font=font)
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(sheet, optimize=True)


def _small(picture: Path) -> Image.Image:
    with Image.open(picture) as full:
        return full.convert("RGB").resize((WIDTH, round(full.height * WIDTH / full.width)), Image.Resampling.LANCZOS)
