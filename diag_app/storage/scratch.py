"""What a process that was killed leaves behind: drafts of files, and scratch folders. Nothing takes them for whole."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from diag_app import files

_OURS = re.compile(r"\.(part|snapshot|unpacked|sealing|drill|repair)-[a-z0-9_]{8}|\.new-\d+-.+")
_DRAFT = re.compile(r"\.part-[a-z0-9_]{8}")
_FOLDERS = ("", "backups", "keys", "audit-waiting")
_NESTED = ("evidence", "packs")
OLD = timedelta(days=1)  # no write takes so long, whatever another window is doing


def sweep(directory: Path, *, now: datetime) -> None:
    """Remove what is certainly ours and was left a day ago or longer; a disk that refuses is asked next time."""
    latest = (now - OLD).timestamp()
    for path in scratch_in(directory):
        with suppress(OSError):
            if _last_touched(path) < latest:
                remove(path)


def sweep_drafts(folder: Path, *, now: datetime) -> None:
    """Remove what killed exports left a day ago or longer on a stick: hidden, and as large as a bundle."""
    latest = (now - OLD).timestamp()
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            is_draft = _DRAFT.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
            if is_draft and entry.stat(follow_symlinks=False).st_mtime < latest:
                with suppress(OSError):
                    Path(entry.path).unlink()


def scratch_in(directory: Path) -> Iterator[Path]:
    """Yield every draft and scratch folder of ours in a workspace or a second copy, however young."""
    for folder in _places(directory):
        with suppress(OSError), os.scandir(folder) as entries:
            yield from [Path(entry.path) for entry in entries if _OURS.fullmatch(entry.name)]


def clear(directory: Path) -> None:
    """Remove all of them for good, however young; a file code where the disk refuses.

    Folders are flushed also where nothing was found: an earlier attempt may have ended before its flush.
    """
    try:
        for path in scratch_in(directory):
            remove(path)
        for folder in _places(directory):
            if folder.exists():
                files.sync_folder(folder)
    except OSError as error:
        raise files.refusal(error, directory) from error


def remove(path: Path) -> None:
    """Remove one of them; an `OSError` where the disk refuses."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _places(directory: Path) -> Iterator[Path]:
    """Yield the folders that we write files into."""
    yield from (directory / name for name in _FOLDERS)
    for name in _NESTED:
        for folder in _folders(directory / name):
            yield folder
            if name == "packs":
                yield from _folders(folder)


def _folders(folder: Path) -> list[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
    return []


def _last_touched(path: Path) -> float:
    """Return when anything in it was written last."""
    return max(one.lstat().st_mtime for one in (path, *path.rglob("*")))
