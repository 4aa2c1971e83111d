"""Commands about what the rules find in an assessment: check it, overrule a finding, take that back."""

from __future__ import annotations

from typing import Any

import click

from diag_app.cli.frame import CHECK_FOUND_PROBLEMS, Frame
from diag_app.forms.practice_rules import RuleSeverity
from diag_app.i18n import Translator
from diag_app.i18n.rule_words import SEVERITIES
from diag_app.model.rule_findings import RuleFinding
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.contradictions import (
    find_contradictions,
    overrule_finding,
    rule_problems,
    rule_sets,
    take_back_overruling,
)


@click.command("check")
@click.argument("assessment_id")
@click.pass_obj
def assessment_check(frame: Frame, assessment_id: str) -> int:
    """Say which answers need explanation by the rules of the practice packs."""
    with frame.workspace(create=False) as workspace:
        found = find_contradictions(workspace, assessment_id, frame.translate.language)
        method = assessment_pack(workspace, assessment_id)
        packs, problems = [rules.pack for rules in rule_sets(workspace, method)], rule_problems(workspace, method)
    lines = [_line(frame.translate, item) for item in found] or [frame.translate("Nothing needs explanation.")]
    answer = {
        "packs": packs,
        "findings": [_json(item) for item in found],
        "problems": [frame.problem_json(problem) for problem in problems],
    }
    frame.answer(answer, [*lines, *frame.problem_lines(problems)])
    is_error = any(item.is_open and item.rule.severity is RuleSeverity.ERROR for item in found)
    return CHECK_FOUND_PROBLEMS if is_error else 0


@click.command("overrule")
@click.argument("assessment_id")
@click.argument("finding")
@click.option("--reason", required=True, help="What explains the answers.")
@click.pass_obj
def assessment_overrule(frame: Frame, assessment_id: str, finding: str, reason: str) -> None:
    """Let what a rule found stand, for a reason."""
    with frame.workspace(create=False) as workspace:
        overrule_finding(workspace, assessment_id, finding, reason)
    frame.answer({"finding": finding}, [frame.translate("Explained: {finding}.", finding=finding)])


@click.command("take-back")
@click.argument("assessment_id")
@click.argument("finding")
@click.pass_obj
def assessment_take_back(frame: Frame, assessment_id: str, finding: str) -> None:
    """Let a finding that was overruled need an explanation again."""
    with frame.workspace(create=False) as workspace:
        take_back_overruling(workspace, assessment_id, finding)
    frame.answer({"finding": finding}, [frame.translate("Explanation taken back: {finding}.", finding=finding)])


def _line(translate: Translator, item: RuleFinding) -> str:
    state = translate(SEVERITIES[item.rule.severity.value]) if item.is_open else translate("explained")
    parts = [state, item.rule.rule_id, " ".join(item.rule.uses), item.rule.text.text(translate.language)]
    if item.overruling is not None:
        parts.append(translate("by {who}: {reason}", who=item.overruling.by, reason=item.overruling.reason))
    if item.is_lapsed:
        parts.append(translate("explained before an answer changed"))
    return "  ".join(parts)


def _json(item: RuleFinding) -> dict[str, Any]:
    overruling = item.overruling
    return {
        "finding": item.key,
        "rule": item.rule.rule_id,
        "pack": item.pack,
        "severity": item.rule.severity.value,
        "confidence": item.rule.confidence.value,
        "message": {"zh": item.rule.text.zh, "en": item.rule.text.en},
        "uses": list(item.rule.uses),
        "state": "lapsed" if item.is_lapsed else "open" if item.is_open else "overruled",
        "overruling": None
        if overruling is None
        else {"reason": overruling.reason, "by": overruling.by, "at": overruling.at},
    }
