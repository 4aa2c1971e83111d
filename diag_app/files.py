"""The only module that opens, writes, fsyncs and renames files that must last.

A file appears under its final name whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from diag_app.errors import DiagError

_CODES = {
    errno.ENOSPC: "DISK_FULL",
    errno.EDQUOT: "DISK_FULL",
    errno.EROFS: "READ_ONLY",
    errno.EACCES: "NO_ACCESS",
    errno.EPERM: "NO_ACCESS",
    errno.EFBIG: "FILE_TOO_LARGE",
    errno.ENOENT: "NOT_FOUND",
}


def refusal(error: OSError, path: Path) -> DiagError:
    """Return the coded error for what the system said about `path`."""
    code = _CODES.get(error.errno or 0, "FILE_FAILED")
    return DiagError(code, location=str(path), detail=os.strerror(error.errno) if error.errno else str(error))


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Give a file that becomes `path` when the block ends without an exception; otherwise nothing remains.

    Raises:
        DiagError: `DISK_FULL`, `READ_ONLY`, `NO_ACCESS` or `FILE_FAILED`, naming the path.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    except OSError as error:
        raise refusal(error, path) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise refusal(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whole or not at all, and durable when this returns."""
    with writing(path) as file:
        file.write(data)


def read(path: Path) -> bytes:
    """Return the bytes of `path`; a missing or unreadable file is refused with its code."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise refusal(error, path) from error


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
