"""A backup holds everything, reads back before it is called one, and never becomes a twin."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.storage.backup import restore_backup
from diag_app.storage.store import Store
from tests.storage.stores import add_case, file_value, opened, save

KEY = bytes(range(32))


def filled(store: Store) -> tuple[str, str]:
    case, assessment = add_case(store)
    with store.operation("add_evidence", case) as operation:
        evidence = operation.create("evidence", parent=assessment)
        operation.set(evidence, "file", file_value(store.put_blob(b"photo" * 1000)))
    return case, assessment


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_a_restored_store_holds_everything_and_has_an_identity_of_its_own(tmp_path: Path, key: bytes | None) -> None:
    with opened(tmp_path / "old", key=key) as old:
        case, assessment = filled(old)
        path = old.backup(tmp_path / "copies" / "backup")
        assert path == tmp_path / "copies" / "backup.zip"
        restore_backup(path, tmp_path / "new", key=key)
        with opened(tmp_path / "new", key=key) as new:
            assert new.check(read_data=True) == ()
            assert (new.state_digest(case), list(new.ops())) == (old.state_digest(case), list(old.ops()))
            assert new.replica != old.replica
            save(new, case, assessment, "note:B1", "new")
            save(old, case, assessment, "note:B1", "old")
            assert old.import_ops(new.ops()).problems == ()
            assert set(old.entity(assessment).registers["note:B1"].conflicting) == {"new", "old"}
        assert sorted(item.name for item in (tmp_path / "copies").iterdir()) == ["backup.zip"]


def test_an_encrypted_backup_can_be_put_back_without_its_key(tmp_path: Path) -> None:
    with opened(tmp_path / "old", key=KEY) as old:
        case, _ = filled(old)
        path = old.backup(tmp_path / "backup.zip")
    restore_backup(path, tmp_path / "new")
    with opened(tmp_path / "new", key=KEY) as new:
        assert new.entity(case).kind == "enterprise"


def test_a_backup_is_taken_while_another_window_saves(tmp_path: Path) -> None:
    with opened(tmp_path / "old") as left, opened(tmp_path / "old") as right:
        case, assessment = filled(left)
        save(right, case, assessment, "note:B1", "saved before")
        restore_backup(left.backup(tmp_path / "backup.zip"), tmp_path / "new")
        save(right, case, assessment, "note:B1", "saved after")
    with opened(tmp_path / "new") as new:
        assert new.entity(assessment).value("note:B1") == "saved before"


def test_a_workspace_is_never_overwritten(tmp_path: Path) -> None:
    with opened(tmp_path / "old") as old:
        filled(old)
        path = old.backup(tmp_path / "backup.zip")
        with pytest.raises(DiagError) as refused:
            restore_backup(path, tmp_path / "old")
        assert (refused.value.code, refused.value.location) == ("STORE_EXISTS", str(tmp_path / "old"))


def code_of_restoring(path: Path, directory: Path) -> str:
    try:
        restore_backup(path, directory)
    except DiagError as error:
        return error.code
    return ""


@pytest.mark.parametrize("place", range(40))
def test_a_damaged_backup_is_refused_or_restores_what_was_written(tmp_path: Path, place: int) -> None:
    with opened(tmp_path / "old") as old:
        filled(old)
        written = list(old.ops())
        path = old.backup(tmp_path / "backup.zip")
    content = bytearray(path.read_bytes())
    content[place * len(content) // 40] ^= 1
    path.write_bytes(content)
    if code := code_of_restoring(path, tmp_path / "new"):
        assert (code, (tmp_path / "new").exists()) == ("BACKUP_DAMAGED", False)
        return
    with opened(tmp_path / "new") as new:
        assert (list(new.ops()), new.check(read_data=True)) == (written, ())


@pytest.mark.parametrize(
    "names", [[], ["readme.txt"], ["workspace.db", "../outside"], ["workspace.db", "evidence/aa/bb"], ["workspace.db"]]
)
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "backup.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"SQLite format 3\0 and nothing more")
    with pytest.raises(DiagError) as refused:
        restore_backup(path, tmp_path / "new")
    assert refused.value.code == "BACKUP_DAMAGED"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["backup.zip"]


def test_no_archive_and_no_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no archive")
    for name, code in (("text.zip", "BACKUP_DAMAGED"), ("absent.zip", "NOT_FOUND")):
        with pytest.raises(DiagError) as refused:
            restore_backup(tmp_path / name, tmp_path / "new")
        assert refused.value.code == code


def test_damaged_evidence_does_not_become_a_backup(tmp_path: Path) -> None:
    with opened(tmp_path / "old") as old:
        filled(old)
        old.blob_path(old.put_blob(b"photo" * 1000)).write_bytes(b"other" * 1000)
        with pytest.raises(DiagError, match="BACKUP_DAMAGED"):
            old.backup(tmp_path / "backup.zip")
        assert not (tmp_path / "backup.zip").exists()
