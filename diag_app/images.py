"""Photos as they enter the workspace: recognised, turned upright, reduced. Pillow is loaded when first used."""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diag_app.errors import DiagError

if TYPE_CHECKING:
    from PIL.Image import Image

REDUCED_PIXELS = 1600  # longest side of the reduced copy: 300 dpi at the 135 mm a photo may take on paper
JPEG_QUALITY = 82
MAXIMUM_PIXELS = 120_000_000  # larger claims are refused before a pixel is decoded
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")

EXIF_DETAILS_IFD = 0x8769
EXIF_DATE_TAGS = (0x9003, 0x9004)  # taken, digitised
IMAGE_DATE_TAG = 0x0132

SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
)
ZIP_SIGNATURE = b"PK\x03\x04"
MEDIA_TYPES_BY_SUFFIX = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
TEXT_TYPES_BY_SUFFIX = {"csv": "text/csv", "txt": "text/plain", "json": "application/json", "md": "text/markdown"}


# What Pillow's readers raise on bytes that lie about themselves; each was met with damaged files.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, AttributeError, OverflowError,
    ZeroDivisionError, struct.error,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture reduced for screen and paper: JPEG without any metadata, size in pixels, when it was taken.

    `captured_at` is the camera's own time as ISO text without zone, null where the file does not say.
    """

    jpeg: bytes
    width: int
    height: int
    captured_at: str | None


def sniff_media_type(data: bytes, name: str) -> str:
    """Return the media type by the first bytes, by the name only where the bytes leave it open.

    A file whose name promises a picture but whose bytes are none is `application/octet-stream`.
    """
    for signature, media_type in SIGNATURES:
        if data.startswith(signature):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    suffix = name.rpartition(".")[2].lower()
    if data.startswith(ZIP_SIGNATURE):
        return MEDIA_TYPES_BY_SUFFIX.get(suffix, "application/zip")
    if suffix in TEXT_TYPES_BY_SUFFIX and b"\x00" not in data[:4096]:
        return TEXT_TYPES_BY_SUFFIX[suffix]
    return "application/octet-stream"


def prepare_picture(data: bytes) -> Picture:
    """Return the picture upright, at most 1600 px long, as JPEG; the same bytes give the same result.

    Place and camera data stay in the original file only; the reduced copy carries none.

    Raises:
        DiagError: IMAGE_UNREADABLE when the bytes are no whole picture, IMAGE_TOO_LARGE when decoding it would take
            more than `MAXIMUM_PIXELS`.
    """
    with _reading():
        image = _opened(data)
        captured_at = _captured_at(image)
        reduced = _reduced(image, REDUCED_PIXELS)
    return Picture(jpeg=_as_jpeg(reduced), width=reduced.width, height=reduced.height, captured_at=captured_at)


def thumbnail(data: bytes, max_pixels: int) -> bytes:
    """Return the picture upright as JPEG whose longest side is at most `max_pixels`.

    Raises:
        DiagError: as `prepare_picture`.
    """
    with _reading():
        reduced = _reduced(_opened(data), max_pixels)
    return _as_jpeg(reduced)


@contextmanager
def _reading() -> Iterator[None]:
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


def _opened(data: bytes) -> Image:
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
    flat = _on_white(upright)
    flat.thumbnail((max_pixels, max_pixels), Image.Resampling.LANCZOS)
    return flat


def _on_white(image: Image) -> Image:
    """Return the picture as RGB; what is transparent becomes white paper."""
    from PIL import Image  # noqa: PLC0415

    if image.mode.startswith("I"):  # 16 bits of grey: convert() alone would cut them off, not scale them
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _as_jpeg(image: Image) -> bytes:
    """Return the pixels as baseline JPEG without EXIF, profile or comment."""
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=False, subsampling="4:2:0")
    return out.getvalue()
