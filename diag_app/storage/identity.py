"""Whose ops a store writes: one replica id for one store at one place on one machine.

A store that was copied, restored or cloned must not go on under the id of the one it came from: both would number
ops alike. So the id and a counter stand twice: in the store, and in a mirror outside it, under the place and machine.
Where they disagree the store gets a new id before its first write. `docs/decisions` says what this can and cannot see.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from diag_app import files
from diag_app.codec import canonical_json, digest, load_json
from diag_app.errors import DiagError
from diag_app.paths import data_dir
from diag_app.storage.database import Database
from diag_app.storage.lock import waiting_lock
from diag_app.storage.writer import local, put_local

MIRROR_FILE = "replicas.json"
MIRROR_LIMIT = 1024 * 1024
REPLICA, COUNT, FORMER = "replica", "replica_count", "former_replicas"
_MOST_PLACES = 256
_MACHINE_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_DISKS = Path("/sys/dev/block")
_DISK_NAMES = ("serial", "wwid", "device/serial", "device/wwid")
_NAME_LIMIT = 200


@dataclass(frozen=True, kw_only=True)
class Place:
    """What the mirror knows of one store: its replica id, and a count of when writing began and ended."""

    replica: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The id to write under; `former` is the one that a copied or restored store carried, else empty."""

    replica: str
    former: str = ""


def settle(database: Database, directory: Path, *, machine: str | None = None) -> Identity:
    """Return the id to write under: a new one, stored at once, where store and mirror disagree."""
    with _mirror(directory, machine) as mirror:
        replica = local(database, REPLICA)
        if replica is not None and _agrees(mirror.known, replica, _count(database)):
            return Identity(replica=replica)
        with database.transaction():
            replica, count = local(database, REPLICA), _count(database)  # another process may have been first
            if replica is not None and _agrees(mirror.known, replica, count):
                return Identity(replica=replica)
            identity = Identity(replica=secrets.token_hex(16), former=replica or "")
            retire(database)
            put_local(database, REPLICA, identity.replica)
            place = _counted(database, identity.replica)
        mirror.keep(place)
    return identity


def identity_as_it_is(database: Database) -> Identity:
    """Return the id that the store carries, for a handle that only reads."""
    return Identity(replica=local(database, REPLICA) or "")


def count_writing(database: Database, directory: Path, *, machine: str | None = None) -> None:
    """Count before a handle's first write and after its last: a copy made earlier then disagrees with the mirror."""
    with _mirror(directory, machine) as mirror:
        with database.transaction():
            place = _counted(database, local(database, REPLICA) or "")
        mirror.keep(place)  # after the store: a disk that refuses must not leave the mirror ahead


def retire(database: Database) -> None:
    """Take the store's id off it; it stays known as one of this store's own."""
    replica = local(database, REPLICA)
    if replica is not None:
        put_local(database, FORMER, json.dumps([*former_replicas(database), replica]))
        database.run("DELETE FROM local WHERE name = ?", (REPLICA,))


def own_replicas(database: Database) -> frozenset[str]:
    """Return all ids that this store has written under, itself or as the one it was copied from."""
    replica = local(database, REPLICA)
    return frozenset((*former_replicas(database), *([replica] if replica else ())))


def former_replicas(database: Database) -> tuple[str, ...]:
    """Return the ids that this store no longer writes under."""
    try:
        found = json.loads(local(database, FORMER) or "[]")
    except ValueError:
        return ()
    return tuple(name for name in found if isinstance(name, str)) if isinstance(found, list) else ()


def machine_name(directory: Path) -> str:
    """Return what tells this machine and this disk from others: the system's id and the disk's serial number.

    Where the system has no id, a random one is kept beside the mirror.
    """
    system = next(filter(None, map(_first_line, _MACHINE_FILES)), None) or _own_machine_id()
    return f"{system} {_disk_name(directory)}".strip()


def mirror_path() -> Path:
    """Return where the mirror stands."""
    return data_dir() / MIRROR_FILE


class _OpenMirror:
    """The mirror's one entry for one store, as long as the mirror is locked."""

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key
        self._places = read_mirror(path)
        self.known = self._places.get(key)

    def keep(self, place: Place) -> None:
        """Write the entry; where the disk refuses, the next opening finds a disagreement, which is safe."""
        self._places.pop(self._key, None)
        self._places[self._key] = place
        newest = {name: asdict(kept) for name, kept in list(self._places.items())[-_MOST_PLACES:]}
        with contextlib.suppress(DiagError):
            files.write(self._path, json.dumps({"places": newest}, indent=1).encode())


class _NoMirror(_OpenMirror):
    """Stands for a mirror that cannot be had: nothing is known."""

    def __init__(self) -> None:
        self.known = None

    def keep(self, place: Place) -> None:
        """Keep nothing."""


def read_mirror(path: Path) -> dict[str, Place]:
    """Return all places in the mirror at `path`, the one used last at the end; a damaged mirror knows none."""
    try:
        content = load_json(files.read(path, limit=MIRROR_LIMIT), location=str(path))
    except DiagError:
        return {}
    places = content.get("places") if isinstance(content, dict) else None
    found = {key: _place_from(place) for key, place in places.items()} if isinstance(places, dict) else {}
    return {key: place for key, place in found.items() if place is not None}


def _place_from(content: Any) -> Place | None:
    if not isinstance(content, dict) or content.keys() != {"replica", "count"}:
        return None
    replica, count = content["replica"], content["count"]
    return Place(replica=replica, count=count) if type(replica) is str and type(count) is int else None


@contextlib.contextmanager
def _mirror(directory: Path, machine: str | None) -> Iterator[_OpenMirror]:
    path = mirror_path()
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(waiting_lock(path.with_suffix(".lock")))
            key = place_key(directory, machine or machine_name(directory))
        except (OSError, DiagError):
            yield _NoMirror()
            return
        yield _OpenMirror(path, key)


def place_key(directory: Path, machine: str) -> str:
    """Return the mirror's key of the store in `directory`; it does not give the folder's name away."""
    return digest(canonical_json([os.fsencode(directory.resolve()).hex(), machine]))


def _agrees(known: Place | None, replica: str, count: int) -> bool:
    """The store may be one ahead: the process ended between the two writes."""
    return known is not None and known.replica == replica and count - known.count in (0, 1)


def _counted(database: Database, replica: str) -> Place:
    count = _count(database) + 1
    put_local(database, COUNT, str(count))
    return Place(replica=replica, count=count)


def _count(database: Database) -> int:
    text = local(database, COUNT) or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _own_machine_id() -> str:
    path = data_dir() / "machine-id"
    if not files.is_there(path):
        files.write_new(path, secrets.token_hex(16).encode())
    return _first_line(path) or ""


def _disk_name(directory: Path, disks: Path = _DISKS) -> str:
    """Return the serial number of the disk under `directory`, where the system tells it."""
    try:
        device = directory.stat().st_dev
        folder = (disks / f"{os.major(device)}:{os.minor(device)}").resolve()
    except (OSError, AttributeError):
        return ""
    for place in (folder, folder.parent):
        for name in _DISK_NAMES:
            if found := _first_line(place / name):
                return found
    return ""


def _first_line(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file.read(_NAME_LIMIT).decode().strip() or None
    except (OSError, ValueError):
        return None
