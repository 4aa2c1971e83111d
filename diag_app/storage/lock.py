"""Advisory locks on files: one window for each workspace, one writer of the mirror. They end with their process."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from diag_app import files
from diag_app.errors import DiagError

WINDOW_LOCK = "window.lock"
_LOCK_AT = 1 << 30  # far behind the words of the holder: on Windows a locked byte cannot be read
_SQLITE_BYTES = 512  # from 1 << 30 too: where SQLite locks its files; its format keeps that page free of content
_WORDS_LIMIT = 4096
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who has a workspace open, and since when (ISO 8601, UTC); empty where the lock's words cannot be read."""

    who: str = ""
    since: str = ""


@dataclass(kw_only=True)
class _Held:
    handle: int
    count: int = 1


_held: dict[Path, _Held] = {}  # of this process: its second handle on a workspace is no second window
_guard = threading.Lock()


class WindowLock:
    """The right to be the window of a workspace. Release it; the system releases it when the process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_held = True

    def release(self) -> None:
        """Give the workspace free when no other handle of this process holds it; twice does nothing."""
        with _guard:
            if not self._is_held:
                return
            self._is_held = False
            held = _held[self._path]
            held.count -= 1
            if held.count == 0:
                del _held[self._path]
                with contextlib.suppress(OSError):  # nothing depends on the words being gone
                    os.ftruncate(held.handle, 0)
                os.close(held.handle)


def take_window_lock(directory: Path, holder: Holder, *, alone: bool = False) -> WindowLock:
    """Return the lock on the workspace in `directory`; any number of times in one process, unless it must be `alone`.

    Raises:
        DiagError: `WORKSPACE_OPEN_ELSEWHERE` with `who` and `since` while another process holds it, or a file code.
    """
    path = (directory / WINDOW_LOCK).resolve()
    with _guard:
        if path in _held and alone:
            raise open_elsewhere(directory)
        if path in _held:
            _held[path].count += 1
            return WindowLock(path)
        with contextlib.ExitStack() as on_failure:  # a handle that stayed open would keep everybody out
            try:
                handle = _open(path)
                on_failure.callback(os.close, handle)
                if not _try_lock(handle):
                    raise open_elsewhere(directory)
                os.ftruncate(handle, 0)
                os.write(handle, json.dumps({"who": holder.who, "since": holder.since}, ensure_ascii=False).encode())
            except OSError as error:
                raise files.refusal(error, path) from error
            on_failure.pop_all()
        _held[path] = _Held(handle=handle)
        return WindowLock(path)


def open_elsewhere(directory: Path) -> DiagError:
    """Return the refusal that names who has the workspace in `directory` open."""
    holder = read_holder(directory)
    return DiagError(
        "WORKSPACE_OPEN_ELSEWHERE", location=str(directory), who=holder.who or "?", since=holder.since or "?"
    )


def read_holder(directory: Path) -> Holder:
    """Return who holds, or held last, the lock on the workspace in `directory`."""
    try:
        with (directory / WINDOW_LOCK).open("rb") as file:
            words = json.loads(file.read(_WORDS_LIMIT))
    except (OSError, ValueError, RecursionError):
        return Holder()
    if not isinstance(words, dict):
        return Holder()
    return Holder(who=str(words.get("who", "")), since=str(words.get("since", "")))


@contextlib.contextmanager
def waiting_lock(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, waiting for whoever has it; an `OSError` where it cannot be had."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _open(path)
    try:
        _wait_lock(handle)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def closed_store(store: Path) -> Iterator[BinaryIO]:
    """Give a store file for reading while no other process has a connection to it or can open one.

    It takes no key: these are the locks that SQLite itself takes. Only a process without a connection of its own may
    call it, and reads nothing but the file given: on POSIX, closing any other handle on it lets the locks go.

    Raises:
        DiagError: `WORKSPACE_IN_USE` while there is a connection, or a file code.
    """
    try:
        handle = _open(store, make=False)
        with os.fdopen(handle, "rb") as file:
            if not _try_lock_store(handle):
                raise DiagError("WORKSPACE_IN_USE", location=str(store.parent))
            yield file
    except OSError as error:
        raise files.refusal(error, store) from error


def _open(path: Path, *, make: bool = True) -> int:
    flags = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    return os.open(path, flags | (os.O_CREAT if make else 0), 0o600)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        return _lock_byte(handle, msvcrt.LK_NBLCK)

    def _wait_lock(handle: int) -> None:
        while not _lock_byte(handle, msvcrt.LK_LOCK):  # each call waits ten seconds
            pass

    def _try_lock_store(handle: int) -> bool:
        return _lock_byte(handle, msvcrt.LK_NBLCK, _SQLITE_BYTES)

    def _lock_byte(handle: int, how: int, count: int = 1) -> bool:
        os.lseek(handle, _LOCK_AT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, how, count)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        return _is_taken(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB))

    def _try_lock_store(handle: int) -> bool:
        return _is_taken(lambda: fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, _SQLITE_BYTES, _LOCK_AT))

    def _is_taken(take: Callable[[], None]) -> bool:
        try:
            take()
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        return True

    def _wait_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
