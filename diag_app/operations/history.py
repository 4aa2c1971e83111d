"""What became of an answer; undo and redo: new operations that put the old values back, and survive a restart."""

from __future__ import annotations

from diag_app.model.answer_history import AnswerEvent, events_from, history_registers
from diag_app.model.ops import Changes
from diag_app.operations.assessment import assessment_pack, check_target
from diag_app.operations.workspace import Workspace, known


def undo(workspace: Workspace, scope: str | None = None) -> Changes:
    """Take back the last operation of one case, or of the workspace; `NOTHING_TO_UNDO` when there is none."""
    return workspace.store.undo(scope)


def redo(workspace: Workspace, scope: str | None = None) -> Changes:
    """Do again what was last undone; `NOTHING_TO_REDO` when there is nothing or something newer was recorded."""
    return workspace.store.redo(scope)


def next_undo(workspace: Workspace, scope: str | None = None) -> str | None:
    """Return the name of the operation that `undo` would take back."""
    return workspace.store.next_undo(scope)


def next_redo(workspace: Workspace, scope: str | None = None) -> str | None:
    """Return the name of the operation that `redo` would do again."""
    return workspace.store.next_redo(scope)


def answer_history(
    workspace: Workspace, assessment_id: str, target: str, *, newest: int | None = None
) -> tuple[AnswerEvent, ...]:
    """Return every value the answer to a question or scenario had, with its evidence, the newest first.

    `newest` bounds how many values are read.
    """
    check_target(workspace, assessment_id, target)
    case = known(workspace, assessment_id, "assessment").case
    questions = [q for q in assessment_pack(workspace, assessment_id).questions if q.question_id == target]
    numbers = [number for question in questions for number in (*question.numbers, *question.more_numbers)]
    registers = history_registers(target, numbers, [role.role_id for role in workspace.roles])
    evidence = workspace.store.entities("evidence", parent=assessment_id, include_deleted=True)
    return events_from(
        workspace.store.ops_about(case, [assessment_id], registers, newest=newest),
        workspace.store.ops_about(case, [item.entity_id for item in evidence], ("target", "entity", "file")),
        target,
    )
