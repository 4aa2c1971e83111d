"""Opening the one SQLite file of a workspace: durable mode set and asserted, key given, shape brought up to date."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from diag_app import files
from diag_app.errors import DiagError
from diag_app.storage.blobs import EVIDENCE_FOLDER
from diag_app.storage.database import BUSY_SECONDS, Database, open_file
from diag_app.storage.migrations import MIGRATIONS, migrate, schema_version

_DURABLE = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
)


def connect(
    path: Path,
    *,
    key: bytes | None = None,
    create: bool = True,
    busy_seconds: float = BUSY_SECONDS,
    reading: DiagError | None = None,
) -> Database:
    """Return a connection to the store at `path`, made when missing and `create` is true, migrated when older.

    `key` is the raw 32-byte key of an encrypted store; with `reading`, the reason not to write, nothing is written.

    Raises:
        DiagError: `STORE_MISSING`, `STORE_UNREADABLE` (wrong key, or no store), `STORE_NEWER`, `STORE_BUSY`,
            `STORE_UNSAFE` (the disk does not support the durable mode), `READ_ONLY`, `NO_ACCESS`, `DISK_FULL`.
    """
    if not files.is_there(path):
        if not create or reading is not None:
            raise DiagError("STORE_MISSING", location=str(path.parent))
        files.make_folder(path.parent)
    with ExitStack() as on_failure:
        database = open_file(path, key=key, busy_seconds=busy_seconds)
        on_failure.callback(database.connection.close)
        version = schema_version(database)
        if version > len(MIGRATIONS):
            raise DiagError("STORE_NEWER", location=str(path), found=str(version), known=str(len(MIGRATIONS)))
        if database.one("SELECT count(*) FROM sqlite_schema") == (0,):
            _refuse_emptied(path, create=create)
        make_durable(database)
        if version < len(MIGRATIONS):
            if reading is not None:
                raise reading
            migrate(database, MIGRATIONS)
        on_failure.pop_all()
    return database


def make_durable(database: Database) -> None:
    """Set write-ahead log and full flushing, and assert both: with less, a power cut loses acknowledged saves."""
    for name, wanted, expected in _DURABLE:
        database.run(f"PRAGMA {name} = {wanted}")
        row = database.one(f"PRAGMA {name}")
        if row is None or row[0] != expected:
            raise DiagError("STORE_UNSAFE", location=str(database.path), detail=f"{name} {row and row[0]}")


def _refuse_emptied(path: Path, *, create: bool) -> None:
    """An empty file is a store that was never finished, or one that lost everything: the evidence beside it tells."""
    if next((path.parent / EVIDENCE_FOLDER).glob("[0-9a-f][0-9a-f]/*"), None) is not None:
        raise DiagError("STORE_DAMAGED", location=str(path), detail="0 B")
    if not create:
        raise DiagError("STORE_MISSING", location=str(path.parent))
