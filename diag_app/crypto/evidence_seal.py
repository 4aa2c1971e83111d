"""Evidence in an encrypted workspace: age files (age-encryption.org/v1) to an identity made from the store key.

A listing of the folder tells nothing: a file's name is the HMAC of its digest under a key of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
from threading import Thread
from typing import BinaryIO

import pyrage

from diag_app.crypto.age_keys import Identity
from diag_app.crypto.sealing import Purpose, subkey
from diag_app.errors import DiagError

_CHUNK = 64 * 1024
_TAG = 16
_PAYLOAD_NONCE = 16
_HEADER_LIMIT = 8 * 1024


class EvidenceSeal:
    """Names, seals and opens the evidence of one encrypted workspace."""

    def __init__(self, key: bytes) -> None:
        self._names = subkey(key, Purpose.EVIDENCE_NAMES)
        self._identity = Identity(subkey(key, Purpose.EVIDENCE_IDENTITY)).for_age()
        self._recipient = self._identity.to_public()

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
            return pyrage.decrypt(sealed, [self._identity])
        except pyrage.DecryptError:
            raise DiagError("BLOB_DAMAGED", location=location) from None

    def open_stream(self, source: BinaryIO, *, location: str) -> BinaryIO:
        """Return the plain bytes as a stream that closes `source`; reading a damaged part raises `BLOB_DAMAGED`.

        Every byte given out is authenticated; only the end of the stream says that none is missing.
        """
        return io.BufferedReader(_Unsealing(source, self._identity, location), _CHUNK)

    def plain_size(self, head: bytes, size: int) -> int | None:
        """Return how many plain bytes an age file of `size` bytes holds; null when `head`, its start, is none."""
        mark = head.find(b"\n--- ")
        end = head.find(b"\n", mark + 1)
        if mark < 0 or end < 0:
            return None
        payload = size - (end + 1) - _PAYLOAD_NONCE
        chunks = -(-payload // (_CHUNK + _TAG))
        return payload - chunks * _TAG if payload >= _TAG else None


HEAD_BYTES = _HEADER_LIMIT  # how much of a file `plain_size` needs to see


class _Unsealing(io.RawIOBase):
    """A reader's end of a pipe that a thread pours the plain bytes into: age gives its output only by writing it."""

    def __init__(self, source: BinaryIO, identity: pyrage.x25519.Identity, location: str) -> None:
        reading, writing = os.pipe()
        self._reading = os.fdopen(reading, "rb", buffering=0)
        self._location = location
        self._error: Exception | None = None
        self._thread = Thread(target=self._pour, args=(source, writing, identity), daemon=True)
        self._thread.start()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count = self._reading.readinto(buffer) or 0
        if count == 0:
            self._thread.join()
            if self._error is not None:
                raise DiagError("BLOB_DAMAGED", location=self._location) from self._error
        return count

    def close(self) -> None:
        if not self.closed:
            self._reading.close()  # the thread, if still pouring, now fails and ends
            self._thread.join()
        super().close()

    def _pour(self, source: BinaryIO, writing: int, identity: pyrage.x25519.Identity) -> None:
        with source, os.fdopen(writing, "wb", buffering=0) as pipe:
            try:
                pyrage.decrypt_io(source, pipe, [identity])
            except (pyrage.DecryptError, OSError) as error:
                self._error = error


def digest_of(stream: BinaryIO) -> str:
    """Return the SHA-256 of what is left in a stream, hex."""
    found = hashlib.sha256()
    while block := stream.read(_CHUNK):
        found.update(block)
    return found.hexdigest()
