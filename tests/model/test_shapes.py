"""What can be read from a register, and what is shown of the rest: nothing, and nothing good is hidden by it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.model.facts import IssuedFile, PreconditionState
from diag_app.model.json_shape import read_as
from diag_app.model.ops import Op, OpKind
from diag_app.model.shapes import SHAPES, is_legible
from diag_app.model.view import is_misshapen, sameness, shown_value, view_case
from tests.model.op_sets import Replica

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
SHA256 = "0" * 64
FILE: dict[str, Any] = {"name": "a.jpg", "media_type": "image/jpeg", "sha256": SHA256, "size": 1}
WORKING = {"calculator": "oee", "entries": {"planned": {"value": "480", "unit": "minute"}}}
METRIC: dict[str, Any] = {"value": "0.5", "period": "2025", "source": "", "working": WORKING}
OVERRULED: dict[str, Any] = {"reason": "x", "by": "甲", "at": "", "judged": {"answer:B1": "id"}}
PLAN: dict[str, Any] = {
    "level": 3, "target_level": None, "budget_10k_cny": "180", "months": 12, "on_high": False, "measures": ["mes"],
    "start_on": "2026-03-01", "trial_weeks": 8,
}  # fmt: skip


@pytest.mark.parametrize(
    ("register", "value"),
    [
        ("answer:B1", {"options": ["A"]}),
        ("answer:B1", {"options": [], "weight": "from a newer app"}),
        ("scenario:equipment", {"level": 4}),
        ("scenario:equipment", {"not_applicable": "外包"}),
        ("number:staff", "12.50"),
        ("stated:number:staff", "12"),
        ("stated:scenario:equipment", {"not_applicable": "外包"}),
        ("earlier:answer:B1", {"options": ["A"]}),
        ("file", FILE),
        ("file", {**FILE, "picture": None, "version": 2, "redactions": 1, "how": "redact"}),
        ("metric:oee", METRIC),
        ("metric:oee@en", {"source": "the log", "note": "from a newer app"}),
        ("name@en", "Works"),
        ("overruled:b4", OVERRULED),
        ("plan", PLAN),
        ("plan", {**PLAN, "start_on": ""}),
        ("field:rows", [{"size": "3"}]),
        ("visited_on", ["2026-03-12"]),
        ("pack", {"reference": "method@1.0.0", "digest": "", "from": "method@0.9"}),
        ("of a newer app", [5]),
        ("note:B1", None),
    ],
)
def test_what_the_app_writes_is_read(register: str, value: Any) -> None:
    assert is_legible(register, value)


@pytest.mark.parametrize(
    ("register", "value"),
    [
        ("answer:B1", 5),
        ("answer:B1", {"options": "AB"}),
        ("answer:B1", {"options": [1]}),
        ("scenario:equipment", {"level": True}),
        ("scenario:equipment", {"level": 5}),
        ("scenario:equipment", {"level": -1}),
        ("number:staff", "NaN"),
        ("number:staff", "1e9999999"),
        ("number:staff", "many"),
        ("number:staff", "-1"),
        ("number:staff", "1" * 200),
        ("number:staff", 12),
        ("stated:number:staff", {"x": 1}),
        ("earlier:answer:B1", 5),
        ("file", {"x": 1}),
        ("file", {**FILE, "sha256": "../../etc/passwd"}),
        ("file", {**FILE, "size": "1"}),
        ("metric:oee", {**METRIC, "working": {"calculator": "oee", "entries": []}}),
        ("metric:oee@en", {"value": "12"}),
        ("metric:oee@en", ["source"]),
        ("metric:oee@en", {"source": 5}),
        ("name@en", {"x": 1}),
        ("overruled:b4", {**OVERRULED, "judged": {"answer:B1": 5}}),
        ("plan", {**PLAN, "start_on": "soon"}),
        ("plan", {**PLAN, "months": 10**9}),
        ("field:rows", [["x"]]),
        ("visited_on", ["2026-13-12"]),
        ("visited_on", [5]),
        ("priority", ["must"]),
        ("same:x", {"same": "yes"}),
        ("dates", []),
        ("pack", {"reference": "method@²", "digest": ""}),
    ],
)
def test_what_belongs_elsewhere_is_not_read(register: str, value: Any) -> None:
    assert not is_legible(register, value)


@given(st.sampled_from(sorted(SHAPES)), st.sampled_from(["", "@en"]), ANY)
def test_no_value_at_all_is_too_odd_to_be_judged(register: str, language: str, value: Any) -> None:
    assert is_legible(f"{register}{language}", value) in (True, False)


def test_keys_of_a_newer_app_are_left_when_a_value_is_read() -> None:
    stored = {"state": "ready", "note": "x", "weight": 5}
    assert read_as(PreconditionState, stored) == PreconditionState(state="ready", note="x")
    file = {**FILE, "language": "zh", "colour": "red"}
    assert read_as(IssuedFile, file, language="en").language == "en"


def judged(value: Any, **changed: Any) -> Op:
    return Replica().write(OpKind.SET, register="answer:B1", value=value, **changed)


def test_of_an_odd_value_nothing_is_shown_and_it_equals_no_other() -> None:
    odd, good, withheld = judged(5), judged({"options": ["A"]}), judged(5).without_value()
    assert [is_misshapen(op) for op in (odd, good, withheld)] == [True, False, False]
    assert [shown_value(op) for op in (odd, good, withheld)] == [None, {"options": ["A"]}, None]
    assert [sameness(op) for op in (odd, withheld)] == [odd.op_id, withheld.op_id]
    erasing = Replica().write(OpKind.REDACT, register="answer:B1", value={"ops": [], "reason": "x"})
    newer = Replica().write("translate", register="answer:B1", value=5)
    assert not is_misshapen(erasing)
    assert not is_misshapen(newer)


@pytest.mark.parametrize("odd_is_later", [False, True])
def test_an_odd_value_beside_a_good_one_hides_it_in_no_order(odd_is_later: bool) -> None:
    ours, theirs = Replica("a", wall=1_000), Replica("b", wall=2_000 if odd_is_later else 1)
    ours.birth(kind="assessment")
    ours.write(OpKind.SET, register="answer:B1", value={"options": ["A"]})
    theirs.write(OpKind.SET, register="answer:B1", value=5)
    theirs.write(OpKind.LINK_ADD, register="target", value={"x": 1})
    shown = view_case([*ours.ops, *theirs.ops])["entity-1"]
    assert shown.value("answer:B1") == {"options": ["A"]}
    assert shown.registers["answer:B1"].conflicting == (None, {"options": ["A"]})
    assert list(shown.links["target"].values()) == [None]


def test_a_clock_beyond_all_calendars_is_told_in_iso_time() -> None:
    assert judged({"options": []}, hlc=(2**53 - 1, 0)).at.startswith("9999-12-")
    assert judged({"options": []}, hlc=(0, 0)).at == "1970-01-01T00:00:00+00:00"
