"""Undo and redo: new operations that put the old values back, in one case or everywhere, over a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.model.ops import OpKind
from tests.storage.stores import ISSUED, add_case, opened, save


def test_undo_and_redo_go_through_every_step(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        for value in ("one", "two", "three"):
            save(store, case, assessment, "note:B1", value, name=f"write_{value}")
        shown = []
        while store.next_undo(case) != "add_enterprise":
            assert store.undo(case).operation.startswith("write_")
            shown.append(store.entity(assessment).value("note:B1"))
        assert shown == ["two", "one", None]
        while store.next_redo(case):
            store.redo(case)
            shown.append(store.entity(assessment).value("note:B1"))
        assert shown[3:] == ["one", "two", "three"]


def test_undo_adds_ops_and_takes_none_away(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "note:B1", "one")
        before = list(store.ops())
        store.undo(case)
        after = list(store.ops())
        assert after[: len(before)] == before
        assert [op.kind for op in after[len(before) :]] == [OpKind.NOTE, OpKind.CLEAR]
        assert after[-2].value == {"undoes": before[-1].operation_id}


def test_undo_survives_a_restart(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "note:B1", "one")
        save(store, case, assessment, "note:B1", "two")
        store.undo(case)
    with opened(tmp_path) as store:
        assert (store.next_undo(case), store.next_redo(case)) == ("record_answer", "record_answer")
        store.redo(case)
        assert store.entity(assessment).value("note:B1") == "two"


def test_something_new_ends_redo(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "note:B1", "one")
        store.undo(case)
        save(store, case, assessment, "note:B2", "new")
        assert store.next_redo(case) is None
        with pytest.raises(DiagError) as refused:
            store.redo(case)
        assert (refused.value.code, refused.value.location) == ("NOTHING_TO_REDO", case)


def test_an_empty_history_is_refused_with_a_code(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        assert store.next_undo() is None
        with pytest.raises(DiagError, match="NOTHING_TO_UNDO"):
            store.undo()


def test_a_case_has_its_own_history_and_the_workspace_has_all(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        left, right = add_case(store), add_case(store)
        save(store, *left, "note:B1", "left", name="left")
        save(store, *right, "note:B1", "right", name="right")
        assert (store.next_undo(left[0]), store.next_undo()) == ("left", "right")
        store.undo(left[0])
        assert store.entity(left[1]).value("note:B1") is None
        assert store.entity(right[1]).value("note:B1") == "right"
        store.undo()
        assert store.entity(right[1]).value("note:B1") is None
        assert store.next_redo(left[0]) == "left"


def test_an_operation_of_many_writes_goes_back_as_one(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "note:B1", "old")
        before = store.entity(assessment)
        with store.operation("many", case) as operation:
            operation.set(assessment, "note:B1", "between")
            operation.set(assessment, "note:B1", "new")
            operation.set(assessment, "note:B2", "other")
            operation.link(assessment, "target", "B1")
        after = store.entity(assessment)
        store.undo(case)
        assert store.entity(assessment).value("note:B1") == before.value("note:B1")
        assert (store.entity(assessment).value("note:B2"), store.entity(assessment).links) == (None, {})
        store.redo(case)
        assert store.entity(assessment).value("note:B1") == after.value("note:B1")
        assert list(store.entity(assessment).links["target"].values()) == ["B1"]


def test_making_and_deleting_an_entity_are_undone_whole(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        with store.operation("add_need", case) as operation:
            need = operation.create("need", parent=assessment)
            operation.set(need, "title", "视觉质检")
        store.undo(case)
        assert store.entities("need") == ()
        store.redo(case)
        assert [view.value("title") for view in store.entities("need")] == ["视觉质检"]
        with store.operation("remove_need", case) as operation:
            operation.delete(need)
        store.undo(case)
        assert [view.value("title") for view in store.entities("need")] == ["视觉质检"]


def test_an_enterprise_whose_adding_was_undone_is_not_found(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        add_case(store, "恒信精密")
        store.undo()
        assert store.find_enterprises("恒信") == ()
        store.redo()
        assert [row.name for row in store.find_enterprises("恒信")] == ["恒信精密"]


def test_a_seal_is_never_undone(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "note:B1", "one", name="record_note")
        with store.operation("issue_proposal", case) as operation:
            proposal = operation.create("proposal", parent=assessment)
            operation.seal(proposal, ISSUED, store.head_ids(case))
        assert store.next_undo(case) == "record_note"
        store.undo(case)
        assert store.entity(proposal).value("issued")["number"] == "QZ-1"


def test_the_pack_of_an_answer_comes_back_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        first, second = {"options": ["A"]}, {"options": ["B"]}
        for value, pack in ((first, "method@1.0.0"), (second, "method@2.0.0")):
            with store.operation("record_answer", case) as operation:
                operation.set(assessment, "answer:B1", value, pack=pack)
        store.undo(case)
        last = list(store.ops())[-1]
        assert (last.value, last.pack) == (first, "method@1.0.0")


def test_undo_leaves_alone_what_another_machine_wrote_since(tmp_path: Path) -> None:
    with opened(tmp_path / "left") as left, opened(tmp_path / "right") as right:
        case, assessment = add_case(left)
        save(left, case, assessment, "note:B1", "mine")
        right.import_ops(left.ops())
        save(right, case, assessment, "note:B1", "theirs")
        left.import_ops(right.ops())
        left.undo(case)
        assert left.entity(assessment).value("note:B1") == "theirs"


def test_undo_in_a_conflict_takes_back_the_own_side_only(tmp_path: Path) -> None:
    with opened(tmp_path / "left") as left, opened(tmp_path / "right") as right:
        case, assessment = add_case(left)
        save(left, case, assessment, "note:B1", "old")
        right.import_ops(left.ops())
        save(left, case, assessment, "note:B1", "mine")
        save(right, case, assessment, "note:B1", "theirs")
        left.import_ops(right.ops())
        assert len(left.entity(assessment).registers["note:B1"].conflicting) == 2
        left.undo(case)
        assert set(left.entity(assessment).registers["note:B1"].conflicting) == {"old", "theirs"}


def test_an_import_is_not_undone(tmp_path: Path) -> None:
    with opened(tmp_path / "left") as left, opened(tmp_path / "right") as right:
        case, assessment = add_case(left)
        right.import_ops(left.ops())
        save(right, case, assessment, "note:B1", "theirs")
        right.undo(case)
        assert right.next_undo(case) is None


def test_undoing_what_made_an_entity_does_not_hide_what_another_machine_wrote_in_it(tmp_path: Path) -> None:
    with opened(tmp_path / "left") as left, opened(tmp_path / "right") as right:
        case, assessment = add_case(left)
        with left.operation("add_need", case) as operation:
            need = operation.create("need", parent=assessment)
        right.import_ops(left.ops())
        save(right, case, need, "title", "theirs")
        left.import_ops(right.ops())
        left.undo(case)
        assert not left.entity(need).is_deleted


def test_two_windows_share_one_history(tmp_path: Path) -> None:
    with opened(tmp_path) as left, opened(tmp_path) as right:
        case, assessment = add_case(left)
        save(left, case, assessment, "note:B1", "one")
        right.undo(case)
        assert left.next_redo(case) == "record_answer"
        left.redo(case)
        assert right.entity(assessment).value("note:B1") == "one"
