"""DSSE envelopes (secure-systems-lab/dsse, protocol 1.0.2): a signature that binds both the type and the bytes."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from diag_app.codec import canonical_json, load_json
from diag_app.crypto.signing import SIGNATURE_LENGTH, PublicKey, Signer
from diag_app.errors import DiagError


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """An envelope as read. Nothing in it is proven until `is_signed_by` says so; `keyid` never is."""

    payload_type: str
    payload: bytes
    keyid: str
    signature: bytes

    def is_signed_by(self, key: PublicKey) -> bool:
        """Return whether `key` signed this payload under this type, and the envelope names that key."""
        return self.keyid == key.keyid and key.verifies(self.signature, pae(self.payload_type, self.payload))


def pae(payload_type: str, payload: bytes) -> bytes:
    """Return the bytes that are signed: the pre-authentication encoding of type and payload."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def seal_envelope(*, payload_type: str, payload: bytes, signer: Signer) -> bytes:
    """Return the envelope of `payload` signed by `signer`, as canonical JSON."""
    return _envelope_bytes(
        Envelope(
            payload_type=payload_type,
            payload=payload,
            keyid=signer.public_key.keyid,
            signature=signer.sign(pae(payload_type, payload)),
        )
    )


def open_envelope(data: bytes, *, payload_type: str, location: str) -> Envelope:
    """Return the envelope in `data`, its signature still to be checked.

    Raises:
        DiagError: `SIGNATURE_MISSING` when it carries none, `ENVELOPE_TYPE` for another payload type,
            `ENVELOPE_INVALID` for anything that is not exactly one signature in canonical form.
    """
    value = load_json(data, location=location)
    try:
        envelope = _envelope_from(value)
        is_canonical = _envelope_bytes(envelope) == data
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise DiagError("ENVELOPE_INVALID", location=location) from None
    except IndexError:
        raise DiagError("SIGNATURE_MISSING", location=location) from None
    if envelope.payload_type != payload_type:
        raise DiagError("ENVELOPE_TYPE", location=location, expected=payload_type)
    if not is_canonical or len(envelope.signature) != SIGNATURE_LENGTH:
        raise DiagError("ENVELOPE_INVALID", location=location)
    return envelope


def _envelope_from(value: Any) -> Envelope:
    if not isinstance(value["signatures"], list) or not isinstance(value["payloadType"], str):
        raise TypeError
    first = value["signatures"][0]
    if not isinstance(first["keyid"], str):
        raise TypeError
    return Envelope(
        payload_type=value["payloadType"],
        payload=base64.b64decode(value["payload"], validate=True),
        keyid=first["keyid"],
        signature=base64.b64decode(first["sig"], validate=True),
    )


def _envelope_bytes(envelope: Envelope) -> bytes:
    return canonical_json(
        {
            "payloadType": envelope.payload_type,
            "payload": base64.b64encode(envelope.payload).decode("ascii"),
            "signatures": [
                {"keyid": envelope.keyid, "sig": base64.b64encode(envelope.signature).decode("ascii")},
            ],
        }
    )
