"""Snapshots: copies of the store file alone, beside the evidence they share, verified before they count as one.

The ops of a snapshot name its evidence, which never changes; so a snapshot needs no copy of it. The same layout,
`backups/`, `evidence/` and the key file under one folder, serves the workspace itself and a second copy elsewhere.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from diag_app import files
from diag_app.clock import no_step
from diag_app.errors import DiagError, Problem
from diag_app.storage.blobs import BLOB_REGISTERS, EVIDENCE_FOLDER, Blobs, blobs_named
from diag_app.storage.checking import Step, check_store, damaged_ops
from diag_app.storage.connect import connect
from diag_app.storage.database import KEY_FILE, PLAIN_HEADER, STORE_FILE, Database, open_file
from diag_app.storage.evidence_folder import blobs_at
from diag_app.storage.migrations import schema_version, snapshot
from diag_app.storage.redaction import erased_blobs
from diag_app.storage.rows import op_of

SNAPSHOT_FOLDER = "backups"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z]+)\.db")
_MIGRATION = re.compile(r"before-migration-\d+\.db")
MIGRATION = "migration"


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One snapshot file: when it was taken, and before or for what."""

    path: Path
    taken_at: datetime
    reason: str


def snapshots_in(root: Path) -> tuple[Snapshot, ...]:
    """Return the snapshots under `root` (a workspace or a second copy), the oldest first."""
    found = []
    for path in (root / SNAPSHOT_FOLDER).glob("*.db"):
        matched = _NAME.fullmatch(path.name)
        try:
            taken_at = datetime.strptime(matched[1], _STAMP).replace(tzinfo=UTC) if matched else None
        except ValueError:
            taken_at = None
        if matched and taken_at:
            found.append(Snapshot(path=path, taken_at=taken_at, reason=matched[2]))
        elif _MIGRATION.fullmatch(path.name):
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)
            found.append(Snapshot(path=path, taken_at=written, reason=MIGRATION))
    return tuple(sorted(found, key=lambda item: (item.taken_at, item.path.name)))


def write_snapshot(database: Database, root: Path, *, at: datetime, reason: str) -> Snapshot:
    """Write a snapshot of the store under `root`, read it back, and return it.

    Raises:
        DiagError: `BACKUP_DAMAGED` when the store or what was written is not whole, or a file code; no file remains.
    """
    taken = free_name(root, at=at, reason=reason)
    with files.writing(taken.path) as copy, snapshot(database) as source:
        shutil.copyfileobj(source, copy)
    try:
        verify_snapshot(taken.path, key=database.key)
    except DiagError:
        taken.path.unlink(missing_ok=True)
        raise
    return taken


def free_name(root: Path, *, at: datetime, reason: str) -> Snapshot:
    """Return the snapshot to be written under `root`: in a second that has another one, the next second."""
    taken_at = at.astimezone(UTC).replace(microsecond=0)
    while (path := root / SNAPSHOT_FOLDER / f"{taken_at.strftime(_STAMP)}-{reason}.db").exists():
        taken_at += timedelta(seconds=1)
    return Snapshot(path=path, taken_at=taken_at, reason=reason)


def verify_snapshot(path: Path, *, key: bytes | None) -> None:
    """Return when pages and every op of a snapshot are whole; otherwise refuse with `BACKUP_DAMAGED`."""
    try:
        with _opened(path, key) as database:
            findings = [str(finding) for (finding,) in database.all("PRAGMA quick_check") if finding != "ok"]
            findings += [problem.location for problem in damaged_ops(database)]
            if schema_version(database) == 0:
                findings.append(path.name)
    except DiagError as error:
        if error.code not in ("STORE_DAMAGED", "STORE_UNREADABLE", "OP_DAMAGED"):
            raise
        findings = [error.code]
    if findings:
        raise DiagError("BACKUP_DAMAGED", location=str(path), detail=findings[0])


def restore_snapshot(
    path: Path, directory: Path, *, key: bytes | None = None, is_trial: bool = False, step: Step = no_step
) -> tuple[Problem, ...]:
    """Bring a snapshot and the evidence beside it back into `directory`; the store appears last and whole.

    A trial need not outlast a power cut, and leaves it to `compare_restored` to read the evidence it copied. `step` is
    called for each evidence file.

    Returns `BLOB_MISSING` and `BLOB_DAMAGED` for evidence that is not beside it as it was stored.

    Raises:
        DiagError: `STORE_EXISTS`, `BACKUP_DAMAGED`, or a file code.
    """
    if (directory / STORE_FILE).exists():
        raise DiagError("STORE_EXISTS", location=str(directory))
    root = path.parent.parent
    problems = (
        []
        if key is None and _is_sealed(path)
        else _bring_evidence(path, root, directory, key, is_trial=is_trial, step=step)
    )
    if key is None and _is_sealed(path):  # it can be verified only by who holds the key
        for sealed in sorted((root / EVIDENCE_FOLDER).glob("[0-9a-f][0-9a-f]/*")):
            copy_file(sealed, directory / sealed.relative_to(root))
    if files.is_there(root / KEY_FILE):
        copy_file(root / KEY_FILE, directory / KEY_FILE)
    copy_file(path, directory / STORE_FILE)
    return tuple(problems)


