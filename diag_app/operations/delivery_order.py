"""Where to deliver, what is new there, and how far each bundle has come: prepared, handed over, receipted, refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from diag_app.clock import Progress, no_progress
from diag_app.crypto.fingerprint import fingerprint_words
from diag_app.crypto.sheet import SheetLanguage
from diag_app.crypto.signing import public_key_from_text
from diag_app.errors import DiagError
from diag_app.model.receipt import Receipt
from diag_app.operations.bundle import export_bundle
from diag_app.operations.bundle_profile import Profile
from diag_app.operations.export_log import Export, find_exports
from diag_app.operations.keys import trusted_cities
from diag_app.operations.receipt import HandedOver, acknowledged_by, find_handed_over, find_receipts
from diag_app.operations.workspace import Workspace
from diag_app.sync.bundle_write import SealedBundle
from diag_app.sync.limits import LIMITS
from diag_app.sync.receipt_file import moment_text

State = Literal["prepared", "handed_over", "receipted", "refused"]


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A city's receiver whose receipts count here; `last_receipt_at` is null before the first."""

    city: str
    name: str
    keyid: str
    public_key: str
    recipient: str
    last_receipt_at: str | None

    def words(self, language: SheetLanguage) -> tuple[str, ...]:
        """Return the six words of the receiver's fingerprint."""
        return fingerprint_words(public_key_from_text(self.public_key, location=self.name), language)


@dataclass(frozen=True, kw_only=True)
class Order:
    """How to write a bundle: what of a case goes, for which receiver, and whether only what it has not got.

    Without a destination everything goes, for whoever has the file, or for the `recipients` (`age1…`) alone.
    """

    profile: Profile = "full"
    destination: Destination | None = None
    only_new: bool = False
    is_encrypted: bool = False
    recipients: tuple[str, ...] = ()
    part_size: int = LIMITS.split
    without_absent: bool = False  # files that are not here are left out, and said; else nothing is written


@dataclass(frozen=True, kw_only=True)
class Written:
    """A bundle that was written here, and what is known of it since."""

    export: Export
    state: State
    receipts: tuple[Receipt, ...]
    handed_over: HandedOver | None

    @property
    def newest(self) -> Receipt | None:
        """Return the receipt given last."""
        return max(self.receipts, key=lambda receipt: receipt.at, default=None)


def find_destinations(workspace: Workspace) -> tuple[Destination, ...]:
    """Return the receivers of the cities known here whose keys count."""
    now = moment_text(workspace.clock.now())
    last: dict[str, str] = {}
    for kept in find_receipts(workspace):
        keyid = kept.receipt.receiver.keyid
        last[keyid] = max(kept.receipt.at, last.get(keyid, ""))
    return tuple(
        Destination(
            city=city.signers.city,
            name=signer.name,
            keyid=signer.keyid,
            public_key=signer.public_key,
            recipient=signer.recipient,
            last_receipt_at=last.get(signer.keyid),
        )
        for city in trusted_cities(workspace)
        for signer in city.signers.signers
        if city.signers.standing(signer.keyid, "receiver", received_at=now) == "good"
    )


def find_destination(workspace: Workspace, city: str, receiver: str = "") -> Destination:
    """Return the receiver of a city; where it has several, the one of this name or key id. One without a city will do.

    Raises:
        DiagError: `DESTINATION_UNKNOWN` where no list that was taken in names one, `DESTINATION_SEVERAL` where more
            than one is meant; both say which there are.
    """
    known = find_destinations(workspace)
    found = [one for one in known if city in ("", one.city) and receiver in ("", one.name, one.keyid)]
    named = " · ".join(filter(None, (city, receiver)))
    if not found:
        cities = ", ".join(dict.fromkeys(one.city for one in known)) or "-"
        raise DiagError("DESTINATION_UNKNOWN", location=named, known=cities)
    if len(found) > 1:
        choices = "; ".join(f"{one.city} · {one.name} ({one.keyid})" for one in found)
        raise DiagError("DESTINATION_SEVERAL", location=named, choices=choices)
    return found[0]


def write_order(
    workspace: Workspace,
    output: Path,
    ids: Sequence[str] | None,
    order: Order,
    *,
    progress: Progress = no_progress,
) -> SealedBundle:
    """Seal cases into `output` as the order says; what "new" is, the newest receipts of the destination say.

    Raises:
        DiagError: what `export_bundle` refuses; `NOTHING_NEW` where the destination has all of it by its receipts.
    """
    destination = order.destination
    is_delta = destination is not None and order.only_new
    base, held = acknowledged_by(workspace, destination.keyid, order.profile) if destination and is_delta else ({}, ())
    return export_bundle(
        workspace,
        output,
        ids,
        profile=order.profile,
        base=base,
        held=held,
        recipients=(*order.recipients, *((destination.recipient,) if destination and order.is_encrypted else ())),
        city=destination.city if destination else None,
        part_size=order.part_size,
        without_absent=order.without_absent,
        progress=progress,
    )


def find_written(workspace: Workspace) -> tuple[Written, ...]:
    """Return the bundles written here with how far they have come, the newest first."""
    receipts: dict[str, list[Receipt]] = {}
    for kept in find_receipts(workspace):
        receipts.setdefault(kept.receipt.bundle_set or "", []).append(kept.receipt)
    said = find_handed_over(workspace)
    return tuple(
        _written(export, tuple(receipts.get(export.bundle_id, ())), said.get(export.bundle_id))
        for export in find_exports(workspace)
    )


def _written(export: Export, receipts: tuple[Receipt, ...], said: HandedOver | None) -> Written:
    """A bundle is receipted when every part of it was taken in; refused while its newest receipt took nothing in."""
    taken = {receipt.part for receipt in receipts if receipt.was_taken_in}
    newest = max(receipts, key=lambda receipt: receipt.at, default=None)
    state: State = "handed_over" if said or receipts else "prepared"
    if len(taken) >= max(1, len(export.parts)):
        state = "receipted"
    elif newest is not None and not newest.was_taken_in:
        state = "refused"
    return Written(export=export, state=state, receipts=receipts, handed_over=said)
