"""Receipts and lists of signers as files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from diag_app.crypto.signing import PublicKey
from diag_app.errors import DiagError
from diag_app.model.receipt import Receipt
from diag_app.model.signers import SignerList
from diag_app.sync.signed_file import Signed, SignedKind

SUFFIX = ".receipt.json"
SIZE_LIMIT = 64 * 1024**2
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Card:
    """A signer's card: who, on which device, with which key. Signed with that key, so that nobody cards another's."""

    name: str
    org: str
    city: str
    device: str
    public_key: str
    made_at: str
    schema: str = "1.0"


RECEIPT = SignedKind(
    payload_type="application/vnd.qizhen.receipt.v1+json",
    shape=Receipt,
    public_key=lambda receipt: receipt.receiver.public_key,
)
CARD = SignedKind(
    payload_type="application/vnd.qizhen.card.v1+json", shape=Card, public_key=lambda card: card.public_key
)


@dataclass(frozen=True, kw_only=True)
class SignedList:
    """A city's list with the city's own key."""

    city_key: str
    signers: SignerList


SIGNERS = SignedKind(
    payload_type="application/vnd.qizhen.signers.v1+json",
    shape=SignedList,
    public_key=lambda signed: signed.city_key,
)


def moment_text(moment: datetime) -> str:
    """Return a time as it stands in signed files; later times sort later."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_receipt(data: bytes, *, location: str) -> Signed[Receipt]:
    """Return the receipt in `data`, signed by the receiver that it names.

    Raises:
        DiagError: as `SignedKind.read`.
    """
    signed = RECEIPT.read(data, location=location)
    receipt = signed.value
    times = (receipt.at, *(refusal.at for refusal in receipt.refused))
    is_whole = receipt.receiver.keyid == signed.key.keyid and all(map(_MOMENT.fullmatch, times))
    if not is_whole or any(seq < 0 for seq in receipt.vector.values()):
        raise DiagError("SIGNED_FILE_INVALID", location=location)
    return signed


def read_signers(data: bytes, *, location: str, key: PublicKey | None = None) -> Signed[SignedList]:
    """Return the list of signers in `data`, by the city's known `key`, else by the key it names itself.

    Raises:
        DiagError: as `SignedKind.read`; `SIGNERS_OTHER_KEY` where it is signed with another key than the known one.
    """
    signed = SIGNERS.read(data, location=location)
    if key is not None and signed.key != key:
        raise DiagError("SIGNERS_OTHER_KEY", location=location)
    times = [signed.value.signers.at]
    for signer in signed.value.signers.signers:
        times += [signer.since, *filter(None, [signer.revoked_at])]
    if not all(map(_MOMENT.fullmatch, times)):
        raise DiagError("SIGNED_FILE_INVALID", location=location)
    return signed
