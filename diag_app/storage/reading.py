"""Reading entities from the projections; a row never leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from diag_app.errors import DiagError
from diag_app.model.ops import EntityView, Op, RegisterView
from diag_app.storage.database import Database, Row, decoded
from diag_app.storage.rows import ops_where

_ENTITY = "SELECT case_id, entity, kind, parent, is_deleted, lifecycle FROM entity WHERE {} ORDER BY entity, case_id"
_REGISTERS = (
    "SELECT r.case_id, r.entity, r.register, r.value, r.heads, r.conflict FROM entity e "
    "JOIN register r ON r.case_id = e.case_id AND r.entity = e.entity WHERE {}"
)
_LINKS = (
    "SELECT l.case_id, l.entity, l.register, l.op_id, l.value FROM entity e "
    "JOIN link l ON l.case_id = e.case_id AND l.entity = e.entity WHERE {}"
)


def read_entity(database: Database, entity: str) -> EntityView:
    """Return one entity, deleted or not; an unknown id is refused with `ENTITY_UNKNOWN`."""
    found = _read(database, "{0}entity = ? AND {0}kind <> ''", (entity,))
    if not found:
        raise DiagError("ENTITY_UNKNOWN", location=entity)
    return found[0]


def read_entities(
    database: Database, kind: str, *, case: str | None, parent: str | None, include_deleted: bool
) -> tuple[EntityView, ...]:
    """Return the entities of a kind in order of their ids, which is the order they were made in."""
    wanted = {"kind": kind, "case_id": case, "parent": parent}
    given = {name: value for name, value in wanted.items() if value is not None}
    condition = " AND ".join(f"{{0}}{name} = ?" for name in given)
    if not include_deleted:
        condition += " AND NOT {0}is_deleted"
    return _read(database, condition, tuple(given.values()))


def head_ids(database: Database, case: str) -> tuple[str, ...]:
    """Return the ids of all heads of a case, sorted: what its state is made of."""
    rows = database.all(
        "SELECT h.value FROM register, json_each(heads) h WHERE case_id = ?1 "
        "UNION SELECT op_id FROM link WHERE case_id = ?1 "
        "UNION SELECT h.value FROM entity, json_each(lifecycle) h WHERE case_id = ?1 ORDER BY 1",
        (case,),
    )
    return tuple(head for (head,) in rows)


def register_ops(database: Database, case: str, register: str) -> tuple[Op, ...]:
    """Return all ops on a register, of whichever entity of a case, in the order they came here."""
    return ops_where(database, "case_id = ? AND header ->> 'register' = ? ORDER BY id", (case, register))


def state_digest(database: Database, case: str) -> str:
    """Return the SHA-256 over the sorted heads of a case; equal op sets give equal digests."""
    return hashlib.sha256("\n".join(head_ids(database, case)).encode()).hexdigest()


def _read(database: Database, condition: str, parameters: Iterable[Any]) -> tuple[EntityView, ...]:
    bound, qualified = tuple(parameters), condition.format("e.")
    registers: dict[tuple[str, str], dict[str, RegisterView]] = {}
    links: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for case, entity, register, *shown in database.all(_REGISTERS.format(qualified), bound):
        registers.setdefault((case, entity), {})[register] = _register(*shown)
    for case, entity, register, op_id, value in database.all(_LINKS.format(qualified), bound):
        links.setdefault((case, entity), {}).setdefault(register, {})[op_id] = decoded(value)
    rows = database.all(_ENTITY.format(condition.format("")), bound)
    return tuple(_entity(row, registers.get(row[:2], {}), links.get(row[:2], {})) for row in rows)


def _entity(row: Row, registers: dict[str, RegisterView], links: dict[str, dict[str, Any]]) -> EntityView:
    case, entity, kind, parent, is_deleted, lifecycle = row
    return EntityView(
        entity_id=entity,
        kind=kind,
        case=case,
        parent=parent,
        is_deleted=bool(is_deleted),
        registers=registers,
        links=links,
        lifecycle=tuple(decoded(lifecycle)),
    )


def _register(value: str | None, heads: str, conflict: str | None) -> RegisterView:
    return RegisterView(
        value=None if value is None else decoded(value),
        head_ids=_heads(heads),
        conflicting=tuple(decoded(conflict)) if conflict else (),
    )


def _heads(text: str) -> tuple[str, ...]:
    """Return the ids in a JSON list; nearly always it is one id, which needs no parser."""
    only = text[2:-2]
    return (only,) if only.isalnum() and text == f'["{only}"]' else tuple(decoded(text))
