"""Small signed files beside bundles (receipts, lists of signers, cards): one dataclass in a DSSE envelope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from diag_app.codec import canonical_json, digest, load_json, structure, unstructure
from diag_app.crypto.dsse import open_envelope, seal_envelope
from diag_app.crypto.signing import PublicKey, Signer, public_key_from_text
from diag_app.errors import DiagError
from diag_app.sync.json_depth import is_deeper
from diag_app.sync.limits import LIMITS

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Signed(Generic[T]):
    """What was read, the key that signed it, and the SHA-256 of what was signed."""

    value: T
    key: PublicKey
    payload_sha256: str


@dataclass(frozen=True, kw_only=True)
class SignedKind(Generic[T]):
    """A kind of signed file: its media type, the shape, and which key a value says it is signed with."""

    payload_type: str
    shape: type[T]
    public_key: Callable[[T], str]

    def seal(self, value: T, signer: Signer) -> bytes:
        """Return the bytes of the file; the same value and key give the same bytes."""
        return seal_envelope(payload_type=self.payload_type, payload=canonical_json(unstructure(value)), signer=signer)

    def read(self, data: bytes, *, location: str, key: PublicKey | None = None) -> Signed[T]:
        """Return what is signed in `data`, by `key` where given, else by the key that the value names.

        Whose key that is remains to be looked up.

        Raises:
            DiagError: `SIGNED_FILE_INVALID`, `SIGNATURE_MISSING`, `SIGNATURE_INVALID`, `ENVELOPE_…`, `KEY_INVALID`.
        """
        envelope = open_envelope(data, payload_type=self.payload_type, location=location)
        value = self._value(envelope.payload, location)
        key = key or public_key_from_text(self.public_key(value), location=location)
        if not envelope.is_signed_by(key):
            raise DiagError("SIGNATURE_INVALID", location=location)
        return Signed(value=value, key=key, payload_sha256=digest(envelope.payload))

    def _value(self, payload: bytes, location: str) -> T:
        """Return the value in `payload`, which is spelt in one way only."""
        try:
            if not is_deeper(payload, LIMITS.json_depth):
                value = structure(load_json(payload, location=location), self.shape, location=location)
                if canonical_json(unstructure(value)) == payload:
                    return value
        except (DiagError, ValueError, TypeError):
            pass
        raise DiagError("SIGNED_FILE_INVALID", location=location)
