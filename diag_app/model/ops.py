"""Ops: immutable, hash-named register writes. State is a pure function of their set; merge is set union.

The op's fields and its id are the file format others rely on; `docs/bundle-format.md` has the normative table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from diag_app.codec import canonical_json
from diag_app.model.op_text import canonical_header

WORKSPACE_CASE = "workspace"
OP_SCHEMA = 1
_END_OF_TIME = 253_402_127_999_000  # milliseconds to two days before the year 10000, so that every time zone can say it


class OpKind(StrEnum):
    """What an op does to its register or entity."""

    SET = "set"
    CLEAR = "clear"
    LINK_ADD = "link_add"
    LINK_DEL = "link_del"
    ENTITY_NEW = "entity_new"
    ENTITY_DEL = "entity_del"
    ENTITY_UNDEL = "entity_undel"
    SAME_AS = "same_as"
    NOT_SAME_AS = "not_same_as"
    SEAL = "seal"
    REDACT = "redact"
    FORM_UPGRADE = "form_upgrade"
    NOTE = "note"


STRUCTURAL_KINDS = frozenset(OpKind) - {OpKind.SET, OpKind.LINK_ADD}  # tell nobody's words; a newer app's kinds may


class ValueState(StrEnum):
    """Whether an op's value is here, was left out of a copy, or was erased for good."""

    PRESENT = "present"
    WITHHELD = "withheld"
    REDACTED = "redacted"


@dataclass(frozen=True, kw_only=True)
class Op:
    """One op with its value. Everything but `value`, `salt` and `value_state` is covered by the id."""

    kind: str  # an `OpKind`; a newer app may write others, which are kept and forwarded
    case: str
    entity: str
    register: str
    value_digest: str | None
    preds: tuple[str, ...]
    replica: str
    seq: int
    prev: str | None
    hlc: tuple[int, int]
    actor: str
    operation_id: str
    operation: str
    pack: str | None
    v: int = OP_SCHEMA
    value: Any = None
    salt: str | None = None  # hex of 16 random bytes
    value_state: ValueState = ValueState.PRESENT
    extra: Mapping[str, Any] = field(default_factory=dict)  # hashed fields that only a newer app knows

    def without_value(self) -> Op:
        """Return this op as it is when its value is withheld; id and signatures still hold."""
        return replace(self, value=None, salt=None, value_state=ValueState.WITHHELD)

    @property
    def at(self) -> str:
        """When it was written, by its own clock: ISO time in UTC, the end of all time where the clock ran on beyond."""
        return datetime.fromtimestamp(min(self.hlc[0], _END_OF_TIME) / 1000, UTC).isoformat(timespec="seconds")

    def header(self) -> dict[str, Any]:
        """Return the hashed fields, in JSON types."""
        return {
            "v": self.v,
            "kind": str(self.kind),
            "case": self.case,
            "entity": self.entity,
            "register": self.register,
            "value_digest": self.value_digest,
            "preds": list(self.preds),
            "replica": self.replica,
            "seq": self.seq,
            "prev": self.prev,
            "hlc": list(self.hlc),
            "actor": self.actor,
            "operation_id": self.operation_id,
            "operation": self.operation,
            "pack": self.pack,
            **self.extra,
        }

    @cached_property
    def op_id(self) -> str:
        """The SHA-256 of the canonical header, hex."""
        header = self.header()
        return hashlib.sha256(canonical_json(header) if self.extra else canonical_header(header)).hexdigest()


def heads(ops: Iterable[Op]) -> dict[tuple[str, str], tuple[Op, ...]]:
    """Return for each (entity, register) the ops that no other op of the set names as predecessor.

    Several heads with different values are a conflict. They are ordered by (hlc, op id), the displayed one last,
    the same on every machine.
    """
    known = list(ops)
    superseded = {pred for op in known for pred in op.preds}
    found: dict[tuple[str, str], list[tuple[tuple[int, int], str, Op]]] = {}
    for op in known:
        op_id = op.op_id
        if op_id not in superseded:
            found.setdefault((op.entity, op.register), []).append((op.hlc, op_id, op))
    return {key: tuple(op for _, _, op in sorted(group, key=lambda row: row[:2])) for key, group in found.items()}


@dataclass(frozen=True, kw_only=True)
class RegisterView:
    """A register as read: the displayed value and, in a conflict, every different value."""

    value: Any
    head_ids: tuple[str, ...]
    conflicting: tuple[Any, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EntityView:
    """An entity as read from its heads: plain registers, and links as {register: {op id of the link: value}}.

    `kind` is empty as long as the op that made the entity has not arrived.
    """

    entity_id: str
    kind: str
    case: str
    parent: str | None
    is_deleted: bool
    registers: Mapping[str, RegisterView]
    links: Mapping[str, Mapping[str, Any]]
    lifecycle: tuple[str, ...] = ()  # heads among the ops that made, deleted or undeleted it

    def value(self, register: str, default: Any = None) -> Any:
        """Return the displayed value of `register`, or `default` when it was never set or was cleared."""
        found = self.registers.get(register)
        return default if found is None or found.value is None else found.value


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What one operation touched: its name, its case, and the (entity, register) pairs."""

    operation: str
    operation_id: str
    case: str
    touched: frozenset[tuple[str, str]]
