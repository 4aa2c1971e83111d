"""Ed25519 keys of persons and devices; no algorithm is ever chosen by what was read."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from diag_app.errors import DiagError

_SPKI_PREFIX = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: SubjectPublicKeyInfo of an Ed25519 key
_RAW_LENGTH = 32
SIGNATURE_LENGTH = 64


@dataclass(frozen=True, kw_only=True)
class PublicKey:
    """What others know a signer by; `spki` is the DER SubjectPublicKeyInfo, the form openssl reads."""

    spki: bytes

    @property
    def keyid(self) -> str:
        """Return the fingerprint: `ed25519:` and the SHA-256 of the DER form, hex."""
        return f"ed25519:{hashlib.sha256(self.spki).hexdigest()}"

    @property
    def text(self) -> str:
        """Return the DER form in base64: the one line between the PEM markers."""
        return base64.b64encode(self.spki).decode("ascii")

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Return whether `signature` is this key's over `data`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.spki[len(_SPKI_PREFIX) :]).verify(signature, data)
        except InvalidSignature:
            return False
        return True


class Signer:
    """A private key that signs and never shows itself."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_key = PublicKey(spki=key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))

    def __repr__(self) -> str:
        return "Signer(…)"

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature over `data`; the same data always give the same signature."""
        return self._key.sign(data)

    def seed(self) -> bytes:
        """Return the 32 secret bytes of the key, for other keys to be made from."""
        return self._key.private_bytes_raw()

    def to_pem(self) -> bytes:
        """Return the private key as PKCS#8 PEM, for a file that only its owner may read."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def create_signer() -> Signer:
    """Return a signer with a fresh random key."""
    return Signer(Ed25519PrivateKey.generate())


def signer_from_pem(data: bytes, *, location: str) -> Signer:
    """Return the signer whose PKCS#8 PEM is `data`; anything but an Ed25519 key is refused with `KEY_INVALID`."""
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError):
        raise DiagError("KEY_INVALID", location=location) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise DiagError("KEY_INVALID", location=location)
    return Signer(key)


def public_key_from_text(text: str, *, location: str) -> PublicKey:
    """Return the public key in `text` (base64 of the DER form, one spelling only), or refuse with `KEY_INVALID`."""
    try:
        spki = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise DiagError("KEY_INVALID", location=location) from None
    key = PublicKey(spki=spki)
    if not spki.startswith(_SPKI_PREFIX) or len(spki) != len(_SPKI_PREFIX) + _RAW_LENGTH or key.text != text:
        raise DiagError("KEY_INVALID", location=location)
    return key
