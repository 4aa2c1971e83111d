"""What the check of a bundle came to, small enough to come out of the process that made it."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.codec import canonical_json, digest, load_json, structure, unstructure
from diag_app.crypto.signing import PublicKey, public_key_from_text
from diag_app.model.receipt import ReceiptFault
from diag_app.sync.statement import Statement, statement_bytes


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Why a bundle is refused, empty where it is whole; and what it states, null where that could not be read.

    That it is whole says nothing of who signed it: `public_key` is to be looked up in the list of signers.
    """

    faults: tuple[ReceiptFault, ...]
    bundle_set: str | None = None
    part: tuple[int, int] | None = None
    statement_sha256: str | None = None
    city: str | None = None
    public_key: str | None = None

    @property
    def key(self) -> PublicKey | None:
        """Return the key it is signed with."""
        return None if self.public_key is None else public_key_from_text(self.public_key, location="verdict")


def verdict_bytes(verdict: Verdict) -> bytes:
    """Return the verdict as bytes."""
    return canonical_json(unstructure(verdict))


def verdict_from(data: bytes) -> Verdict:
    """Return the verdict in `data`."""
    return structure(load_json(data, location="verdict"), Verdict, location="verdict")


def verdict_of(faults: tuple[ReceiptFault, ...], statement: Statement | None, key: PublicKey | None) -> Verdict:
    """Return the verdict over a bundle that was checked."""
    if statement is None:
        return Verdict(faults=faults)
    return Verdict(
        faults=faults,
        bundle_set=statement.bundle_set,
        part=statement.part,
        statement_sha256=digest(statement_bytes(statement)),
        city=statement.city,
        public_key=None if key is None else key.text,
    )
