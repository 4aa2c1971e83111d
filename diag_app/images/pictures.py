"""Photos as they enter the workspace: turned upright, reduced, and what the camera says of them."""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from diag_app.errors import DiagError
from diag_app.images.place import GPS_IFD, place_in

if TYPE_CHECKING:
    from PIL.Image import Image

REDUCED_PIXELS = 1600  # longest side of the reduced copy: 300 dpi at the 135 mm a photo may take on paper
JPEG_QUALITY = 82
MAXIMUM_PIXELS = 120_000_000  # larger claims are refused before a pixel is decoded
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")

EXIF_DETAILS_IFD = 0x8769
EXIF_DATE_TAGS = (0x9003, 0x9004)  # taken, digitised
IMAGE_DATE_TAG = 0x0132

# What Pillow's readers raise on bytes that lie about themselves; each was met with damaged files.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, AttributeError, OverflowError,
    ZeroDivisionError, struct.error,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture reduced for screen and paper: JPEG without any metadata, size in pixels, when and where it was taken.

    `captured_at` is the camera's own time as ISO text without zone, `place` latitude and longitude in degrees; both are
    null where the file does not say.
    """

    jpeg: bytes
    width: int
    height: int
    captured_at: str | None = None
    place: tuple[Decimal, Decimal] | None = None


def prepare_picture(data: bytes) -> Picture:
    """Return the picture upright, at most 1600 px long, as JPEG; the same bytes give the same result.

    Place and camera data stay in the original file only; the reduced copy carries none.

    Raises:
        DiagError: IMAGE_UNREADABLE when the bytes are no whole picture, IMAGE_TOO_LARGE when decoding it would take
            more than `MAXIMUM_PIXELS`.
    """
    with reading():
        image = opened(data)
        captured_at, place = _captured_at(image), _place(image)
        reduced = _reduced(image, REDUCED_PIXELS)
    jpeg = as_jpeg(reduced, quality=JPEG_QUALITY)
    return Picture(jpeg=jpeg, width=reduced.width, height=reduced.height, captured_at=captured_at, place=place)


def thumbnail(data: bytes, max_pixels: int) -> bytes:
    """Return the picture upright as JPEG whose longest side is at most `max_pixels`.

    Raises:
        DiagError: as `prepare_picture`.
    """
    with reading():
        reduced = _reduced(opened(data), max_pixels)
    return as_jpeg(reduced, quality=JPEG_QUALITY)


def picture_of_pixels(rgb: bytes, width: int, height: int) -> Picture:
    """Return pixels (three bytes each, no padding) as a reduced picture: the first page of a document."""
    from PIL import Image  # noqa: PLC0415

    with reading():
        image = Image.frombytes("RGB", (width, height), rgb)
        image.thumbnail((REDUCED_PIXELS, REDUCED_PIXELS), Image.Resampling.LANCZOS)
    return Picture(jpeg=as_jpeg(image, quality=JPEG_QUALITY), width=image.width, height=image.height)


@contextmanager
def reading() -> Iterator[None]:
    """Turn what a damaged picture raises into its code; warnings about odd tags are no reason to complain."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except MemoryError:  # a few bytes may claim pixels that this machine has no room for
        raise _too_large() from None
    except BROKEN:
        raise DiagError("IMAGE_UNREADABLE") from None


def _too_large() -> DiagError:
    return DiagError("IMAGE_TOO_LARGE", limit=str(MAXIMUM_PIXELS // 1_000_000))


def opened(data: bytes) -> Image:
    """Return the picture with its size known and no pixel decoded yet."""
    from PIL import Image  # noqa: PLC0415

    try:
        image = Image.open(io.BytesIO(data), formats=PICTURE_FORMATS)
    except Image.DecompressionBombError:
        raise _too_large() from None
    if image.width * image.height > MAXIMUM_PIXELS:
        raise _too_large()
    return image


def _captured_at(image: Image) -> str | None:
    """Return when the camera says the picture was taken, as ISO text."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(EXIF_DETAILS_IFD)
    except BROKEN:
        return None
    candidates = [details.get(tag) for tag in EXIF_DATE_TAGS] + [exif.get(IMAGE_DATE_TAG)]
    for text in candidates:
        match = re.fullmatch(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)\x00*", str(text))
        if match and match[1] != "0000":
            year, month, day, hour, minute, second = match.groups()
            return f"{year}-{month}-{day}T{hour}:{minute}:{second}"
    return None


def _place(image: Image) -> tuple[Decimal, Decimal] | None:
    """Return where the camera says the picture was taken."""
    try:
        return place_in(image.getexif().get_ifd(GPS_IFD))
    except BROKEN:
        return None


def _reduced(image: Image, max_pixels: int) -> Image:
    """Return the picture decoded, on white, upright, no side longer than `max_pixels`."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    try:
        image.draft(
            "RGB", (max_pixels * 2, max_pixels * 2)
        )  # a JPEG is decoded at a half or quarter where that suffices
        image.load()
        upright = ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, EOFError):
        raise DiagError("IMAGE_UNREADABLE") from None
    flat = on_white(upright)
    flat.thumbnail((max_pixels, max_pixels), Image.Resampling.LANCZOS)
    return flat


def on_white(image: Image) -> Image:
    """Return the picture as RGB; what is transparent becomes white paper."""
    from PIL import Image  # noqa: PLC0415

    if image.mode.startswith("I"):  # 16 bits of grey: convert() alone would cut them off, not scale them
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def as_jpeg(image: Image, *, quality: int, subsampling: str = "4:2:0") -> bytes:
    """Return the pixels as baseline JPEG without EXIF, profile or comment."""
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=False, subsampling=subsampling)
    return out.getvalue()
