"""The audit trail: what was done with a workspace as a whole, row after row, each bound to the one before.

A row's id is the SHA-256 of its other fields as canonical JSON, `prev` among them, so that a row cannot be changed,
left out or put in without every later id changing. Rows hold ids, counts and digests, never what was answered.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diag_app import files
from diag_app.clock import new_id
from diag_app.codec import canonical_json, load_json
from diag_app.errors import DiagError, Problem, Severity
from diag_app.storage.database import Database, Row, decoded
from diag_app.storage.writer import local, put_local

EVENTS = frozenset({
    "begin", "unlock", "unlock_failed", "export", "import", "issue", "redact", "escrow_used", "settings", "backup",
    "restore", "encrypt", "passphrase_changed", "sheet_renewed", "plain_copies_removed", "second_copy", "drill",
    "repair", "receipt", "handed_over", "signers", "freed",
})  # fmt: skip
WAITING_FOLDER = "audit-waiting"
MOST_WAITING = 1_000  # events kept outside the store: more can only be somebody filling the disk
_FOLDED = "audit_folded"
_DETAIL = re.compile(r"[A-Za-z0-9@._:+/-]{0,128}")
_LAST = "SELECT seq, row_id FROM audit ORDER BY seq DESC LIMIT 1"
_ROWS = (
    "SELECT CAST(row_id AS BLOB), seq, CAST(prev AS BLOB), CAST(at AS BLOB), CAST(actor AS BLOB), "
    "CAST(event AS BLOB), CAST(details AS BLOB) FROM audit ORDER BY seq"
)


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """One row of the trail; `row_id` covers all the others."""

    row_id: str
    seq: int
    prev: str | None
    at: str  # ISO 8601, UTC
    actor: str
    event: str
    details: Mapping[str, Any]

    def covered(self) -> dict[str, Any]:
        """Return the fields that the id is the digest of."""
        return {
            "seq": self.seq,
            "prev": self.prev,
            "at": self.at,
            "actor": self.actor,
            "event": self.event,
            "details": dict(self.details),
        }


@dataclass(frozen=True, kw_only=True)
class AuditHead:
    """The end of a trail: `trail` is the id of its first row, `seq` and `row_id` are those of its last."""

    trail: str
    seq: int
    row_id: str


def append(database: Database, *, at: int, actor: str, event: str, details: Mapping[str, Any]) -> str:
    """Add a row inside the caller's transaction, at `at` milliseconds since 1970, and return its id.

    The first row of a trail says `begin` and carries random bits, so that no two trails are taken for each other.
    """
    if event not in EVENTS or not _is_harmless(dict(details)):
        raise ValueError(f"{event}: details are ids, counts and digests")
    last = database.one(_LAST)
    when = _moment(at)
    if last is None:
        last = _add(database, (0, None), when, actor, "begin", {"trail": secrets.token_hex(16)})
    return _add(database, last, when, actor, event, details)[1]


def head(database: Database, *, at: int, actor: str) -> AuditHead:
    """Return the end of the trail inside the caller's transaction; a trail without rows is begun."""
    found = database.one(_LAST) or _add(
        database, (0, None), _moment(at), actor, "begin", {"trail": secrets.token_hex(16)}
    )
    first = database.one("SELECT row_id FROM audit ORDER BY seq LIMIT 1")
    return AuditHead(trail=first[0] if first else found[1], seq=found[0], row_id=found[1])


def read_rows(database: Database) -> tuple[AuditRow, ...]:
    """Return the whole trail, the oldest row first."""
    return tuple(_row(*columns) for columns in _columns(database))


def _columns(database: Database) -> Iterator[Row]:
    """Yield the rows, read as bytes: a flipped bit may leave no text, and its row is to be named all the same."""
    for row in database.all(_ROWS):
        yield tuple(column.decode(errors="replace") if isinstance(column, bytes) else column for column in row)


def trail_problems(database: Database) -> Iterator[Problem]:
    """Yield what is wrong with the trail in itself: altered rows, and rows that do not follow the one before."""
    last: tuple[int, str | None] = (0, None)
    for columns in _columns(database):
        location = f"audit {columns[1]}"
        if (columns[1] - 1, columns[2]) != last:
            yield Problem(code="AUDIT_BROKEN", location=location)
        last = (columns[1], columns[0])
        try:
            is_genuine = _id_of(_row(*columns)) == columns[0]
        except (DiagError, ValueError, TypeError):
            is_genuine = False
        if not is_genuine:
            yield Problem(code="AUDIT_DAMAGED", location=location)


