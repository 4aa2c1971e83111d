"""What a report would say that its case does not bear out: a level of too few answers, a need that is met already."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from diag_app.errors import Problem, Severity
from diag_app.model.proposal.findings import too_little
from diag_app.operations.assessment import load_assessment, score_of
from diag_app.operations.need import find_needs
from diag_app.operations.workspace import Workspace

_LEVEL_SECTIONS = frozenset({"summary", "rating", "owner_page"})
_NEED_SECTIONS = frozenset({"summary", "needs", "owner_money"})


def standing_problems(workspace: Workspace, assessment_id: str, sections: Collection[str]) -> tuple[Problem, ...]:
    """Return the warnings `REPORT_THIN` and `NEED_TARGET_REACHED` for a report of these sections."""
    return tuple(_found(workspace, assessment_id, frozenset(sections)))


def _found(workspace: Workspace, assessment_id: str, sections: frozenset[str]) -> Iterator[Problem]:
    assessment = load_assessment(workspace, assessment_id)
    pack, rated = workspace.pack(assessment.pack), assessment.answers.scenarios
    if sections & _LEVEL_SECTIONS:
        card = score_of(workspace, assessment)
        unanswered = sum(card.question(item.question_id).state == "missing" for item in pack.questions)
        unrated = sum(item.scenario_id not in rated for item in pack.scenarios)
        if too_little(pack, unanswered, unrated):
            counts = {"unanswered": unanswered, "questions": len(pack.questions)}
            counts |= {"unrated": unrated, "scenarios": len(pack.scenarios)}
            yield Problem(
                code="REPORT_THIN",
                location="answers",
                severity=Severity.WARNING,
                parameters={**{name: str(count) for name, count in counts.items()}, "origin": "diagnosis"},
            )
    for need in find_needs(workspace, assessment_id) if sections & _NEED_SECTIONS else ():
        answer = rated.get(need.scenario_id)
        now = answer.level if answer is not None else None
        if now is not None and need.target_level is not None and need.target_level <= now:
            yield Problem(
                code="NEED_TARGET_REACHED",
                location=f"N-{need.number:02d} {need.title}",
                severity=Severity.WARNING,
                parameters={"target": str(need.target_level), "now": str(now), "origin": f"need:{need.need_id}"},
            )
