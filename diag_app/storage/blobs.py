"""Evidence files, named by their SHA-256 and never changed; each lies on the disk before an op names it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from diag_app import files
from diag_app.codec import digest
from diag_app.errors import DiagError

EVIDENCE_FOLDER = "evidence"
BLOB_REGISTERS = frozenset({"file", "issued"})  # registers whose values name blobs
_BLOB_KEYS = ("sha256", "picture")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """The evidence folder of one workspace: `<aa>/<sha256>`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_settled = False

    def put(self, data: bytes) -> str:
        """Store `data`, durable when this returns, and return its SHA-256.

        Bytes already here are not written twice; a file that is no longer what it was is mended.
        """
        sha256 = digest(data)
        path = self.path(sha256)
        if not path.exists() or not self._holds(sha256, data):
            self._is_settled |= not self.folder.exists()
            files.write(path, self._to_disk(data))
        else:
            files.settle(path)  # an earlier attempt may have ended before its name was flushed
        if not self._is_settled:
            files.settle(self.folder)
            self._is_settled = True
        return sha256

    def path(self, sha256: str) -> Path:
        """Return where the blob lies or would lie."""
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Return whether the blob is here."""
        return self.path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """Return the bytes as they were stored.

        Raises:
            DiagError: `BLOB_MISSING`, or `BLOB_DAMAGED` when they are no longer what was stored.
        """
        self.require(sha256)
        data = self._from_disk(sha256)
        if digest(data) != sha256:
            raise DiagError("BLOB_DAMAGED", location=sha256)
        return data

    def open(self, sha256: str) -> BinaryIO:
        """Return a stream of the bytes, whose digest the reader has yet to compare; `BLOB_MISSING` or a file code."""
        self.require(sha256)
        try:
            return self.path(sha256).open("rb")
        except OSError as error:
            raise files.refusal(error, self.path(sha256)) from error

    def size(self, sha256: str) -> int:
        """Return the number of bytes; `BLOB_MISSING` when the blob is not here."""
        self.require(sha256)
        return self.path(sha256).stat().st_size

    def remove(self, sha256: str) -> None:
        """Remove a blob that was erased, durably; one that is not here is no fault."""
        path = self.path(sha256)
        try:
            path.unlink(missing_ok=True)
            if path.parent.exists():
                files.sync_folder(path.parent)
        except OSError as error:
            raise files.refusal(error, path) from error

    def require(self, sha256: str) -> None:
        """Return when the blob is here, else refuse with `BLOB_MISSING`."""
        if not self.has(sha256):
            raise DiagError("BLOB_MISSING", location=sha256)

    def all(self) -> Iterator[Path]:
        """Yield the files of all blobs, in order of their digests."""
        yield from sorted(path for path in self.folder.glob("[0-9a-f][0-9a-f]/*") if self.is_own(path))

    def count(self) -> int:
        """Return how many blobs lie here."""
        return sum(1 for _ in self.all())

    def is_own(self, path: Path) -> bool:
        """Return whether a file of the folder has the form of a blob; others are not ours to read."""
        return "." not in path.name

    def is_whole(self, path: Path) -> bool:
        """Return whether a blob's file holds the bytes that its name says."""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == path.name

    def _holds(self, sha256: str, data: bytes) -> bool:
        try:
            return self._from_disk(sha256) == data
        except DiagError as error:
            if error.code != "BLOB_DAMAGED":
                raise
            return False

    def _to_disk(self, data: bytes) -> bytes:
        return data

    def _from_disk(self, sha256: str) -> bytes:
        return files.read(self.path(sha256))


def blobs_named(value: Any) -> tuple[str, ...]:
    """Return the digests of the blobs that a register's value names, at any depth; what is no digest names none."""
    if isinstance(value, dict):
        here = tuple(value[key] for key in _BLOB_KEYS if _is_digest(value.get(key)))
        return here + tuple(name for item in value.values() for name in blobs_named(item))
    if isinstance(value, (list, tuple)):
        return tuple(name for item in value for name in blobs_named(item))
    return ()


def _is_digest(name: Any) -> bool:
    return isinstance(name, str) and _DIGEST.fullmatch(name) is not None
