"""The shape of the store, as steps that are only ever appended. An applied step is never edited."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from sqlcipher3 import dbapi2

from diag_app import files
from diag_app.errors import DiagError
from diag_app.storage.database import Database, coded, open_file
from diag_app.storage.identity import retire
from diag_app.storage.projections import rebuild_all

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database as Tables

APPLICATION_ID = 0x515A686E  # "QZhn" in the file's header: this is a store of ours
Migration = Callable[["Tables"], None]


_OP_LOG = """
    CREATE TABLE op (
        id INTEGER PRIMARY KEY,
        op_id TEXT NOT NULL UNIQUE,
        header TEXT NOT NULL,
        value TEXT,
        salt TEXT,
        value_state TEXT NOT NULL CHECK (value_state IN ('present', 'withheld', 'redacted')),
        kind TEXT AS (header ->> 'kind'),
        case_id TEXT AS (header ->> 'case'),
        replica TEXT AS (header ->> 'replica'),
        seq INTEGER AS (header ->> 'seq'),
        operation_id TEXT AS (header ->> 'operation_id')
    ) STRICT;
    CREATE INDEX op_chain ON op (case_id, replica, seq);
    CREATE TABLE entity (
        case_id TEXT NOT NULL,
        entity TEXT NOT NULL,
        kind TEXT NOT NULL,
        parent TEXT,
        is_deleted INTEGER NOT NULL,
        lifecycle TEXT NOT NULL,
        PRIMARY KEY (case_id, entity)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entity_kind ON entity (kind, parent);
    CREATE INDEX entity_id ON entity (entity);
    CREATE TABLE register (
        case_id TEXT NOT NULL,
        entity TEXT NOT NULL,
        register TEXT NOT NULL,
        value TEXT,
        heads TEXT NOT NULL,
        conflict TEXT,
        PRIMARY KEY (case_id, entity, register),
        FOREIGN KEY (case_id, entity) REFERENCES entity
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE link (
        case_id TEXT NOT NULL,
        entity TEXT NOT NULL,
        register TEXT NOT NULL,
        op_id TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (case_id, entity, register, op_id),
        FOREIGN KEY (case_id, entity) REFERENCES entity
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE enterprise (
        id INTEGER PRIMARY KEY,
        entity TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        uscc TEXT,
        initials TEXT NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE enterprise_search USING fts5 (
        name, uscc, initials, content = '', contentless_delete = 1, tokenize = 'unicode61'
    );
    CREATE TABLE local (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
"""


def m001_op_log(tables: Tables) -> None:
    """Make the op log, its projections, and the device's own facts.

    An op's header is stored as it is hashed; its columns are computed from it, so that they cannot disagree.
    One statement at a time: a script would commit the transaction that holds the migrations together.
    """
    for statement in _OP_LOG.split(";"):
        tables.execute(statement)


_AUDIT = (
    """
    CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        row_id TEXT NOT NULL UNIQUE,
        prev TEXT,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        event TEXT NOT NULL,
        details TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER audit_follows BEFORE INSERT ON audit
    WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_remains BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    "CREATE INDEX op_redaction ON op (id) WHERE kind = 'redact'",
)


def m002_audit(tables: Tables) -> None:
    """Make the audit trail, which nothing can change or shorten, and a quick way to what was erased."""
    for statement in _AUDIT:
        tables.execute(statement)


_DELIVERIES = """
    CREATE TABLE receipt (
        id INTEGER PRIMARY KEY,
        receipt_id TEXT NOT NULL UNIQUE,
        bundle_set TEXT NOT NULL,
        imported_at TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE acknowledged (
        receiver TEXT NOT NULL,
        profile TEXT NOT NULL,
        replica TEXT NOT NULL,
        case_id TEXT NOT NULL,
        value INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (receiver, profile, replica, case_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE receipted_blob (
        receiver TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        value INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (receiver, sha256)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE freed_blob (sha256 TEXT PRIMARY KEY, freed_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE signer_list (
        city TEXT PRIMARY KEY,
        city_key TEXT NOT NULL,
        body TEXT NOT NULL,
        imported_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE arrival (
        id INTEGER PRIMARY KEY,
        container TEXT NOT NULL UNIQUE,
        stage TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT
"""


def m003_deliveries(tables: Tables) -> None:
    """Make what receipts move, and nothing else does; the lists of signers; and, at a receiver, what arrived."""
    for statement in _DELIVERIES.split(";"):
        tables.execute(statement)


def m004_conflicts(tables: Tables) -> None:
    """Make quick ways to what two machines disagree about: the window counts it after every change."""
    tables.execute("CREATE INDEX register_conflict ON register (case_id, entity) WHERE conflict IS NOT NULL")
    tables.execute("CREATE INDEX op_deletion ON op (case_id) WHERE kind = 'entity_del'")


def m005_same(tables: Tables) -> None:
    """Make the list of enterprises that another one is shown for."""
    tables.execute("CREATE TABLE shown_by (entity TEXT PRIMARY KEY, root TEXT NOT NULL) STRICT, WITHOUT ROWID")
    tables.execute("CREATE INDEX register_same ON register (register) WHERE substr(register, 1, 5) = 'same:'")


def m006_history(tables: Tables) -> None:
    """Make a quick way to what became of an answer: in a log of 100,000 ops 6 ms instead of 1000, for 9 MB more."""
    tables.execute("CREATE INDEX op_about ON op (case_id, header ->> 'register', header ->> 'entity')")


def m007_below(tables: Tables) -> None:
    """Make a quick way to what is below an entity: a deletion counts for it. The tables are computed anew by it."""
    tables.execute("CREATE INDEX entity_below ON entity (case_id, parent)")


MIGRATIONS: tuple[Migration, ...] = (
    m001_op_log, m002_audit, m003_deliveries, m004_conflicts, m005_same, m006_history, m007_below,
)  # fmt: skip
READ_ANEW = 7  # what the ops mean has changed with this step, and with none after it


def schema_version(database: Database) -> int:
    """Return how many migrations the store has seen; 0 for an empty file.

    Raises:
        DiagError: `STORE_UNREADABLE` when the file is a database of another program.
    """
    row = database.one(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) "
        "FROM pragma_application_id, pragma_user_version"
    )
    application_id, version, tables = row or (0, 0, 0)
    if application_id != APPLICATION_ID and tables:
        raise DiagError("STORE_UNREADABLE", location=str(database.path), detail=f"application id {application_id}")
    return int(version) if application_id == APPLICATION_ID else 0


def migrate(database: Database, migrations: Sequence[Migration]) -> None:
    """Apply the steps the store has not seen, all or none; a store that holds data is backed up first."""
    from sqlite_utils import Database as Tables  # noqa: PLC0415
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415

    version = schema_version(database)
    if version:
        back_up_before(database, version)
    steps = Migrations("store")
    for migration in migrations:
        steps()(migration)
    with database.transaction():
        if schema_version(database) < len(migrations):  # another process may have been first
            try:
                steps.apply(Tables(cast("sqlite3.Connection", database.connection), execute_plugins=False))
            except dbapi2.DatabaseError as error:
                raise coded(error, database.path) from error
            database.run(f"PRAGMA application_id = {APPLICATION_ID}")
            database.run(f"PRAGMA user_version = {len(migrations)}")
            if 0 < version < READ_ANEW:
                _read_anew(database)


def _read_anew(database: Database) -> None:
    """Compute the tables anew from the log; of a damaged one they stay as they are, until `diag repair` does it."""
    database.run("SAVEPOINT read_anew")
    try:
        rebuild_all(database)
    except DiagError as error:
        if error.code not in ("OP_DAMAGED", "STORE_DAMAGED"):
            raise
        database.run("ROLLBACK TO read_anew")
    database.run("RELEASE read_anew")


def back_up_before(database: Database, version: int) -> None:
    """Write `backups/before-migration-<version>.db` beside the store, unless it is there already."""
    folder = database.path.parent / "backups"
    copy = folder / f"before-migration-{version}.db"
    if copy.exists():
        return
    with files.writing(copy) as file, snapshot(database) as source:
        shutil.copyfileobj(source, file)


@contextmanager
def snapshot(database: Database) -> Iterator[BinaryIO]:
    """Give a whole and consistent copy of the store for reading; it is removed when the block ends.

    The copy has no replica id: a store restored from it makes its own and can never fork this one's chains.
    """
    with files.scratch_folder(".snapshot-", database.path.parent) as folder:
        path = folder / "snapshot.db"
        database.run("VACUUM INTO ?", (str(path),))
        copy = open_file(path, key=database.key)
        try:
            retire(copy)
        finally:
            copy.connection.close()
        with path.open("rb") as file:
            yield file
