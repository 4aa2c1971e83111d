"""What became of one answer: every value it had, who gave it and when, and the evidence that came and went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from diag_app.model.ops import Op, OpKind, ValueState
from diag_app.model.view import VALUE_KINDS, is_misshapen, shown_value

EventKind = Literal[
    "answer", "figure", "level", "note", "tick", "ruling", "said", "evidence_added", "evidence_removed", "file"
]
_KINDS: dict[str, EventKind] = {
    "answer": "answer",
    "number": "figure",
    "scenario": "level",
    "note": "note",
    "tick": "tick",
    "ruling": "ruling",
    "said": "said",
}


@dataclass(frozen=True, kw_only=True)
class AnswerEvent:
    """One change.

    Attributes:
        kind: what changed; `file` is a new version of a piece of evidence.
        subject: the figure, role or piece of evidence concerned; empty for the answer itself.
        value: what was recorded, null where it was cleared.
        value_state: whether the value is here, was left out of this copy, or was erased.
        is_misshapen: it cannot be read, and was not when it stood here.
        at: ISO time in UTC. `actor`: name, firm and device. `operation`: what the person did, `undo` among others.
    """

    kind: EventKind
    subject: str
    value: Any
    value_state: ValueState
    is_misshapen: bool
    at: str
    actor: str
    operation: str
    operation_id: str


def history_registers(target: str, numbers: Iterable[str], roles: Iterable[str]) -> tuple[str, ...]:
    """Return the registers of an assessment whose ops tell what became of the answer to `target`."""
    own = (f"{kind}:{target}" for kind in ("answer", "scenario", "note", "tick", "ruling"))
    return (*own, *(f"number:{key}" for key in numbers), *(f"said:{target}:{role_id}" for role_id in roles))


def events_from(answer_ops: Iterable[Op], evidence_ops: Iterable[Op], target: str) -> tuple[AnswerEvent, ...]:
    """Return what became of the answer to `target`, the newest first.

    `answer_ops` are those of its registers; `evidence_ops` all those of the assessment's evidence.
    """
    found = [(op, event) for op in answer_ops if op.kind in VALUE_KINDS for event in _answer_event(op)]
    found += _evidence_events(tuple(evidence_ops), target)
    found.sort(key=lambda pair: (pair[0].hlc, pair[0].seq, pair[0].op_id), reverse=True)
    return tuple(event for _, event in found)


def _answer_event(op: Op) -> Iterator[AnswerEvent]:
    kind, _, rest = op.register.partition(":")
    subject = {"number": rest, "said": rest.partition(":")[2]}.get(kind, "")
    yield _event(op, _KINDS[kind], subject, shown_value(op))


def _evidence_events(ops: tuple[Op, ...], target: str) -> list[tuple[Op, AnswerEvent]]:
    links = {op.op_id: op for op in ops if op.kind == OpKind.LINK_ADD and op.value == target}
    serving = {op.entity for op in links.values()}
    births = {op.operation_id for op in ops if op.kind == OpKind.ENTITY_NEW}
    found: list[tuple[Op, AnswerEvent]] = []
    for op in ops:
        kind = _evidence_kind(op, links, births)
        if kind is not None and op.entity in serving:
            found.append((op, _event(op, kind, op.entity, None)))
    return found


def _evidence_kind(op: Op, links: dict[str, Op], births: set[str]) -> EventKind | None:
    if op.op_id in links or op.kind == OpKind.ENTITY_UNDEL:
        return "evidence_added"
    if op.kind == OpKind.ENTITY_DEL or (op.kind == OpKind.LINK_DEL and any(pred in links for pred in op.preds)):
        return "evidence_removed"
    if op.register == "file" and op.kind == OpKind.SET and op.operation_id not in births:
        return "file"
    return None


def _event(op: Op, kind: EventKind, subject: str, value: Any) -> AnswerEvent:
    return AnswerEvent(
        kind=kind,
        subject=subject,
        value=None if op.kind == OpKind.CLEAR else value,
        value_state=ValueState.REDACTED if op.kind == OpKind.REDACT else op.value_state,
        is_misshapen=is_misshapen(op),
        at=op.at,
        actor=op.actor,
        operation=op.operation,
        operation_id=op.operation_id,
    )