def witness_problems(database: Database, witness: AuditHead, *, location: str, is_own: bool) -> Iterator[Problem]:
    """Yield in what the trail is not the one that a bundle at `location` saw when it was sealed.

    Another trail is only worth a remark, unless the bundle `is_own`: sealed with this workspace's key.
    """
    rows = {columns[1]: columns[0] for columns in _columns(database)}
    parameters = {"seq": str(witness.seq)}
    if rows.get(1) != witness.trail and not is_own:
        yield Problem(code="AUDIT_OTHER", location=location, severity=Severity.WARNING)
    elif rows.get(1) == witness.trail and witness.seq not in rows:
        yield Problem(code="AUDIT_CUT", location=location, parameters=parameters)
    elif rows.get(1) != witness.trail or rows[witness.seq] != witness.row_id:
        yield Problem(code="AUDIT_REWRITTEN", location=location, parameters=parameters)


def export_lines(rows: Iterable[AuditRow]) -> bytes:
    """Return the trail as JSON lines, each a row's covered fields and its id, in canonical form."""
    return b"".join(canonical_json({"id": row.row_id, **row.covered()}) + b"\n" for row in rows)


def leave_waiting(directory: Path, event: str, *, at: int, details: Mapping[str, Any]) -> None:
    """Keep an event beside a store that is not open (a failed unlock, a restore) until it is opened next.

    Beyond `MOST_WAITING` events nothing more is kept.
    """
    if event not in EVENTS or not _is_harmless(dict(details)):
        raise ValueError(f"{event}: details are ids, counts and digests")
    folder = directory / WAITING_FOLDER
    if len(_waiting(directory)) < MOST_WAITING:
        files.write(folder / f"{new_id()}.json", canonical_json({"event": event, "at": at, "details": dict(details)}))


def has_waiting(directory: Path) -> bool:
    """Return whether events wait to be folded in."""
    return bool(_waiting(directory))


def fold_waiting(database: Database, directory: Path, *, at: int, actor: str) -> tuple[Path, ...]:
    """Add the events that wait inside the caller's transaction; return their files, to be removed after it.

    A file that was folded before a crash could remove it is not folded twice; one that cannot be read is counted.
    """
    folded = set(decoded(local(database, _FOLDED) or "[]"))
    waiting = _waiting(directory)
    for path in waiting:
        if path.stem not in folded:
            append(database, **_event_in(path, at=at, actor=actor))
    if waiting:
        put_local(database, _FOLDED, json.dumps([path.stem for path in waiting]))
    return waiting


def _event_in(path: Path, *, at: int, actor: str) -> dict[str, Any]:
    unreadable = {"at": at, "actor": actor, "event": "unlock_failed", "details": {"unreadable": path.stem}}
    try:
        found = load_json(files.read(path), location=path.name)
    except DiagError:
        return unreadable
    is_event = (
        isinstance(found, dict)
        and found.get("event") in EVENTS
        and type(found.get("at")) is int
        and 0 <= found["at"] < 2**42
        and isinstance(found.get("details"), dict)
        and _is_harmless(found["details"])
    )
    if not is_event:
        return unreadable
    return {"at": found["at"], "actor": actor, "event": found["event"], "details": found["details"]}


def _waiting(directory: Path) -> tuple[Path, ...]:
    return tuple(sorted((directory / WAITING_FOLDER).glob("[0-9a-f]*.json")))


def _add(
    database: Database, last: tuple[Any, ...], when: str, actor: str, event: str, details: Mapping[str, Any]
) -> tuple[int, str]:
    seq, prev = last
    row = AuditRow(row_id="", seq=seq + 1, prev=prev, at=when, actor=actor, event=event, details=details)
    row_id = _id_of(row)
    database.run(
        "INSERT INTO audit (seq, row_id, prev, at, actor, event, details) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row.seq, row_id, prev, when, actor, event, canonical_json(dict(details)).decode()),
    )
    return row.seq, row_id


def _id_of(row: AuditRow) -> str:
    return hashlib.sha256(canonical_json(row.covered())).hexdigest()


def _row(row_id: str, seq: int, prev: str | None, at: str, actor: str, event: str, details: str) -> AuditRow:
    return AuditRow(row_id=row_id, seq=seq, prev=prev, at=at, actor=actor, event=event, details=decoded(details))


def _moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")


def _is_harmless(value: Any) -> bool:
    """Return whether a detail can only be an id, a count, a digest or a plain word, or a list or mapping of such."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_harmless(key) and _is_harmless(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return all(_is_harmless(item) for item in value)
    if isinstance(value, str):
        return _DETAIL.fullmatch(value) is not None
    return value is None or (isinstance(value, (bool, int)) and abs(value) < 2**53)
