"""Evidence files: durable before they are named, found by their digest, never trusted unread."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from tests.storage.stores import ISSUED, add_case, file_value, opened, save

PHOTO = b"\xff\xd8 not really a photo" * 100
SHA256 = hashlib.sha256(PHOTO).hexdigest()


def test_bytes_are_on_the_disk_when_put_returns(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        assert store.put_blob(PHOTO) == SHA256
        path = tmp_path / "evidence" / SHA256[:2] / SHA256
        assert (path.read_bytes(), store.blob_path(SHA256), store.has_blob(SHA256)) == (PHOTO, path, True)
        assert store.read_blob(SHA256) == PHOTO


def test_the_same_bytes_are_stored_once(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.put_blob(PHOTO)
        before = store.blob_path(SHA256).stat().st_ino
        store.put_blob(PHOTO)
        assert store.blob_path(SHA256).stat().st_ino == before
        assert [path.name for path in (tmp_path / "evidence").rglob("*") if path.is_file()] == [SHA256]


def test_a_file_cut_short_is_written_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.put_blob(PHOTO)
        store.blob_path(SHA256).write_bytes(PHOTO[:10])
        store.put_blob(PHOTO)
        assert store.read_blob(SHA256) == PHOTO


def test_an_op_cannot_name_evidence_that_is_not_here(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        with pytest.raises(DiagError) as refused:
            save(store, case, assessment, "file", file_value(SHA256))
        assert (refused.value.code, refused.value.location) == ("BLOB_MISSING", SHA256)
        with pytest.raises(DiagError, match="BLOB_MISSING"), store.operation("issue", case) as operation:
            operation.seal(assessment, {**ISSUED, "files": [{**file_value(SHA256), "language": "zh"}]}, ())
        assert len(list(store.ops())) == 3


def test_missing_and_altered_evidence_is_named(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        with pytest.raises(DiagError) as refused:
            store.read_blob(SHA256)
        assert (refused.value.code, refused.value.location) == ("BLOB_MISSING", SHA256)
        store.put_blob(PHOTO)
        store.blob_path(SHA256).write_bytes(bytes([PHOTO[0] ^ 1]) + PHOTO[1:])
        with pytest.raises(DiagError) as refused:
            store.read_blob(SHA256)
        assert (refused.value.code, refused.value.location) == ("BLOB_DAMAGED", SHA256)
