"""What the rules of the practice packs find in an assessment, and rulings: overrule with a reason, take it back."""

from __future__ import annotations

from typing import Any

from diag_app.errors import DiagError, Problem
from diag_app.forms.definition import Language, Pack
from diag_app.forms.practice_rules import RULES, Rule, RuleSeverity
from diag_app.model.facts import Assessment, Overruling
from diag_app.model.ops import Changes, EntityView
from diag_app.model.reading import answers_in, pack_reference
from diag_app.model.rule_findings import (
    RuleFinding,
    RuleSet,
    compared_answers,
    compared_registers,
    find_by_rules,
)
from diag_app.model.view import shown_value
from diag_app.operations import texts
from diag_app.operations.assessment import load_assessment
from diag_app.operations.workspace import Workspace, actor_text, known
from diag_app.storage.rows import ops_by_id


def find_contradictions(
    workspace: Workspace, assessment_id: str, language: Language | None = None
) -> tuple[RuleFinding, ...]:
    """Return what the rules find in the assessment: open ones first, errors before warnings before hints.

    The rules are those of every practice pack that extends the assessment's method. Reasons are in `language` where
    they were given in it.

    Raises:
        DiagError: `ENTITY_UNKNOWN`.
    """
    return contradictions_of(workspace, load_assessment(workspace, assessment_id, language))


def contradictions_of(workspace: Workspace, assessment: Assessment) -> tuple[RuleFinding, ...]:
    """Return the same for an assessment that was read already."""
    method = workspace.pack(assessment.pack)

    def stands(rule: Rule, overruling: Overruling) -> bool:
        # Undone and done again is no change, an erased value is one.
        ops = ops_by_id(workspace.store.inside[0], tuple(overruling.judged.values()))
        values = {op.op_id: shown_value(op) for op in ops}
        then: dict[str, Any] = {register: values.get(op_id) for register, op_id in overruling.judged.items()}
        judged = compared_answers(method, rule.uses, answers_in(then))
        return judged == compared_answers(method, rule.uses, assessment.answers)

    return find_by_rules(method, rule_sets(workspace, method), assessment, stands)


def rule_sets(workspace: Workspace, method: Pack) -> tuple[RuleSet, ...]:
    """Return the rules of every practice pack that extends `method`, shipped or installed."""
    return tuple(RuleSet(pack=part.pack.reference, rules=part.content) for part in workspace.practice(method, RULES))


def rule_problems(workspace: Workspace, method: Pack) -> tuple[Problem, ...]:
    """Return which practice packs' rules cannot be read, and so were not run."""
    return workspace.practice_problems(method, RULES)


def open_errors(workspace: Workspace, assessment_id: str) -> tuple[RuleFinding, ...]:
    """Return the findings of severity error that nobody has overruled on the answers as they stand."""
    found = find_contradictions(workspace, assessment_id)
    return tuple(item for item in found if item.is_open and item.rule.severity is RuleSeverity.ERROR)


def overrule_finding(workspace: Workspace, assessment_id: str, finding: str, reason: str) -> Changes:
    """Record why a finding may stand; it lapses when an answer that it compares changes.

    `finding` is a finding's key, or the id of its rule where that tells it.

    Raises:
        DiagError: `FINDING_UNKNOWN` when nothing of that name is found now, `OVERRULING_REASON_MISSING`.
    """
    view, found = (
        known(workspace, assessment_id, "assessment", to_change=True),
        _named(workspace, assessment_id, finding),
    )
    given = texts.long(reason, "reason").strip()
    if not given:
        raise DiagError("OVERRULING_REASON_MISSING", location=found.key)
    method = workspace.pack(pack_reference(view))
    value = {
        "reason": given,
        "by": actor_text(workspace.actor),
        "at": workspace.clock.now().isoformat(timespec="seconds"),
        "judged": _shown_heads(view, compared_registers(method, found.rule.uses)),
    }
    with workspace.store.operation("overrule_finding", view.case) as operation:
        operation.set(assessment_id, f"overruled:{found.key}", value)
    return operation.changes


def take_back_overruling(workspace: Workspace, assessment_id: str, finding: str) -> Changes:
    """Let a finding need an explanation again; `FINDING_NOT_OVERRULED` where nobody has overruled it."""
    view, found = (
        known(workspace, assessment_id, "assessment", to_change=True),
        _named(workspace, assessment_id, finding),
    )
    if found.overruling is None:
        raise DiagError("FINDING_NOT_OVERRULED", location=found.key)
    with workspace.store.operation("take_back_overruling", view.case) as operation:
        operation.clear(assessment_id, f"overruled:{found.key}")
    return operation.changes


def _named(workspace: Workspace, assessment_id: str, finding: str) -> RuleFinding:
    found = [item for item in find_contradictions(workspace, assessment_id) if finding in (item.key, item.rule.rule_id)]
    if len(found) != 1:
        raise DiagError("FINDING_UNKNOWN", location=finding[:100])
    return found[0]


def _shown_heads(view: EntityView, registers: tuple[str, ...]) -> dict[str, str]:
    # Ops are named, not values: erasing an answer must not leave a copy of it here.
    heads = {register: view.registers[register].head_ids for register in registers if register in view.registers}
    return {register: ids[-1] for register, ids in heads.items() if ids}
