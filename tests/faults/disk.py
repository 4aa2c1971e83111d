"""A disk that loses power: from a recorded trace, what may lie on it at any moment.

The model is what POSIX promises and no more. Bytes last when their file was flushed; names last when their folder was
flushed. Of everything else each 512-byte sector and each change of a name may or may not have reached the disk. A
rename is never half done. Memory shared by processes (`-shm`) is gone.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.shim import Kind

SECTOR = 512
INPUTS = "in"  # what is only read is no part of an image
_HEADER = struct.Struct("=5Q")


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of a trace; for a mark `place` is its number."""

    kind: Kind
    path: str
    second: str
    place: int
    data: bytes


def read_trace(path: Path) -> Iterator[Call]:
    """Yield the calls that the shim wrote."""
    with path.open("rb") as file:
        while header := file.read(_HEADER.size):
            kind, length, second_length, place, size = _HEADER.unpack(header)
            name, second = file.read(length).decode(), file.read(second_length).decode()
            yield Call(kind=Kind(kind), path=name, second=second, place=place, data=file.read(size))


@dataclass(kw_only=True, eq=False)
class Node:
    """A file: its bytes on the disk, and writes (place, bytes) or cuts (size, null) that were not flushed."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def flush(self) -> None:
        for place, data in self.pending:
            _put(self.durable, place, data)
        self.pending.clear()

    def forget(self, chance: random.Random) -> None:
        """After a flush that failed the system believes its pages are clean: what was unflushed may never arrive."""
        self.pending = [write for write in self.pending if chance.random() < 0.5]

    def survive(self, chance: random.Random, share: float) -> bytes:
        """Return what is left of the file; each unflushed sector is there with probability `share`."""
        content = bytearray(self.durable)
        for place, data in self.pending:
            if data is None:
                if chance.random() < share:
                    _put(content, place, None)
                continue
            at = 0
            while at < len(data):
                end = min(len(data), at + SECTOR - (place + at) % SECTOR)
                if chance.random() < share:
                    _put(content, place + at, data[at:end])
                at = end
        return bytes(content)


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A folder was removed, and with it every name in it."""

    name: str


Change = tuple[tuple[str, Node | None], ...]  # names that come to hold a file, or nothing, at once


class Disk:
    """Plays a trace; `image` may be taken after every call."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        """Take what lies below `root` now as flushed."""
        self._chance = chance
        self._root = str(root)
        self._seen: dict[str, Node] = {}  # files by their names as programs see them
        self._flushed: dict[str, Node] = {}  # files by the names on the disk
        self._folders: set[str] = {""}  # folders on the disk
        self._changes: list[Change | Gone | str] = []  # unflushed changes of names, in order; a text is a new folder
        for path in sorted(root.rglob("*")):
            name = str(path.relative_to(root))
            if name.partition("/")[0] == INPUTS:
                continue
            if path.is_dir():
                self._folders.add(name)
            elif not name.endswith("-shm"):
                self._seen[name] = self._flushed[name] = Node(durable=bytearray(path.read_bytes()))

    def play(self, call: Call) -> None:
        """Follow one call."""
        name, second = self._name(call.path), self._name(call.second)
        if call.kind is Kind.MARK or name.endswith("-shm"):
            return
        match call.kind:
            case Kind.CREATE:
                self._become((name, Node()))
            case Kind.MAKE_FOLDER:
                self._changes.append(name)
            case Kind.UNLINK if name not in self._seen:
                self._changes.append(Gone(name=name))
            case Kind.SYNC if name not in self._seen:
                self._flush_folder(name)
            case _ if name in self._seen:
                self._play_on(self._seen[name], name, second, call)
            case _:
                pass  # a file that has no name any more, or a folder that goes: nothing of it is looked at

    def _play_on(self, node: Node, name: str, second: str, call: Call) -> None:
        match call.kind:
            case Kind.WRITE:
                node.pending.append((call.place, call.data))
            case Kind.TRUNCATE:
                node.pending.append((call.place, None))
            case Kind.SYNC:
                node.flush()
            case Kind.SYNC_FAILED:
                node.forget(self._chance)
            case Kind.RENAME:
                self._become((name, None), (second, node))
            case Kind.LINK:
                self._become((second, node))
            case Kind.UNLINK:
                self._become((name, None))
            case _:
                raise ValueError(call.kind)

    def _become(self, *names: tuple[str, Node | None]) -> None:
        """Let names hold a file, or nothing, for programs now and for the disk later, all at once."""
        for name, node in names:
            if node is None:
                del self._seen[name]
            else:
                self._seen[name] = node
        self._changes.append(names)

    def image(self, chance: random.Random, folder: Path, *, share: float | None = None) -> bool:
        """Write into `folder` what may be left when the power goes now; return whether anything was unflushed.

        `share` of what is unflushed survives, drawn where it is not given.
        """
        share = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0)) if share is None else share
        files, folders = dict(self._flushed), set(self._folders)
        for change in self._changes:
            if chance.random() < share:
                _apply(change, files, folders)
        for name in sorted(folders):
            if _is_reached(name, folders):
                (folder / name).mkdir(parents=True, exist_ok=True)
        for name, node in files.items():
            if _is_reached(name, folders):
                (folder / name).write_bytes(node.survive(chance, share))
        return bool(self._changes) or any(node.pending for node in self._seen.values())

    def _flush_folder(self, name: str) -> None:
        kept: list[Change | Gone | str] = []
        for change in self._changes:
            names = _names(change)
            if any(_parent(one) == name for one in names):
                _apply(change, self._flushed, self._folders)
            else:
                kept.append(change)
        self._changes = kept

    def _name(self, path: str) -> str:
        return path[len(self._root) + 1 :]


def _names(change: Change | Gone | str) -> list[str]:
    if isinstance(change, Gone):
        return [change.name]
    return [change] if isinstance(change, str) else [place for place, _ in change]


def _apply(change: Change | Gone | str, files: dict[str, Node], folders: set[str]) -> None:
    if isinstance(change, Gone):
        folders.discard(change.name)
        for name in [name for name in files if name.startswith(f"{change.name}/")]:
            del files[name]
        return
    if isinstance(change, str):
        folders.add(change)
        return
    for name, node in change:
        if node is None:
            files.pop(name, None)
        else:
            files[name] = node


def _put(content: bytearray, place: int, data: bytes | None) -> None:
    if data is None:
        del content[place:]
        content.extend(bytes(max(0, place - len(content))))
        return
    content.extend(bytes(max(0, place - len(content))))
    content[place : place + len(data)] = data


def _parent(name: str) -> str:
    return name.rpartition("/")[0]


def _is_reached(name: str, folders: set[str]) -> bool:
    """Return whether every folder above `name` is on the disk."""
    above = _parent(name)
    return not name or (above in folders and _is_reached(above, folders))
