"""Where two machines disagree: every side with who wrote it and when, until an op names them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from diag_app.model.deletion import unseen
from diag_app.model.ops import EntityView, Op, OpKind, ValueState
from diag_app.model.view import LIFECYCLE, content_heads, in_display_order, is_misshapen, sameness, shown_value

ConflictKind = Literal["values", "deletion"]
SETTLED = "settled"  # the links that keep why somebody settled a register as they did
TURNED = frozenset({"undo", "redo"})  # operations that put values back


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the writes that stand against each other.

    Attributes:
        op_id: the head to choose; `op_ids` are all heads that say the same.
        value: what it says, null where it cleared; `value_state` whether that is here.
        is_deletion: it deleted the entity. `registers`: what it edited in an entity that another side deleted;
            `entities`: in which others it wrote that are below that one.
        is_misshapen: it holds what cannot be read from the register.
        actor, at: who first wrote it and when (ISO time in UTC), not who put it back by undoing.
        reason: why it was chosen, where it settled an earlier conflict.
    """

    op_id: str
    op_ids: tuple[str, ...]
    value: Any
    value_state: ValueState
    pack: str | None
    actor: str
    at: str
    replica: str
    is_deletion: bool = False
    is_misshapen: bool = False
    registers: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One thing to decide: a register with different values, or an entity deleted here and edited there."""

    kind: ConflictKind
    case: str
    entity: str
    entity_kind: str
    parent: str | None
    register: str
    sides: tuple[Side, ...]  # in the order written; the last one is shown until somebody decides


def conflicts_of(view: EntityView, ops: Iterable[Op], below: Sequence[Op] = ()) -> tuple[Conflict, ...]:
    """Return what is to decide about one entity.

    `ops` are all its ops on the registers concerned, `below` the heads of what is visible below it.
    """
    known = {op.op_id: op for op in ops}
    reasons = _reasons(known.values())
    found = [
        _conflict(view, register, "values", _value_sides([known[head] for head in shown.head_ids], known, reasons))
        for register, shown in view.registers.items()
        if shown.conflicting
    ]
    lifecycle = [known[head] for head in view.lifecycle if head in known]
    if not view.is_deleted and any(op.kind == OpKind.ENTITY_DEL for op in lifecycle):
        content = [known[head] for head in content_heads(view) if head in known]
        sides = tuple(_lifecycle_sides(lifecycle, unseen(lifecycle, content, below), known))
        found.append(_conflict(view, LIFECYCLE, "deletion", sides))
    return tuple(found)


def _conflict(view: EntityView, register: str, kind: ConflictKind, sides: tuple[Side, ...]) -> Conflict:
    return Conflict(
        kind=kind, case=view.case, entity=view.entity_id, entity_kind=view.kind, parent=view.parent,
        register=register, sides=sides,
    )  # fmt: skip


def _value_sides(
    heads: Sequence[Op], known: Mapping[str, Op], reasons: Mapping[tuple[str, str], str]
) -> tuple[Side, ...]:
    """Return a side for each different value; the earliest of those who wrote it is named."""
    groups: dict[str, list[Op]] = {}
    for op in in_display_order(heads):
        groups.setdefault(sameness(op), []).append(op)
    return tuple(
        _side(origin(group[0], known), group, reason=reasons.get((group[0].operation_id, group[0].register), ""))
        for group in groups.values()
    )


def origin(op: Op, known: Mapping[str, Op]) -> Op:
    """Return the write whose value `op` holds: undoing puts values back that others wrote.

    `known` are all ops on its register.
    """
    while op.operation in TURNED:
        earlier = _nearest_equal(op, known)
        if earlier is None:
            break
        op = earlier
    return op


def _nearest_equal(op: Op, known: Mapping[str, Op]) -> Op | None:
    """Return the nearest of the ops before `op` that held the same."""
    wanted, seen, level = sameness(op), {op.op_id}, [op]
    while level:
        ids = {pred for each in level for pred in each.preds if pred in known} - seen
        level = [known[pred] for pred in ids]
        equal = [each for each in level if sameness(each) == wanted]
        if equal:
            return in_display_order(equal)[0]
        seen |= ids
    return None


def _lifecycle_sides(lifecycle: Sequence[Op], edited: Sequence[Op], known: Mapping[str, Op]) -> Iterator[Side]:
    """Yield the deletions, what brought the entity back beside them, and the edits they had not seen, by author."""
    for op in in_display_order(lifecycle):
        if op.kind != OpKind.ENTITY_NEW:
            yield _side(origin(op, known), [op], is_deletion=op.kind == OpKind.ENTITY_DEL)
    authors: dict[tuple[str, str], list[Op]] = {}
    for op in in_display_order(edited):
        authors.setdefault((op.replica, op.actor), []).append(op)
    entity = lifecycle[0].entity
    for group in authors.values():
        registers = {op.register for op in group if op.entity == entity}
        others = {op.entity for op in group if op.entity != entity}
        side = _side(group[-1], group, registers=tuple(sorted(registers)))
        yield replace(side, entities=tuple(sorted(others)))


def _side(
    op: Op, group: Sequence[Op], *, is_deletion: bool = False, registers: tuple[str, ...] = (), reason: str = ""
) -> Side:
    return Side(
        op_id=group[-1].op_id,
        op_ids=tuple(member.op_id for member in group),
        value=shown_value(op),
        value_state=ValueState.REDACTED if op.kind == OpKind.REDACT else op.value_state,
        pack=op.pack,
        actor=op.actor,
        at=op.at,
        replica=op.replica,
        is_deletion=is_deletion,
        is_misshapen=is_misshapen(op),
        registers=registers,
        reason=reason,
    )


def _reasons(ops: Iterable[Op]) -> dict[tuple[str, str], str]:
    """Return why an operation settled a register as it did, by (operation id, register)."""
    found = {}
    for op in ops:
        if op.kind == OpKind.LINK_ADD and op.register == SETTLED and isinstance(op.value, dict):
            found[op.operation_id, str(op.value.get("register", ""))] = str(op.value.get("reason", ""))
    return found
