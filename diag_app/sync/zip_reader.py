"""Reads a bundle's ZIP container as an enemy's: nothing is inflated or extracted, and only our own spelling passes.

The directory is read with bounds, every fault of every entry is named, and at the end all headers are written anew
and compared: a bit that means nothing to other readers is refused too.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from diag_app.errors import DiagError, Problem
from diag_app.sync import canonical_zip as zf
from diag_app.sync.canonical_zip import Entry
from diag_app.sync.limits import KIB, MIB, Limits
from diag_app.sync.names import name_faults, place, shown

_CHUNK = MIB
_LONGEST_COMMENT = 65535
_DIRECTORY_RECORD = 512  # bytes, generous for names of at most 200 ASCII signs
_FLAG_ENCRYPTED = 0x1 | 0x40 | 0x2000
_FLAG_UTF8 = 0x800
_FILE_TYPES = 0o170000 << 16
_REGULAR = 0o100000 << 16


@dataclass(frozen=True, kw_only=True)
class _Record:
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    mode: int
    offset: int

    @property
    def name(self) -> str:
        return self.raw_name.decode("utf-8" if self.flags & _FLAG_UTF8 else "cp437", "backslashreplace")


def read_entries(file: BinaryIO, *, limits: Limits) -> tuple[Entry, ...]:
    """Return what the archive in `file` holds, in its own order.

    Raises:
        DiagError: with every fault found among its `problems`; nothing of the content has been read then.
    """
    size = file.seek(0, 2)
    if size > limits.part:
        raise DiagError("BUNDLE_TOO_LARGE", limit=str(limits.part // MIB))
    count, start, end = _directory_bounds(file, size)
    if count > limits.entries or end - start > limits.entries * _DIRECTORY_RECORD:
        raise DiagError("BUNDLE_TOO_MANY_ENTRIES", limit=str(limits.entries))
    records = tuple(_records(_read_at(file, start, end - start), count))
    problems = [*_name_problems(records), *_record_problems(records, limits), *_place_problems(records, start)]
    if problems:
        raise _refusal(problems)
    entries = tuple(Entry(name=one.name, offset=one.offset, size=one.size, crc=one.crc) for one in records)
    problems = list(_spelling_problems(file, entries, size))
    if problems:
        raise _refusal(problems)
    return entries


def chunks(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Return the bytes of `entry`, a mebibyte at a time."""
    position, left = entry.start, entry.size
    while left:
        chunk = _read_at(file, position, min(left, _CHUNK))
        position, left = position + len(chunk), left - len(chunk)
        yield chunk


def _refusal(problems: Iterable[Problem]) -> DiagError:
    found = tuple(problems)
    return DiagError(found[0].code, location=found[0].location, problems=found, **found[0].parameters)


def _read_at(file: BinaryIO, position: int, length: int) -> bytes:
    file.seek(position)
    data = file.read(length)
    if len(data) != length:
        raise DiagError("BUNDLE_TORN")
    return data


