"""Photos: recognised by their bytes, turned upright, reduced, stripped; what is no picture is refused with a code."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from diag_app.errors import DiagError
from diag_app.images import prepare_picture, sniff_media_type, thumbnail

ORIENTATION, GPS, DETAILS, TAKEN, CHANGED = 0x0112, 0x8825, 0x8769, 0x9003, 0x0132


def picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **save: Any) -> bytes:
    """A picture whose left half is red and right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **save)
    return out.getvalue()


def tagged(tags: dict[int, Any], details: dict[int, Any] | None = None, size: tuple[int, int] = (60, 40)) -> bytes:
    exif = Image.Exif()
    for tag, value in tags.items():
        exif[tag] = value
    if details:
        exif.get_ifd(DETAILS).update(details)
    return picture("JPEG", size, exif=exif)


def pixels(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def is_red(pixel: Any) -> bool:
    red, _, blue = pixel
    return bool(red > 180 and blue < 80)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "1"),
     ("WEBP", "RGB"), ("BMP", "RGB"), ("TIFF", "RGB"), ("GIF", "P")],
)  # fmt: skip
def test_every_usual_kind_of_picture_becomes_jpeg(kind: str, mode: str) -> None:
    result = prepare_picture(picture(kind, mode=mode))
    assert (result.width, result.height) == pixels(result.jpeg).size == (60, 40)
    assert result.jpeg.startswith(b"\xff\xd8\xff")
    assert result.captured_at is None


@pytest.mark.parametrize(
    ("size", "expected"),
    [((3200, 1600), (1600, 800)), ((900, 2400), (600, 1600)), ((1600, 900), (1600, 900)), ((1, 1), (1, 1))],
)
def test_the_longest_side_is_at_most_1600_pixels(size: tuple[int, int], expected: tuple[int, int]) -> None:
    result = prepare_picture(picture("PNG", size))
    assert (result.width, result.height) == expected


def test_a_picture_taken_with_the_camera_on_its_side_stands_upright() -> None:
    result = prepare_picture(tagged({ORIENTATION: 6}))  # 6: turn by 90 degrees clockwise to see it upright
    assert (result.width, result.height) == (40, 60)
    upright = pixels(result.jpeg)
    assert is_red(upright.getpixel((20, 10)))
    assert not is_red(upright.getpixel((20, 50)))


@pytest.mark.parametrize(
    ("tags", "details", "expected"),
    [
        ({}, {TAKEN: "2026:03:12 10:41:05"}, "2026-03-12T10:41:05"),
        ({CHANGED: "2026:03:13 08:00:00"}, {TAKEN: "2026:03:12 10:41:05"}, "2026-03-12T10:41:05"),
        ({CHANGED: "2026:03:13 08:00:00"}, None, "2026-03-13T08:00:00"),
        ({CHANGED: "0000:00:00 00:00:00"}, None, None),
        ({CHANGED: "yesterday"}, None, None),
        ({}, None, None),
    ],
)
def test_the_camera_says_when_a_picture_was_taken(
    tags: dict[int, Any], details: dict[int, Any], expected: str | None
) -> None:
    assert prepare_picture(tagged(tags, details)).captured_at == expected


def test_the_reduced_copy_carries_no_place_and_no_camera() -> None:
    original = tagged({0x010F: "CameraMaker", GPS: {1: "N", 2: (31.0, 14.0, 8.0)}}, {TAKEN: "2026:03:12 10:41:05"})
    assert b"CameraMaker" in original
    result = prepare_picture(original)
    assert b"Exif" not in result.jpeg
    assert not Image.open(io.BytesIO(result.jpeg)).getexif()


def test_what_is_transparent_becomes_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert pixels(prepare_picture(out.getvalue()).jpeg).getpixel((10, 10)) == (255, 255, 255)


def test_sixteen_bits_of_grey_are_scaled_not_cut() -> None:
    out = io.BytesIO()
    Image.new("I;16", (20, 20), 32768).save(out, "PNG")
    assert pixels(prepare_picture(out.getvalue()).jpeg).getpixel((10, 10)) == (128, 128, 128)


def test_the_same_bytes_give_the_same_result() -> None:
    data = picture("PNG", (2000, 1000))
    assert prepare_picture(data) == prepare_picture(data)


@pytest.mark.parametrize("longest", [16, 160, 5000])
def test_a_thumbnail_fits_its_frame_and_is_never_enlarged(longest: int) -> None:
    small = pixels(thumbnail(picture("JPEG", (600, 300)), longest))
    assert max(small.size) == min(longest, 600)


def bomb() -> bytes:
    """A PNG of 100 bytes that claims 30000 × 30000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "IMAGE_UNREADABLE"),
        (b"\xff\xd8\xff\xe0 no picture", "IMAGE_UNREADABLE"),
        (b"%PDF-1.7", "IMAGE_UNREADABLE"),
        (picture("PNG", (300, 300))[:200], "IMAGE_UNREADABLE"),
        (picture("JPEG", (300, 300))[:400], "IMAGE_UNREADABLE"),
        (bomb(), "IMAGE_TOO_LARGE"),
        (picture("PNG", (12001, 10001), mode="1"), "IMAGE_TOO_LARGE"),
    ],
)
def test_what_is_no_whole_picture_is_refused_with_a_code(data: bytes, code: str) -> None:
    for use in (prepare_picture, lambda bytes_: thumbnail(bytes_, 100)):
        with pytest.raises(DiagError) as refused:
            use(data)
        assert refused.value.code == code


@pytest.mark.warns_in_log  # Pillow's TIFF reader says there what it then raises
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_bytes_are_read_or_refused_never_anything_else(data: st.DataObject) -> None:
    whole = bytearray(
        data.draw(st.sampled_from([picture("PNG"), picture("JPEG"), picture("TIFF"), picture("WEBP"), tagged({})]))
    )
    for _ in range(data.draw(st.integers(0, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        outcome = "read" if prepare_picture(cut).jpeg else "empty"
    except DiagError as refused:
        outcome = refused.code
    assert outcome in ("read", "IMAGE_UNREADABLE", "IMAGE_TOO_LARGE")


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (picture("JPEG"), "photo.png", "image/jpeg"),
        (picture("PNG"), "photo", "image/png"),
        (picture("WEBP"), "a.webp", "image/webp"),
        (picture("GIF", mode="P"), "a.gif", "image/gif"),
        (picture("BMP"), "a.bmp", "image/bmp"),
        (picture("TIFF"), "a.tif", "image/tiff"),
        (b"%PDF-1.7 ...", "a.jpg", "application/pdf"),
        (b"PK\x03\x04...", "清单.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04...", "a.bin", "application/zip"),
        ("设备,台数".encode(), "a.csv", "text/csv"),
        (b"\x00\x01", "a.txt", "application/octet-stream"),
        (b"no picture", "a.jpg", "application/octet-stream"),
        (b"", "", "application/octet-stream"),
    ],
)
def test_the_media_type_follows_the_bytes_before_the_name(data: bytes, name: str, media_type: str) -> None:
    assert sniff_media_type(data, name) == media_type
