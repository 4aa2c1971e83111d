"""Evidence in an encrypted workspace: age files (age-encryption.org/v1) to an identity made from the store key.

A listing of the folder tells nothing: a file's name is the HMAC of its digest under a key of its own.
"""

from __future__ import annotations

import hmac
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pyrage

from diag_app.crypto.age_file import CHUNK, open_age
from diag_app.crypto.age_keys import Identity
from diag_app.crypto.sealing import Purpose, subkey
from diag_app.errors import DiagError


class EvidenceSeal:
    """Names, seals and opens the evidence of one encrypted workspace."""

    def __init__(self, key: bytes) -> None:
        self._names = subkey(key, Purpose.EVIDENCE_NAMES)
        self._identity = Identity(subkey(key, Purpose.EVIDENCE_IDENTITY))
        self._age = self._identity.for_age()
        self._recipient = self._age.to_public()

    def __repr__(self) -> str:
        return "EvidenceSeal(…)"

    def name(self, sha256: str) -> str:
        """Return the file name, 64 hex digits, of the evidence with this digest."""
        return hmac.digest(self._names, sha256.encode(), "sha256").hex()

    def seal(self, data: bytes) -> bytes:
        """Return `data` as an age file."""
        return pyrage.encrypt(data, [self._recipient])

    def open(self, sealed: bytes, *, location: str) -> bytes:
        """Return the plain bytes of an age file; `BLOB_DAMAGED` when it is not as it was sealed."""
        try:
            return pyrage.decrypt(sealed, [self._age])
        except pyrage.DecryptError:
            raise DiagError("BLOB_DAMAGED", location=location) from None

    def open_stream(self, source: BinaryIO, *, location: str) -> io.BufferedReader:
        """Return the plain bytes as a stream that closes `source`; every byte given out is authenticated.

        Raises:
            DiagError: `BLOB_DAMAGED` at once where the file does not begin or end as it was sealed, and on reading a
                damaged part.
        """
        return io.BufferedReader(_Unsealing(source, self._identity, location), CHUNK)


class _Unsealing(io.RawIOBase):
    """The plain bytes of an age file under the code of evidence; it closes the file."""

    def __init__(self, source: BinaryIO, identity: Identity, location: str) -> None:
        self._source, self._location = source, location
        try:
            with self._coded():
                self._plain = open_age(source, [identity], location=location)
        except DiagError:
            source.close()
            raise

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        with self._coded():
            return self._plain.readinto(buffer)

    def close(self) -> None:
        self._source.close()
        super().close()

    @contextmanager
    def _coded(self) -> Iterator[None]:
        try:
            yield
        except (DiagError, OSError) as error:
            raise DiagError("BLOB_DAMAGED", location=self._location) from error
