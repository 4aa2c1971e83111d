"""The container beyond the sizes of every day: independent readers agree with ours."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from diag_app.sync import canonical_zip
from diag_app.sync.canonical_zip import Entry, UnsteadyError, ZipWriter
from diag_app.sync.limits import GIB, LIMITS
from diag_app.sync.zip_reader import chunks, read_entries

MANY = 70_000  # beyond the 65,535 entries of plain ZIP


def fact(number: int) -> str:
    letters = "".join("abcdefghij"[int(digit)] for digit in f"{number:06d}")
    return f"data/facts/{letters}.csv"


def test_more_entries_than_plain_zip_can_count(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with path.open("wb") as file:
        writer = ZipWriter(file)
        for number in range(MANY):
            writer.add(fact(number), str(number).encode())
        size = writer.finish()
    assert path.stat().st_size == size
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == MANY
        assert archive.read(fact(MANY - 1)) == str(MANY - 1).encode()
    with path.open("rb") as file:
        entries = read_entries(file, limits=LIMITS)
        assert b"".join(chunks(file, entries[4711])) == b"4711"
    listing = subprocess.run(["unzip", "-Z", "-h", str(path)], capture_output=True, text=True, check=True).stdout
    assert f"number of entries: {MANY}" in listing


def test_files_and_places_beyond_four_gigabytes(tmp_path: Path) -> None:
    """The bytes are a hole in a sparse file; the headers are what is looked at."""
    path = tmp_path / "large.zip"
    first = Entry(name=fact(1), offset=0, size=5 * GIB, crc=1)
    second = Entry(name=fact(2), offset=first.end, size=7, crc=2)
    with path.open("wb") as file:
        for entry in (first, second):
            file.seek(entry.offset)
            file.write(canonical_zip.local_header(entry))
        file.seek(second.end)
        for piece in canonical_zip.directory((first, second)):
            file.write(piece)
    with zipfile.ZipFile(path) as archive:
        found = [(info.filename, info.file_size, info.header_offset) for info in archive.infolist()]
    assert found == [(entry.name, entry.size, entry.offset) for entry in (first, second)]
    with path.open("rb") as file:
        assert read_entries(file, limits=replace(LIMITS, part=6 * GIB)) == (first, second)


def test_an_empty_archive_is_one() -> None:
    file = io.BytesIO()
    ZipWriter(file).finish()
    assert zipfile.ZipFile(file).namelist() == []


def test_names_come_in_order_and_streams_have_their_length() -> None:
    writer = ZipWriter(io.BytesIO())
    writer.add(fact(2), b"")
    for name in (fact(1), fact(2)):
        with pytest.raises(ValueError, match="does not come after"):
            writer.add(name, b"")
    with pytest.raises(UnsteadyError):
        writer.add_stream(fact(3), 3, lambda: [b"ab"])
