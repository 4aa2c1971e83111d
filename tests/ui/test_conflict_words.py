"""The words of a conflict: no register is called by its inner name, and two sides that differ never read the same."""

from __future__ import annotations

from typing import Any

import pytest

from diag_app.i18n import load_translator
from diag_app.model.conflict import Conflict, Side
from diag_app.model.ops import ValueState
from diag_app.model.shapes import SHAPES
from diag_app.ui.models.conflict_words import REGISTERS, register_words, side_words
from diag_app.ui.models.conflicts import place_of

EN, ZH = load_translator("en"), load_translator("zh")


def test_every_register_has_a_name_in_both_languages() -> None:
    names = {name.rstrip(":") for name in SHAPES} | {"stated", "earlier"}
    assert names - set(REGISTERS) == set()
    assert [name for name in names if ZH(REGISTERS[name]) == REGISTERS[name]] == []


def test_what_stands_beside_a_value_is_named_by_it() -> None:
    assert register_words("survey_summary@en", None, EN) == "summary of the visit (en)"
    assert register_words("stated:weeks", None, EN) == "weeks it takes: as the firm stated it"
    assert register_words("x-of-a-newer-app", None, EN) == "x-of-a-newer-app"


def test_what_belongs_to_the_visit_is_looked_at_there() -> None:
    assert place_of(conflict("survey_summary", "a", "b"), None) == ("visit", None)
    assert place_of(conflict("address", "a", "b"), None) == ("profile", None)


def conflict(register: str, *values: Any) -> Conflict:
    sides = tuple(
        Side(
            op_id=str(number), op_ids=(str(number),), value=value, value_state=ValueState.PRESENT, pack=None,
            actor="", at="2026-01-01T00:00:00+00:00", replica="r",
        )
        for number, value in enumerate(values)
    )  # fmt: skip
    return Conflict(
        kind="values", case="c", entity="e", entity_kind="contact", parent=None, register=register, sides=sides
    )


@pytest.mark.parametrize(
    ("register", "one", "other", "said"),
    [
        ("contact", {"name": "张三", "phone": "1"}, {"name": "张三", "phone": "2"}, ["张三 · 1", "张三 · 2"]),
        ("contact", {"name": "张三", "phone": "1"}, {"name": "李四", "phone": "1"}, ["张三", "李四"]),
        ("custody", {"holder": "甲", "note": ""}, {"holder": "甲", "note": "急"}, ["甲", "甲 · 急"]),
        ("cost", {"likely": "2", "high": "3"}, {"likely": "2", "high": "4"}, ["2 · 3", "2 · 4"]),
        ("visited_on", ["2026-01-01"], None, ["2026-01-01", "cleared"]),
    ],
)
def test_sides_that_differ_read_differently(register: str, one: Any, other: Any, said: list[str]) -> None:
    asked = conflict(register, one, other)
    assert [side_words(asked, side, None, EN) for side in asked.sides] == said
