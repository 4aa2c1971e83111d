"""What is read from a set of ops: the one definition of state. The store's tables must always equal it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from diag_app.model.deletion import Standing, gone
from diag_app.model.op_text import canonical_value
from diag_app.model.ops import EntityView, Op, OpKind, RegisterView, ValueState
from diag_app.model.shapes import is_legible

LIFECYCLE = "entity"  # the register of the ops that make, delete and undelete an entity
LIFECYCLE_KINDS = frozenset({OpKind.ENTITY_NEW, OpKind.ENTITY_DEL, OpKind.ENTITY_UNDEL})
VALUE_KINDS = frozenset(
    {OpKind.SET, OpKind.CLEAR, OpKind.SEAL, OpKind.SAME_AS, OpKind.NOT_SAME_AS, OpKind.FORM_UPGRADE, OpKind.REDACT}
)
_SHAPED = (VALUE_KINDS | {OpKind.LINK_ADD}) - {OpKind.REDACT}


def view_case(ops: Iterable[Op]) -> dict[str, EntityView]:
    """Return the entities of one case by id, a pure function of the set of its ops.

    Notes and kinds of a newer app are no part of the view.
    """
    by_entity: dict[str, dict[str, Op]] = {}
    for op in ops:
        if op.kind in LIFECYCLE_KINDS or op.kind in VALUE_KINDS or op.kind in (OpKind.LINK_ADD, OpKind.LINK_DEL):
            by_entity.setdefault(op.entity, {})[op.op_id] = op
    drafts = {entity: _view_entity(entity, tuple(found.values())) for entity, found in sorted(by_entity.items())}
    left = gone({entity: standing for entity, (_, standing) in drafts.items()})
    return {entity: replace(view, is_deleted=True) if entity in left else view for entity, (view, _) in drafts.items()}


def view_register(heads: Sequence[Op]) -> RegisterView:
    """Return a register as its heads give it: the greatest by (hlc, op id) is shown; different values conflict."""
    ordered = heads if len(heads) == 1 else in_display_order(heads)
    different = {sameness(op): shown_value(op) for op in ordered} if len(heads) > 1 else {}
    return RegisterView(
        value=shown_value(ordered[-1]),
        head_ids=tuple(op.op_id for op in ordered),
        conflicting=tuple(different.values()) if len(different) > 1 else (),
    )


def in_display_order(ops: Iterable[Op]) -> tuple[Op, ...]:
    """Return `ops` so that the one to show comes last, the same on every machine: none that cannot be read."""
    return tuple(sorted(ops, key=lambda op: (not is_misshapen(op), op.hlc, op.op_id)))


def birth_facts(value: Any) -> tuple[str, str | None]:
    """Return kind and parent as the value of an entity's first op names them; empty and null where it does not.

    What has no kind is shown nowhere, and is below nothing.
    """
    kind, parent = (_mapping(value).get(name) for name in ("kind", "parent"))
    if not isinstance(kind, str) or not kind:
        return "", None
    return kind, parent if isinstance(parent, str) else None


def head_ids(views: Iterable[EntityView]) -> tuple[str, ...]:
    """Return the ids of all heads of these entities, sorted."""
    return tuple(sorted(head for view in views for head in (*view.lifecycle, *content_heads(view))))


def content_heads(view: EntityView) -> tuple[str, ...]:
    """Return the ids of the heads of an entity's registers and links, sorted."""
    registers = (head for register in view.registers.values() for head in register.head_ids)
    links = (link for links in view.links.values() for link in links)
    return tuple(sorted((*registers, *links)))


def _view_entity(entity: str, ops: Sequence[Op]) -> tuple[EntityView, Standing]:
    """Return an entity as if it were not deleted, and what decides whether it is."""
    superseded = {(op.register, pred) for op in ops for pred in op.preds}
    live = [op for op in ops if (op.register, op.op_id) not in superseded]
    lifecycle = in_display_order(op for op in live if op.kind in LIFECYCLE_KINDS)
    registers: dict[str, list[Op]] = {}
    links: dict[str, dict[str, Op]] = {}
    for op in live:
        if op.kind in VALUE_KINDS:
            registers.setdefault(op.register, []).append(op)
        elif op.kind == OpKind.LINK_ADD:
            links.setdefault(op.register, {})[op.op_id] = op
    births = in_display_order(op for op in ops if op.kind == OpKind.ENTITY_NEW)
    kind, parent = birth_facts(births[0].value if births else None)
    view = EntityView(
        entity_id=entity,
        kind=kind,
        case=ops[0].case,
        parent=parent,
        is_deleted=False,
        registers={register: view_register(heads) for register, heads in sorted(registers.items())},
        links={
            name: {key: shown_value(op) for key, op in sorted(found.items())} for name, found in sorted(links.items())
        },
        lifecycle=tuple(op.op_id for op in lifecycle),
    )
    content = [op for op in live if op.kind in VALUE_KINDS or op.kind == OpKind.LINK_ADD]
    return view, Standing(parent=parent, lifecycle=lifecycle, content=content)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def is_misshapen(op: Op) -> bool:
    """Return whether an op brings its register a value that cannot be read from it."""
    return op.kind in _SHAPED and op.value_state is ValueState.PRESENT and not is_legible(op.register, op.value)


def shown_value(op: Op) -> Any:
    """Return what an op shows; one that erases says in its value what it erased, and shows nothing.

    Neither does one whose value is misshapen.
    """
    is_shown = op.value_state is ValueState.PRESENT and op.kind != OpKind.REDACT and not is_misshapen(op)
    return op.value if is_shown else None


def sameness(op: Op) -> str:
    """Return what two heads share when they hold the same value; a value that is not here equals nothing else."""
    is_here = op.value_state is ValueState.PRESENT and not is_misshapen(op)
    return canonical_value(shown_value(op)) if is_here else op.op_id
