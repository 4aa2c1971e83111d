"""Evidence of an encrypted workspace: age files whose names tell nothing; the same door as plain evidence."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from diag_app import files
from diag_app.crypto.age_file import HEAD_BYTES, plain_size
from diag_app.crypto.evidence_seal import EvidenceSeal
from diag_app.errors import DiagError
from diag_app.storage.blobs import Blobs

SUFFIX = ".age"


class SealedBlobs(Blobs):
    """The evidence folder of an encrypted workspace: `<aa>/<hmac of the SHA-256>.age`."""

    def __init__(self, folder: Path, key: bytes) -> None:
        super().__init__(folder)
        self._seal = EvidenceSeal(key)

    def path(self, sha256: str) -> Path:
        """Return where the sealed file lies or would lie."""
        name = self._seal.name(sha256)
        return self.folder / name[:2] / f"{name}{SUFFIX}"

    def open(self, sha256: str) -> BinaryIO:
        """Return a stream of the plain bytes; a damaged part raises `BLOB_DAMAGED`, here or when it is read."""
        return self._seal.open_stream(super().open(sha256), location=sha256)

    def size(self, sha256: str) -> int:
        """Return the number of plain bytes, read from the head of the file."""
        with super().open(sha256) as file:
            size = plain_size(file.read(HEAD_BYTES), self.path(sha256).stat().st_size)
        if size is None:
            raise DiagError("BLOB_DAMAGED", location=sha256)
        return size

    def is_own(self, path: Path) -> bool:
        """Return whether a file of the folder has the form of sealed evidence; others are not ours to read."""
        return path.suffix == SUFFIX

    def is_whole(self, path: Path) -> bool:
        """Return whether the file opens and its name fits what is in it."""
        try:
            with path.open("rb") as file, self._seal.open_stream(file, location=path.name) as stream:
                return self.path(file_digest(stream, "sha256").hexdigest()).name == path.name
        except DiagError:
            return False

    def _to_disk(self, data: bytes) -> bytes:
        return self._seal.seal(data)

    def _from_disk(self, sha256: str) -> bytes:
        return self._seal.open(files.read(self.path(sha256)), location=sha256)
