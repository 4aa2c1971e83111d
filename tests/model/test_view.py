"""State is a pure function of the op set: registers, conflicts, links, deletion."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.model.op_text import digest_value
from diag_app.model.ops import Op, OpKind, ValueState
from diag_app.model.view import content_heads, head_ids, view_case
from tests.model.op_sets import SALT, Replica


def test_one_head_is_the_value() -> None:
    a = Replica()
    a.birth(kind="need", parent="assessment-1")
    one = a.set("one")
    two = a.set("two", replaces=[one])
    (view,) = view_case(a.ops).values()
    assert (view.kind, view.parent, view.case, view.is_deleted) == ("need", "assessment-1", "case", False)
    assert (view.value("note"), view.registers["note"].head_ids) == ("two", (two.op_id,))


def test_two_heads_conflict_and_the_later_one_is_shown() -> None:
    a, b = Replica("a", wall=1_000), Replica("b", wall=9_000)
    register = view_case([a.set("left"), b.set("right")])["entity-1"].registers["note"]
    assert (register.value, register.conflicting) == ("right", ("left", "right"))


def test_equal_values_are_no_conflict() -> None:
    a, b = Replica("a"), Replica("b")
    register = view_case([a.set({"level": 2}), b.set({"level": 2})])["entity-1"].registers["note"]
    assert (register.value, register.conflicting, len(register.head_ids)) == ({"level": 2}, (), 2)


def test_a_withheld_value_equals_no_other() -> None:
    a, b = Replica("a"), Replica("b", wall=9_000)
    register = view_case([a.set("left"), b.set("left").without_value()])["entity-1"].registers["note"]
    assert (register.value, register.conflicting) == (None, ("left", None))


def test_settling_a_conflict_names_all_heads() -> None:
    a, b = Replica("a"), Replica("b")
    left, right = a.set("left"), b.set("right")
    settled = a.set("both", replaces=[left, right])
    register = view_case([settled, right, left])["entity-1"].registers["note"]
    assert (register.value, register.head_ids, register.conflicting) == ("both", (settled.op_id,), ())


def test_a_cleared_register_is_empty_and_not_forgotten() -> None:
    a = Replica()
    cleared = a.write(OpKind.CLEAR, replaces=[a.set("one")])
    register = view_case(a.ops)["entity-1"].registers["note"]
    assert (register.value, register.head_ids) == (None, (cleared.op_id,))


def test_a_link_removed_on_one_side_stays_where_it_was_added_on_the_other() -> None:
    a, b = Replica("a"), Replica("b")
    first = a.write(OpKind.LINK_ADD, register="target", value="B1")
    again = b.write(OpKind.LINK_ADD, register="target", value="B1")
    gone = a.write(OpKind.LINK_DEL, register="target", replaces=[first])
    assert view_case([gone, again, first])["entity-1"].links == {"target": {again.op_id: "B1"}}


def test_a_predecessor_in_another_register_replaces_nothing() -> None:
    a = Replica()
    one = a.set("one")
    a.write(OpKind.SET, register="other", value="x", replaces=[one])
    assert view_case(a.ops)["entity-1"].value("note") == "one"


def deletion(replica: Replica, seen: list[Op], replaces: list[Op]) -> Op:
    value = {"heads": sorted(op.op_id for op in seen)}
    return replica.write(OpKind.ENTITY_DEL, register="entity", value=value, replaces=replaces)


def test_a_deletion_hides_what_it_has_seen() -> None:
    a = Replica()
    birth, note = a.birth(), a.set("one")
    gone = deletion(a, [note], [birth])
    view = view_case(a.ops)["entity-1"]
    assert (view.is_deleted, view.lifecycle, view.value("note")) == (True, (gone.op_id,), "one")


def test_an_edit_that_the_deletion_has_not_seen_keeps_the_entity_visible() -> None:
    a, b = Replica("a"), Replica("b")
    birth, note = a.birth(), a.set("one")
    deletion(a, [note], [birth])
    edit = b.set("two", replaces=[note])
    assert not view_case([*a.ops, edit])["entity-1"].is_deleted


def test_two_deletions_together_have_seen_what_each_saw() -> None:
    a, b = Replica("a"), Replica("b")
    birth = a.birth()
    left, right = a.set("left"), b.write(OpKind.SET, register="other", value="right")
    deletion(a, [left], [birth])
    deletion(b, [right], [birth])
    assert view_case([*a.ops, *b.ops])["entity-1"].is_deleted


def test_bringing_back_beats_a_deletion_at_the_same_time() -> None:
    a, b = Replica("a"), Replica("b")
    birth = a.birth()
    gone = deletion(a, [], [birth])
    back = b.write(OpKind.ENTITY_UNDEL, register="entity", replaces=[gone])
    deletion(a, [], [gone])
    view = view_case([*a.ops, back])["entity-1"]
    assert (view.is_deleted, len(view.lifecycle)) == (False, 2)


@pytest.mark.parametrize("value", [None, "text", [], {"kind": 5, "parent": "x"}, {"kind": "", "parent": "x"}, {}])
def test_a_birth_without_facts_gives_an_entity_of_no_kind(value: Any) -> None:
    a = Replica()
    a.write(OpKind.ENTITY_NEW, register="entity", value=value)
    view = view_case(a.ops)["entity-1"]
    assert (view.kind, view.parent) == ("", None)


@pytest.mark.parametrize("value", [None, "text", {"heads": "text"}, {"heads": [5]}])
def test_a_deletion_that_names_nothing_has_seen_nothing(value: Any) -> None:
    a = Replica()
    birth = a.birth()
    a.set("one")
    a.write(OpKind.ENTITY_DEL, register="entity", value=value, replaces=[birth])
    assert not view_case(a.ops)["entity-1"].is_deleted


def test_registers_may_arrive_before_the_entity() -> None:
    a = Replica()
    a.birth()
    a.set("one")
    view = view_case(a.ops[1:])["entity-1"]
    assert (view.kind, view.value("note"), view.lifecycle) == ("", "one", ())


def test_notes_and_kinds_of_a_newer_app_are_no_part_of_the_view() -> None:
    a = Replica()
    a.write(OpKind.NOTE, register="undo", value={"undoes": "x"})
    a.write("translate", value="x")
    assert view_case(a.ops) == {}


def test_the_heads_of_a_case_are_those_of_all_its_entities() -> None:
    a = Replica()
    birth, note = a.birth(), a.set("one")
    link = a.write(OpKind.LINK_ADD, register="target", value="B1")
    views = view_case(a.ops)
    assert head_ids(views.values()) == tuple(sorted(op.op_id for op in (birth, note, link)))
    assert content_heads(views["entity-1"]) == tuple(sorted(op.op_id for op in (note, link)))


choices = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["x", "y"]), st.integers(0, 3)), max_size=12)


@given(choices, st.randoms(use_true_random=False), st.integers(-(10**6), 10**6))
def test_order_and_repetition_change_nothing_and_clocks_only_what_is_shown(
    written: list[tuple[str, str, int]], random: Any, skew: int
) -> None:
    replicas = {"a": Replica("a"), "b": Replica("b", wall=2_000_000)}
    made: list[Op] = []
    for name, value, back in written:
        made.append(replicas[name].set(value, replaces=made[-back:] if back else []))
    shuffled = [*made, *made[: len(made) // 2]]
    random.shuffle(shuffled)
    assert view_case(shuffled) == view_case(made)
    assert _heads_as_values(made) == _heads_as_values([_renamed(op, made, skew) for op in made])


def _heads_as_values(ops: list[Op]) -> list[Any]:
    views = view_case(ops)
    place = {op.op_id: number for number, op in enumerate(ops)}
    return sorted(place[head] for head in head_ids(views.values()))


def _renamed(op: Op, made: list[Op], skew: int) -> Op:
    """The same write under a clock of b that is wrong by `skew`; ids change, so predecessors are named anew."""
    moved: dict[str, Op] = {}
    for each in made:
        wall = each.hlc[0] + (skew if each.replica.startswith("b") else 0)
        preds = tuple(sorted(moved[pred].op_id for pred in each.preds))
        moved[each.op_id] = replace(each, hlc=(wall, 0), preds=preds)
    return moved[op.op_id]


def test_a_redacted_value_is_not_shown() -> None:
    a = Replica()
    op = replace(a.set("秘密"), value_state=ValueState.REDACTED, value=None, salt=None)
    assert view_case([op])["entity-1"].value("note", "nothing") == "nothing"
    assert op.value_digest == digest_value("秘密", SALT)
