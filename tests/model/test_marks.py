"""Boxes and marks that can be drawn, and those that cannot."""

from __future__ import annotations

import pytest

from diag_app.model.marks import WHOLE, Box, Mark, MarkKind, Point


@pytest.mark.parametrize(
    ("corners", "sound"),
    [
        ((0, 0, WHOLE, WHOLE), True),
        ((10, 10, 11, 11), True),
        ((10, 10, 10, 20), False),
        ((20, 10, 10, 20), False),
        ((-1, 0, 5, 5), False),
        ((0, 0, WHOLE + 1, 5), False),
        ((0, 5, 5, 5), False),
    ],
)
def test_a_box_lies_on_the_picture_and_covers_some_of_it(corners: tuple[int, int, int, int], sound: bool) -> None:
    left, top, right, bottom = corners
    assert Box(left=left, top=top, right=right, bottom=bottom).is_sound is sound


def test_a_box_covers_every_pixel_it_touches() -> None:
    assert Box(left=3333, top=0, right=3334, bottom=1).pixels(3, 3) == (0, 0, 2, 1)


@pytest.mark.parametrize(
    ("kind", "points", "text", "sound"),
    [
        ("arrow", ((0, 0), (5, 5)), "", True),
        ("arrow", ((0, 0),), "", False),
        ("text", ((0, 0),), "铭牌", True),
        ("text", ((0, 0),), "", False),
        ("number", (), "1", False),
        ("pen", ((0, 0), (WHOLE + 1, 0)), "", False),
        ("box", ((0, -1), (5, 5)), "", False),
    ],
)
def test_a_mark_has_points_on_the_picture_and_words_where_words_belong(
    kind: MarkKind, points: tuple[Point, ...], text: str, sound: bool
) -> None:
    assert Mark(kind=kind, points=points, text=text).is_sound is sound
