"""Receipts come back: checked, kept, and only then is anything delivered or may be freed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diag_app.errors import DiagError
from diag_app.files import read
from diag_app.model.receipt import Receipt
from diag_app.operations.bundle_profile import Profile
from diag_app.operations.export_log import find_exports
from diag_app.operations.texts import long, short
from diag_app.operations.workspace import Workspace, signed_now
from diag_app.storage import deliveries
from diag_app.storage.deliveries import KeptReceipt
from diag_app.sync.receipt_file import SIZE_LIMIT, moment_text, read_receipt

__all__ = [
    "HandedOver", "ImportedReceipt", "KeptReceipt", "acknowledged_by", "find_handed_over", "find_receipts",
    "import_receipt", "mark_handed_over",
]  # fmt: skip
_HANDED_OVER = "handed_over"


@dataclass(frozen=True, kw_only=True)
class ImportedReceipt:
    """A receipt that was taken in; `is_new` is false, and nothing moved, when it was here already."""

    receipt: Receipt
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """Somebody said that a bundle was handed over. It was not receipted by that."""

    bundle_id: str
    to: str
    by: str
    at: str
    note: str = ""


def import_receipt(workspace: Workspace, path: Path) -> ImportedReceipt:
    """Take in the receipt in the file at `path`; the same one again changes nothing.

    Raises:
        DiagError: `SIGNED_FILE_INVALID`, `SIGNATURE_INVALID`, `RECEIVER_UNKNOWN` (not on the list of a city known
            here), `RECEIVER_REVOKED`, `RECEIPT_FOREIGN` (for no bundle written here), `RECEIPT_DISAGREES` (with what
            was written here), `RECEIPT_OF_UNREAD`. Nothing was moved then.
    """
    signed = read_receipt(read(path, limit=SIZE_LIMIT), location=path.name)
    receipt, now = signed.value, moment_text(workspace.clock.now())
    details = {"bundle": receipt.bundle_set, "receiver": receipt.receiver.keyid, "accepted": receipt.accepted}
    with workspace.store.audited("receipt", {**details, "refused": len(receipt.refused) + len(receipt.faults)}):
        _require_listed(workspace, receipt, now, path)
        profile = _require_ours(workspace, receipt, path)
        is_new = deliveries.keep_receipt(
            workspace.store, signed.payload_sha256, receipt, profile=profile, imported_at=now
        )
    return ImportedReceipt(receipt=receipt, is_new=is_new)


def find_receipts(workspace: Workspace) -> tuple[KeptReceipt, ...]:
    """Return the receipts taken in here, the last one first."""
    return deliveries.receipts(workspace.store)


def acknowledged_by(
    workspace: Workspace, receiver: str, profile: Profile = "full"
) -> tuple[Mapping[tuple[str, str], int], frozenset[str]]:
    """Return the version vector and the files that a receiver acknowledged, by its key id: what need not go again."""
    return (
        deliveries.acknowledged(workspace.store, receiver, profile),
        deliveries.receipted_blobs(workspace.store, receiver),
    )


def mark_handed_over(workspace: Workspace, bundle_id: str, to: str, *, note: str = "") -> HandedOver:
    """Record that somebody gave a bundle to `to`, who has no receiver; nothing counts as delivered by that.

    Raises:
        DiagError: `BUNDLE_NOT_WRITTEN_HERE`, `HOLDER_MISSING`, or what is too long.
    """
    if bundle_id not in {export.bundle_id for export in find_exports(workspace)}:
        raise DiagError("BUNDLE_NOT_WRITTEN_HERE", location=bundle_id)
    name = short(to, "to").strip()
    if not name:
        raise DiagError("HOLDER_MISSING", location=bundle_id)
    said = HandedOver(bundle_id=bundle_id, to=name, note=long(note, "note").strip(), **signed_now(workspace))
    with workspace.store.audited("handed_over", {"bundle": bundle_id}):
        entries = [*_said(workspace), {**said.__dict__}]
        workspace.store.set_local(_HANDED_OVER, json.dumps(entries, ensure_ascii=False))
    return said


def find_handed_over(workspace: Workspace) -> Mapping[str, HandedOver]:
    """Return by bundle who last said that it was handed over, to whom and when."""
    return {entry["bundle_id"]: HandedOver(**entry) for entry in _said(workspace)}


def _said(workspace: Workspace) -> list[Any]:
    stored = workspace.store.local(_HANDED_OVER)
    return [] if stored is None else list(json.loads(stored))


def _require_listed(workspace: Workspace, receipt: Receipt, now: str, path: Path) -> None:
    known = deliveries.known_city(workspace.store, receipt.receiver.city)
    keyid = receipt.receiver.keyid
    standing = known.signers.standing(keyid, "receiver", received_at=now) if known else "unknown"
    if standing != "good":
        code = "RECEIVER_UNKNOWN" if standing == "unknown" else "RECEIVER_REVOKED"
        raise DiagError(code, location=path.name, name=receipt.receiver.name[:60], city=receipt.receiver.city[:60])


def _require_ours(workspace: Workspace, receipt: Receipt, path: Path) -> Profile:
    """Return the profile of the bundle; a receipt cannot name ops that this workspace has yet to write."""
    if receipt.bundle_set is None:
        found = ", ".join(fault.code for fault in receipt.faults[:3])
        raise DiagError("RECEIPT_OF_UNREAD", location=path.name, found=found)
    profiles = {one.profile for one in find_exports(workspace) if one.bundle_id == receipt.bundle_set}
    if not profiles:
        raise DiagError("RECEIPT_FOREIGN", location=path.name)
    own = workspace.store.version_vector()
    for (replica, case), seq in receipt.vector.items():
        if replica == workspace.store.replica and seq > own.get((replica, case), 0):
            raise DiagError("RECEIPT_DISAGREES", location=path.name)
    return "full" if "full" in profiles else profiles.pop()  # where nothing was withheld, two profiles are one file
