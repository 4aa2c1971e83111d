"""Finishing an erasure: what no longer belongs to the store goes from its file, its log, its evidence and its copies.

It follows the transaction that erased, may be broken off at any point, and is taken up again when the store is opened.
"""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path

from diag_app import files
from diag_app.errors import DiagError
from diag_app.storage import scratch
from diag_app.storage.backup import write_backup
from diag_app.storage.blobs import EVIDENCE_FOLDER, Blobs
from diag_app.storage.database import Database, decoded
from diag_app.storage.evidence_folder import blobs_at
from diag_app.storage.redaction import PENDING, removable
from diag_app.storage.snapshot import SNAPSHOT_FOLDER, write_snapshot
from diag_app.storage.writer import local

_COPIES = (".db", ".zip")


def finish(database: Database, blobs: Blobs, *, at: datetime) -> tuple[Path, ...]:
    """Clear the files of an erasure and return the copies of the store that were removed.

    The store is written anew (a page can keep bytes of rows that moved), its log emptied, erased evidence removed.
    Copies in `backups/` hold the value: before they go, a new one of their kind is written, dated `at`, and verified.

    Raises:
        DiagError: `STORE_BUSY` while another window reads, or a file code; then it is still pending.
    """
    pending = local(database, PENDING)
    if pending is None:
        return ()
    for sha256 in removable(database):
        blobs.remove(sha256)
    scratch.clear(database.path.parent)  # a draft that is being written now fails, and says so
    _write_anew(database)
    removed = _remove_copies(database, blobs, at) if decoded(pending)["copies"] else ()
    database.run("DELETE FROM local WHERE name = ?", (PENDING,))
    return removed


def clear_second_copy(database: Database, root: Path, newest: Path) -> None:
    """Take out of the second copy at `root` what was erased; `newest`, a snapshot written since, is what it keeps.

    Raises:
        DiagError: a file code; then it still waits.
    """
    folder = root / EVIDENCE_FOLDER
    for blobs in (Blobs(folder), blobs_at(folder, database.key)):  # plain ones are from before an encryption
        for sha256 in removable(database):
            blobs.remove(sha256)
    scratch.clear(root)
    try:
        for path in _copies_in(root / SNAPSHOT_FOLDER):
            if path != newest:
                path.unlink(missing_ok=True)
        files.sync_folder(newest.parent)
    except OSError as error:
        raise files.refusal(error, root) from error


def _write_anew(database: Database) -> None:
    database.run("PRAGMA temp_store = MEMORY")  # the rewriting must leave nothing in a temporary folder
    database.run("VACUUM")
    row = database.one("PRAGMA wal_checkpoint(TRUNCATE)")
    if row is None or row[0] != 0:
        raise DiagError("STORE_BUSY", location=str(database.path))


def _remove_copies(database: Database, blobs: Blobs, at: datetime) -> tuple[Path, ...]:
    folder = database.path.parent / SNAPSHOT_FOLDER
    try:
        old = _copies_in(folder)
        if any(path.suffix == ".zip" for path in old):
            _replace_newest(database, blobs, old)
        if any(path.suffix == ".db" for path in old):
            write_snapshot(database, folder.parent, at=at, reason="erasure")
        for path in old:
            path.unlink(missing_ok=True)
        if folder.exists():  # also where an earlier attempt removed them and ended before its flush
            files.sync_folder(folder)
    except OSError as error:
        raise files.refusal(error, folder) from error
    return tuple(old)


def _copies_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in _COPIES and path.is_file())


def _replace_newest(database: Database, blobs: Blobs, old: list[Path]) -> None:
    """Write a backup of what is left beside the newest one, under a name of its own."""
    newest = max((path for path in old if path.suffix == ".zip"), key=lambda path: path.stat().st_mtime_ns)
    stem = newest.stem.partition("-erased-")[0]
    names = (newest.with_name(f"{stem}-erased-{number}.zip") for number in count(1))
    write_backup(database, blobs, next(path for path in names if path not in old))
