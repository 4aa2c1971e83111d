"""From a plain workspace to an encrypted one: everything sealed lies beside the plain, then one rename decides.

Sealed evidence and key have names of their own, so that a workspace cut short on the way is as plain as before, and
one that is past the rename is encrypted and only has plain files left over, which the next opening takes away.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from diag_app import files
from diag_app.errors import DiagError
from diag_app.storage.blobs import EVIDENCE_FOLDER, Blobs
from diag_app.storage.checking import check_store
from diag_app.storage.connect import connect
from diag_app.storage.database import PLAIN_HEADER, STORE_FILE, Database, open_file
from diag_app.storage.evidence_folder import blobs_at
from diag_app.storage.writer import local


def is_plain(store: Path) -> bool:
    """Return whether there is a store file that can be read without a key."""
    try:
        with store.open("rb") as file:
            return file.read(len(PLAIN_HEADER)) == PLAIN_HEADER
    except FileNotFoundError:
        return False
    except OSError as error:
        raise files.refusal(error, store) from error


@contextmanager
def sole_use(directory: Path) -> Iterator[Database]:
    """Give the plain store of a workspace while nobody else has it open or can open it.

    Raises:
        DiagError: `WORKSPACE_IN_USE` when another window or program has it open, or what opening refuses.
    """
    database = connect(directory / STORE_FILE, create=False, busy_seconds=1.0)
    try:
        _take_alone(database, directory)
        yield database
    finally:
        database.connection.close()


def seal_evidence(directory: Path, key: bytes, progress: Callable[[int, int], None]) -> None:
    """Write a sealed file beside every plain one and read each back; those of an earlier, unfinished try go first."""
    plain, sealed = _both(directory, key)
    for stale in sealed.all():
        stale.unlink()
    paths = list(plain.all())
    for done, path in enumerate(paths, start=1):
        if plain.is_whole(path):  # a damaged file stays in the plain backup, where a check names it
            sealed.read(sealed.put(files.read(path)))
        progress(done, len(paths))


def replace_store(database: Database, key: bytes) -> None:
    """Write the store anew under `key`, compare the two, and put the new one in the place of the old at one stroke.

    Raises:
        DiagError: `ENCRYPTION_FAILED` when what was written is not the same; the plain store is as it was.
    """
    path = database.path
    with files.scratch_folder(".sealing-", path.parent) as folder:
        draft = folder / STORE_FILE
        _export(database, draft, key)
        _compare(database, draft, key)
        with draft.open("rb") as source, files.writing(path) as file:
            shutil.copyfileobj(source, file)
            database.connection.close()  # Windows replaces no file that is open


def _both(directory: Path, key: bytes) -> tuple[Blobs, Blobs]:
    folder = directory / EVIDENCE_FOLDER
    return Blobs(folder), blobs_at(folder, key)


def _take_alone(database: Database, directory: Path) -> None:
    """Leaving the write-ahead log takes that no other connection is open; the exclusive lock keeps it so."""
    try:
        mode = database.one("PRAGMA journal_mode = DELETE")
        database.run("PRAGMA locking_mode = EXCLUSIVE")
        database.run("BEGIN EXCLUSIVE")
        database.run("COMMIT")
    except DiagError as error:
        if error.code != "STORE_BUSY":
            raise
        raise DiagError("WORKSPACE_IN_USE", location=str(directory)) from None
    if mode != ("delete",):
        raise DiagError("WORKSPACE_IN_USE", location=str(directory))


def _export(database: Database, draft: Path, key: bytes) -> None:
    version = database.all("SELECT application_id, user_version FROM pragma_application_id, pragma_user_version")
    database.run("ATTACH ? AS sealed KEY ?", (str(draft), f"x'{key.hex()}'"))
    try:
        database.all("SELECT sqlcipher_export('sealed')")
        database.run(f"PRAGMA sealed.application_id = {version[0][0]}")
        database.run(f"PRAGMA sealed.user_version = {version[0][1]}")
    finally:
        database.run("DETACH sealed")


def _compare(database: Database, draft: Path, key: bytes) -> None:
    copy = open_file(draft, key=key)
    try:
        differing = [table for table in _tables(database) if _rows(database, table) != _rows(copy, table)]
        if differing or _tables(copy) != _tables(database):
            raise DiagError("ENCRYPTION_FAILED", location=str(database.path), detail=", ".join(differing))
        blobs = blobs_at(database.path.parent / EVIDENCE_FOLDER, key)
        replica = local(database, "replica") or ""
        known = set(check_store(database, Blobs(blobs.folder), replica, read_data=False))
        faults = {problem.code for problem in check_store(copy, blobs, replica, read_data=False)}
        if faults - {problem.code for problem in known}:
            raise DiagError("ENCRYPTION_FAILED", location=str(database.path), detail=", ".join(sorted(faults)))
    finally:
        copy.connection.close()


def _tables(database: Database) -> list[str]:
    rows = database.all("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'virtual' ORDER BY name")
    return [name for (name,) in rows if name not in ("sqlite_schema", "sqlite_sequence")]


def _rows(database: Database, table: str) -> list[tuple[object, ...]]:
    return sorted(database.all(f'SELECT * FROM "{table}"'), key=repr)  # noqa: S608  a name from the schema
