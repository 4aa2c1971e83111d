"""What may lie in clear beside an encrypted store: left over from a cut, or a backup that the person decides on."""

from __future__ import annotations

import zipfile
from pathlib import Path

from diag_app import files
from diag_app.storage import scratch
from diag_app.storage.blobs import EVIDENCE_FOLDER, Blobs
from diag_app.storage.database import PLAIN_HEADER, STORE_FILE
from diag_app.storage.evidence_folder import blobs_at

BACKUP_FOLDER = "backups"
_UNDER_WAY = ".encrypting"


def begin(directory: Path) -> None:
    """Note that an encryption is under way; the note stays until everything in clear is gone for good."""
    files.write(directory / _UNDER_WAY, b"")


def is_under_way(directory: Path) -> bool:
    """Return whether an encryption was begun whose remains in clear may still be here."""
    return files.is_there(directory / _UNDER_WAY)


def end(directory: Path) -> None:
    """Take the note away."""
    remove((directory / _UNDER_WAY,))


def clear_evidence(directory: Path, key: bytes) -> None:
    """Take away what lies here in clear though the workspace is encrypted: evidence whose sealed file is whole, drafts.

    Folders are flushed also where nothing was found: an earlier attempt may have ended before its flush.
    """
    folder = directory / EVIDENCE_FOLDER
    plain, sealed = Blobs(folder), blobs_at(folder, key)
    try:
        for path in plain.all():
            if sealed.has(path.name) and sealed.is_whole(sealed.path(path.name)):
                path.unlink()
    except OSError as error:
        raise files.refusal(error, directory) from error
    scratch.clear(directory)


def clear_second_copy(root: Path, key: bytes) -> None:
    """Take away what a second copy holds in clear from before the encryption, where the same lies there encrypted.

    Call it once a snapshot written since is there; snapshots in clear go then.
    """
    folder = root / BACKUP_FOLDER
    copies = tuple(path for path in plain_backups(root) if path.suffix == ".db" and path.parent == folder)
    if copies or next(Blobs(root / EVIDENCE_FOLDER).all(), None) is not None:
        clear_evidence(root, key)
        remove(copies)


def plain_backups(directory: Path) -> tuple[Path, ...]:
    """Return the files of the backup folder that can be read without a key."""
    return tuple(path for path in sorted((directory / BACKUP_FOLDER).glob("*")) if path.is_file() and _is_plain(path))


def remove(paths: tuple[Path, ...]) -> None:
    """Remove files for good."""
    for path in paths:
        try:
            path.unlink()
            files.sync_folder(path.parent)
        except OSError as error:
            raise files.refusal(error, path) from error


def _is_plain(path: Path) -> bool:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive, archive.open(STORE_FILE) as store:
                return store.read(len(PLAIN_HEADER)) == PLAIN_HEADER
        with path.open("rb") as file:
            return file.read(len(PLAIN_HEADER)) == PLAIN_HEADER
    except (KeyError, *files.BROKEN_ZIP):
        return False
    except OSError as error:
        raise files.refusal(error, path) from error
