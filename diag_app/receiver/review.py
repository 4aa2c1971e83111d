"""What a city's reviewer sends back: as ops of the receiver's own, so that receipts and return bundles carry them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diag_app.errors import DiagError
from diag_app.model.receipt import Refusal, class_of
from diag_app.receiver.office import Office
from diag_app.storage.refusals import find_refusals, judged_heads, refusal_register
from diag_app.sync.bundle_contents import BundleContents, Sender
from diag_app.sync.bundle_write import SealedBundle, write_bundle

REASON_LIMIT = 2_000


@dataclass(frozen=True, kw_only=True)
class Item:
    """What can be refused: a register of an assessment, or a whole piece of evidence, need or proposal."""

    firm: str
    item: str
    words: str


def items(office: Office) -> tuple[Item, ...]:
    """Return everything that can be refused, firm by firm."""
    return tuple(item for firm in office.store.entities("enterprise") for item in _items_of(office, firm.case))


def refuse(office: Office, item: str, *, reason: str, by: str = "", code: str = "") -> Refusal:
    """Send `item` (`ENTITY` or `ENTITY/REGISTER`) back with a reason; the next receipt and return bundle say so.

    Raises:
        DiagError: `REASON_MISSING`, `TEXT_TOO_LONG`, `ENTITY_UNKNOWN`, or `ITEM_EMPTY` where nothing stands there.
    """
    text = reason.strip()
    if not text:
        raise DiagError("REASON_MISSING", location=item)
    if len(text) > REASON_LIMIT:
        raise DiagError("TEXT_TOO_LONG", location=item, length=str(len(text)), limit=str(REASON_LIMIT))
    entity, _, register = item.partition("/")
    case = office.store.entity(entity).case
    with office.store.operation("refuse", case) as operation:
        judged = judged_heads(office.store.entity(entity), register)
        if not judged:
            raise DiagError("ITEM_EMPTY", location=item)
        value = {"reason": text, "by": by or office.name, "at": office.now(), "judged": sorted(judged), "code": code}
        operation.set(entity, refusal_register(register), value)
    return next(
        found for found in find_refusals(office.store, [case]) if (found.entity, found.register) == (entity, register)
    )


def write_return(office: Office, output: Path) -> SealedBundle:
    """Seal what was recorded here, for all firms, into a bundle for the consultants.

    Raises:
        DiagError: `RETURN_EMPTY` where nothing was refused yet, or what writing refuses.
    """
    own = [op for op in office.store.ops() if op.replica == office.store.replica]
    if not own:
        raise DiagError("RETURN_EMPTY")
    sender = Sender(name=office.name, org=office.city, device="", city=office.city)
    return write_bundle(output, contents=BundleContents(ops=lambda: own, sender=sender), signer=office.signer)


def _items_of(office: Office, case: str) -> list[Item]:
    store, found = office.store, []
    firm = str(store.entity(case).value("name", ""))
    for view in store.entities("assessment", case=case):
        found += [
            Item(firm=firm, item=f"{view.entity_id}/{register}", words=register)
            for register in sorted(view.registers)
            if class_of("", register, lambda _: "") == "answers" and view.value(register) is not None
        ]
    for kind in ("evidence", "need", "proposal"):
        for view in store.entities(kind, case=case):
            name = view.value("file", {}).get("name", "") if kind == "evidence" else view.value("scenario_id", "")
            found.append(Item(firm=firm, item=view.entity_id, words=f"{kind} {name}".strip()))
    return found
