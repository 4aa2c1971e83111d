"""Marks while they are drawn: they stay on the picture, and what is applied is what was drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.model.marks import WHOLE
from diag_app.ui.models.drafts import TOOLS, Drafts, Tool

SHIFTS = st.tuples(st.integers(-WHOLE, WHOLE), st.integers(-WHOLE, WHOLE), st.booleans())
PLACES = st.tuples(st.integers(-500, WHOLE + 500), st.integers(-500, WHOLE + 500))


@given(st.sampled_from(TOOLS), PLACES, st.lists(PLACES, max_size=5), st.lists(SHIFTS, max_size=8))
def test_no_mark_leaves_the_picture(
    tool: Tool, start: tuple[int, int], drawn: list[tuple[int, int]], shifts: list[tuple[int, int, bool]]
) -> None:
    drafts = Drafts()
    drafts.begin(tool, start)
    for place in drawn:
        drafts.draw_to(place)
    for dx, dy, is_sizing in shifts:
        drafts.move(dx, dy, is_sizing=is_sizing)
    [draft] = drafts.items
    assert all(0 <= x <= WHOLE and 0 <= y <= WHOLE for x, y in draft.points)


@given(st.sampled_from(TOOLS), SHIFTS)
def test_moving_keeps_a_marks_size(tool: Tool, shift: tuple[int, int, bool]) -> None:
    drafts = Drafts()
    drafts.add(tool)
    left, top, right, bottom = drafts.items[0].bounds
    drafts.move(shift[0], shift[1])
    x0, y0, x1, y1 = drafts.items[0].bounds
    assert (x1 - x0, y1 - y0) == (right - left, bottom - top)


def test_boxes_are_blacked_out_and_the_rest_is_drawn() -> None:
    drafts = Drafts()
    for tool in TOOLS:
        drafts.add(tool)
    assert [mark.kind for mark in drafts.marks] == ["arrow", "box", "pen", "number"]  # a text without words is none
    assert len(drafts.boxes) == 1
    drafts.step(-3)
    drafts.write("铭牌")
    assert "text" in [mark.kind for mark in drafts.marks]


def test_numbers_count_up_and_a_click_leaves_no_empty_box() -> None:
    drafts = Drafts()
    for _ in range(2):
        drafts.begin("number", (100, 100))
        drafts.end()
    drafts.begin("box", (3000, 3000))
    drafts.end()
    assert [draft.text for draft in drafts.items] == ["1", "2"]


def test_the_newest_mark_at_a_place_is_chosen_gone_through_and_taken_away() -> None:
    drafts = Drafts()
    drafts.add("box")
    drafts.add("redact")
    assert drafts.choose_at(5000, 5000)
    assert drafts.current == 1
    assert not drafts.choose_at(0, 0)
    drafts.step(1)
    assert drafts.current == 0
    drafts.remove()
    assert [draft.tool for draft in drafts.items] == ["redact"]
    drafts.remove()
    drafts.remove()
    assert (drafts.items, drafts.chosen) == ([], None)


@pytest.mark.parametrize(
    "act", [lambda d: d.step(1), lambda d: d.move(1, 1), lambda d: d.write("x"), lambda d: d.draw_to((1, 1))]
)
def test_without_a_mark_keys_do_nothing(act: object) -> None:
    drafts = Drafts()
    assert callable(act)
    act(drafts)
    assert drafts.items == []
