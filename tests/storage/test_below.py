"""What one laptop deletes and another writes below it meanwhile: nothing is hidden, and somebody decides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.model.ops import OpKind
from diag_app.storage.conflicts import count_conflicts, find_conflicts
from diag_app.storage.migrations import MIGRATIONS, migrate
from diag_app.storage.store import Store
from tests.model.op_sets import Replica
from tests.storage.pairs import Pair, meet, paired
from tests.storage.stores import add_case, opened, save


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Left has made an assessment; right has it."""
    with paired(tmp_path) as made:
        with made.left.operation("start_assessment", made.case) as operation:
            assessment = operation.create("assessment", parent=made.case)
        made.right.import_ops(made.left.ops())
        yield made._replace(entity=assessment)


def add_need(store: Store, pair: Pair, title: str = "视觉质检") -> str:
    with store.operation("add_need", pair.case) as operation:
        need = operation.create("need", parent=pair.entity)
        operation.set(need, "title", title)
    return need


def delete(store: Store, pair: Pair, entity: str | None = None) -> None:
    with store.operation("remove", pair.case) as operation:
        operation.delete(entity or pair.entity)


def is_whole(store: Store) -> bool:
    return store.check() == ()


@pytest.mark.parametrize("stays", [True, False])
def test_a_need_below_an_assessment_whose_making_was_undone_elsewhere_is_shown_and_decided(
    pair: Pair, stays: bool
) -> None:
    need = add_need(pair.right, pair)
    assert pair.left.undo(pair.case).operation == "start_assessment"
    assert pair.left.entity(pair.entity).is_deleted
    told = pair.left.import_ops(pair.right.ops()).conflicts
    assert [(item.entity, item.register, item.values) for item in told] == [(pair.entity, "entity", ())]
    meet(pair)
    for store in (pair.left, pair.right):
        assert not store.entity(pair.entity).is_deleted
        assert [view.entity_id for view in store.entities("need", parent=pair.entity)] == [need]
        (conflict,) = find_conflicts(store)
        assert (conflict.kind, conflict.entity) == ("deletion", pair.entity)
        assert [(s.is_deletion, s.actor[:2], s.registers, s.entities) for s in conflict.sides] == [
            (True, "王工", (), ()),
            (False, "李工", (), (need,)),
        ]
        assert count_conflicts(store) == {pair.case: 1}
    with pair.right.operation("settle_conflict", pair.case) as operation:
        (operation.undelete if stays else operation.delete)(pair.entity)
    meet(pair)
    for store in (pair.left, pair.right):
        assert store.entity(pair.entity).is_deleted is not stays
        assert (find_conflicts(store), count_conflicts(store)) == ((), {})
    pair.right.undo(pair.case)
    assert [len(conflict.sides) for conflict in find_conflicts(pair.right)] == [2], "undoing opens it again"
    assert is_whole(pair.left)
    assert is_whole(pair.right)


def test_undoing_what_made_an_assessment_does_not_hide_what_another_machine_wrote_below_it(pair: Pair) -> None:
    need = add_need(pair.right, pair)
    pair.left.import_ops(pair.right.ops())
    pair.left.undo(pair.case)
    assert not pair.left.entity(pair.entity).is_deleted
    assert [conflict.sides[-1].entities for conflict in find_conflicts(pair.left)] == [(need,)]
    assert is_whole(pair.left)


def test_what_the_same_laptop_wrote_below_goes_and_comes_with_the_parent(pair: Pair) -> None:
    add_need(pair.left, pair)
    delete(pair.left, pair)
    assert pair.left.entity(pair.entity).is_deleted
    meet(pair)
    assert pair.right.entity(pair.entity).is_deleted
    pair.left.undo(pair.case)
    assert not pair.left.entity(pair.entity).is_deleted
    assert find_conflicts(pair.left) == ()


def test_nothing_is_written_below_what_is_deleted(pair: Pair) -> None:
    need = add_need(pair.left, pair)
    delete(pair.left, pair, pair.case)
    with pytest.raises(DiagError, match="ENTITY_DELETED") as refused:
        save(pair.left, pair.case, need, "title", "other")
    assert refused.value.location == pair.case
    with pytest.raises(DiagError, match="ENTITY_DELETED"):
        add_need(pair.left, pair)
    assert is_whole(pair.left)


def test_a_parent_goes_when_what_kept_it_is_deleted_or_taken_off(pair: Pair) -> None:
    mine = add_need(pair.left, pair)
    pair.right.import_ops(pair.left.ops())
    theirs = add_need(pair.right, pair)
    with pair.right.operation("link", pair.case) as operation:
        operation.link(mine, "evidence", "photo")
    delete(pair.left, pair)
    meet(pair)
    delete(pair.right, pair, theirs)
    assert not pair.right.entity(pair.entity).is_deleted
    with pair.right.operation("unlink", pair.case) as operation:
        operation.unlink(mine, "evidence", "photo")
    assert pair.right.entity(pair.entity).is_deleted
    assert is_whole(pair.right)


