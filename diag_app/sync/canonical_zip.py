"""The one way we write a ZIP file: the same contents give the same bytes on every machine.

Payload first, then tag files, each by name; everything stored, 1980-01-01, one mode, no comment, extra fields only
where ZIP64 needs them (PKWARE APPNOTE 4.3 and 4.5.3).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from diag_app.codec import digest
from diag_app.crypto.age_file import Sink
from diag_app.sync.names import place

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR64 = struct.Struct("<4sLQL")
LOCAL_MAGIC, CENTRAL_MAGIC, END_MAGIC = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END64_MAGIC, LOCATOR64_MAGIC = b"PK\x06\x06", b"PK\x06\x07"

MAX16, MAX32 = 0xFFFF, 0xFFFFFFFF
STORED = 0
MODE = 0o100644 << 16
_UNIX = 3 << 8
_PLAIN, _ZIP64 = 20, 45
_TIME, _DATE = 0, 1 << 5 | 1  # 1980-01-01 00:00
_EXTRA64 = 1


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One stored file: where its local header begins, and what it holds."""

    name: str
    offset: int
    size: int
    crc: int

    @property
    def start(self) -> int:
        """Return where its bytes begin."""
        return self.offset + len(local_header(self))

    @property
    def end(self) -> int:
        """Return where its bytes end."""
        return self.start + self.size


HELD = 8 * 1024 * 1024  # what is larger is read twice, because its header comes before its bytes


_SLICE = 256 * 1024  # Linux takes six times as long over writes of several megabytes


class UnsteadyError(Exception):
    """A stream gave more or fewer bytes than were announced for it, or others the second time."""


class ZipWriter:
    """Writes entries, payload first and each group by name, and never goes back: what it writes can be encrypted."""

    def __init__(self, file: Sink, count: Callable[[int], None] = lambda _: None) -> None:
        self._file, self._count = file, count
        self.entries: list[Entry] = []

    def add(self, name: str, data: bytes) -> str:
        """Write one small entry and return its SHA-256."""
        self._begin(name, len(data), zlib.crc32(data))
        self._put(data)
        return digest(data)

    def add_held(self, name: str, data: bytes, crc: int) -> None:
        """Write one entry that is held whole and whose CRC-32 is known."""
        self._begin(name, len(data), crc)
        self._put(data)

    def add_stream(self, name: str, size: int, chunks: Callable[[], Iterable[bytes]]) -> None:
        """Write one entry of `size` bytes, read twice; other bytes than before raise `UnsteadyError`."""
        crc, found, written = 0, 0, 0
        for chunk in chunks():
            crc = zlib.crc32(chunk, crc)
        self._begin(name, size, crc)
        for chunk in chunks():
            self._put(chunk)
            found, written = zlib.crc32(chunk, found), written + len(chunk)
        if (written, found) != (size, crc):
            raise UnsteadyError(name)

    def _begin(self, name: str, size: int, crc: int) -> None:
        if self.entries and place(name) <= place(self.entries[-1].name):
            raise ValueError(f"{name} does not come after {self.entries[-1].name}")
        entry = Entry(name=name, offset=self.entries[-1].end if self.entries else 0, size=size, crc=crc)
        self._file.write(local_header(entry))
        self.entries.append(entry)

    def _put(self, data: bytes) -> None:
        view = memoryview(data)
        for start in range(0, len(data), _SLICE):
            self._file.write(view[start : start + _SLICE])
        self._count(len(data))

    def finish(self) -> int:
        """Write the directory and return the size of the whole file."""
        start = self.entries[-1].end if self.entries else 0
        size = start
        for piece in directory(self.entries):
            self._file.write(piece)
            size += len(piece)
        return size


def local_header(entry: Entry) -> bytes:
    """Return the header before the bytes of `entry`."""
    is_big = entry.size >= MAX32
    size = MAX32 if is_big else entry.size
    extra = struct.pack("<2H2Q", _EXTRA64, 16, entry.size, entry.size) if is_big else b""
    name = entry.name.encode("ascii")
    needed = _ZIP64 if is_big else _PLAIN
    fixed = LOCAL.pack(LOCAL_MAGIC, needed, 0, STORED, _TIME, _DATE, entry.crc, size, size, len(name), len(extra))
    return fixed + name + extra


def central_header(entry: Entry) -> bytes:
    """Return the directory's record of `entry`."""
    sizes = (entry.size, entry.size) if entry.size >= MAX32 else ()
    offsets = (entry.offset,) if entry.offset >= MAX32 else ()
    beyond = sizes + offsets
    extra = struct.pack(f"<2H{len(beyond)}Q", _EXTRA64, 8 * len(beyond), *beyond) if beyond else b""
    name = entry.name.encode("ascii")
    needed = _ZIP64 if beyond else _PLAIN
    size, offset = min(entry.size, MAX32), min(entry.offset, MAX32)
    fixed = CENTRAL.pack(
        CENTRAL_MAGIC, _UNIX | needed, needed, 0, STORED, _TIME, _DATE, entry.crc, size, size, len(name), len(extra),
        0, 0, 0, MODE, offset,
    )  # fmt: skip
    return fixed + name + extra


def directory(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Return, piece by piece, what follows the last entry's bytes."""
    start = count = size = 0
    for entry in entries:
        record = central_header(entry)
        start, count, size = entry.end, count + 1, size + len(record)
        yield record
    if count >= MAX16 or start >= MAX32 or size >= MAX32:
        yield END64.pack(END64_MAGIC, END64.size - 12, _UNIX | _ZIP64, _ZIP64, 0, 0, count, count, size, start)
        yield LOCATOR64.pack(LOCATOR64_MAGIC, 0, start + size, 1)
    small = min(count, MAX16)
    yield END.pack(END_MAGIC, 0, 0, small, small, min(size, MAX32), min(start, MAX32), 0)