def _directory_bounds(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """Return the number of entries and where the directory begins and ends."""
    tail_size = min(size, zf.END.size + _LONGEST_COMMENT)
    tail = _read_at(file, size - tail_size, tail_size)
    record = tail[-zf.END.size :]
    if not record.startswith(zf.END_MAGIC) or len(record) < zf.END.size:
        raise DiagError(_code_without_end(tail, size - tail_size, _read_at(file, 0, min(size, 4))))
    _, _, _, _, count, length, start, _ = zf.END.unpack(record)
    end = size - zf.END.size
    if count == zf.MAX16 or zf.MAX32 in (length, start):
        count, length, start, end = _directory_bounds64(file, end)
    if start + length > end:
        raise DiagError("BUNDLE_TORN")
    if start + length < end:
        raise DiagError("BUNDLE_EXTRA_DATA")
    return count, start, end


def _code_without_end(tail: bytes, tail_start: int, head: bytes) -> str:
    """Return why a file does not end as an archive does: a true end further up means that something was added."""
    found = tail.rfind(zf.END_MAGIC, 0, len(tail) - zf.END.size)
    if found >= 0:
        _, _, _, _, _, length, start, _ = zf.END.unpack_from(tail, found)
        if start + length == tail_start + found:
            return "BUNDLE_EXTRA_DATA"
    return "BUNDLE_TORN" if head == zf.LOCAL_MAGIC else "NOT_A_BUNDLE"


def _directory_bounds64(file: BinaryIO, end: int) -> tuple[int, int, int, int]:
    end -= zf.LOCATOR64.size + zf.END64.size
    if end < 0:
        raise DiagError("BUNDLE_TORN")
    magic, _, _, _, _, _, _, count, length, start = zf.END64.unpack(_read_at(file, end, zf.END64.size))
    if magic != zf.END64_MAGIC:
        raise DiagError("BUNDLE_TORN")
    return count, length, start, end


def _records(data: bytes, count: int) -> Iterator[_Record]:
    position = 0
    for _ in range(count):
        if position + zf.CENTRAL.size > len(data) or data[position : position + 4] != zf.CENTRAL_MAGIC:
            raise DiagError("BUNDLE_TORN")
        (_, _, _, flags, method, _, _, crc, packed, size, name_size, extra_size, comment_size, _, _, mode, offset) = (
            zf.CENTRAL.unpack_from(data, position)
        )
        position += zf.CENTRAL.size
        raw_name = data[position : position + name_size]
        extra = data[position + name_size : position + name_size + extra_size]
        position += name_size + extra_size + comment_size
        size, packed, offset = _beyond_32_bits(extra, size, packed, offset)
        yield _Record(
            raw_name=raw_name, flags=flags, method=method, crc=crc, packed=packed, size=size, mode=mode, offset=offset
        )
    if position != len(data):
        raise DiagError("BUNDLE_EXTRA_DATA")


def _beyond_32_bits(extra: bytes, *fields: int) -> tuple[int, int, int]:
    """Return size, packed size and offset, those that read 0xFFFFFFFF taken from the ZIP64 field."""
    wide = iter(struct.unpack_from(f"<{(len(extra) - 4) // 8}Q", extra, 4) if extra[:2] == b"\x01\x00" else ())
    size, packed, offset = (next(wide, field) if field == zf.MAX32 else field for field in fields)
    return size, packed, offset


def _name_problems(records: Iterable[_Record]) -> Iterator[Problem]:
    exact, folded = Counter[str](), Counter[str]()
    for record in records:
        for code in name_faults(record.name):
            yield Problem(code=code, location=shown(record.name))
        if exact[record.name]:
            yield Problem(code="ENTRY_DUPLICATE", location=shown(record.name))
        elif folded[record.name.casefold()]:
            yield Problem(code="ENTRY_CASE_CLASH", location=shown(record.name))
        exact[record.name] += 1
        folded[record.name.casefold()] += 1


def _record_problems(records: Iterable[_Record], limits: Limits) -> Iterator[Problem]:
    total = 0
    for record in records:
        location = shown(record.name)
        if record.flags & _FLAG_ENCRYPTED:
            yield Problem(code="ENTRY_ENCRYPTED", location=location)
        if record.method != zf.STORED:
            yield Problem(code="ENTRY_COMPRESSED", location=location)
        elif record.packed != record.size:
            yield Problem(code="BUNDLE_NOT_CANONICAL", location=location)
        if record.mode & _FILE_TYPES not in (0, _REGULAR):
            yield Problem(code="ENTRY_LINK", location=location)
        total += record.size
        if record.size > limits.part:
            yield Problem(code="ENTRY_TOO_LARGE", location=location, parameters={"limit": str(limits.part // KIB)})
    if total > limits.part:
        yield Problem(code="BUNDLE_TOO_LARGE", parameters={"limit": str(limits.part // MIB)})


def _place_problems(records: Iterable[_Record], directory_start: int) -> Iterator[Problem]:
    expected, previous = 0, ""
    for record in records:
        location = shown(record.name)
        if record.offset != expected:
            code = "ENTRY_OVERLAP" if record.offset < expected else "BUNDLE_EXTRA_DATA"
            yield Problem(code=code, location=location)
        header = zf.LOCAL.size + len(record.raw_name) + (20 if record.size >= zf.MAX32 else 0)
        expected = max(expected, record.offset) + header + record.packed
        if previous and place(record.name) < place(previous):
            yield Problem(code="BUNDLE_NOT_CANONICAL", location=location)
        previous = record.name
    if expected != directory_start:
        code = "ENTRY_OVERLAP" if expected > directory_start else "BUNDLE_EXTRA_DATA"
        yield Problem(code=code, location=shown(previous))


def _spelling_problems(file: BinaryIO, entries: tuple[Entry, ...], size: int) -> Iterator[Problem]:
    """Compare every header with what the writer would have written."""
    for entry in entries:
        header = zf.local_header(entry)
        if _read_at(file, entry.offset, len(header)) != header:
            yield Problem(code="BUNDLE_NOT_CANONICAL", location=entry.name)
    position = entries[-1].end if entries else 0
    for piece in zf.directory(entries):
        if _read_at(file, position, min(len(piece), size - position)) != piece:
            yield Problem(code="BUNDLE_NOT_CANONICAL")
            return
        position += len(piece)
