"""The self-check names whatever is no longer as it was written; the tables can be computed anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from diag_app.errors import DiagError, Severity
from diag_app.storage.store import Store
from tests.storage.stores import add_case, bare, file_value, opened, save

DAMAGE = [
    ("UPDATE op SET value = '\"别的\"' WHERE header ->> 'register' = 'note:B1'", "OP_DAMAGED"),
    ("UPDATE op SET salt = 'ffffffffffffffffffffffffffffffff' WHERE header ->> 'register' = 'note:B1'", "OP_DAMAGED"),
    ("UPDATE op SET header = json_set(header, '$.actor', 'x') WHERE header ->> 'register' = 'note:B1'", "OP_DAMAGED"),
    ("UPDATE op SET header = json_remove(header, '$.preds') WHERE id = 1", "OP_DAMAGED"),
    ("DELETE FROM op WHERE header ->> 'register' = 'note:B1'", "OP_GAP"),
    ("UPDATE register SET value = '1' WHERE register = 'note:B1'", "PROJECTION_DIFFERS"),
    ("DELETE FROM register WHERE register = 'note:B1'", "PROJECTION_DIFFERS"),
    ("UPDATE entity SET is_deleted = 1 WHERE kind = 'assessment'", "PROJECTION_DIFFERS"),
    ("DELETE FROM link", "PROJECTION_DIFFERS"),
    ("UPDATE enterprise SET name = 'x'", "PROJECTION_DIFFERS"),
    ("DELETE FROM enterprise", "PROJECTION_DIFFERS"),
    ("DELETE FROM enterprise_search WHERE rowid = 1", "PROJECTION_DIFFERS"),
]


def filled(store: Store) -> tuple[str, str]:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", "一")
    with store.operation("add_evidence", case) as operation:
        evidence = operation.create("evidence", parent=assessment)
        operation.set(evidence, "file", file_value(store.put_blob(b"photo"), picture=store.put_blob(b"small")))
        operation.link(evidence, "target", "B1")
    save(store, case, assessment, "note:B2", "二")
    return case, assessment


@pytest.mark.parametrize(("damage", "code"), DAMAGE)
def test_damage_is_named_and_computing_anew_mends_what_can_be_computed(tmp_path: Path, damage: str, code: str) -> None:
    with opened(tmp_path) as store:
        filled(store)
        assert store.check(read_data=True) == ()
    with bare(tmp_path) as connection:
        assert connection.execute(damage).rowcount > 0
    with opened(tmp_path) as store:
        assert code in {problem.code for problem in store.check()}
        if code == "PROJECTION_DIFFERS":
            store.rebuild_projections()
            assert store.check(read_data=True) == ()


def test_missing_evidence_is_an_error_where_it_was_saved_and_a_warning_elsewhere(tmp_path: Path) -> None:
    with opened(tmp_path / "here") as here, opened(tmp_path / "there") as there:
        filled(here)
        there.import_ops(here.ops())
        assert {(p.code, p.severity) for p in there.check()} == {("BLOB_MISSING", Severity.WARNING)}
        here.blob_path(here.put_blob(b"photo")).unlink()
        assert [(p.code, p.severity) for p in here.check()] == [("BLOB_MISSING", Severity.ERROR)]


def test_every_flipped_bit_of_evidence_is_found(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - places to damage need no secret
    with opened(tmp_path) as store:
        filled(store)
        path = store.blob_path(store.put_blob(b"photo"))
        for _ in range(40):
            original = path.read_bytes()
            place, bit = chance.randrange(len(original)), chance.randrange(8)
            path.write_bytes(original[:place] + bytes([original[place] ^ 1 << bit]) + original[place + 1 :])
            assert [(p.code, p.location) for p in store.check(read_data=True)] == [("BLOB_DAMAGED", path.name)]
            path.write_bytes(original)
        assert store.check(read_data=True) == ()


def test_flipped_bits_of_the_file_never_pass_for_what_was_written(tmp_path: Path) -> None:
    """Each of 100 flips is named, or refused on opening, or changed nothing that was written."""
    chance = random.Random(11)  # noqa: S311 - places to damage need no secret
    with opened(tmp_path) as store:
        filled(store)
        written = [(op.op_id, op.value) for op in store.ops()]
    path = tmp_path / "workspace.db"
    original = path.read_bytes()
    named = 0
    for _ in range(100):
        place, bit = chance.randrange(len(original)), chance.randrange(8)
        path.write_bytes(original[:place] + bytes([original[place] ^ 1 << bit]) + original[place + 1 :])
        named += is_named(tmp_path, written)
    assert named > 5


def is_named(directory: Path, written: list[tuple[str, object]]) -> bool:
    try:
        with opened(directory) as store:
            if store.check():
                return True
            assert [(op.op_id, op.value) for op in store.ops()] == written
            return False
    except DiagError:
        return True
