"""Keys made from the store key, one for each purpose, and small things sealed with them."""

from __future__ import annotations

import secrets
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from diag_app.errors import DiagError

KEY_BYTES = 32
NONCE_BYTES = 12
_FORMAT = b"QZS1"


class Purpose(StrEnum):
    """What a subkey is for; the word goes into its derivation, so that no two purposes share a key."""

    AUDIT = "audit"
    EVIDENCE_IDENTITY = "evidence-identity"
    EVIDENCE_NAMES = "evidence-names"
    KEY_ID = "key-id"
    SIGNING_KEY = "signing-key"


class StoreKey(bytes):
    """The 32 bytes that open a workspace; they never show themselves."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "StoreKey(…)"

    __str__ = __repr__


def new_store_key() -> StoreKey:
    """Return a fresh random store key."""
    return StoreKey(secrets.token_bytes(KEY_BYTES))


def expand(secret: bytes, label: str, *, salt: bytes | None = None) -> bytes:
    """Return 32 bytes made from a secret of full strength (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=f"qizhen/1/{label}".encode()).derive(secret)


def subkey(key: bytes, purpose: Purpose) -> bytes:
    """Return the store key's subkey for one purpose."""
    return expand(key, purpose.value)


def key_id(key: bytes) -> str:
    """Return the name of a store key: 32 hex digits that say nothing about it."""
    return subkey(key, Purpose.KEY_ID)[:16].hex()


def seal_bytes(key: bytes, data: bytes, purpose: Purpose) -> bytes:
    """Return `data` sealed under the store key for one purpose (ChaCha20-Poly1305, RFC 8439)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return _FORMAT + nonce + ChaCha20Poly1305(subkey(key, purpose)).encrypt(nonce, data, _bound(purpose))


def open_bytes(key: bytes, sealed: bytes, purpose: Purpose, *, location: str) -> bytes:
    """Return what `seal_bytes` sealed; anything else, even by one bit, is refused with `SEALED_DAMAGED`."""
    start = len(_FORMAT) + NONCE_BYTES
    if not sealed.startswith(_FORMAT):
        raise DiagError("SEALED_DAMAGED", location=location)
    nonce = sealed[len(_FORMAT) : start]
    try:
        return ChaCha20Poly1305(subkey(key, purpose)).decrypt(nonce, sealed[start:], _bound(purpose))
    except (InvalidTag, ValueError):
        raise DiagError("SEALED_DAMAGED", location=location) from None


def _bound(purpose: Purpose) -> bytes:
    return _FORMAT + purpose.value.encode()
