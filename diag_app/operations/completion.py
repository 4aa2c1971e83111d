"""When an assessment may be called completed: nothing that a reviewer must settle is open."""

from __future__ import annotations

from collections.abc import Iterator

from diag_app.errors import DiagError, Problem
from diag_app.forms.three_scores import ThreeScores
from diag_app.operations.contradictions import open_errors
from diag_app.operations.review import Review, load_review
from diag_app.operations.workspace import Workspace, known


def open_points(workspace: Workspace, assessment_id: str) -> tuple[Problem, ...]:
    """Return what stands against completing.

    Errors by the rules that nobody explained, disagreements without a ruling, a return without correction.
    """
    return tuple(_open(workspace, load_review(workspace, assessment_id), assessment_id))


def complete_assessment(workspace: Workspace, assessment_id: str) -> ThreeScores:
    """Mark the assessment completed and return its three scores; unanswered questions stay listed in them.

    Raises:
        DiagError: `COMPLETION_BLOCKED` with every open point in `problems`; nothing is changed.
    """
    view = known(workspace, assessment_id, "assessment", to_change=True)
    review = load_review(workspace, assessment_id)
    problems = tuple(_open(workspace, review, assessment_id))
    if problems:
        places = ", ".join(dict.fromkeys(problem.location for problem in problems if problem.location != assessment_id))
        raise DiagError("COMPLETION_BLOCKED", location=places or "review", problems=problems, count=str(len(problems)))
    with workspace.store.operation("complete_assessment", view.case) as operation:
        operation.set(assessment_id, "status", "completed")
    return review.scores


def _open(workspace: Workspace, review: Review, assessment_id: str) -> Iterator[Problem]:
    for finding in open_errors(workspace, assessment_id):
        yield Problem(code="CONTRADICTION_OPEN", location=finding.key)
    for views in review.views:
        if views.is_open:
            count = {"agreeing": str(views.agreeing), "asked": str(len(views.said))}
            yield Problem(code="DISAGREEMENT_OPEN", location=views.target, parameters=count)
    if review.state.step == "returned":
        yield Problem(code="CORRECTION_OPEN", location=assessment_id, parameters={"by": review.state.by or "–"})