def test_a_conflict_below_what_is_deleted_waits_until_that_is_brought_back(pair: Pair) -> None:
    need = add_need(pair.left, pair)
    pair.right.import_ops(pair.left.ops())
    save(pair.left, pair.case, need, "title", "mine")
    save(pair.right, pair.case, need, "title", "theirs")
    meet(pair)
    delete(pair.left, pair)
    assert (find_conflicts(pair.left), count_conflicts(pair.left)) == ((), {})
    pair.left.undo(pair.case)
    assert count_conflicts(pair.left) == {pair.case: 1}


def test_erasing_below_what_is_deleted_brings_nothing_back(pair: Pair) -> None:
    need = add_need(pair.left, pair)
    delete(pair.left, pair)
    delete(pair.left, pair, pair.case)
    pair.left.redact(need, "title", reason="asked for", with_issued=False)
    assert pair.left.entity(pair.entity).is_deleted
    assert pair.left.entity(pair.case).is_deleted
    assert is_whole(pair.left)


def test_parents_in_a_circle_are_kept_as_the_ops_say(pair: Pair) -> None:
    other = Replica("c", case=pair.case)
    births = [other.birth(f"e{n}", "need", f"e{1 - n}") for n in range(2)]
    for birth, seen in ((births[0], []), (births[1], [births[0].op_id])):
        other.write(OpKind.ENTITY_DEL, birth.entity, "entity", {"heads": seen, "below": True}, replaces=[birth])
    other.birth("work", "need", "e1")
    pair.left.import_ops(other.ops)
    assert not pair.left.entity("e0").is_deleted
    delete(pair.left, pair, "work")
    assert pair.left.entity("e0").is_deleted
    assert pair.left.entity("e1").is_deleted
    assert is_whole(pair.left)


@pytest.mark.parametrize("facts", [{"kind": "", "parent": "x"}, {"kind": 5, "parent": "x"}])
def test_what_has_no_kind_keeps_nothing_visible(pair: Pair, facts: dict[str, object]) -> None:
    other = Replica("c", case=pair.case)
    other.write(OpKind.ENTITY_NEW, "work", "entity", {**facts, "parent": pair.entity})
    delete(pair.left, pair)
    pair.left.import_ops(other.ops)
    assert pair.left.entity(pair.entity).is_deleted
    assert is_whole(pair.left)


def as_earlier_version(store: Store) -> None:
    """Leave a store as the version before deletions counted for what is below: its tables show the assessment gone."""
    database, _ = store.inside
    with database.transaction():
        database.run("UPDATE entity SET is_deleted = 1 WHERE kind = 'assessment'")
        database.run("DROP INDEX entity_below")
        database.run("DELETE FROM _sqlite_migrations WHERE name = 'm007_below'")
        database.run("PRAGMA user_version = 6")


def test_a_store_of_an_earlier_version_shows_what_was_hidden_once_it_is_opened(pair: Pair) -> None:
    need = add_need(pair.right, pair)
    pair.left.undo(pair.case)
    pair.left.import_ops(pair.right.ops())
    as_earlier_version(pair.left)
    migrate(pair.left.inside[0], MIGRATIONS)
    assert [conflict.sides[-1].entities for conflict in find_conflicts(pair.left)] == [(need,)]
    assert is_whole(pair.left)


def test_a_damaged_log_does_not_keep_a_store_of_an_earlier_version_from_opening(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        _, before = add_case(store)
        as_earlier_version(store)
        database, _ = store.inside
        header = json.loads(str((database.one("SELECT header FROM op ORDER BY id DESC LIMIT 1") or [""])[0]))
        header["hlc"] = "never"
        database.run("UPDATE op SET header = ? WHERE id = (SELECT max(id) FROM op)", (json.dumps(header),))
        migrate(database, MIGRATIONS)
        assert "OP_DAMAGED" in {problem.code for problem in store.check()}
        (kept,) = store.entities("assessment", include_deleted=True)
        assert (kept.entity_id, kept.is_deleted) == (before, True), "its tables stay as they were"


def test_the_deletion_of_an_earlier_version_stays_one_where_one_laptop_wrote_all(pair: Pair) -> None:
    """A sealed proposal is never undone, and what made its assessment was: that stays gone."""
    old = Replica("d", case=pair.case)
    birth = old.birth("old", "assessment", pair.case)
    old.birth("proposal", "proposal", "old")
    old.write(OpKind.ENTITY_DEL, "old", "entity", {"heads": []}, replaces=[birth])
    pair.left.import_ops(old.ops)
    assert pair.left.entity("old").is_deleted
    assert find_conflicts(pair.left) == ()
