"""The only module that opens, writes, fsyncs and renames files that must last.

A file appears under its final name whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
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
    errno.ENOTDIR: "NOT_A_FOLDER",
    errno.EEXIST: "NOT_A_FOLDER",
    errno.EISDIR: "NOT_A_FILE",
    errno.ENAMETOOLONG: "PATH_TOO_LONG",
}
READ_LIMIT = 1024**3  # far beyond anything the program reads whole; what is larger was chosen by mistake


def refusal(error: OSError, path: Path) -> DiagError:
    """Return the coded error for what the system said about `path`."""
    code = _CODES.get(error.errno or 0, "FILE_FAILED")
    return DiagError(code, location=str(path), detail=os.strerror(error.errno) if error.errno else str(error))


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Give a file that becomes `path` when the block ends without an exception; otherwise nothing remains.

    Raises:
        DiagError: `DISK_FULL`, `READ_ONLY`, `NO_ACCESS`, `NOT_A_FILE` (a folder or a device stands there) or another
            file code, naming the path.
    """
    try:
        if os.path.lexists(path) and not stat.S_ISREG(path.stat().st_mode):
            raise DiagError("NOT_A_FILE", location=str(path))
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
        with contextlib.suppress(OSError):  # on a disk that fails, the first refusal is the one to tell
            temporary.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whole or not at all, and durable when this returns."""
    with writing(path) as file:
        file.write(data)


def write_new(path: Path, data: bytes) -> bool:
    """Write `data` to `path` unless a file is there already, and return whether it was written.

    Of several processes that try at once exactly one writes; the others find its whole file.
    """
    draft = path.with_name(f".new-{os.getpid()}-{path.name}")
    write(draft, data)
    try:
        os.link(draft, path)
        sync_folder(path.parent)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        write(path, data)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    return True


def read(path: Path, *, limit: int = READ_LIMIT) -> bytes:
    """Return the bytes of `path`.

    Raises:
        DiagError: `NOT_FOUND`, `NOT_A_FILE`, `INPUT_TOO_LARGE` beyond `limit` bytes, or another file code.
    """
    try:
        with reading(path) as file:
            if os.fstat(file.fileno()).st_size > limit:
                raise DiagError("INPUT_TOO_LARGE", location=str(path), limit=str(limit // 1024**2))
            return file.read()
    except OSError as error:
        raise refusal(error, path) from error


@contextlib.contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Give the file at `path` for reading; what is no file (a folder, a pipe, a device) is refused unopened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DiagError("NOT_A_FILE", location=str(path))
        file = path.open("rb")
    except OSError as error:
        raise refusal(error, path) from error
    with file:
        yield file


def is_there(path: Path) -> bool:
    """Return whether anything stands at `path`; a path that the system cannot look at is refused with its code."""
    try:
        return path.exists()
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
