"""The audit trail: nothing in it can be changed, left out or put in unseen; it never holds what was answered."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from diag_app.storage.audit import MOST_WAITING, WAITING_FOLDER, AuditHead, export_lines, leave_waiting
from diag_app.storage.store import Store
from tests.audit.trails import damage_trail, refuses, verified
from tests.storage.stores import add_case, bare, opened

EVENTS = ("unlock", "export", "import", "backup", "settings")


def filled(directory: Path) -> None:
    with opened(directory) as store:
        for number, event in enumerate(EVENTS):
            store.audit(event, {"number": number})


def codes(store: Store) -> list[str]:
    return [problem.code for problem in store.check()]


def test_a_row_is_named_by_all_it_holds_and_by_the_row_before(tmp_path: Path) -> None:
    filled(tmp_path)
    with bare(tmp_path) as connection:
        rows = connection.execute("SELECT seq, prev, at, actor, event, details, row_id FROM audit").fetchall()
    assert [row[4] for row in rows] == ["begin", *EVENTS]
    before = None
    for seq, prev, at, actor, event, details, row_id in rows:
        covered = {
            "seq": seq, "prev": prev, "at": at, "actor": actor, "event": event, "details": json.loads(details)
        }  # fmt: skip
        text = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert (hashlib.sha256(text.encode()).hexdigest(), prev) == (row_id, before)
        before = row_id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET event = 'backup' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 6",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT seq + 7, row_id || 'x', prev, at, actor, event, details FROM audit WHERE seq = 1",
        "INSERT OR REPLACE INTO audit SELECT 2, row_id || 'x', prev, at, actor, event, details FROM audit LIMIT 1",
    ],
)
def test_the_file_itself_refuses_to_change_the_trail(tmp_path: Path, statement: str) -> None:
    filled(tmp_path)
    assert refuses(tmp_path, statement)
    with opened(tmp_path) as store:
        assert (len(store.audit_rows()), store.check()) == (len(EVENTS) + 1, ())


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("UPDATE audit SET at = '2020-01-01T00:00:00.000+00:00' WHERE seq = 3", {"AUDIT_DAMAGED"}),
        ("UPDATE audit SET actor = actor || ' ' WHERE seq = 1", {"AUDIT_DAMAGED"}),
        ("UPDATE audit SET details = '{}' WHERE seq = 6", {"AUDIT_DAMAGED"}),
        ("UPDATE audit SET details = '{' WHERE seq = 6", {"AUDIT_DAMAGED"}),
        ("UPDATE audit SET row_id = upper(row_id) WHERE seq = 4", {"AUDIT_DAMAGED", "AUDIT_BROKEN"}),
        ("DELETE FROM audit WHERE seq = 3", {"AUDIT_BROKEN"}),
        ("DELETE FROM audit WHERE seq = 1", {"AUDIT_BROKEN"}),
        ("UPDATE audit SET seq = seq + 1 WHERE seq = 6", {"AUDIT_BROKEN", "AUDIT_DAMAGED"}),
    ],
)
def test_damage_is_named_and_keeps_nobody_from_working(tmp_path: Path, damage: str, expected: set[str]) -> None:
    filled(tmp_path)
    damage_trail(tmp_path, damage)
    with opened(tmp_path) as store:
        assert set(codes(store)) == expected
        add_case(store)
        store.audit("backup", {"size": 1})


def test_every_flipped_letter_of_every_row_is_found(tmp_path: Path) -> None:
    """Each of the 6 rows in 7 fields, by the check and by the stand-alone verifier."""
    filled(tmp_path)
    with opened(tmp_path) as store:
        rows = export_lines(store.audit_rows()).decode().splitlines()
    flips = 0
    for number, row in enumerate(rows):
        for field, value in json.loads(row).items():
            if value is not None:
                changed = json.dumps({**json.loads(row), field: _flipped(value)}, ensure_ascii=False)
                path = tmp_path / "trail.jsonl"
                path.write_text("\n".join([*rows[:number], changed, *rows[number + 1 :]]) + "\n", encoding="utf-8")
                status, said = verified(path)
                assert (status, f"row {number + 1}" in said or f"row {number + 2}" in said) == (1, True), (field, said)
                flips += 1
    assert flips == 6 * 7 - 1


def _flipped(value: Any) -> Any:
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:]
    return value + 1 if isinstance(value, int) else {**value, "x": 1}


def test_a_row_goes_with_the_change_it_tells_of(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)

        def issue_and_fail() -> None:
            with store.operation("issue_proposal", case) as operation:
                operation.set(assessment, "note:B1", "x")
                operation.audit("issue", {"proposal": assessment})
                raise EOFError

        def export_and_fail() -> None:
            with store.audited("export", {}):
                store.set_local("exports", "[]")
                raise EOFError

        for attempt in (issue_and_fail, export_and_fail):
            with pytest.raises(EOFError):
                attempt()
        assert store.entity(assessment).value("note:B1") is None
        assert (store.audit_rows(), store.local("exports")) == ((), None)
        with store.operation("issue_proposal", case) as operation:
            operation.set(assessment, "note:B1", "x")
            operation.audit("issue", {"proposal": assessment})
        assert [row.event for row in store.audit_rows()] == ["begin", "issue"]


def test_a_change_whose_row_cannot_be_written_is_not_made(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)

        def tell_a_name() -> None:
            with store.operation("issue_proposal", case) as operation:
                operation.set(assessment, "note:B1", "x")
                operation.audit("issue", {"name": "恒信精密"})

        with pytest.raises(ValueError, match="ids"):
            tell_a_name()
        assert store.entity(assessment).value("note:B1") is None


@pytest.mark.parametrize(
    ("event", "details"),
    [
        ("export", {"name": "恒信精密机械有限公司"}),
        ("export", {"path": "D:\\my files"}),
        ("export", {"list": ["a", {"b": "two words"}]}),
        ("export", {"answer text": 1}),
        ("export", {"figure": 1.5}),
        ("export", {"long": "a" * 129}),
        ("opened", {}),
    ],
)
def test_words_that_could_be_answers_are_refused(tmp_path: Path, event: str, details: dict[str, Any]) -> None:
    with opened(tmp_path) as store:
        with pytest.raises(ValueError, match=event):
            store.audit(event, details)
        with pytest.raises(ValueError, match=event):
            leave_waiting(tmp_path, event, at=0, details=details)
        assert store.audit_rows() == ()


def test_two_trails_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    for name in ("here", "there"):
        filled(tmp_path / name)
    with opened(tmp_path / "here") as here, opened(tmp_path / "there") as there:
        assert here.audit_rows()[0].row_id != there.audit_rows()[0].row_id


def test_events_that_wait_are_folded_in_once_and_in_order(tmp_path: Path) -> None:
    opened(tmp_path).close()
    for number in range(3):
        leave_waiting(tmp_path, "unlock_failed", at=1_700_000_000_000 + number, details={"number": number})
    kept = {path: path.read_bytes() for path in (tmp_path / WAITING_FOLDER).iterdir()}
    with opened(tmp_path) as store:
        assert [row.details.get("number") for row in store.audit_rows()] == [None, 0, 1, 2]
        assert store.audit_rows()[1].at == "2023-11-14T22:13:20.000+00:00"
    for path, data in kept.items():
        assert not path.exists()
        path.write_bytes(data)  # as if the power had gone before they were removed
    with opened(tmp_path) as store:
        assert len(store.audit_rows()) == 4
        assert store.check() == ()
    assert list((tmp_path / WAITING_FOLDER).iterdir()) == []


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"event":"x","at":1,"details":{}}', b'{"event":"unlock","at":-1,"details":{}}',
             b'{"event":"unlock","at":1,"details":{"name":"two words"}}']
)  # fmt: skip
def test_a_waiting_event_that_cannot_be_read_is_counted_as_a_failed_unlock(tmp_path: Path, data: bytes) -> None:
    opened(tmp_path).close()
    (tmp_path / WAITING_FOLDER).mkdir()
    (tmp_path / WAITING_FOLDER / "0190.json").write_bytes(data)
    with opened(tmp_path) as store:
        assert [(row.event, row.details) for row in store.audit_rows()[1:]] == [
            ("unlock_failed", {"unreadable": "0190"})
        ]


def test_who_guesses_passphrases_cannot_fill_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / WAITING_FOLDER
    folder.mkdir()
    for number in range(MOST_WAITING):
        (folder / f"{number:04x}.json").touch()
    leave_waiting(tmp_path, "unlock_failed", at=0, details={})
    assert len(list(folder.iterdir())) == MOST_WAITING


def test_a_trail_that_was_cut_or_written_anew_is_found_by_what_a_bundle_saw(tmp_path: Path) -> None:
    filled(tmp_path)
    with opened(tmp_path) as store:
        seen = store.audit_head()
        assert store.audit_problems(seen, location="b.zip", is_own=True) == ()
        other = AuditHead(trail="0" * 64, seq=2, row_id="1" * 64)
        assert [p.code for p in store.audit_problems(other, location="b.zip", is_own=False)] == ["AUDIT_OTHER"]
        assert [p.code for p in store.audit_problems(other, location="b.zip", is_own=True)] == ["AUDIT_REWRITTEN"]
        forged = AuditHead(trail=seen.trail, seq=3, row_id="1" * 64)
        assert [p.code for p in store.audit_problems(forged, location="b.zip", is_own=False)] == ["AUDIT_REWRITTEN"]
    damage_trail(tmp_path, "DELETE FROM audit WHERE seq > 4")
    with opened(tmp_path) as store:
        assert store.check() == ()  # nothing in the file can tell
        assert [p.code for p in store.audit_problems(seen, location="b.zip", is_own=True)] == ["AUDIT_CUT"]
