"""What two machines disagree about: found with both sides, decided by one act, and a conflict again when undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from diag_app.model.conflict import SETTLED
from diag_app.storage.conflicts import count_conflicts, find_conflicts
from diag_app.storage.store import Store, open_store
from tests.fixed_clock import FixedClock
from tests.storage.stores import add_case, save


class Pair(NamedTuple):
    left: Store
    right: Store
    case: str
    assessment: str


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with ExitStack() as stack:
        left, right = (
            stack.enter_context(open_store(tmp_path / name, clock=FixedClock(), actor=f"{name} · 公司 · {name}"))
            for name in ("王工", "李工")
        )
        case, assessment = add_case(left)
        right.import_ops(left.ops())
        yield Pair(left, right, case, assessment)


def meet(pair: Pair) -> None:
    pair.left.import_ops(pair.right.ops())
    pair.right.import_ops(pair.left.ops())


def write(pair: Pair, left: Any, right: Any, register: str = "note:B1") -> None:
    save(pair.left, pair.case, pair.assessment, register, left)
    save(pair.right, pair.case, pair.assessment, register, right)
    meet(pair)


def said(store: Store) -> list[tuple[str, list[tuple[str, Any]]]]:
    return [(c.register, [(s.actor[:2], s.value) for s in c.sides]) for c in find_conflicts(store)]


def test_both_sides_are_found_with_their_authors_on_both_machines(pair: Pair) -> None:
    write(pair, "mine", "theirs")
    expected = {("王工", "mine"), ("李工", "theirs")}
    for store in (pair.left, pair.right):
        ((register, sides),) = said(store)
        assert (register, set(sides)) == ("note:B1", expected)
        assert count_conflicts(store) == {pair.case: 1}


def test_equal_values_are_nothing_to_decide(pair: Pair) -> None:
    write(pair, "same", "same")
    assert (find_conflicts(pair.left), count_conflicts(pair.left)) == ((), {})


def test_a_decision_travels_and_undoing_it_brings_both_sides_back_under_their_authors(pair: Pair) -> None:
    write(pair, "mine", "theirs")
    before = said(pair.left)
    save(pair.left, pair.case, pair.assessment, "note:B1", "mine", name="settle_conflict")
    meet(pair)
    assert said(pair.right) == []
    assert pair.left.undo(pair.case).operation == "settle_conflict"
    meet(pair)
    assert sorted(said(pair.left)[0][1]) == sorted(said(pair.right)[0][1]) == sorted(before[0][1])
    pair.left.redo(pair.case)
    assert said(pair.left) == []


def test_undoing_further_leaves_the_value_of_the_other_machine(pair: Pair) -> None:
    write(pair, "mine", "theirs")
    save(pair.left, pair.case, pair.assessment, "note:B1", "mine", name="settle_conflict")
    pair.left.undo(pair.case)
    pair.left.undo(pair.case)
    assert "theirs" in pair.left.entity(pair.assessment).registers["note:B1"].conflicting


def test_two_decisions_at_once_are_a_smaller_conflict_with_both_reasons(pair: Pair) -> None:
    write(pair, "mine", "theirs")
    for store, value in ((pair.left, "mine"), (pair.right, "theirs")):
        with store.operation("settle_conflict", pair.case) as operation:
            operation.link(pair.assessment, SETTLED, {"register": "note:B1", "reason": f"{value}!"})
            operation.set(pair.assessment, "note:B1", value)
    meet(pair)
    (conflict,) = find_conflicts(pair.left)
    assert {(side.value, side.reason) for side in conflict.sides} == {("mine", "mine!"), ("theirs", "theirs!")}


def delete(store: Store, pair: Pair) -> None:
    with store.operation("remove", pair.case) as operation:
        operation.delete(pair.assessment)


@pytest.mark.parametrize("stays", [True, False])
def test_deleted_here_and_edited_there_is_decided_either_way(pair: Pair, stays: bool) -> None:
    delete(pair.left, pair)
    save(pair.right, pair.case, pair.assessment, "note:B1", "edited")
    meet(pair)
    (conflict,) = find_conflicts(pair.right)
    assert conflict.kind == "deletion"
    assert [(s.is_deletion, s.actor[:2], s.registers) for s in conflict.sides] == [
        (True, "王工", ()),
        (False, "李工", ("note:B1",)),
    ]
    with pair.right.operation("settle_conflict", pair.case) as operation:
        (operation.undelete if stays else operation.delete)(pair.assessment)
    meet(pair)
    for store in (pair.left, pair.right):
        assert store.entity(pair.assessment).is_deleted is not stays
        assert (find_conflicts(store), count_conflicts(store)) == ((), {})
    pair.right.undo(pair.case)
    assert not pair.right.entity(pair.assessment).is_deleted
    assert pair.right.entity(pair.assessment).value("note:B1") == "edited"


def test_a_conflict_in_what_was_deleted_since_waits_until_it_is_brought_back(pair: Pair) -> None:
    write(pair, "mine", "theirs")
    delete(pair.left, pair)
    assert (find_conflicts(pair.left), count_conflicts(pair.left)) == ((), {})
    with pair.left.operation("bring_back", pair.case) as operation:
        operation.undelete(pair.assessment)
    assert count_conflicts(pair.left) == {pair.case: 1}
