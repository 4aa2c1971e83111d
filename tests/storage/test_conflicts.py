"""What two machines disagree about: found with both sides, decided by one act, and a conflict again when undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diag_app.model.conflict import SETTLED
from diag_app.storage.conflicts import count_conflicts, find_conflicts
from diag_app.storage.store import Store
from tests.storage.pairs import Pair, meet, paired
from tests.storage.stores import save


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with paired(tmp_path) as made:
        yield made


def write(pair: Pair, left: Any, right: Any, register: str = "note:B1") -> None:
    save(pair.left, pair.case, pair.entity, register, left)
    save(pair.right, pair.case, pair.entity, register, right)
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
    save(pair.left, pair.case, pair.entity, "note:B1", "mine", name="settle_conflict")
    meet(pair)
    assert said(pair.right) == []
    assert pair.left.undo(pair.case).operation == "settle_conflict"
    meet(pair)
    assert sorted(said(pair.left)[0][1]) == sorted(said(pair.right)[0][1]) == sorted(before[0][1])
    pair.left.redo(pair.case)
    assert said(pair.left) == []


def test_undoing_further_leaves_the_value_of_the_other_machine(pair: Pair) -> None:
    write(pair, "mine", "theirs")
    save(pair.left, pair.case, pair.entity, "note:B1", "mine", name="settle_conflict")
    pair.left.undo(pair.case)
    pair.left.undo(pair.case)
    assert "theirs" in pair.left.entity(pair.entity).registers["note:B1"].conflicting


def test_two_decisions_at_once_are_a_smaller_conflict_with_both_reasons(pair: Pair) -> None:
    write(pair, "mine", "theirs")
    for store, value in ((pair.left, "mine"), (pair.right, "theirs")):
        with store.operation("settle_conflict", pair.case) as operation:
            operation.link(pair.entity, SETTLED, {"register": "note:B1", "reason": f"{value}!"})
            operation.set(pair.entity, "note:B1", value)
    meet(pair)
    (conflict,) = find_conflicts(pair.left)
    assert {(side.value, side.reason) for side in conflict.sides} == {("mine", "mine!"), ("theirs", "theirs!")}


def delete(store: Store, pair: Pair) -> None:
    with store.operation("remove", pair.case) as operation:
        operation.delete(pair.entity)


@pytest.mark.parametrize("stays", [True, False])
def test_deleted_here_and_edited_there_is_decided_either_way(pair: Pair, stays: bool) -> None:
    delete(pair.left, pair)
    save(pair.right, pair.case, pair.entity, "note:B1", "edited")
    meet(pair)
    (conflict,) = find_conflicts(pair.right)
    assert conflict.kind == "deletion"
    assert [(s.is_deletion, s.actor[:2], s.registers) for s in conflict.sides] == [
        (True, "王工", ()),
        (False, "李工", ("note:B1",)),
    ]
    with pair.right.operation("settle_conflict", pair.case) as operation:
        (operation.undelete if stays else operation.delete)(pair.entity)
    meet(pair)
    for store in (pair.left, pair.right):
        assert store.entity(pair.entity).is_deleted is not stays
        assert (find_conflicts(store), count_conflicts(store)) == ((), {})
    pair.right.undo(pair.case)
    assert not pair.right.entity(pair.entity).is_deleted
    assert pair.right.entity(pair.entity).value("note:B1") == "edited"


def test_a_conflict_in_what_was_deleted_since_waits_until_it_is_brought_back(pair: Pair) -> None:
    write(pair, "mine", "theirs")
    delete(pair.left, pair)
    assert (find_conflicts(pair.left), count_conflicts(pair.left)) == ((), {})
    with pair.left.operation("bring_back", pair.case) as operation:
        operation.undelete(pair.entity)
    assert count_conflicts(pair.left) == {pair.case: 1}
