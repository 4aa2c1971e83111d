"""Review: ticks of single answers, comments, the return for correction, and the three scores that come of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from diag_app.errors import DiagError
from diag_app.forms.definition import Language, Pack
from diag_app.forms.scoring import score
from diag_app.forms.three_scores import ThreeScores, demanded, three_scores
from diag_app.model.facts import Evidence
from diag_app.model.ops import Changes, EntityView
from diag_app.model.reading import assessment_from, pack_reference
from diag_app.model.review import (
    Comment,
    ReviewState,
    ReviewStep,
    Tick,
    Views,
    agreed_positions,
    comments_from,
    review_state_from,
    ticked_on,
    ticks_from,
    views_from,
)
from diag_app.operations.assessment import check_target, score_of
from diag_app.operations.evidence import find_evidence
from diag_app.operations.texts import long
from diag_app.operations.workspace import Workspace, known, signed_now


@dataclass(frozen=True, kw_only=True)
class Review:
    """All that was said of the answers of one assessment, read at one moment, and the three scores."""

    scores: ThreeScores
    ticks: tuple[Tick, ...]
    views: tuple[Views, ...]
    comments: tuple[Comment, ...]
    state: ReviewState

    def tick_of(self, target: str) -> Tick | None:
        """Return the tick of a question or scenario, also one that has lapsed."""
        return next((tick for tick in self.ticks if tick.target == target), None)

    def views_of(self, target: str) -> Views | None:
        """Return what the roles say of a question or scenario, or null where nobody was asked."""
        return next((views for views in self.views if views.target == target), None)

    def comments_of(self, target: str) -> tuple[Comment, ...]:
        """Return the comments on a question or scenario, the oldest first."""
        return tuple(comment for comment in self.comments if comment.target == target)


def load_review(
    workspace: Workspace,
    assessment_id: str,
    language: Language | None = None,
    *,
    evidence: tuple[Evidence, ...] | None = None,
) -> Review:
    """Return what was said of the answers, with the scores as claimed, supported and verified.

    `evidence` is the assessment's, where it was read already.
    """
    view = known(workspace, assessment_id, "assessment")
    assessment = assessment_from(view)
    pack, claimed = workspace.pack(assessment.pack), score_of(workspace, assessment)
    items = find_evidence(workspace, assessment_id) if evidence is None else evidence
    ticks = ticks_from(view, pack, items)
    return Review(
        scores=three_scores(
            pack,
            assessment.answers,
            evidence=Counter(target for item in items for target in item.targets),
            ticked={tick.target for tick in ticks if tick.holds},
            claimed=claimed,
        ),
        ticks=ticks,
        views=views_from(view, agreed_positions(claimed, assessment.answers), language),
        comments=find_comments(workspace, assessment_id, language),
        state=review_state_from(view),
    )


def score_three_ways(workspace: Workspace, assessment_id: str) -> ThreeScores:
    """Return score and level as claimed, as supported by evidence, and as verified by a reviewer, with reasons."""
    return load_review(workspace, assessment_id).scores


def tick(workspace: Workspace, assessment_id: str, target: str) -> Changes:
    """Verify an answer as it stands, with the evidence it has; the tick lapses when either changes.

    Raises:
        DiagError: `TARGET_UNKNOWN`, `TICK_NO_ANSWER`, `TICK_NO_EVIDENCE` (less than the pack demands).
    """
    check_target(workspace, assessment_id, target)
    view, pack, evidence = _read(workspace, assessment_id)
    _check_tickable(pack, view, target, sum(target in item.targets for item in evidence))
    value = {**signed_now(workspace), "on": ticked_on(view, pack, target, evidence)}
    with workspace.store.operation("tick_answer", view.case) as operation:
        operation.set(assessment_id, f"tick:{target}", value)
    return operation.changes


def untick(workspace: Workspace, assessment_id: str, target: str) -> Changes:
    """Take the verification of an answer back."""
    return _set(workspace, assessment_id, "untick_answer", f"tick:{target}", None)


def add_comment(workspace: Workspace, assessment_id: str, target: str, text: str) -> str:
    """Remark something on the answer to a question or scenario; return the comment's id.

    Raises:
        DiagError: `TARGET_UNKNOWN`, `COMMENT_EMPTY`, `TEXT_TOO_LONG`.
    """
    check_target(workspace, assessment_id, target)
    words = _words(text, "COMMENT_EMPTY", target)
    case = known(workspace, assessment_id, "assessment", to_change=True).case
    with workspace.store.operation("add_comment", case) as operation:
        comment_id = operation.create("comment", parent=assessment_id)
        operation.set(comment_id, "about", {"target": target, **signed_now(workspace)})
        operation.set(comment_id, "text", words)
    return comment_id


def resolve_comment(workspace: Workspace, comment_id: str) -> Changes:
    """Say that a comment is settled."""
    return _resolve(workspace, comment_id, "resolve_comment", signed_now(workspace))


def reopen_comment(workspace: Workspace, comment_id: str) -> Changes:
    """Say that a comment is not settled after all."""
    return _resolve(workspace, comment_id, "reopen_comment", None)


def find_comments(workspace: Workspace, assessment_id: str, language: Language | None = None) -> tuple[Comment, ...]:
    """Return the comments of an assessment, the oldest first."""
    return comments_from(workspace.store.entities("comment", parent=assessment_id), language)


def return_for_correction(workspace: Workspace, assessment_id: str, reason: str) -> Changes:
    """Give the assessment back to whoever answered it, with a reason; a completed one is in progress again."""
    value = _step(workspace, "returned", _words(reason, "REASON_NEEDED", assessment_id))
    view = known(workspace, assessment_id, "assessment", to_change=True)
    with workspace.store.operation("return_for_correction", view.case) as operation:
        operation.set(assessment_id, "review", value)
        operation.set(assessment_id, "status", "in_progress")
    return operation.changes


def report_correction(workspace: Workspace, assessment_id: str, note: str = "") -> Changes:
    """Say that what was returned has been corrected; `NOT_RETURNED` where nothing was."""
    view = known(workspace, assessment_id, "assessment")
    if review_state_from(view).step != "returned":
        raise DiagError("NOT_RETURNED", location=assessment_id)
    value = _step(workspace, "corrected", long(note, "review").strip())
    return _set(workspace, assessment_id, "report_correction", "review", value)


def _check_tickable(pack: Pack, view: EntityView, target: str, evidence: int) -> None:
    answers = assessment_from(view).answers
    claimed = score(pack, answers)
    if target not in answers.scenarios and target not in agreed_positions(claimed, answers):
        raise DiagError("TICK_NO_ANSWER", location=target)
    needed = demanded(pack, answers, claimed).get(target, 0)
    if evidence < needed:
        raise DiagError("TICK_NO_EVIDENCE", location=target, needed=str(needed), found=str(evidence))


def _read(workspace: Workspace, assessment_id: str) -> tuple[EntityView, Pack, tuple[Evidence, ...]]:
    view = known(workspace, assessment_id, "assessment")
    return view, workspace.pack(pack_reference(view)), find_evidence(workspace, assessment_id)


def _step(workspace: Workspace, step: ReviewStep, note: str) -> dict[str, Any]:
    return {"step": step, "note": note, **signed_now(workspace)}


def _words(text: str, code: str, location: str) -> str:
    words = long(text, location).strip()
    if not words:
        raise DiagError(code, location=location)
    return words


def _set(workspace: Workspace, assessment_id: str, name: str, register: str, value: object) -> Changes:
    view = known(workspace, assessment_id, "assessment")
    with workspace.store.operation(name, view.case) as operation:
        operation.set(assessment_id, register, value)
    return operation.changes


def _resolve(workspace: Workspace, comment_id: str, name: str, value: object) -> Changes:
    view = known(workspace, comment_id, "comment")
    with workspace.store.operation(name, view.case) as operation:
        operation.set(comment_id, "resolved", value)
    return operation.changes
