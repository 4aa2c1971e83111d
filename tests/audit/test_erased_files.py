"""Erasing where files are: issued proposals, older bundles, an encrypted store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diag_app.model.ops import Op, OpKind
from diag_app.storage.snapshot import snapshots_in, write_snapshot
from diag_app.storage.store import Store
from tests.audit.erasing import MARKER, add_photo, redact
from tests.audit.trails import occurrences
from tests.fixed_clock import START
from tests.storage.stores import ISSUED, add_case, file_value, opened, save


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "home") as store:
        yield store


def issue(store: Store, case: str, assessment: str, data: bytes) -> str:
    sha256 = store.put_blob(data)
    heads = store.head_ids(case)
    with store.operation("issue_proposal", case) as operation:
        proposal = operation.create("proposal", parent=assessment)
        operation.seal(proposal, {**ISSUED, "files": [{**file_value(sha256), "language": "zh"}]}, heads)
    return sha256


@pytest.mark.parametrize("with_issued", [True, False])
def test_issued_proposals_that_show_it_are_named_and_go_when_told(store: Store, with_issued: bool) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", "before")
    earlier = issue(store, case, assessment, b"%PDF earlier")
    save(store, case, assessment, "note:B2", MARKER)
    shows = issue(store, case, assessment, b"%PDF shows " + MARKER.encode())
    plan = store.plan_redaction(assessment, "note:B2")
    assert [(item.number, item.files) for item in plan.issued] == [("QZ-1", (shows,))]
    redact(store, assessment, "note:B2", with_issued=with_issued)
    assert store.has_blob(earlier)
    assert store.has_blob(shows) is not with_issued
    assert (occurrences(store.directory, MARKER) == {}) is with_issued
    assert store.check(read_data=True) == ()


def test_erased_files_are_not_taken_from_an_older_bundle(store: Store, tmp_path: Path) -> None:
    case, assessment = add_case(store)
    evidence, file, picture = add_photo(store, case, assessment)
    older = list(store.ops())
    redact(store, evidence, "file")

    def again() -> list[Op]:
        return older

    assert store.unwanted_blobs((file, picture, "0" * 64), again) == {file, picture}
    with opened(tmp_path / "there") as there:
        there.import_ops(older)
        anew, _, _ = add_photo(there, case, assessment)
        assert store.unwanted_blobs((file, picture), lambda: list(there.ops())) == set()
        assert anew != evidence


def test_an_encrypted_store_is_erased_alike(tmp_path: Path) -> None:
    key = bytes(range(32))
    with opened(tmp_path, key=key) as store:
        case, assessment = add_case(store, MARKER)
        evidence, file, _ = add_photo(store, case, assessment)
        lies_at = store.blob_path(file)
        write_snapshot(store.inside[0], store.directory, at=START, reason="daily")
        for entity, register in ((case, "name"), (evidence, "file")):
            redact(store, entity, register)
        assert not lies_at.exists()
        assert [item.reason for item in snapshots_in(tmp_path)] == ["erasure"]
    with opened(tmp_path, key=key) as again:
        assert again.entity(case).value("name") is None
        assert [op.value for op in again.ops() if op.register == "name" and op.kind != OpKind.REDACT] == [None]
        assert again.check(read_data=True) == ()
