"""A snapshot of an encrypted store without its key: the sealed bytes as they lie, while nobody has the store open.

An installer must be able to back up what it cannot open. Only who holds the key can look into such a snapshot; here it
is compared with what was read, byte for byte.
"""

from __future__ import annotations

import contextlib
import filecmp
import shutil
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from diag_app import files
from diag_app.errors import DiagError
from diag_app.storage.database import STORE_FILE
from diag_app.storage.lock import Holder, closed_store, take_window_lock
from diag_app.storage.snapshot import Snapshot, free_name

_LOG = "-wal"


def write_sealed_snapshot(directory: Path, holder: Holder, *, at: datetime, reason: str) -> Snapshot:
    """Write a snapshot of the encrypted workspace in `directory`, read it back, and return it.

    It keeps the store's replica id, which only the key could take off: restored, it agrees with no mirror any more.

    Raises:
        DiagError: `WORKSPACE_OPEN_ELSEWHERE` or `WORKSPACE_IN_USE` while it is open, `BACKUP_DAMAGED` when what was
            written is not what was read, or a file code; no file remains.
    """
    snapshot = free_name(directory, at=at, reason=reason)
    lock = take_window_lock(directory, holder, alone=True)
    try:
        with files.scratch_folder(".snapshot-", directory) as folder:
            draft = _copied(directory / STORE_FILE, folder)
            _take_log_in(draft)
            with draft.open("rb") as source, files.writing(snapshot.path) as copy:
                shutil.copyfileobj(source, copy)
            if not filecmp.cmp(draft, snapshot.path, shallow=False):
                snapshot.path.unlink(missing_ok=True)
                raise DiagError("BACKUP_DAMAGED", location=str(snapshot.path), detail=STORE_FILE)
    except OSError as error:
        raise files.refusal(error, directory) from error
    finally:
        lock.release()
    return snapshot


def _copied(store: Path, folder: Path) -> Path:
    """Copy the store, and the log that a killed program left beside it."""
    log = store.with_name(store.name + _LOG)
    draft = folder / store.name
    with closed_store(store) as source:
        with draft.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        if files.is_there(log):
            shutil.copyfile(log, draft.with_name(log.name))
    return draft


def _take_log_in(draft: Path) -> None:
    """Let SQLite put the pages of the log into the copy; it moves them sealed as they are and needs no key for it."""
    log = draft.with_name(draft.name + _LOG)
    if not log.exists():
        return
    connection = dbapi2.connect(str(draft))
    with contextlib.suppress(dbapi2.DatabaseError):  # without the key it finds no database, but the log by then
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("SELECT count(*) FROM sqlite_schema")
    connection.close()  # the last one to close takes the log in and removes it
    if log.exists():
        raise DiagError("BACKUP_DAMAGED", location=str(draft.parent.parent), detail=log.name)
