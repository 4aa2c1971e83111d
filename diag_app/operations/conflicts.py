"""What two laptops disagree about: see every side, decide item by item, offline; undoing makes it a conflict again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from diag_app.errors import DiagError
from diag_app.forms.scoring import score
from diag_app.model.conflict import SETTLED, Conflict, Side
from diag_app.model.facts import Evidence
from diag_app.model.ops import Changes, OpKind, ValueState
from diag_app.model.reading import answers_in, evidence_from
from diag_app.operations.assessment import readable_pack
from diag_app.operations.texts import long
from diag_app.operations.workspace import Workspace, known
from diag_app.storage import conflicts as stored
from diag_app.storage.operation import Operation

SCORED = ("answer:", "number:", "scenario:")
_TEXTS = frozenset({"note", "survey_agenda", "survey_summary", "owner_words", "process", "pain", "wish", "training"})


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What the assessment would come to with one side, all else as it is shown."""

    score: Decimal
    level: int


@dataclass(frozen=True, kw_only=True)
class SideFacts:
    """What tells the sides of a conflict apart: what each would lead to, and the evidence its author gave for it."""

    consequence: Consequence | None  # null where nothing is scored by it
    evidence: tuple[Evidence, ...]


def is_joinable(register: str) -> bool:
    """Return whether two texts of this register may be joined by hand into a third."""
    return register.partition("@")[0].partition(":")[0] in _TEXTS


def find_conflicts(workspace: Workspace, enterprise_id: str | None = None) -> tuple[Conflict, ...]:
    """Return what is to decide, of one case or of all, in the order the entities were made."""
    return stored.find_conflicts(workspace.store, enterprise_id)


def count_conflicts(workspace: Workspace) -> Mapping[str, int]:
    """Return how many decisions are open in each case that has any, by the id of its enterprise."""
    return stored.count_conflicts(workspace.store)


def find_conflict(workspace: Workspace, entity_id: str, register: str) -> Conflict:
    """Return one conflict; `CONFLICT_GONE` where there is nothing to decide, or no longer."""
    case = workspace.store.entity(entity_id).case
    for conflict in find_conflicts(workspace, case):
        if (conflict.entity, conflict.register) == (entity_id, register):
            return conflict
    raise DiagError("CONFLICT_GONE", location=f"{entity_id} {register}")


def weigh_sides(workspace: Workspace, conflict: Conflict) -> tuple[SideFacts, ...]:
    """Return for each side of a conflict, in their order, what speaks for it."""
    items = _evidence_about(workspace, conflict)
    return tuple(
        SideFacts(
            consequence=_consequence(workspace, conflict, side),
            evidence=tuple(item for item, actors in items if side.actor in actors),
        )
        for side in conflict.sides
    )


def settle_conflict(workspace: Workspace, entity_id: str, register: str, op_id: str, reason: str) -> Changes:
    """Let one side stand, named by its op, and keep why.

    Raises:
        DiagError: `CONFLICT_GONE`, `CONFLICT_SIDE_UNKNOWN`, `SIDE_NOT_HERE` for a value that this copy does not hold,
            or that cannot be read.
    """
    conflict = find_conflict(workspace, entity_id, register)
    side = next((side for side in conflict.sides if op_id in side.op_ids), None)
    if side is None:
        raise DiagError("CONFLICT_SIDE_UNKNOWN", location=op_id)
    with workspace.store.operation("settle_conflict", conflict.case) as operation:
        _keep_reason(operation, conflict, reason)
        if conflict.kind == "deletion":
            (operation.delete if side.is_deletion else operation.undelete)(entity_id)
        elif side.is_misshapen or side.value_state is not ValueState.PRESENT:
            raise DiagError("SIDE_NOT_HERE", location=register)
        else:
            operation.set(entity_id, register, side.value, pack=side.pack)
    return operation.changes


def settle_by_text(workspace: Workspace, entity_id: str, register: str, text: str, reason: str) -> Changes:
    """Let a third text stand in the place of two that differ.

    Raises:
        DiagError: `CONFLICT_GONE`, `CONFLICT_NOT_TEXT`, `TEXT_TOO_LONG`.
    """
    conflict = find_conflict(workspace, entity_id, register)
    if not is_joinable(register):
        raise DiagError("CONFLICT_NOT_TEXT", location=register)
    with workspace.store.operation("settle_conflict", conflict.case) as operation:
        _keep_reason(operation, conflict, reason)
        operation.set(entity_id, register, long(text, register) or None)
    return operation.changes


def _keep_reason(operation: Operation, conflict: Conflict, reason: str) -> None:
    """Keep it as a link: whoever decides the same at the same time adds another, and neither is lost."""
    text = long(reason, "reason").strip()
    if text:
        operation.link(conflict.entity, SETTLED, {"register": conflict.register, "reason": text})


def _consequence(workspace: Workspace, conflict: Conflict, side: Side) -> Consequence | None:
    is_scored = conflict.entity_kind == "assessment" and conflict.register.startswith(SCORED)
    if not is_scored or side.is_misshapen or side.value_state is not ValueState.PRESENT:
        return None
    pack = readable_pack(workspace, conflict.entity)
    if pack is None:
        return None
    view = known(workspace, conflict.entity, "assessment")
    values: dict[str, Any] = {register: shown.value for register, shown in view.registers.items()}
    card = score(pack, answers_in({**values, conflict.register: side.value}))
    return Consequence(score=card.score, level=card.level)


def _evidence_about(workspace: Workspace, conflict: Conflict) -> list[tuple[Evidence, frozenset[str]]]:
    """Return the evidence that stands for the answer in question, each with those who linked it."""
    kind, _, target = conflict.register.partition(":")
    if conflict.entity_kind != "assessment" or kind not in ("answer", "scenario", "number", "note"):
        return []
    targets = _targets(workspace, conflict.entity, target)
    views = workspace.store.entities("evidence", parent=conflict.entity, include_deleted=True)
    items = [item for item in evidence_from(views) if not targets.isdisjoint(item.targets)]
    ops = workspace.store.ops_about(conflict.case, [item.evidence_id for item in items], ("target",))
    linked = {
        item.evidence_id: frozenset(
            op.actor
            for op in ops
            if op.entity == item.evidence_id and op.kind == OpKind.LINK_ADD and op.value in targets
        )
        for item in items
    }
    return [(item, linked[item.evidence_id]) for item in items]


def _targets(workspace: Workspace, assessment_id: str, target: str) -> frozenset[str]:
    """Return the questions beside which a figure is asked, or the question or scenario itself."""
    pack = readable_pack(workspace, assessment_id)
    questions = () if pack is None else pack.questions
    asked = (item.question_id for item in questions if target in (*item.numbers, *item.more_numbers))
    return frozenset((target, *asked))
