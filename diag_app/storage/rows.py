"""Ops as rows of the op log and back. The header is stored as the bytes that are hashed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from diag_app.codec import canonical_json
from diag_app.errors import DiagError
from diag_app.model.op_json import op_from_header
from diag_app.model.op_text import canonical_value
from diag_app.model.ops import Op, ValueState
from diag_app.storage.database import Database, Row

INSERT_OP = "INSERT INTO op (op_id, header, value, salt, value_state) VALUES (?, ?, ?, ?, ?)"
_SELECT_OPS = "SELECT op_id, header, value, salt, value_state FROM op WHERE {}"


def op_row(op: Op) -> tuple[str, str, str | None, str | None, str]:
    """Return the row of `op`; a value that is not present leaves no value and no salt."""
    header = canonical_json(op.header()).decode()
    if op.value_state is not ValueState.PRESENT or op.value_digest is None:
        return op.op_id, header, None, None, op.value_state.value
    return op.op_id, header, canonical_value(op.value), op.salt, op.value_state.value


def op_of(row: Row) -> Op:
    """Return the op in a row of `op_id, header, value, salt, value_state`; `OP_DAMAGED` when it is none any more."""
    op_id, header, value, salt, state = row
    try:
        given = None if value is None else json.loads(value)
        return op_from_header(json.loads(header), value=given, salt=salt, value_state=ValueState(state))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DiagError("OP_DAMAGED", location=str(op_id)) from None


def ops_by_id(database: Database, op_ids: Sequence[str]) -> tuple[Op, ...]:
    """Return those of these ops that are here."""
    wanted = json.dumps(op_ids)
    return ops_where(database, "op_id IN (SELECT value FROM json_each(?))", (wanted,))


def ops_of_case(database: Database, case: str) -> tuple[Op, ...]:
    """Return all ops of a case, by (replica, seq)."""
    return ops_where(database, "case_id = ? ORDER BY replica, seq, op_id", (case,))


def ops_about(
    database: Database, case: str, entities: Sequence[str], registers: Sequence[str], newest: int | None
) -> tuple[Op, ...]:
    """Return the ops of these registers of these entities, what came in last first; all, or the `newest` ones."""
    condition = (
        "case_id = ? AND header ->> 'entity' IN (SELECT value FROM json_each(?)) "
        "AND header ->> 'register' IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?"
    )
    bound = -1 if newest is None else newest
    return ops_where(database, condition, (case, json.dumps(entities), json.dumps(registers), bound))


def ops_where(database: Database, condition: str, parameters: Iterable[Any]) -> tuple[Op, ...]:
    """Return the ops that fit a condition, which is never made of outside text."""
    rows = database.all(_SELECT_OPS.format(condition), tuple(parameters))
    return tuple(op_of(row) for row in rows)
