"""The words of a conflict: no register is called by its inner name, and two sides that differ never read the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diag_app.i18n import load_translator
from diag_app.model.actor import Actor
from diag_app.model.conflict import Conflict, Side
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.ops import OpKind, ValueState
from diag_app.model.shapes import SHAPES
from diag_app.operations.assessment import record_answer, record_note, start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.ui.models.conflict_words import REGISTERS, register_words, side_words
from diag_app.ui.models.conflicts import load_conflicts, place_of
from tests.model.op_sets import Replica

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


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "home", actor=Actor(name="王工", firm="甲", device="A")) as opened:
        yield opened


def test_a_method_that_is_not_installed_hides_no_conflict(workspace: Workspace) -> None:
    enterprise_id = add_enterprise(workspace, EnterpriseProfile(name="试验厂")).enterprise_id
    assessment_id = start_assessment(workspace, enterprise_id)
    record_note(workspace, assessment_id, "B1", "甲")
    record_answer(workspace, assessment_id, "B1", ("A",))
    view = workspace.store.entity(assessment_id)
    other = Replica(case=view.case, wall=1)
    other.write(OpKind.SET, assessment_id, "note:B1", "乙")
    other.write(OpKind.SET, assessment_id, "answer:B1", {"options": ["B"]})
    nowhere = {"reference": "nowhere@1.0.0", "digest": "0" * 64}
    other.write(OpKind.SET, assessment_id, "pack", nowhere, preds=view.registers["pack"].head_ids)
    workspace.store.import_ops(other.ops)
    rows = load_conflicts(workspace, EN)
    assert {row.register: {side.value for side in row.sides} for row in rows} == {
        "note:B1": {"甲", "乙"},
        "answer:B1": {"A", "B"},
    }
    assert {row.title for row in rows} == {"note B1", "answer B1"}
    assert {side.consequence for row in rows for side in row.sides} == {""}


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
