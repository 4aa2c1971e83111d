"""The only module that opens, writes, fsyncs and renames files that must last.

A file appears under its final name whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import lzma
import os
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BufferedReader
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
    errno.ENODEV: "MEDIUM_GONE",
    errno.ENXIO: "MEDIUM_GONE",
    getattr(errno, "ENOMEDIUM", errno.ENODEV): "MEDIUM_GONE",
}
READ_LIMIT = 1024**3  # far beyond anything the program reads whole; what is larger was chosen by mistake
# What Python's reader of ZIP files raises on bytes that lie about themselves; RuntimeError: encrypted, unknown method.
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


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
        _make_folders(path.parent)
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
        settle(path)
    except OSError as error:
        raise refusal(error, path) from error
    finally:
        with contextlib.suppress(OSError):  # on a disk that fails, the first refusal is the one to tell
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def scratch_folder(prefix: str, parent: Path) -> Iterator[Path]:
    """Give a folder in `parent` that is removed when the block ends; what the disk keeps is swept another day.

    Raises:
        DiagError: a file code where it cannot be made.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    except OSError as error:
        raise refusal(error, parent) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """Give a folder that becomes `folder`, which is missing or empty, when the block ends without an exception.

    Raises:
        DiagError: a file code; nothing remains then.
    """
    try:
        _make_folders(folder.parent)
    except OSError as error:
        raise refusal(error, folder) from error
    with scratch_folder(".part-", folder.parent) as made:
        yield made
        try:
            if folder.is_dir():
                folder.rmdir()
            made.replace(folder)
        except OSError as error:
            raise refusal(error, folder) from error
        settle(folder)


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
        is_new = True
    except FileExistsError:
        is_new = False
    except OSError:  # a file system without links
        is_new = not path.exists()
        if is_new:
            write(path, data)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    settle(path)
    return is_new


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
def reading(path: Path) -> Iterator[BufferedReader]:
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


def make_folder(folder: Path) -> None:
    """Make `folder` with all above it, durable when this returns; what the system refuses has its code."""
    try:
        _make_folders(folder)
        settle(folder)
    except OSError as error:
        raise refusal(error, folder) from error


def settle(path: Path) -> None:
    """Make the names of `path` and of its folder durable, or refuse with a file code.

    The folder above is flushed even where it is old: an earlier attempt may have made it and ended before its flush.
    """
    try:
        _flush_names(path.parent)
        _flush_names(path.parent.parent)
    except OSError as error:
        raise refusal(error, path) from error


def _make_folders(folder: Path) -> None:
    """Make `folder` with all above it; the name of each is durable before the next is made in it.

    So an attempt that ends in between leaves at most one name that is not: that of the deepest folder there is.
    """
    missing = tuple(itertools.takewhile(lambda one: not one.exists(), (folder, *folder.parents)))
    if missing:
        _flush_names(missing[-1].parent.parent)
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        _flush_names(new.parent)
    folder.mkdir(exist_ok=True)  # refuses a file of that name


def _flush_names(folder: Path) -> None:
    with contextlib.suppress(PermissionError):  # a folder that may not be read cannot be flushed
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
