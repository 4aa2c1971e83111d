"""Where second copies of this store lie, and which of them an erasure has yet to reach.

Both are facts of this device: a disk that is in a drawer keeps what was erased until it is brought up to date.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from diag_app.storage.database import Database
from diag_app.storage.writer import local, put_local

_KNOWN, _WAITING = "second_copies", "second_copies_to_clear"


def remember(database: Database, root: Path) -> None:
    """Know `root` as a second copy from now on; call it before the first file is written there."""
    known = _paths(database, _KNOWN)
    if root not in known:
        _put(database, _KNOWN, (*known, root))


def keep_waiting(database: Database) -> None:
    """Note, in the transaction that erases, that every second copy still holds what is erased."""
    if known := _paths(database, _KNOWN):
        _put(database, _WAITING, known)


def waiting(database: Database) -> tuple[Path, ...]:
    """Return the second copies that an erasure has yet to reach."""
    return _paths(database, _WAITING)


def is_cleared(database: Database, root: Path) -> None:
    """Note that `root` holds nothing any more that was erased."""
    _put(database, _WAITING, (path for path in waiting(database) if path != root))


def _paths(database: Database, name: str) -> tuple[Path, ...]:
    try:
        found = json.loads(local(database, name) or "[]")
    except ValueError:
        return ()
    return tuple(Path(text) for text in found if isinstance(text, str)) if isinstance(found, list) else ()


def _put(database: Database, name: str, paths: Iterable[Path]) -> None:
    put_local(database, name, json.dumps([str(path) for path in paths]))
