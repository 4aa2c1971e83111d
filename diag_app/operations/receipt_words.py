"""What a receipt says beyond its counts: why nothing was taken in, and what the receiver still waits for."""

from __future__ import annotations

from diag_app.model.receipt import Receipt
from diag_app.model.said import Translate
from diag_app.sync.parts import numbers_text


def receipt_sentences(receipt: Receipt, translate: Translate) -> tuple[str, ...]:
    """Return a sentence for each thing that keeps a delivery from being whole; none where all of it is there."""
    city = receipt.receiver.city
    if receipt.faults:
        codes = ", ".join(dict.fromkeys(fault.code for fault in receipt.faults))
        return (translate("{city} refused the bundle ({codes}). Nothing was delivered.", city=city, codes=codes),)
    said = []
    if receipt.missing and receipt.part:
        named = numbers_text(receipt.missing)
        said.append(translate("Of {of} parts these have not arrived yet: {parts}.", of=receipt.part[1], parts=named))
    if receipt.blobs_missing:
        count = len(receipt.blobs_missing)
        said.append(
            translate(
                "Files missing there: {count}. Those that are here and may go are in the next bundle.", count=count
            )
        )
    if receipt.gaps:
        said.append(translate("Earlier records are missing there. The next bundle for it carries them."))
    if receipt.refused:
        said.append(
            translate("Sent back: {count}. What is still open stands among the tasks.", count=len(receipt.refused))
        )
    if receipt.conflicts:
        said.append(translate("In conflict there, as two laptops wrote it: {count}.", count=len(receipt.conflicts)))
    return tuple(said)
