"""What a receiver's reviewer sent back, as it stands in the registers: written at the receiver, merged everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from diag_app.model.ops import EntityView
from diag_app.model.receipt import REFUSAL, Refusal
from diag_app.storage.store import Store

_WRITTEN = "SELECT DISTINCT case_id, entity, register FROM register WHERE register >= ? AND register < ?"
_OF_CASE = " AND case_id = ?"
_PREFIX, _BEHIND = f"{REFUSAL}:", f"{REFUSAL};"  # ";" is the sign after ":"


def find_refusals(store: Store, cases: Iterable[str] | None = None) -> tuple[Refusal, ...]:
    """Return what was sent back, of these cases or of all, and was not answered by something else since."""
    database, _ = store.inside
    bounds = (_PREFIX, _BEHIND)
    if cases is None:
        rows = database.all(_WRITTEN, bounds)
    else:
        rows = [row for case in cases for row in database.all(_WRITTEN + _OF_CASE, (*bounds, case))]
    standing = []
    for case, entity, register in rows:
        view = store.entity(entity)
        refusal = _refusal(view, case, register)
        if refusal is not None and _stands(view, refusal):
            standing.append(refusal)
    return tuple(sorted(standing, key=lambda item: (item.case, item.entity, item.register)))


def is_standing(store: Store, refusal: Refusal) -> bool:
    """Return whether what was judged is still there and still as it was."""
    return _stands(store.entity(refusal.entity), refusal)


def _stands(view: EntityView, refusal: Refusal) -> bool:
    return not view.is_deleted and refusal.is_open(judged_heads(view, refusal.register))


def judged_heads(view: EntityView, register: str) -> tuple[str, ...]:
    """Return the heads that a refusal of a register is about; of a whole entity those of all but refusals."""
    if register:
        return view.registers[register].head_ids if register in view.registers else ()
    return tuple(
        head for name, found in view.registers.items() if not name.startswith(_PREFIX) for head in found.head_ids
    )


def refusal_register(register: str) -> str:
    """Return the register that says that another one was sent back; of a whole entity for an empty name."""
    return f"{_PREFIX}{register}"


def _refusal(view: EntityView, case: str, register: str) -> Refusal | None:
    value: Any = view.value(register)
    if not isinstance(value, dict):
        return None
    return Refusal(
        case=case,
        entity=view.entity_id,
        register=register.removeprefix(_PREFIX),
        reason=str(value.get("reason", "")),
        by=str(value.get("by", "")),
        at=str(value.get("at", "")),
        judged=tuple(map(str, value.get("judged", ()))),
        code=str(value.get("code", "")),
    )