def _is_sealed(path: Path) -> bool:
    with files.reading(path) as file:
        return file.read(len(PLAIN_HEADER)) != PLAIN_HEADER


def _bring_evidence(
    path: Path, root: Path, directory: Path, key: bytes | None, *, is_trial: bool, step: Step
) -> list[Problem]:
    verify_snapshot(path, key=key)
    source, target = blobs_at(root / EVIDENCE_FOLDER, key), blobs_at(directory / EVIDENCE_FOLDER, key)
    problems = []
    with _opened(path, key) as database:
        for sha256 in named_blobs(database):
            if not source.has(sha256):
                problems.append(Problem(code="BLOB_MISSING", location=sha256))
            elif is_trial:
                copy_for_trial(source.path(sha256), target.path(sha256))
            elif not source.is_whole(source.path(sha256)):
                problems.append(Problem(code="BLOB_DAMAGED", location=sha256))
            else:
                copy_file(source.path(sha256), target.path(sha256))
            step()
    return problems


def named_blobs(database: Database) -> tuple[str, ...]:
    """Return the SHA-256 of every file that an op names and nobody erased, each once, ascending."""
    found: set[str] = set()
    for row in database.all("SELECT op_id, header, value, salt, value_state FROM op WHERE value IS NOT NULL"):
        op = op_of(row)
        if op.register in BLOB_REGISTERS:
            found.update(blobs_named(op.value))
    return tuple(sorted(found - erased_blobs(database)))


def copy_new_evidence(blobs: Blobs, root: Path, *, step: Step = no_step) -> int:
    """Copy the evidence files that a second copy under `root` has not got, as they lie here; return how many.

    `step` is called for each file that is looked at.
    """
    count, old = 0, set()
    for path in blobs.all():
        target = root / EVIDENCE_FOLDER / path.parent.name / path.name
        if not target.exists() or target.stat().st_size != path.stat().st_size:
            copy_file(path, target)
            count += 1
        else:
            old.add(target.parent)
        step()
    for folder in old:  # an earlier attempt may have ended before its names were flushed
        files.settle(folder / "*")
    return count


def copy_file(source: Path, target: Path) -> None:
    """Copy one file, whole or not at all; a file code names what could not be read or written."""
    with files.reading(source) as content, files.writing(target) as copy:
        shutil.copyfileobj(content, copy)


def copy_for_trial(source: Path, target: Path) -> None:
    """Copy one file without waiting for the disk."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    except OSError as error:
        raise files.refusal(error, target) from error


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A restored store beside the live one: ops in it, ops recorded since, and everything that is not as it was."""

    ops: int
    since: int
    problems: tuple[Problem, ...]


def compare_restored(live: Database, directory: Path, *, step: Step = no_step) -> Comparison:
    """Compare the store restored into `directory` with the live one: op sets, tables, evidence, state of each case.

    `step` is called as by `check_store`.
    """
    restored = connect(directory / STORE_FILE, key=live.key, create=False)
    try:
        blobs = blobs_at(directory / EVIDENCE_FOLDER, live.key)
        problems = list(check_store(restored, blobs, "", read_data=True, step=step))
        here, there = _ops_by_case(live), _ops_by_case(restored)
        for case, ids in there.items():
            if ids - here.get(case, frozenset()):
                problems.append(Problem(code="BACKUP_HAS_MORE", location=case, parameters={"count": str(len(ids))}))
            elif ids == here[case] and _heads(restored, case) != _heads(live, case):
                problems.append(Problem(code="PROJECTION_DIFFERS", location=case))
        ops = sum(map(len, there.values()))
        return Comparison(ops=ops, since=max(sum(map(len, here.values())) - ops, 0), problems=tuple(problems))
    finally:
        restored.connection.close()


def last_recorded(database: Database) -> int | None:
    """Return when the last op was written or taken in, as its clock had it, in milliseconds since 1970."""
    row = database.one("SELECT header ->> '$.hlc[0]' FROM op ORDER BY id DESC LIMIT 1")
    return None if row is None else int(row[0])


def _ops_by_case(database: Database) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for case, op_id in database.all("SELECT case_id, op_id FROM op"):
        found.setdefault(case, set()).add(op_id)
    return {case: frozenset(ids) for case, ids in found.items()}


def _heads(database: Database, case: str) -> list[tuple[object, ...]]:
    return sorted(database.all("SELECT entity, register, heads FROM register WHERE case_id = ?", (case,)))


@contextmanager
def _opened(path: Path, key: bytes | None) -> Iterator[Database]:
    with files.reading(path):
        pass  # what cannot be read is refused with its own code
    database = open_file(path, key=key)
    try:
        yield database
    finally:
        database.connection.close()
