"""Erasing a register's values for good: ids, chains and signatures hold, the values are gone from every file.

A `redact` op names the ops that lost their values and the files that went with them, so that the erasure travels like
every other write, and an older bundle never brings a value back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diag_app.errors import DiagError
from diag_app.model.ops import STRUCTURAL_KINDS, Changes, Op, OpKind
from diag_app.model.view import LIFECYCLE
from diag_app.storage.below import deleted_in_line
from diag_app.storage.blobs import blobs_named
from diag_app.storage.database import Database, decoded
from diag_app.storage.history import UNDO_REGISTER
from diag_app.storage.operation import Operation
from diag_app.storage.projections import SEARCHED, rebuild_case, refresh_same
from diag_app.storage.rows import ops_where
from diag_app.storage.search import rebuild_index
from diag_app.storage.second_copies import keep_waiting
from diag_app.storage.writer import local, put_local

FIXED = frozenset({LIFECYCLE, UNDO_REGISTER, "issued", "pack", "form_id", "scenario_id"})  # how the rest is read
_ERASE = (
    "UPDATE op SET value = NULL, salt = NULL, value_state = 'redacted' "
    "WHERE op_id IN (SELECT value FROM json_each(?)) AND case_id = ? AND header ->> 'entity' = ? "
    "AND header ->> 'register' = ? AND kind NOT IN (SELECT value FROM json_each(?)) AND value_state <> 'redacted'"
)
_OF_REGISTER = (
    "case_id = ? AND header ->> 'entity' = ? AND (header ->> 'register' = ? OR header ->> 'register' GLOB ?) "
    "AND kind NOT IN (SELECT value FROM json_each(?)) AND value_state <> 'redacted' ORDER BY id"
)
_STRUCTURAL = json.dumps(sorted(STRUCTURAL_KINDS))
PENDING = "erasing"  # the local fact that says so
_LEAST_TELLING = 2  # a single character in a reason tells nothing


@dataclass(frozen=True, kw_only=True)
class IssuedFrom:
    """An issued proposal that was made from a value to be erased, and so shows it; its files by SHA-256."""

    proposal_id: str
    number: str
    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RedactionPlan:
    """What erasing one register would take: the ops with values, the files only they name, the proposals they are in.

    The translations of a text (`<register>@<language>`) go with it, and what a newer app wrote into the register.
    `shared_blobs` stay: other evidence names them.
    """

    case: str
    entity: str
    ops: tuple[Op, ...]
    blobs: tuple[str, ...]
    shared_blobs: tuple[str, ...]
    issued: tuple[IssuedFrom, ...]

    @property
    def registers(self) -> tuple[str, ...]:
        """The registers that hold values to erase, sorted."""
        return tuple(sorted({op.register for op in self.ops}))


@dataclass(frozen=True, kw_only=True)
class Redacted:
    """What erasing took: by plan, as changes, and the copies of the store that went.

    `unfinished` is empty, or the code of what keeps the files from being cleared until the next opening.
    """

    plan: RedactionPlan
    changes: Changes
    copies: tuple[Path, ...]
    unfinished: str


def plan_redaction(database: Database, entity: str, register: str) -> RedactionPlan:
    """Return what erasing a register of an entity, deleted or not, would take.

    Raises:
        DiagError: `ENTITY_UNKNOWN`, `NOT_ERASABLE` for what other facts are read by, `NOTHING_TO_ERASE`.
    """
    row = database.one("SELECT case_id FROM entity WHERE entity = ? AND kind <> ''", (entity,))
    if row is None:
        raise DiagError("ENTITY_UNKNOWN", location=entity)
    if register in FIXED:
        raise DiagError("NOT_ERASABLE", location=register)
    (case,) = row
    ops = ops_where(database, _OF_REGISTER, (case, entity, register, f"{_literal(register)}@*", _STRUCTURAL))
    if not ops:
        raise DiagError("NOTHING_TO_ERASE", location=f"{entity} {register}")
    ids = {op.op_id for op in ops}
    named = {blob for op in ops if op.register == "file" for blob in blobs_named(op.value)}
    shared = named & _files_named(database, without=ids)
    return RedactionPlan(
        case=case,
        entity=entity,
        ops=ops,
        blobs=tuple(sorted(named - shared)),
        shared_blobs=tuple(sorted(shared)),
        issued=tuple(_issued_from(database, case, ids)),
    )


def redact(
    database: Database,
    operation: Operation,
    plan: RedactionPlan,
    *,
    register: str,
    reason: str,
    with_issued: bool,
    successor: Any = None,
) -> tuple[str, ...]:
    """Erase what `plan` names, inside the caller's transaction, and return the ids of the ops that say so.

    `successor` is recorded in `register` over the erasure, where one is given.

    Raises:
        DiagError: `REASON_MISSING`, `REASON_TELLS` when the reason repeats what is to be erased.
    """
    _check_reason(reason, plan.ops)
    issued = [sha256 for proposal in plan.issued for sha256 in proposal.files] if with_issued else []
    removed = sorted({*plan.blobs, *issued})
    deleted = deleted_in_line(database, plan.case, plan.entity)
    made = []
    for register in plan.registers:
        ops = sorted(op.op_id for op in plan.ops if op.register == register)
        value = {"ops": ops, "blobs": removed, "reason": reason}
        made.append(operation.redact(plan.entity, register, value))
    erase(database, ops_where(database, "op_id IN (SELECT value FROM json_each(?))", (json.dumps(made),)))
    rebuild_case(database, plan.case)
    refresh_same(database)
    if successor is not None:
        operation.set(plan.entity, register, successor)
    for place in deleted:
        operation.delete(place)  # the deletion had not seen the op that erases
    details = {"case": plan.case, "entity": plan.entity, "by": made, "ops": len(plan.ops), "files": len(removed)}
    operation.audit("redact", details)
    set_pending(database, with_copies=True)
    return tuple(made)


def erase(database: Database, redactions: Iterable[Op]) -> int:
    """Take value and salt from the ops that these redactions name, and return from how many.

    Only ops of the redaction's own register are touched, and none by which other facts are read.
    """
    count, is_searched = 0, False
    for op in redactions:
        if op.register not in FIXED:
            named = json.dumps(_texts(op, "ops"))
            count += database.run(_ERASE, (named, op.case, op.entity, op.register, _STRUCTURAL))
            is_searched = is_searched or (op.register in SEARCHED and op.entity == op.case)
    if count and is_searched:
        rebuild_index(database)
    return count


def set_pending(database: Database, *, with_copies: bool) -> None:
    """Remember, in the transaction that erases, that files are still to be cleared, also copies of the store."""
    earlier = local(database, PENDING)
    both = with_copies or (earlier is not None and bool(decoded(earlier)["copies"]))
    put_local(database, PENDING, json.dumps({"copies": both}))
    if with_copies:
        keep_waiting(database)


def is_pending(database: Database) -> bool:
    """Return whether an erasure has still files to clear."""
    return local(database, PENDING) is not None


def redactions(database: Database) -> tuple[Op, ...]:
    """Return all `redact` ops that are here."""
    return ops_where(database, "kind = 'redact' ORDER BY id", ())


def erased_ops(found: Iterable[Op]) -> dict[str, tuple[str, str, str]]:
    """Return for each op that these redactions erase the (case, entity, register) it must be of."""
    return {
        op_id: (op.case, op.entity, op.register)
        for op in found
        if op.register not in FIXED
        for op_id in _texts(op, "ops")
    }


def erased_blobs(database: Database) -> frozenset[str]:
    """Return the files that were erased and that no evidence names again."""
    named = {sha256 for op in redactions(database) for sha256 in _texts(op, "blobs")}
    return frozenset(named - _files_named(database)) if named else frozenset()


def unwanted_blobs(database: Database, blobs: Iterable[str], ops: Callable[[], Iterable[Op]]) -> frozenset[str]:
    """Return those of `blobs`, offered with `ops`, that were erased here and that none of `ops` names anew."""
    unwanted = erased_blobs(database).intersection(blobs)
    if not unwanted:
        return unwanted
    gone = erased_ops(redactions(database))
    anew = {name for op in ops() if op.register == "file" and op.op_id not in gone for name in blobs_named(op.value)}
    return unwanted - anew


def removable(database: Database) -> tuple[str, ...]:
    """Return the erased files that must not lie here; of issued ones only those that a seal of the same case names."""
    erased = erased_blobs(database)
    if not erased:
        return ()
    sealed = {(op.case, name) for op in _seals(database) for name in blobs_named(op.value)}
    everywhere = {name for _, name in sealed}
    found = set()
    for op in redactions(database):
        for sha256 in erased.intersection(_texts(op, "blobs")):
            if sha256 not in everywhere or (op.case, sha256) in sealed:
                found.add(sha256)
    return tuple(sorted(found))


def _issued_from(database: Database, case: str, ids: set[str]) -> Iterable[IssuedFrom]:
    for op in _seals(database):
        if op.case == case and isinstance(op.value, dict) and not ids.isdisjoint(_texts(op, "heads")):
            yield IssuedFrom(proposal_id=op.entity, number=str(op.value.get("number", "")), files=blobs_named(op.value))


def _seals(database: Database) -> tuple[Op, ...]:
    return ops_where(database, f"kind = '{OpKind.SEAL}' ORDER BY id", ())


def _files_named(database: Database, *, without: Iterable[str] = ()) -> set[str]:
    """Return the files that evidence names, superseded ones too, but for what the ops `without` name."""
    left_out = set(without)
    rows = database.all("SELECT op_id, value FROM op WHERE header ->> 'register' = 'file' AND value IS NOT NULL")
    return {name for op_id, value in rows if op_id not in left_out for name in blobs_named(decoded(value))}


def _check_reason(reason: str, ops: Iterable[Op]) -> None:
    if not reason.strip():
        raise DiagError("REASON_MISSING", location="reason")
    for op in ops:
        if any(len(text) >= _LEAST_TELLING and text in reason for text in _leaves(op.value)):
            raise DiagError("REASON_TELLS", location=op.register)


def _leaves(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)


def _texts(op: Op, name: str) -> list[str]:
    given = op.value.get(name) if isinstance(op.value, dict) else None
    return [item for item in given if isinstance(item, str)] if isinstance(given, list) else []


def _literal(register: str) -> str:
    """Return `register` so that GLOB takes it as it is."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in register)
