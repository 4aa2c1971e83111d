"""Erasing in the store: the values are gone from every file, everything else holds, and nothing brings them back."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from diag_app.errors import DiagError, Severity
from diag_app.model.ops import OpKind, ValueState
from diag_app.storage.backup import restore_backup
from diag_app.storage.redaction import FIXED
from diag_app.storage.snapshot import SNAPSHOT_FOLDER, snapshots_in, write_snapshot
from diag_app.storage.store import Store
from tests.audit.erasing import BYTES, MARKER, OLDER, REASON, add_photo, redact
from tests.audit.trails import occurrences
from tests.fixed_clock import START
from tests.model.op_sets import Replica
from tests.storage.stores import add_case, bare, opened, save


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "home") as store:
        yield store


def states(store: Store, register: str) -> list[ValueState]:
    return [op.value_state for op in store.ops() if op.register == register and op.kind != OpKind.REDACT]


def test_every_value_the_register_had_is_gone_from_every_file(store: Store, tmp_path: Path) -> None:
    case, assessment = add_case(store, OLDER)
    for value in (MARKER, "x" * 9000 + MARKER, MARKER * 50):
        save(store, case, case, "name", value)
    save(store, case, case, "name@en", f"{MARKER} Ltd")
    for number in range(300):  # so that pages are split, moved and freed between
        save(store, case, assessment, f"note:B{number}", "别的" * (number % 40))
    redact(store, case, "name")
    assert occurrences(store.directory, MARKER, OLDER) == {}
    store.close()
    assert occurrences(tmp_path, MARKER, OLDER) == {}
    with opened(store.directory) as again:
        assert again.entity(case).value("name") is None
        assert again.entity(case).value("name@en") is None
        assert again.find_enterprises("标记") == ()
        assert again.find_enterprises("bj") == ()
        assert again.entity(assessment).value("note:B39") == "别的" * 39
        assert again.check(read_data=True) == ()
        again.rebuild_projections()
        assert again.check() == ()


def test_what_a_newer_app_wrote_into_the_register_goes_too(store: Store) -> None:
    case, _ = add_case(store, OLDER)
    newer = Replica("e", case=case)
    newer.write("translate", case, "name", MARKER)
    newer.write("translate", case, "address", "stays")
    store.import_ops(newer.ops)
    redact(store, case, "name")
    assert occurrences(store.directory, MARKER, OLDER) == {}
    assert [op.value for op in store.ops() if op.kind == "translate"] == [None, "stays"]
    assert [op.op_id for op in store.ops() if op.kind == "translate"] == [op.op_id for op in newer.ops]


def test_ids_chains_and_every_other_value_stay_as_they_were(store: Store) -> None:
    case, assessment = add_case(store, MARKER)
    save(store, case, assessment, "note:B1", "stays")
    before = list(store.ops())
    redact(store, case, "name")
    after = {op.op_id: op for op in store.ops()}
    for op in before:
        here = after.pop(op.op_id)
        assert (here.header(), here.op_id) == (op.header(), op.op_id)
        is_erased = op.register == "name"
        assert (here.value, here.salt) == ((None, None) if is_erased else (op.value, op.salt))
    (added,) = after.values()
    assert (added.kind, added.register, added.value["reason"]) == (OpKind.REDACT, "name", REASON)
    assert (added.seq, added.prev) == (before[-1].seq + 1, before[-1].op_id)


def test_no_salt_is_left_to_guess_a_short_value_by(store: Store) -> None:
    """A yes or no could be found from its digest if its salt stayed."""
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", "是")
    redact(store, assessment, "note:B1")
    with bare(store.directory) as connection:
        rows = connection.execute(
            "SELECT value, salt FROM op WHERE header ->> 'register' = 'note:B1' AND value_state = 'redacted'"
        ).fetchall()
    assert rows == [(None, None)]


def test_undo_neither_takes_an_erasure_back_nor_brings_a_value_back(store: Store) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", OLDER)
    save(store, case, assessment, "note:B1", MARKER)
    save(store, case, assessment, "note:B2", "x")
    store.undo(case)
    redact(store, assessment, "note:B1")
    assert store.next_redo(case) is None
    assert store.next_undo(case) == "add_enterprise"  # neither the erasure nor what wrote the erased values
    with pytest.raises(DiagError, match="NOTHING_TO_REDO"):
        store.redo(case)
    store.undo(case)
    store.redo(case)
    assert store.entity(assessment).value("note:B1") is None
    store.undo(case)
    with pytest.raises(DiagError, match="NOTHING_TO_UNDO"):
        store.undo(case)
    assert store.check() == ()


def test_a_window_that_knew_the_value_cannot_undo_it_back(store: Store) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", MARKER)
    save(store, case, assessment, "note:B1", "later")
    assert store.next_undo(case) == "record_answer"
    with opened(store.directory) as other:
        redact(other, assessment, "note:B1")
    store.undo(case)
    assert store.entity(assessment).value("note:B1") is None
    assert store.check() == ()


def test_a_new_value_may_be_written_and_is_not_erased(store: Store) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", MARKER)
    redact(store, assessment, "note:B1")
    save(store, case, assessment, "note:B1", "neutral")
    assert store.entity(assessment).value("note:B1") == "neutral"
    redact(store, assessment, "note:B1")
    assert store.entity(assessment).value("note:B1") is None
    assert states(store, "note:B1") == [ValueState.REDACTED] * 2


def test_a_conflict_goes_whole(store: Store, tmp_path: Path) -> None:
    case, assessment = add_case(store)
    with opened(tmp_path / "there") as there:
        there.import_ops(store.ops())
        save(there, case, assessment, "note:B1", MARKER)
        save(store, case, assessment, "note:B1", OLDER)
        store.import_ops(there.ops())
    redact(store, assessment, "note:B1")
    assert store.entity(assessment).registers["note:B1"].conflicting == ()
    assert occurrences(store.directory, MARKER, OLDER) == {}


def test_a_deleted_item_can_be_erased_and_stays_deleted(store: Store) -> None:
    case, assessment = add_case(store)
    with store.operation("add_need", case) as operation:
        need = operation.create("need", parent=assessment)
        operation.set(need, "title", MARKER)
    with store.operation("remove_need", case) as operation:
        operation.delete(need)
    redact(store, need, "title")
    assert store.entities("need") == ()
    assert occurrences(store.directory, MARKER) == {}
    assert store.check() == ()


def test_links_can_be_erased(store: Store) -> None:
    case, assessment = add_case(store)
    with store.operation("link", case) as operation:
        operation.link(assessment, "mentions", MARKER)
    redact(store, assessment, "mentions")
    assert store.entity(assessment).links == {}
    assert occurrences(store.directory, MARKER) == {}
    assert store.check() == ()


def test_an_evidence_file_goes_with_its_register(store: Store) -> None:
    case, assessment = add_case(store)
    evidence, file, picture = add_photo(store, case, assessment)
    redact(store, evidence, "file")
    assert not store.has_blob(file)
    assert not store.has_blob(picture)
    assert store.erased_blobs() == {file, picture}
    assert occurrences(store.directory, BYTES[:30], BYTES[::-1][:30], MARKER, f"{file}.") == {}
    assert store.check(read_data=True) == ()


def test_a_file_that_other_evidence_names_stays_and_is_named(store: Store) -> None:
    case, assessment = add_case(store)
    evidence, file, picture = add_photo(store, case, assessment)
    other, _, _ = add_photo(store, case, assessment)
    assert store.plan_redaction(evidence, "file").shared_blobs == tuple(sorted((file, picture)))
    redact(store, evidence, "file")
    assert store.read_blob(file) == BYTES
    redact(store, other, "file")
    assert not store.has_blob(file)
    assert store.check(read_data=True) == ()


def test_the_same_file_may_be_added_again(store: Store) -> None:
    case, assessment = add_case(store)
    evidence, file, _ = add_photo(store, case, assessment)
    redact(store, evidence, "file")
    add_photo(store, case, assessment)
    assert store.read_blob(file) == BYTES
    assert store.erased_blobs() == set()
    assert store.check(read_data=True) == ()


@pytest.mark.parametrize("is_first", [True, False], ids=["older first", "erasure first"])
def test_an_erasure_travels_and_an_older_copy_never_brings_the_value_back(
    store: Store, tmp_path: Path, is_first: bool
) -> None:
    case, assessment = add_case(store, OLDER)
    save(store, case, case, "name", MARKER)
    add_photo(store, case, assessment)
    older = list(store.ops())
    redact(store, case, "name")
    newer = list(store.ops())
    with opened(tmp_path / "there") as there:
        results = [there.import_ops(ops) for ops in ([older, newer] if is_first else [newer, older])]
        told = [problem for result in results for problem in result.problems if problem.code == "ERASED_BY_IMPORT"]
        assert [(problem.severity, problem.location) for problem in told] == [(Severity.WARNING, f"{case} name")]
        assert there.entity(case) == store.entity(case)
        assert there.state_digest(case) == store.state_digest(case)
        assert list(there.ops()) == newer
        assert there.import_ops(older).applied == 0
        assert [p for p in there.check() if p.code != "BLOB_MISSING"] == []
        assert occurrences(there.directory, OLDER) == {}
    assert occurrences(tmp_path / "there", OLDER) == {}
    assert store.import_ops(older).applied == 0
    assert occurrences(store.directory, OLDER) == {}


def test_an_edit_elsewhere_that_the_erasure_had_not_seen_is_shown_beside_it(store: Store, tmp_path: Path) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", MARKER)
    with opened(tmp_path / "there") as there:
        there.import_ops(store.ops())
        save(there, case, assessment, "note:B1", "edited")
        redact(store, assessment, "note:B1")
        there.import_ops(store.ops())
        store.import_ops(there.ops())
        assert there.entity(assessment) == store.entity(assessment)
        assert set(store.entity(assessment).registers["note:B1"].conflicting) == {None, "edited"}
        save(store, case, assessment, "note:B1", "settled")
        there.import_ops(store.ops())
        assert there.entity(assessment).value("note:B1") == "settled"


def test_an_erasure_reaches_only_its_own_register(store: Store, tmp_path: Path) -> None:
    """A forged op must not erase what other facts are read by, nor other registers, nor evidence in use."""
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", "mine")
    _, file, _ = add_photo(store, case, assessment)
    victims = [op.op_id for op in store.ops()]
    with opened(tmp_path / "there") as there:
        there.import_ops(store.ops())
        with there.operation("redact", case) as operation:
            for register in ("note:B2", "entity"):
                operation.redact(assessment, register, {"ops": victims, "blobs": [file], "reason": "x"})
            operation.redact(assessment, "note:B3", {"ops": 7, "blobs": {"a": 1}})
        forged = [op for op in there.ops() if op.replica == there.replica]
    store.import_ops(forged)
    assert store.entity(assessment).value("note:B1") == "mine"
    assert store.read_blob(file) == BYTES
    assert {state for op in store.ops() for state in [op.value_state]} == {ValueState.PRESENT}


@pytest.mark.parametrize("register", sorted(FIXED))
def test_what_other_facts_are_read_by_is_not_erasable(store: Store, register: str) -> None:
    _, assessment = add_case(store)
    with pytest.raises(DiagError, match="NOT_ERASABLE"):
        store.plan_redaction(assessment, register)


@pytest.mark.parametrize(
    ("register", "reason", "code"),
    [
        ("note:B9", REASON, "NOTHING_TO_ERASE"),
        ("remark:B1", "  ", "REASON_MISSING"),
        ("remark:B1", f"删除 {MARKER}", "REASON_TELLS"),
    ],
)
def test_refusals_change_nothing(store: Store, register: str, reason: str, code: str) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "remark:B1", [{"words": MARKER}])
    before = list(store.ops())
    with pytest.raises(DiagError, match=code):
        store.redact(assessment, register, reason=reason, with_issued=False)
    with pytest.raises(DiagError, match="ENTITY_UNKNOWN"):
        store.redact("nowhere", "remark:B1", reason=REASON, with_issued=False)
    assert (list(store.ops()), store.audit_rows()) == (before, ())


def test_the_trail_tells_of_it_without_the_words(store: Store) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", MARKER)
    redact(store, assessment, "note:B1")
    row = store.audit_rows()[-1]
    assert (row.event, row.details["entity"], row.details["ops"], row.details["files"]) == ("redact", assessment, 1, 0)
    assert [op.op_id for op in store.ops() if op.kind == OpKind.REDACT] == list(row.details["by"])
    told = json.dumps(dict(row.details), ensure_ascii=False)
    assert (MARKER in told, REASON in told) == (False, False)


def test_copies_of_the_store_go_and_a_new_backup_takes_their_place(store: Store) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", MARKER)
    evidence, _, _ = add_photo(store, case, assessment)
    folder = store.directory / SNAPSHOT_FOLDER
    old = store.backup(folder / "qizhen-backup-1")
    shutil.copyfile(store.directory / "workspace.db", folder / "before-migration-1.db")
    daily = write_snapshot(store.inside[0], store.directory, at=START, reason="daily").path
    done = store.redact(assessment, "note:B1", reason=REASON, with_issued=False)
    assert {path.name for path in done.copies} == {old.name, daily.name, "before-migration-1.db"}
    assert [item.reason for item in snapshots_in(store.directory)] == ["erasure"]
    assert [path.name for path in folder.glob("*.zip")] == ["qizhen-backup-1-erased-1.zip"]
    redact(store, evidence, "file")
    assert occurrences(store.directory, MARKER, BYTES[:30]) == {}
    assert len(list(folder.iterdir())) == 2
    (new,) = folder.glob("*.zip")
    store.close()
    restore_backup(new, store.directory.parent / "restored")
    with opened(store.directory.parent / "restored") as restored:
        assert restored.entity(assessment).value("note:B1") is None
        assert restored.check(read_data=True) == ()


def test_an_erasure_broken_off_is_finished_at_the_next_opening(store: Store) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", MARKER)
    evidence, file, _ = add_photo(store, case, assessment)
    store.close()
    with opened(store.directory, busy_seconds=0) as window, opened(store.directory) as reader, reader.unchanging():
        assert reader.entity(assessment).value("note:B1") == MARKER
        done = window.redact(evidence, "file", reason=REASON, with_issued=False)
        assert done.unfinished == "STORE_BUSY"
        assert [(p.code, p.severity) for p in window.check()] == [("ERASURE_UNFINISHED", Severity.WARNING)]
    with opened(store.directory) as again:
        assert again.check(read_data=True) == ()
        assert occurrences(again.directory, f"{MARKER}.jpg", BYTES[:30]) == {}
        assert hashlib.sha256(BYTES).hexdigest() == file
