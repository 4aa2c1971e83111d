"""One connection: what SQLite says becomes a coded error; rows leave only as tuples, read to the end."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from diag_app.errors import DiagError

_CODES = {
    "SQLITE_FULL": "DISK_FULL",
    "SQLITE_READONLY": "READ_ONLY",
    "SQLITE_PERM": "NO_ACCESS",
    "SQLITE_CANTOPEN": "NO_ACCESS",
    "SQLITE_BUSY": "STORE_BUSY",
    "SQLITE_LOCKED": "STORE_BUSY",
    "SQLITE_CORRUPT": "STORE_DAMAGED",
    "SQLITE_NOTADB": "STORE_UNREADABLE",
    "SQLITE_IOERR": "STORE_FAILED",
    "SQLITE_PROTOCOL": "STORE_FAILED",
    "SQLITE_NOMEM": "STORE_FAILED",
}

_SAID = {  # what a function in SQL met, told by it in words
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "unable to open database file": "SQLITE_CANTOPEN",
}
_NO_LONGER_TEXT = (  # only damage makes such columns, or such words of the shape
    "malformed JSON", "Could not decode to UTF-8", "parse error in", "no such tokenizer", "unrecognized option",
    "vtable constructor failed",
)  # fmt: skip
_FAULTS = (dbapi2.DatabaseError, UnicodeDecodeError)  # the latter: SQLite quotes a damaged name of a table
BUSY_SECONDS = 5.0
STORE_FILE = "workspace.db"
_READ = json.JSONDecoder().raw_decode
KEY_FILE = "keys.json"
PLAIN_HEADER = b"SQLite format 3\0"  # an encrypted store begins with random bytes
Row = tuple[Any, ...]


def sqlite_version() -> str:
    """Return the version of SQLite that the app brings along."""
    return str(dbapi2.sqlite_version)


class Database:
    """A connection to one store file. Errors a person can cause or mend are raised as `DiagError`, others are bugs."""

    def __init__(self, connection: dbapi2.Connection, path: Path, *, key: bytes | None) -> None:
        self.connection = connection
        self.path = path
        self.key = key

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one statement and return the number of rows it changed."""
        try:
            return self.connection.execute(sql, parameters).rowcount
        except _FAULTS as error:
            raise coded(error, self.path) from error

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for every row."""
        try:
            self.connection.executemany(sql, rows)
        except _FAULTS as error:
            raise coded(error, self.path) from error

    def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return all rows of a query."""
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except _FAULTS as error:
            raise coded(error, self.path) from error

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Return the first row of a query, or null."""
        try:
            row: Row | None = self.connection.execute(sql, parameters).fetchone()
        except _FAULTS as error:
            raise coded(error, self.path) from error
        return row

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock; commit when the block ends, roll back when it raises. Nothing is half-written."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")


def decoded(text: str) -> Any:
    """Return the JSON value in a column; `STORE_DAMAGED` when it is none any more."""
    try:
        value, end = _READ(text)  # what is stored has no blanks around it; `loads` would look for them
        return value if end == len(text) else json.loads(text)
    except (ValueError, TypeError) as error:
        raise DiagError("STORE_DAMAGED", location=STORE_FILE, detail=str(error)) from None


def coded(error: Exception, path: Path) -> Exception:
    """Return the coded error for what SQLite said about the store at `path`, or `error` itself when it is a bug."""
    if isinstance(error, UnicodeDecodeError):
        return DiagError("STORE_DAMAGED", location=str(path), detail=str(error))
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_ERROR":
        name = _SAID.get(str(error), name)
    if str(error).startswith(_NO_LONGER_TEXT):
        name = "SQLITE_CORRUPT"
    code = next((code for prefix, code in _CODES.items() if name.startswith(prefix)), None)
    if code == "NO_ACCESS" and _is_read_only(path.parent):
        code = "READ_ONLY"
    return error if code is None else DiagError(code, location=str(path), detail=str(error))


def _is_read_only(folder: Path) -> bool:
    """Return whether the disk of `folder` is mounted without the right to write; unknown on Windows."""
    return hasattr(os, "statvfs") and folder.exists() and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def open_file(path: Path, *, key: bytes | None, busy_seconds: float = BUSY_SECONDS) -> Database:
    """Return a connection to the SQLite file at `path` as it is; `key` is the raw key of an encrypted one."""
    try:
        connection = dbapi2.connect(str(path), timeout=busy_seconds, isolation_level=None, cached_statements=256)
    except dbapi2.DatabaseError as error:
        raise coded(error, path) from error
    database = Database(connection, path, key=key)
    database.run("PRAGMA cipher_log_level = NONE")  # a wrong key is our coded error, not text on standard error
    if key is not None:
        database.run(f"PRAGMA key = \"x'{key.hex()}'\"")
    return database
