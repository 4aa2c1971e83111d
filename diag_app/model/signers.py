"""A city's list of signers: whose key is whose, what for, and from when on it no longer counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diag_app.errors import DiagError

Role = Literal["consultant", "receiver"]
Standing = Literal["good", "revoked", "unknown"]


@dataclass(frozen=True, kw_only=True)
class ListedSigner:
    """A person on a device, or a receiver. `revoked_at` is a time in UTC, null while the key counts.

    `recipient` is the public key (`age1…`) that bundles for a receiver are encrypted to.
    """

    name: str
    org: str
    device: str
    keyid: str
    public_key: str
    role: Role
    since: str
    revoked_at: str | None = None
    reason: str = ""
    recipient: str = ""


@dataclass(frozen=True, kw_only=True)
class SignerList:
    """Edition `version` of a city's list, as it was signed at `at`."""

    city: str
    version: int
    at: str
    signers: tuple[ListedSigner, ...]

    def find(self, keyid: str) -> ListedSigner | None:
        """Return the signer with this key."""
        return next((signer for signer in self.signers if signer.keyid == keyid), None)

    def standing(self, keyid: str, role: Role, *, received_at: str) -> Standing:
        """Return what a signature by this key is worth that arrives at `received_at`, by the clock of who receives it.

        What the sender's own clock says does not count: a thief would set it back. A clock behind this very list is
        taken to be at the list's time.
        """
        found = self.find(keyid)
        if found is None or found.role != role:
            return "unknown"
        is_revoked = found.revoked_at is not None and max(received_at, self.at) >= found.revoked_at
        return "revoked" if is_revoked else "good"


def require_follows(old: SignerList | None, new: SignerList) -> bool:
    """Return whether `new` is a later edition than `old`, false for the same once more.

    Raises:
        DiagError: `SIGNERS_OLDER` for an earlier one, `SIGNERS_FORKED` for another one with the same number, or one
            that lets a revoked key count again: take the person in with a new key instead.
    """
    if old is None:
        return True
    if new.version < old.version:
        raise DiagError("SIGNERS_OLDER", location=new.city, found=str(new.version), known=str(old.version))
    if new.version == old.version:
        if new != old:
            raise DiagError("SIGNERS_FORKED", location=new.city, version=str(new.version))
        return False
    for before in old.signers:
        after = new.find(before.keyid)
        is_back = before.revoked_at is not None and (after is None or (after.revoked_at or "9") > before.revoked_at)
        if is_back:
            raise DiagError("SIGNERS_FORKED", location=new.city, version=str(new.version))
    return True
