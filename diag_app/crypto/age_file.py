"""A file in age's format (age-encryption.org/v1) that is written as it comes and read at any place.

The library wraps the file key for its recipients and writes the header. The payload is a row of sealed chunks (STREAM:
ChaCha20-Poly1305 of 64 KiB under a counter), which are made here: so nothing plain ever lies on a disk, neither while a
bundle is packed nor while it is read here and there.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import io
import re
import secrets
from collections.abc import Collection, Sequence
from typing import BinaryIO, Protocol

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from diag_app.crypto.age_keys import Identity, Recipient
from diag_app.errors import DiagError

AGE_MAGIC = b"age-encryption.org/v1\n"
CHUNK = 64 * 1024
TAG = 16
ROOM = 64 * 1024  # for the header, generous
HEAD_BYTES = 8 * 1024  # for the header of a file to one recipient
_NONCE = 16
_KEY = 16
_ZERO_NONCE = bytes(12)
_STANZA = re.compile(rb"-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n")
_MAC = re.compile(rb"\n--- ([A-Za-z0-9+/]{43})\n")


class Sink(Protocol):
    """Where a file is written to, from its first byte to its last."""

    def write(self, data: bytes | memoryview, /) -> int:
        """Take all of `data`."""
        ...


class AgeWriter:
    """Encrypts what is written to it; `finish` writes the end, without which no reader takes the file for whole."""

    def __init__(self, file: Sink, recipients: Sequence[Recipient]) -> None:
        self.witness = Identity(secrets.token_bytes(32))  # reads the file back; it dies with this object
        to = [pyrage.x25519.Recipient.from_str(one.text) for one in (*recipients, self.witness.recipient)]
        header = _header(pyrage.encrypt(b"", to))
        nonce = secrets.token_bytes(_NONCE)
        self._file = file
        self._cipher = _payload_cipher(_file_key(header, [self.witness]) or b"", nonce)
        self._held = bytearray()
        self._count = 0
        file.write(header + nonce)

    def write(self, data: bytes | memoryview, /) -> int:
        """Encrypt `data`; a last chunk is kept back, because the end is sealed otherwise."""
        self._held += data
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), is_last=False)
            del self._held[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._held), is_last=True)
        self._held.clear()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_chunk_nonce(self._count, is_last=is_last), chunk, None))
        self._count += 1


class _AgeReader(io.RawIOBase):
    """The plain bytes of an age file, at any place; every chunk is authenticated before a byte of it is given out."""

    def __init__(self, file: BinaryIO, identities: Collection[Identity], location: str) -> None:
        file.seek(0)
        header = _header(file.read(ROOM), location)
        key = _file_key(header, identities)
        if key is None:
            raise DiagError("AGE_NOT_FOR_US", location=location)
        mac = hmac.digest(_expanded(key, b"", b"header"), header[: header.rindex(b"--- ") + 3], "sha256")
        if not hmac.compare_digest(base64.b64encode(mac).rstrip(b"="), header[header.rindex(b"--- ") + 4 : -1]):
            raise DiagError("AGE_DAMAGED", location=location)
        file.seek(len(header))
        self._cipher = _payload_cipher(key, file.read(_NONCE))
        self._file, self._location = file, location
        self._start = len(header) + _NONCE
        size = plain_size(header, file.seek(0, io.SEEK_END))
        if size is None:
            raise DiagError("AGE_DAMAGED", location=location)
        self.size, self._chunks = size, max(1, -(-size // CHUNK))
        self._position = 0
        self._at, self._chunk = -1, b""
        self._opened(self._chunks - 1)  # only the last chunk tells that none is missing

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Give what is left of a chunk; `AGE_DAMAGED` where it is not as it was sealed."""
        if self._position >= self.size:
            return 0
        number, start = divmod(self._position, CHUNK)
        piece = self._opened(number)[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def _opened(self, number: int) -> bytes:
        if number != self._at:
            self._file.seek(self._start + number * (CHUNK + TAG))
            sealed = self._file.read(CHUNK + TAG)
            nonce = _chunk_nonce(number, is_last=number == self._chunks - 1)
            try:
                self._chunk, self._at = self._cipher.decrypt(nonce, sealed, None), number
            except (InvalidTag, ValueError):
                raise DiagError("AGE_DAMAGED", location=self._location) from None
        return self._chunk


def open_age(file: BinaryIO, identities: Collection[Identity], *, location: str) -> io.BufferedReader:
    """Return the plain bytes of the age file in `file`; reading a damaged part raises `AGE_DAMAGED`.

    Raises:
        DiagError: `AGE_DAMAGED` for a file that is not as it was written, `AGE_NOT_FOR_US` where none of the
            identities opens it.
    """
    return io.BufferedReader(_AgeReader(file, identities, location), CHUNK)


def plain_size(head: bytes, size: int) -> int | None:
    """Return how many plain bytes an age file of `size` bytes holds; null when `head`, its start, is none.

    `HEAD_BYTES` are enough of a file to one recipient.
    """
    end = _MAC.search(head)
    if not is_age(head) or end is None:
        return None
    sealed = size - end.end() - _NONCE
    chunks = -(-sealed // (CHUNK + TAG))
    is_last_empty = chunks > 1 and sealed <= (chunks - 1) * (CHUNK + TAG) + TAG
    return None if sealed < TAG or is_last_empty else sealed - chunks * TAG


def is_age(head: bytes) -> bool:
    """Return whether a file that begins with `head` is encrypted."""
    return head.startswith(AGE_MAGIC)


def _header(data: bytes, location: str = "") -> bytes:
    end = _MAC.search(data)
    if not is_age(data) or end is None:
        raise DiagError("AGE_DAMAGED", location=location)
    return data[: end.end()]


def _file_key(header: bytes, identities: Collection[Identity]) -> bytes | None:
    """Return the key of the file if one of the stanzas is for one of us."""
    for share_text, body_text in _STANZA.findall(header):
        try:
            share, body = (base64.b64decode(text + b"=", validate=True) for text in (share_text, body_text))
        except binascii.Error:
            continue
        for identity in identities:
            try:
                wrap = _expanded(identity.shared(share), share + identity.public, b"age-encryption.org/v1/X25519")
                key = ChaCha20Poly1305(wrap).decrypt(_ZERO_NONCE, body, None)
            except (InvalidTag, ValueError):
                continue
            if len(key) == _KEY:
                return key
    return None


def _payload_cipher(key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_expanded(key, nonce, b"payload"))


def _expanded(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def _chunk_nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
