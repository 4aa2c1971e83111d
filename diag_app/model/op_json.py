"""An op as it travels: its hashed header, and beside it value and salt in one of three states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from diag_app.codec import canonical_json
from diag_app.errors import DiagError
from diag_app.model.op_text import LARGEST_INTEGER
from diag_app.model.ops import Op, OpKind, ValueState

_BESIDE = {"value", "salt", "value_state", "extra"}  # what the id does not cover, and what is no field of its own
HEADER_FIELDS = frozenset(field.name for field in fields(Op)) - _BESIDE
_KINDS = {kind.value: kind for kind in OpKind}
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")


def op_to_json(op: Op) -> dict[str, Any]:
    """Return `op` as `{"op": header, "value_state": …}`, with `value` and `salt` where the value is present."""
    beside = {"value": op.value, "salt": op.salt} if op.value_state is ValueState.PRESENT else {}
    return {"op": op.header(), "value_state": op.value_state.value, **beside}


def op_from_json(record: Any, *, location: str) -> Op:
    """Return the op in a record as `op_to_json` gives it; a wrong shape is refused with `OP_INVALID` at `location`."""
    try:
        return op_from_header(
            record["op"],
            value=record.get("value"),
            salt=record.get("salt"),
            value_state=ValueState(record["value_state"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DiagError("OP_INVALID", location=location, detail=str(error)) from None


def op_from_header(
    header: Mapping[str, Any], *, value: Any = None, salt: str | None = None, value_state: ValueState
) -> Op:
    """Return the op with this header; a wrong shape raises ValueError, TypeError or KeyError."""
    known = {name: header[name] for name in HEADER_FIELDS}
    known.update(
        kind=_KINDS.get(header["kind"], header["kind"]), preds=tuple(header["preds"]), hlc=tuple(header["hlc"])
    )
    extra = {name: header[name] for name in header.keys() - HEADER_FIELDS}
    op = Op(**known, value=value, salt=salt, value_state=value_state, extra=extra)
    fault = shape_fault(op)
    if fault:
        raise ValueError(f"{fault} malformed")
    return op


def shape_fault(op: Op) -> str:
    """Return what in `op` is not of the shape every op has, whatever its kind; empty when nothing is."""
    texts: tuple[Any, ...] = (
        op.kind,
        op.case,
        op.entity,
        op.register,
        op.replica,
        op.actor,
        op.operation_id,
        op.operation,
    )
    numbers: tuple[Any, ...] = (op.v, op.seq, *op.hlc)
    salt: Any = op.salt
    digests: tuple[Any, ...] = (*op.preds, *_given(op.prev, op.value_digest))
    checks = (
        ("text", all(isinstance(text, str) and _is_unicode(text) for text in (*texts, *_given(op.pack)))),
        ("number", all(type(number) is int and 0 <= number <= LARGEST_INTEGER for number in numbers)),
        ("hlc", len(op.hlc) == 2),
        ("seq", op.seq != 0),
        ("digest", all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in digests)),
        ("preds", all(earlier < later for earlier, later in zip(op.preds, op.preds[1:], strict=False))),
        ("extra", _has_canonical_form(op.extra)),
        ("salt", salt is None or (isinstance(salt, str) and bool(_SALT.fullmatch(salt)))),
    )
    return next((name for name, is_good in checks if not is_good), "")


def _given(*values: Any) -> tuple[Any, ...]:
    return tuple(value for value in values if value is not None)


def _has_canonical_form(extra: Mapping[str, Any]) -> bool:
    try:
        canonical_json(dict(extra))
    except ValueError:
        return False
    return True


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text) if not text.isascii() else True
