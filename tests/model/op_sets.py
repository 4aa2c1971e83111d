"""Ops made by hand, chained as a store would chain them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from diag_app.model.op_text import digest_value
from diag_app.model.ops import Op, OpKind

SALT = "00112233445566778899aabbccddeeff"
_NOTHING = object()


class Replica:
    """Writes ops of one replica into one case, a millisecond apart."""

    def __init__(self, name: str = "a", *, case: str = "case", wall: int = 1_000) -> None:
        self.name, self.case, self.wall = name * 32, case, wall
        self.ops: list[Op] = []

    def write(
        self,
        kind: str,
        entity: str = "entity-1",
        register: str = "note",
        value: Any = _NOTHING,
        *,
        replaces: Sequence[Op] = (),
        **changed: Any,
    ) -> Op:
        has_value = value is not _NOTHING
        fields: dict[str, Any] = {
            "kind": kind,
            "case": self.case,
            "entity": entity,
            "register": register,
            "value_digest": digest_value(value, SALT) if has_value else None,
            "preds": tuple(sorted(op.op_id for op in replaces)),
            "replica": self.name,
            "seq": len(self.ops) + 1,
            "prev": self.ops[-1].op_id if self.ops else None,
            "hlc": (self.wall + len(self.ops), 0),
            "actor": "顾问 · 公司 · 电脑",
            "operation_id": f"operation-{len(self.ops)}",
            "operation": "test",
            "pack": None,
            "value": value if has_value else None,
            "salt": SALT if has_value else None,
        }
        op = Op(**{**fields, **changed})
        self.ops.append(op)
        return op

    def birth(self, entity: str = "entity-1", kind: str = "need", parent: str | None = None) -> Op:
        return self.write(OpKind.ENTITY_NEW, entity, "entity", {"kind": kind, "parent": parent})

    def set(self, value: Any, *, replaces: Sequence[Op] = (), **changed: Any) -> Op:
        return self.write(OpKind.SET, value=value, replaces=replaces, **changed)
