"""A folder, such as a stick, that is looked at again and again: every bundle in it gets its receipt beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from diag_app.errors import DiagError
from diag_app.files import refusal
from diag_app.receiver.intake import Receipted, take_in
from diag_app.receiver.office import Office
from diag_app.sync.receipt_file import SUFFIX

ENDINGS = (".zip", ".age")
Size = tuple[int, int]  # bytes and time of the last change


class Watch:
    """Remembers what it saw, so that a file is taken once it has stopped growing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[Path, Size] = {}

    def look(self, office: Office, *, is_settled: bool = False) -> Iterator[tuple[Path, Receipted | DiagError]]:
        """Take in what came since and has not changed since the last look; `is_settled`: whatever is there.

        A file that cannot be read, or a disk that is full, is told and tried again at the next look.
        """
        for path, size in sorted(self._waiting()):
            if is_settled or self._seen.get(path) == size:
                try:
                    yield path, take_in(office, path)
                except DiagError as error:
                    yield path, error
            self._seen[path] = size

    def _waiting(self) -> Iterator[tuple[Path, Size]]:
        """Yield the bundles without a receipt that is younger than they are."""
        try:
            for path in self._folder.iterdir():
                if path.suffix in ENDINGS and path.is_file() and not path.name.startswith("."):
                    size, receipt = _size(path), path.with_name(path.name + SUFFIX)
                    if not receipt.exists() or receipt.stat().st_mtime_ns < size[1]:
                        yield path, size
        except OSError as error:
            raise refusal(error, self._folder) from error


def _size(path: Path) -> Size:
    found = path.stat()
    return found.st_size, found.st_mtime_ns
