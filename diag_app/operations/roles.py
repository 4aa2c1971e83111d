"""Several roles of the enterprise answer; where they differ the consultant rules, with a reason."""

from __future__ import annotations

from diag_app.errors import DiagError, refuse
from diag_app.forms.validation import check_level, check_option_choice
from diag_app.model.ops import Changes
from diag_app.model.reading import assessment_from, pack_reference
from diag_app.model.review import Position, Views, agreed_positions, ruled_on, said_value, views_from
from diag_app.operations.assessment import assessment_pack, check_target, score_assessment
from diag_app.operations.texts import long
from diag_app.operations.workspace import Workspace, known, signed_now


def record_said(workspace: Workspace, assessment_id: str, target: str, role_id: str, position: Position) -> Changes:
    """Record what one role answers, beside the agreed answer; none clears it.

    Raises:
        DiagError: `ROLE_UNKNOWN`, `TARGET_UNKNOWN`, or the codes of the answers file.
    """
    if role_id not in {role.role_id for role in workspace.roles}:
        raise DiagError("ROLE_UNKNOWN", location=role_id)
    ordered, is_scenario = checked_position(workspace, assessment_id, target, position)
    value = said_value(ordered, is_scenario=is_scenario) if ordered else None
    view = known(workspace, assessment_id, "assessment")
    with workspace.store.operation("record_said", view.case) as operation:
        operation.set(assessment_id, f"said:{target}:{role_id}", value)
    return operation.changes


def rule(
    workspace: Workspace, assessment_id: str, target: str, reason: str, *, position: Position | None = None
) -> Changes:
    """Rule on a disagreement with a reason: for the agreed answer as it stands, or for `position`, agreed from now on.

    Raises:
        DiagError: `REASON_NEEDED`, `NOTHING_TO_RULE` where the roles agree, or the codes of the answers file.
    """
    words = long(reason, f"ruling:{target}").strip()
    if not words:
        raise DiagError("REASON_NEEDED", location=target)
    check_target(workspace, assessment_id, target)
    view = known(workspace, assessment_id, "assessment")
    found = next((item for item in find_views(workspace, assessment_id) if item.target == target), None)
    is_scenario, agreed = False, () if found is None else found.agreed
    if position is not None:
        agreed, is_scenario = checked_position(workspace, assessment_id, target, position)
    if found is None or all(said.position == agreed for said in found.said):
        raise DiagError("NOTHING_TO_RULE", location=target)
    if not agreed:
        raise DiagError("RULING_NO_ANSWER", location=target)
    value = {"reason": words, **signed_now(workspace), "on": ruled_on(agreed, found.said)}
    with workspace.store.operation("rule", view.case) as operation:
        if agreed != found.agreed:
            register = f"scenario:{target}" if is_scenario else f"answer:{target}"
            answer = said_value(agreed, is_scenario=is_scenario)
            operation.set(assessment_id, register, answer, pack=pack_reference(view))
        operation.set(assessment_id, f"ruling:{target}", value)
        for language in ("zh", "en"):  # words of the ruling before
            operation.clear(assessment_id, f"ruling:{target}@{language}")
    return operation.changes


def find_views(workspace: Workspace, assessment_id: str) -> tuple[Views, ...]:
    """Return what the roles say of each answer that one of them spoke of."""
    view = known(workspace, assessment_id, "assessment")
    claimed = score_assessment(workspace, assessment_id)
    return views_from(view, agreed_positions(claimed, assessment_from(view).answers))


def checked_position(
    workspace: Workspace, assessment_id: str, target: str, position: Position
) -> tuple[Position, bool]:
    """Return the answer in the order of the pack, and whether it is a scenario's level; refused where it is none."""
    check_target(workspace, assessment_id, target)
    question = next((q for q in assessment_pack(workspace, assessment_id).questions if q.question_id == target), None)
    if question is None:
        if position:
            level = int(position[0]) if len(position) == 1 and position[0].isdecimal() else -1
            refuse(check_level(level, f"scenarios.{target}"))
        return position, True
    if position:
        refuse(check_option_choice(question, position))
    return tuple(option.key for option in question.options if option.key in position), False
