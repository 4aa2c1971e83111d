"""Evidence of an encrypted store: the same door as plain evidence, nothing to be read or recognised behind it."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.storage.backup import restore_backup
from diag_app.storage.database import KEY_FILE
from tests.storage.stores import add_case, file_value, opened, save

KEY = bytes(range(32))
PHOTO = b"\xff\xd8 a photo " * 20_000
SHA256 = hashlib.sha256(PHOTO).hexdigest()


def test_evidence_goes_in_and_comes_out_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path, key=KEY) as store:
        assert store.put_blob(PHOTO) == SHA256
        assert (store.has_blob(SHA256), store.read_blob(SHA256), store.blob_size(SHA256)) == (True, PHOTO, len(PHOTO))
        with store.open_blob(SHA256) as stream:
            assert stream.read() == PHOTO
        assert not store.has_blob("0" * 64)


def test_the_folder_shows_neither_the_bytes_nor_their_digest(tmp_path: Path) -> None:
    with opened(tmp_path, key=KEY) as store:
        store.put_blob(PHOTO)
    (path,) = (tmp_path / "evidence").glob("*/*")
    assert path.suffix == ".age"
    assert SHA256 not in path.name
    assert b"a photo" not in path.read_bytes()


def test_the_same_bytes_are_written_once_and_a_damaged_file_is_mended(tmp_path: Path) -> None:
    with opened(tmp_path, key=KEY) as store:
        store.put_blob(PHOTO)
        path = store.blob_path(SHA256)
        before = path.stat().st_ino
        store.put_blob(PHOTO)
        assert path.stat().st_ino == before
        path.write_bytes(path.read_bytes()[:-1])
        store.put_blob(PHOTO)
        assert store.read_blob(SHA256) == PHOTO


@pytest.mark.parametrize("place", [3, 200, -1])
def test_a_flipped_bit_is_found_and_named_by_the_digest_people_know(tmp_path: Path, place: int) -> None:
    with opened(tmp_path, key=KEY) as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "file", file_value(store.put_blob(PHOTO)))
        path = store.blob_path(SHA256)
        data = bytearray(path.read_bytes())
        data[place] ^= 1
        path.write_bytes(data)
        with pytest.raises(DiagError, match="BLOB_DAMAGED"):
            store.read_blob(SHA256)
        assert [(item.code, item.location) for item in store.check(read_data=True)] == [("BLOB_DAMAGED", SHA256)]


def test_a_file_under_another_files_name_is_found(tmp_path: Path) -> None:
    with opened(tmp_path, key=KEY) as store:
        first, second = store.put_blob(PHOTO), store.put_blob(b"another")
        store.blob_path(first).write_bytes(store.blob_path(second).read_bytes())
        assert [item.code for item in store.check(read_data=True)] == ["BLOB_DAMAGED"]


def test_a_backup_carries_the_key_file_and_comes_back(tmp_path: Path) -> None:
    with opened(tmp_path / "old", key=KEY) as store:
        (tmp_path / "old" / KEY_FILE).write_bytes(b"wraps")
        store.put_blob(PHOTO)
        backup = store.backup(tmp_path / "backup")
    assert b"a photo" not in backup.read_bytes()
    for key, name in ((KEY, "with"), (None, "without")):
        restore_backup(backup, tmp_path / name, key=key)
        assert (tmp_path / name / KEY_FILE).read_bytes() == b"wraps"
        with opened(tmp_path / name, key=KEY) as store:
            assert store.read_blob(SHA256) == PHOTO


def test_a_backup_with_other_evidence_is_refused_to_who_holds_the_key(tmp_path: Path) -> None:
    with opened(tmp_path / "old", key=KEY) as store:
        path = store.blob_path(store.put_blob(PHOTO))
        path.write_bytes(path.read_bytes()[:-100])
        with pytest.raises(DiagError, match="BACKUP_DAMAGED"):
            store.backup(tmp_path / "backup")
    assert not (tmp_path / "backup.zip").exists()


def test_a_backup_holds_nothing_but_store_keys_and_evidence(tmp_path: Path) -> None:
    with opened(tmp_path / "old", key=KEY) as store:
        (tmp_path / "old" / "stray.txt").write_text("stray")
        store.put_blob(PHOTO)
        backup = store.backup(tmp_path / "backup")
    names = zipfile.ZipFile(backup).namelist()
    assert len(names) == 2
    assert all(name == "workspace.db" or name.endswith(".age") for name in names)
