"""Backups that the program makes: one ZIP file with a consistent copy of the store, all evidence and its packs."""

from __future__ import annotations

import contextlib
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from diag_app import files
from diag_app.clock import Cancelled, no_step
from diag_app.errors import DiagError
from diag_app.storage.blobs import EVIDENCE_FOLDER, Blobs
from diag_app.storage.checking import Step, damaged_files
from diag_app.storage.database import KEY_FILE, PLAIN_HEADER, STORE_FILE, Database, open_file
from diag_app.storage.evidence_folder import blobs_at
from diag_app.storage.migrations import schema_version, snapshot

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
PACK_FILES = "packs/*/*/*.toml"
_MEMBER = re.compile(
    rf"{re.escape(STORE_FILE)}|{re.escape(KEY_FILE)}|evidence/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}(\.age)?"
    r"|packs/[a-z0-9-]+/[0-9]+\.[0-9]+\.[0-9]+/[a-z0-9_]+\.toml"
)


def write_backup(database: Database, blobs: Blobs, path: Path, *, step: Step = no_step) -> Path:
    """Write the backup, read it back whole, and return its path with the suffix `.zip`.

    `step` is called for the store and each evidence file, and for each file again when it is read back; what it raises
    leaves no file behind.

    Raises:
        DiagError: `DISK_FULL` and other file codes, `BACKUP_DAMAGED` when what was written does not read back.
    """
    target = path if path.suffix == ".zip" else path.with_name(f"{path.name}.zip")
    with files.writing(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        with snapshot(database) as source:
            _add(archive, STORE_FILE, source)
        step()
        key_file = database.path.with_name(KEY_FILE)
        if database.key is not None and key_file.exists():
            with key_file.open("rb") as source:
                _add(archive, KEY_FILE, source)
        for blob in blobs.all():
            with blob.open("rb") as source:
                _add(archive, f"evidence/{blob.parent.name}/{blob.name}", source)
            step()
        home = database.path.parent
        for pack_file in sorted(path for path in home.glob(PACK_FILES) if not path.name.startswith(".")):
            with pack_file.open("rb") as source:
                _add(archive, pack_file.relative_to(home).as_posix(), source)
    try:
        with _unpacked(target, database.key, target.parent, step):
            return target
    except (DiagError, Cancelled):
        with contextlib.suppress(OSError):  # on a disk that fails, the first refusal is the one to tell
            target.unlink()
        raise


def restore_backup(backup: Path, directory: Path, *, key: bytes | None = None) -> None:
    """Bring a backup back into `directory`, which must not hold a workspace yet; the store appears last and whole.

    Raises:
        DiagError: `STORE_EXISTS`, `BACKUP_DAMAGED`, or a file code.
    """
    if files.is_there(directory / STORE_FILE):
        raise DiagError("STORE_EXISTS", location=str(directory))
    scratch = next(folder for folder in (directory, *directory.absolute().parents) if folder.is_dir())
    with files.reading(backup), _unpacked(backup, key, scratch) as unpacked:
        evidence = sorted(path for path in unpacked.glob("evidence/*/*"))
        packs = sorted(unpacked.glob(PACK_FILES), key=lambda path: path.name == "pack.toml")  # without it: no pack
        keys = sorted(unpacked.glob(KEY_FILE))
        for path in (*evidence, *packs, *keys, unpacked / STORE_FILE):
            with path.open("rb") as source, files.writing(directory / path.relative_to(unpacked)) as copy:
                shutil.copyfileobj(source, copy)


def key_file_of(backup: Path, *, limit: int) -> bytes | None:
    """Return the key file that came with a backup, or lies beside a snapshot; null where there is none.

    Raises:
        DiagError: `BACKUP_DAMAGED`, or a file code.
    """
    if backup.suffix == ".db":
        beside = backup.parent.parent / KEY_FILE
        return files.read(beside, limit=limit) if files.is_there(beside) else None
    try:
        with files.reading(backup) as file, zipfile.ZipFile(file) as archive:
            if KEY_FILE not in archive.namelist():
                return None
            with archive.open(KEY_FILE) as member:
                return member.read(limit)
    except files.BROKEN_ZIP as error:
        raise DiagError("BACKUP_DAMAGED", location=str(backup), detail=str(error)) from error


@contextlib.contextmanager
def _unpacked(backup: Path, key: bytes | None, scratch: Path, step: Step = no_step) -> Iterator[Path]:
    """Give a folder in `scratch` with the backup's content, every part verified; it is removed when the block ends."""
    try:
        with files.scratch_folder(".unpacked-", scratch) as folder:
            _extract(backup, folder)
            _verify(backup, folder, key, step)
            yield folder
    except zipfile.BadZipFile as error:
        raise DiagError("BACKUP_DAMAGED", location=str(backup), detail=str(error)) from error
    except OSError as error:
        raise files.refusal(error, scratch) from error


def _extract(backup: Path, folder: Path) -> None:
    """Unpack what a backup may hold; entries are stored as they are, so that none is larger than the file."""
    try:
        with zipfile.ZipFile(backup) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos if info.compress_type == zipfile.ZIP_STORED]
            if STORE_FILE not in names or len(names) != len(infos) or not all(map(_MEMBER.fullmatch, names)):
                raise DiagError("BACKUP_DAMAGED", location=str(backup), detail="table of contents")
            for name in names:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    except files.BROKEN_ZIP as error:
        raise DiagError("BACKUP_DAMAGED", location=str(backup), detail=str(error)) from error


def _verify(backup: Path, folder: Path, key: bytes | None, step: Step) -> None:
    store = folder / STORE_FILE
    with store.open("rb") as file:
        is_encrypted = file.read(len(PLAIN_HEADER)) != PLAIN_HEADER
    if is_encrypted and key is None:
        return  # it can be verified only by who holds the key
    key = key if is_encrypted else None
    for problem in damaged_files(blobs_at(folder / EVIDENCE_FOLDER, key), step):
        raise DiagError("BACKUP_DAMAGED", location=str(backup), detail=problem.location)
    try:
        database = open_file(store, key=key)
        try:
            findings = [finding for (finding,) in database.all("PRAGMA quick_check") if finding != "ok"]
            if findings or schema_version(database) == 0:
                raise DiagError("BACKUP_DAMAGED", location=str(backup), detail=", ".join(findings) or STORE_FILE)
        finally:
            database.connection.close()
    except DiagError as error:
        if error.code not in ("STORE_DAMAGED", "STORE_UNREADABLE"):
            raise
        raise DiagError("BACKUP_DAMAGED", location=str(backup), detail=STORE_FILE) from error


def _add(archive: zipfile.ZipFile, name: str, source: BinaryIO) -> None:
    entry = zipfile.ZipInfo(name, date_time=_FIXED_TIME)
    with archive.open(entry, "w", force_zip64=True) as member:
        shutil.copyfileobj(source, member)
