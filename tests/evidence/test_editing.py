"""Edited pictures: from pixels alone, at full size, without a word of metadata."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from diag_app.errors import DiagError
from diag_app.images import bare_copy, blacked_out, marked, prepare_picture, turned
from diag_app.model.marks import WHOLE, Box, Mark
from tests.evidence.photos import CAMERA, SECRET, WIDTH, metadata, noise, photo, pieces, pixels, preview, shows_secret


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("quarters", [0, 1, 2, 3, -1, 5])
def test_a_picture_is_turned_clockwise_and_keeps_every_pixel(quarters: int) -> None:
    image = noise(3, (30, 20))
    got = pixels(turned(png(image), quarters).data)
    assert got.tobytes() == image.rotate(-90 * quarters, expand=True).tobytes()


def test_an_edited_picture_says_nothing_but_its_pixels() -> None:
    original = photo()
    assert metadata(original)
    for edited in (turned(original, 1), blacked_out(original, [SECRET]), bare_copy(original), marked(original, [])):
        assert metadata(edited.data) == {}
        assert CAMERA.encode() not in edited.data
        assert not any(piece in edited.data for piece in pieces(preview(), step=101))


def test_what_is_blacked_out_is_black_before_it_is_encoded() -> None:
    edited = blacked_out(photo(), [SECRET])
    assert pixels(edited.data).size == pixels(photo()).size
    assert not shows_secret(pixels(edited.data))
    other = pixels(edited.data).crop((WIDTH // 2 + 16, 0, WIDTH, 480))
    assert min(other.tobytes()) > 60


@given(
    st.integers(1, 80), st.integers(1, 80),
    st.integers(0, WHOLE - 1), st.integers(0, WHOLE - 1), st.integers(1, WHOLE), st.integers(1, WHOLE),
)  # fmt: skip
@settings(max_examples=60)
def test_a_box_of_any_size_hides_each_pixel_it_touches_and_no_other(
    width: int, height: int, left: int, top: int, across: int, down: int
) -> None:
    box = Box(left=left, top=top, right=min(WHOLE, left + across), bottom=min(WHOLE, top + down))
    got = pixels(blacked_out(png(Image.new("RGB", (width, height), "white")), [box]).data)
    x0, y0, x1, y1 = box.pixels(width, height)
    black = {(x, y) for x in range(width) for y in range(height) if got.getpixel((x, y)) == (0, 0, 0)}
    assert black == {(x, y) for x in range(x0, x1) for y in range(y0, y1)}
    assert black


def test_a_picture_with_losses_stays_jpeg_and_a_drawing_stays_lossless() -> None:
    assert bare_copy(photo()).media_type == "image/jpeg"
    assert bare_copy(png(noise(1, (9, 9)))).media_type == "image/png"


@pytest.mark.parametrize(
    "mark",
    [
        Mark(kind="arrow", points=((1000, 1000), (8000, 8000))),
        Mark(kind="box", points=((8000, 8000), (1000, 1000))),
        Mark(kind="pen", points=((1000, 1000), (5000, 2000), (9000, 9000))),
        Mark(kind="text", points=((1000, 1000),), text="铭牌 𬭎"),
        Mark(kind="number", points=((5000, 5000),), text="12"),
    ],
)
def test_every_mark_is_drawn_into_the_pixels_the_same_each_time(mark: Mark) -> None:
    white = png(Image.new("RGB", (400, 300), "white"))
    drawn = marked(white, [mark])
    assert drawn == marked(white, [mark])
    drawn_pixels = iter(pixels(drawn.data).tobytes())
    reds = sum(
        1 for red, green, _ in zip(drawn_pixels, drawn_pixels, drawn_pixels, strict=True) if red > 150 > 90 > green
    )
    assert reds > 50


@pytest.mark.parametrize(
    ("gps", "place"),
    [
        ({1: "N", 2: (31.0, 14.0, 8.4), 3: "E", 4: (121.0, 28.0, 12.0)}, (Decimal("31.235667"), Decimal("121.47"))),
        ({1: "S", 2: (0.0, 30.0, 0.0), 3: "W", 4: (0.0, 0.0, 36.0)}, (Decimal("-0.5"), Decimal("-0.01"))),
        ({1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}, None),
        ({1: "N", 2: (31.0, 14.0, 8.4)}, None),
        ({}, None),
    ],
)
def test_the_camera_says_where_a_picture_was_taken(
    gps: dict[int, object], place: tuple[Decimal, Decimal] | None
) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update(gps)
    out = io.BytesIO()
    noise(1, (8, 8)).save(out, "JPEG", exif=exif)
    assert prepare_picture(out.getvalue()).place == place


@pytest.mark.parametrize("broken", [b"", b"\xff\xd8\xff torn", photo()[:3000]])
def test_what_is_no_whole_picture_is_refused(broken: bytes) -> None:
    with pytest.raises(DiagError, match="IMAGE_UNREADABLE"):
        blacked_out(broken, [SECRET])
