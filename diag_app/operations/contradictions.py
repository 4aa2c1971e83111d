"""What the rules of the practice packs find in an assessment, and rulings: overrule with a reason, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from diag_app.errors import DiagError
from diag_app.forms.answers import Answers
from diag_app.forms.conditions import situation
from diag_app.forms.definition import Language, Pack
from diag_app.forms.practice_rules import RULES, RuleSeverity, fired
from diag_app.model.ops import Changes, EntityView
from diag_app.model.reading import answers_from, answers_in, overrulings_from
from diag_app.model.rule_findings import (
    RuleFinding,
    by_severity,
    compared_answers,
    compared_registers,
    finding_key,
)
from diag_app.operations import texts
from diag_app.operations.workspace import Workspace, actor_text, known
from diag_app.storage.rows import ops_by_id


@dataclass(frozen=True, kw_only=True)
class RuleFindings:
    """What was found in one assessment, the open ones first, and the practice packs (`id@version`) whose rules ran."""

    findings: tuple[RuleFinding, ...]
    packs: tuple[str, ...]


def find_contradictions(
    workspace: Workspace, assessment_id: str, language: Language | None = None
) -> tuple[RuleFinding, ...]:
    """Return what the rules find in the assessment: open ones first, errors before warnings before hints.

    The rules are those of every practice pack that extends the assessment's method. Reasons are in `language` where
    they were given in it.

    Raises:
        DiagError: `ENTITY_UNKNOWN`; `PACK_INVALID` when a practice pack here cannot be read.
    """
    return run_rules(workspace, assessment_id, language).findings


def run_rules(workspace: Workspace, assessment_id: str, language: Language | None = None) -> RuleFindings:
    """Return what `find_contradictions` finds, with the packs that were asked."""
    view = known(workspace, assessment_id, "assessment")
    method = workspace.pack(view.value("pack")["reference"])
    answers, overrulings = answers_from(view), overrulings_from(view, language)
    now, parts = situation(method, answers), workspace.practice(method, RULES)
    findings = []
    for part in parts:
        for rule in fired(part.content, now):
            overruling = overrulings.get(finding_key(part.pack.pack_id, rule.rule_id))
            is_lapsed = overruling is not None and not _still_stands(
                workspace, method, rule.uses, overruling.judged, answers
            )
            findings.append(
                RuleFinding(pack=part.pack.reference, rule=rule, overruling=overruling, is_lapsed=is_lapsed)
            )
    return RuleFindings(findings=by_severity(findings), packs=tuple(part.pack.reference for part in parts))


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
    method = workspace.pack(view.value("pack")["reference"])
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


def _still_stands(
    workspace: Workspace, method: Pack, uses: tuple[str, ...], judged: Mapping[str, str], answers: Answers
) -> bool:
    """Return whether the answers judged are those of now; undone and done again is no change, an erased value is."""
    ops = {op.op_id: op.value for op in ops_by_id(workspace.store.inside[0], tuple(judged.values()))}
    then: dict[str, Any] = {register: ops.get(op_id) for register, op_id in judged.items()}
    return compared_answers(method, uses, answers_in(then)) == compared_answers(method, uses, answers)
