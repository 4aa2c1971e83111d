"""Whom a bundle is encrypted to, and who opens it: X25519 keys as age (age-encryption.org/v1) writes them."""

from __future__ import annotations

from dataclasses import dataclass

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from diag_app.crypto import bech32
from diag_app.crypto.sealing import expand
from diag_app.crypto.signing import Signer
from diag_app.errors import DiagError

_PUBLIC, _SECRET = "age", "age-secret-key-"
_KEY_BYTES = 32
_LABEL = "bundle-identity"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A public key, `age1…`: what is encrypted to it only its owner opens."""

    text: str


class Identity:
    """A secret key that opens what was encrypted to its recipient; it never shows itself."""

    def __init__(self, secret: bytes) -> None:
        self._key = X25519PrivateKey.from_private_bytes(secret)
        self.public = self._key.public_key().public_bytes_raw()

    def __repr__(self) -> str:
        return "Identity(…)"

    @property
    def recipient(self) -> Recipient:
        """Return the public key to give to others."""
        return Recipient(text=bech32.encode(_PUBLIC, self.public))

    def shared(self, public: bytes) -> bytes:
        """Return the secret shared with the owner of `public`; a key that no honest sender uses raises `ValueError`."""
        return self._key.exchange(X25519PublicKey.from_public_bytes(public))

    def for_age(self) -> pyrage.x25519.Identity:
        """Return the identity as the library takes it."""
        return pyrage.x25519.Identity.from_str(bech32.encode(_SECRET, self._key.private_bytes_raw()).upper())


def identity_of(signer: Signer) -> Identity:
    """Return the identity that belongs to a signing key: whoever keeps the one keeps both, and a backup holds both."""
    return Identity(expand(signer.seed(), _LABEL))


def recipient_from_text(text: str) -> Recipient:
    """Return the recipient `text` names; `RECIPIENT_INVALID` when it is none."""
    try:
        if text == text.lower() and len(bech32.decode(_PUBLIC, text)) == _KEY_BYTES:
            return Recipient(text=text)
    except ValueError:
        pass
    raise DiagError("RECIPIENT_INVALID", location=text[:80])


def recipients_in(text: str) -> tuple[Recipient, ...]:
    """Return the recipients of a list: one a line, `#` begins a comment; `RECIPIENT_INVALID` names what is none."""
    return tuple(recipient_from_text(line) for line in _lines(text))


def identities_in(text: str, *, location: str) -> tuple[Identity, ...]:
    """Return the identities of a file as `age-keygen` writes it; `IDENTITY_INVALID` when it holds none or another."""
    try:
        secrets = [bech32.decode(_SECRET, line) for line in _lines(text)]
    except ValueError:
        raise DiagError("IDENTITY_INVALID", location=location) from None
    if not secrets or any(len(secret) != _KEY_BYTES for secret in secrets):
        raise DiagError("IDENTITY_INVALID", location=location)
    return tuple(Identity(secret) for secret in secrets)


def _lines(text: str) -> list[str]:
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]
