"""Edited pictures, whole size: turned, drawn on, blacked out. Always from decoded pixels, always without metadata."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diag_app.images.drawing import draw_marks
from diag_app.images.pictures import as_jpeg, on_white, opened, reading
from diag_app.model.marks import Box, Mark

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY = 92  # of an edited copy: it may be edited again
LOSSLESS = frozenset({"PNG", "GIF", "BMP"})  # screens and drawings, whose edges JPEG would smear
FILL = (0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Edited:
    """An edited picture at full size: pixels alone, no metadata, no embedded preview."""

    data: bytes
    media_type: str


def turned(data: bytes, quarters: int) -> Edited:
    """Return the picture turned clockwise by so many quarters; `IMAGE_UNREADABLE` or `IMAGE_TOO_LARGE`."""
    image, kind = _upright(data)
    with reading():
        return _encoded(image.rotate(-90 * (quarters % 4), expand=True), kind)


def marked(data: bytes, marks: Sequence[Mark]) -> Edited:
    """Return the picture with the marks drawn on it; the codes are those of `turned`."""
    image, kind = _upright(data)
    with reading():
        draw_marks(image, marks)
        return _encoded(image, kind)


def blacked_out(data: bytes, boxes: Sequence[Box]) -> Edited:
    """Return the picture with the boxes filled before it is encoded: what was under them is in no byte of it."""
    image, kind = _upright(data)
    with reading():
        for box in boxes:
            image.paste(FILL, box.pixels(image.width, image.height))
        return _encoded(image, kind)


def bare_copy(data: bytes) -> Edited:
    """Return the picture as it looks, without what its file says of place, camera and time."""
    image, kind = _upright(data)
    with reading():
        return _encoded(image, kind)


def _upright(data: bytes) -> tuple[Image, str]:
    """Return the decoded picture on white paper, upright, and the format it came in."""
    from PIL import ImageOps  # noqa: PLC0415

    with reading():
        image = opened(data)
        kind = image.format or ""
        image.load()
        return on_white(ImageOps.exif_transpose(image)), kind


def _encoded(image: Image, kind: str) -> Edited:
    image.info.clear()
    if kind not in LOSSLESS:
        return Edited(data=as_jpeg(image, quality=QUALITY, subsampling="4:4:4"), media_type="image/jpeg")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return Edited(data=out.getvalue(), media_type="image/png")
