"""A folder, such as a stick, that is looked at again and again: every bundle in it gets its receipt beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from diag_app.errors import DiagError
from diag_app.files import refusal
from diag_app.receiver.intake import Receipted, take_in
from diag_app.receiver.office import Office
from diag_app.sync.parts import SUFFIXES
from diag_app.sync.receipt_file import SUFFIX

Size = tuple[int, int]  # bytes and time of the last change


class Watch:
    """Remembers what it saw, so that a file is taken once it has stopped growing, and once only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_there: bool | None = None  # null before the first look
        self._seen: dict[Path, Size] = {}
        self._done: dict[Path, Size] = {}  # also where no receipt could be written beside, or a clock is wrong

    def look(self, office: Office, *, is_settled: bool = False) -> Iterator[tuple[Path, Receipted | DiagError]]:
        """Take in what came since and has not changed since the last look; `is_settled`: whatever is there.

        A file that cannot be read, or a disk that is full, is told and tried again at the next look. A folder that
        goes away, as a stick that is pulled, is told once; when it is back, all in it is looked at as new.

        Raises:
            DiagError: a file code where the folder cannot be read at the first look.
        """
        try:
            here = dict(sorted(self._bundles()))
        except DiagError as error:
            if self._is_there is None:
                raise
            if self._is_there:
                yield self._folder, error
            self._is_there, self._seen, self._done = False, {}, {}
            return
        self._is_there = True
        seen, self._seen = self._seen, here
        self._done = {path: size for path, size in self._done.items() if here.get(path) == size}
        for path, size in here.items():
            if path not in self._done and (is_settled or seen.get(path) == size) and not _is_receipted(path, size):
                try:
                    done = take_in(office, path)
                except DiagError as error:
                    yield path, error
                else:
                    self._done[path] = size
                    yield path, done

    def _bundles(self) -> Iterator[tuple[Path, Size]]:
        try:
            for path in self._folder.iterdir():
                if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith("."):
                    with suppress(FileNotFoundError):  # taken away just now
                        yield path, _size(path)
        except OSError as error:
            raise refusal(error, self._folder) from error


def _is_receipted(path: Path, size: Size) -> bool:
    """Return whether a receipt lies beside a bundle that is younger than it."""
    try:
        return path.with_name(path.name + SUFFIX).stat().st_mtime_ns >= size[1]
    except OSError:
        return False


def _size(path: Path) -> Size:
    found = path.stat()
    return found.st_size, found.st_mtime_ns
