"""Both sides of a disagreement, named by who first wrote them."""

from __future__ import annotations

import pytest

from diag_app.model.conflict import SETTLED, Conflict, Side, conflicts_of
from diag_app.model.ops import Op, OpKind, ValueState
from diag_app.model.view import view_case
from tests.model.op_sets import Replica


def found(*replicas: Replica, without: tuple[Op, ...] = ()) -> tuple[Conflict, ...]:
    ops = [op for replica in replicas for op in replica.ops]
    return conflicts_of(view_case(ops)["entity-1"], [op for op in ops if op not in without])


def sides(*replicas: Replica) -> tuple[Side, ...]:
    (conflict,) = found(*replicas)
    return conflict.sides


def disagreeing() -> tuple[Replica, Replica, Op, Op]:
    a, b = Replica("a"), Replica("b", wall=9_000)
    a.birth()
    return a, b, a.set("left", actor="A"), b.set("right", actor="B")


def test_one_value_is_no_conflict() -> None:
    a = Replica()
    a.birth()
    a.set("one")
    assert found(a) == ()


def test_each_different_value_is_a_side_with_all_its_heads_and_its_first_author() -> None:
    a, b, left, right = disagreeing()
    c = Replica("c", wall=99_000)
    again = c.set("left", actor="C")
    (conflict,) = found(a, b, c)
    assert (conflict.kind, conflict.case, conflict.entity_kind, conflict.register) == ("values", "case", "need", "note")
    assert [(s.value, s.actor, s.op_ids) for s in conflict.sides] == [
        ("left", "A", (left.op_id, again.op_id)),
        ("right", "B", (right.op_id,)),
    ]


def test_a_value_that_is_not_here_is_a_side_that_says_so() -> None:
    a, b, _, right = disagreeing()
    b.ops[-1] = right.without_value()
    assert [(s.value, s.value_state) for s in sides(a, b)] == [
        ("left", ValueState.PRESENT),
        (None, ValueState.WITHHELD),
    ]


def test_an_erasure_is_a_side_without_value() -> None:
    a, b, left, _ = disagreeing()
    a.write(OpKind.REDACT, value={"ops": [left.op_id]}, replaces=[left])
    assert {s.value_state for s in sides(a, b)} == {ValueState.PRESENT, ValueState.REDACTED}


@pytest.mark.parametrize("more", [(), ("another",)])
def test_what_undoing_put_back_is_named_by_who_wrote_it(more: tuple[str, ...]) -> None:
    a, b, left, right = disagreeing()
    settled = b.set("both", replaces=[left, right])
    for text in more:
        settled = b.set(text, replaces=[settled])
    b.set("left", replaces=[settled], operation="undo", actor="B")
    b.set("right", replaces=[settled], operation="undo", actor="B")
    assert {(s.value, s.actor) for s in sides(a, b)} == {("left", "A"), ("right", "B")}


def test_what_undoing_put_back_from_ops_that_are_not_here_is_named_by_who_undid() -> None:
    a, b, _, _ = disagreeing()
    gone = Replica("c").set("gone")
    b.set("older", replaces=[b.ops[-1], gone], operation="undo", actor="B")
    assert {(s.value, s.actor) for s in sides(a, b)} == {("left", "A"), ("older", "B")}


def test_the_reason_of_an_earlier_decision_stands_with_the_side_it_chose() -> None:
    a, b, _, _ = disagreeing()
    reason = {"register": "note", "reason": "清点时还没开箱"}
    b.write(OpKind.LINK_ADD, register=SETTLED, value=reason, operation_id="operation-9")
    b.write(OpKind.LINK_ADD, register=SETTLED, value="no reason")
    b.set("both", replaces=[b.ops[0]], operation_id="operation-9")
    assert {(s.value, s.reason) for s in sides(a, b)} == {("left", ""), ("both", "清点时还没开箱")}


def test_a_deletion_against_an_edit_names_who_deleted_and_what_was_edited_by_whom() -> None:
    a, b = Replica("a"), Replica("b", wall=9_000)
    birth, note = a.birth(), a.set("one")
    deleted = a.write(OpKind.ENTITY_DEL, register="entity", value={"heads": [note.op_id]}, replaces=[birth], actor="A")
    edits = [b.set("two", replaces=[note], actor="B"), b.set("更", register="title", actor="B")]
    (conflict,) = found(a, b)
    assert (conflict.kind, conflict.register) == ("deletion", "entity")
    assert [(s.is_deletion, s.op_id, s.actor, s.registers) for s in conflict.sides] == [
        (True, deleted.op_id, "A", ()),
        (False, edits[-1].op_id, "B", ("note", "title")),
    ]


def test_a_deletion_against_bringing_back_is_a_conflict_too() -> None:
    a, b = Replica("a"), Replica("b", wall=9_000)
    birth = a.birth()
    gone = a.write(OpKind.ENTITY_DEL, register="entity", value={"heads": []}, replaces=[birth])
    b.write(OpKind.ENTITY_UNDEL, register="entity", replaces=[gone])
    a.write(OpKind.ENTITY_DEL, register="entity", value={"heads": []}, replaces=[gone])
    assert [s.is_deletion for s in sides(a, b)] == [True, False]


def test_two_births_and_an_edit_that_has_not_arrived_are_no_reason_to_decide() -> None:
    a, b = Replica("a"), Replica("b")
    a.birth()
    b.birth()
    assert found(a, b) == ()
    deleted = a.write(OpKind.ENTITY_DEL, register="entity", value={"heads": []}, replaces=[a.ops[0]])
    edit = b.set("two")
    (conflict,) = found(a, b, without=(edit,))
    assert [s.op_id for s in conflict.sides] == [deleted.op_id]


def test_a_deleted_entity_has_no_deletion_to_decide() -> None:
    a = Replica()
    birth = a.birth()
    a.write(OpKind.ENTITY_DEL, register="entity", value={"heads": []}, replaces=[birth])
    assert found(a) == ()
