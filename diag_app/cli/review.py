"""Commands of review: what each role says, rulings, ticks, comments, the return for correction."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click

from diag_app.cli.fact import assessment
from diag_app.cli.frame import Frame
from diag_app.codec import unstructure
from diag_app.i18n import Translator
from diag_app.model.answer_history import AnswerEvent
from diag_app.model.review import Views
from diag_app.operations import review
from diag_app.operations.completion import open_points
from diag_app.operations.history import answer_history
from diag_app.operations.roles import find_views, record_said, rule


@assessment.command("say")
@click.argument("assessment_id")
@click.argument("target")
@click.argument("role")
@click.argument("answers", nargs=-1)
@click.pass_obj
def assessment_say(frame: Frame, assessment_id: str, target: str, role: str, answers: tuple[str, ...]) -> None:
    """Record what ROLE answers to TARGET: option letters, or a scenario's level; none clears it."""
    with frame.workspace(create=False) as workspace:
        record_said(workspace, assessment_id, target, role, answers)
        frame.warn_custody(workspace, assessment_id)
        found = find_views(workspace, assessment_id)
    _answer_views(frame, [views for views in found if views.target == target])


@assessment.command("views")
@click.argument("assessment_id")
@click.pass_obj
def assessment_views(frame: Frame, assessment_id: str) -> None:
    """List what the roles say of each answer, where they differ, and how it was ruled."""
    with frame.workspace(create=False) as workspace:
        found = find_views(workspace, assessment_id)
    _answer_views(frame, found)


@assessment.command("rule")
@click.argument("assessment_id")
@click.argument("target")
@click.option("--reason", required=True, help="Why; it stays on record.")
@click.option("--answer", "answers", multiple=True, help="The answer from now on; else the one that stands.")
@click.pass_obj
def assessment_rule(frame: Frame, assessment_id: str, target: str, reason: str, answers: tuple[str, ...]) -> None:
    """Rule on a disagreement about TARGET, with a reason."""
    with frame.workspace(create=False) as workspace:
        rule(workspace, assessment_id, target, reason, position=answers or None)
        frame.warn_custody(workspace, assessment_id)
        found = find_views(workspace, assessment_id)
    _answer_views(frame, [views for views in found if views.target == target])


@assessment.command("tick")
@click.argument("assessment_id")
@click.argument("targets", nargs=-1, required=True)
@click.option("--undo", "is_undone", is_flag=True, help="Take the tick back.")
@click.pass_obj
def assessment_tick(frame: Frame, assessment_id: str, targets: tuple[str, ...], *, is_undone: bool) -> None:
    """Verify the answers to TARGETS as a reviewer; a tick lapses when the answer or its evidence changes."""
    with frame.workspace(create=False) as workspace:
        for target in targets:
            (review.untick if is_undone else review.tick)(workspace, assessment_id, target)
        ticks = review.load_review(workspace, assessment_id).ticks
    words = {True: frame.translate("verified"), False: frame.translate("changed since it was verified")}
    frame.answer(unstructure(ticks), [f"{item.target}  {words[item.holds]}  {item.by}  {item.at}" for item in ticks])


@assessment.command("return")
@click.argument("assessment_id")
@click.option("--reason", required=True, help="What is to be corrected.")
@click.pass_obj
def assessment_return(frame: Frame, assessment_id: str, reason: str) -> None:
    """Return an assessment for correction; it cannot be completed before the correction is reported."""
    with frame.workspace(create=False) as workspace:
        review.return_for_correction(workspace, assessment_id, reason)
    frame.answer({"step": "returned"}, [frame.translate("Returned for correction.")])


@assessment.command("corrected")
@click.argument("assessment_id")
@click.option("--note", default="", help="What was corrected.")
@click.pass_obj
def assessment_corrected(frame: Frame, assessment_id: str, note: str) -> None:
    """Report that what was returned has been corrected."""
    with frame.workspace(create=False) as workspace:
        review.report_correction(workspace, assessment_id, note)
    frame.answer({"step": "corrected"}, [frame.translate("Correction reported.")])


@assessment.command("open")
@click.argument("assessment_id")
@click.pass_obj
def assessment_open(frame: Frame, assessment_id: str) -> int:
    """List what stands against completing an assessment."""
    with frame.workspace(create=False) as workspace:
        problems = open_points(workspace, assessment_id)
    return frame.check_answer(problems, frame.translate("Nothing stands against completing it."))


@assessment.command("history")
@click.argument("assessment_id")
@click.argument("target")
@click.pass_obj
def assessment_history(frame: Frame, assessment_id: str, target: str) -> None:
    """List every value the answer to TARGET had, with its evidence, the newest first."""
    with frame.workspace(create=False) as workspace:
        events = answer_history(workspace, assessment_id, target)
    lines = [
        "  ".join(part for part in (item.at, item.actor, item.operation, item.kind, item.subject, _shown(item)) if part)
        for item in events
    ]
    frame.answer(unstructure(events), lines)


@click.group()
def comment() -> None:
    """Comments on answers."""


@comment.command("add")
@click.argument("assessment_id")
@click.argument("target")
@click.argument("text")
@click.pass_obj
def comment_add(frame: Frame, assessment_id: str, target: str, text: str) -> None:
    """Comment on the answer to TARGET, a question or scenario id."""
    with frame.workspace(create=False) as workspace:
        comment_id = review.add_comment(workspace, assessment_id, target, text)
    frame.answer({"comment_id": comment_id}, [comment_id])


@comment.command("list")
@click.argument("assessment_id")
@click.pass_obj
def comment_list(frame: Frame, assessment_id: str) -> None:
    """List the comments of an assessment, the oldest first."""
    with frame.workspace(create=False) as workspace:
        found = review.find_comments(workspace, assessment_id)
    words = {True: frame.translate("settled"), False: frame.translate("not settled")}
    frame.answer(
        unstructure(found),
        [f"{item.comment_id}  {item.target}  {words[item.is_resolved]}  {item.by}  {item.text}" for item in found],
    )


@comment.command("resolve")
@click.argument("comment_id")
@click.option("--reopen", is_flag=True, help="It is not settled after all.")
@click.pass_obj
def comment_resolve(frame: Frame, comment_id: str, *, reopen: bool) -> None:
    """Say that a comment is settled."""
    with frame.workspace(create=False) as workspace:
        (review.reopen_comment if reopen else review.resolve_comment)(workspace, comment_id)
    frame.answer({"resolved": not reopen}, [frame.translate("Open again.") if reopen else frame.translate("Settled.")])


def _shown(event: AnswerEvent) -> str:
    return "" if event.value is None else json.dumps(event.value, ensure_ascii=False)


def _answer_views(frame: Frame, found: Iterable[Views]) -> None:
    known = tuple(found)
    values = [{**unstructure(views), "differ": views.differ, "open": views.is_open} for views in known]
    frame.answer(values, [_views_line(frame.translate, views) for views in known])


def _views_line(translate: Translator, views: Views) -> str:
    said = ", ".join(f"{item.role_id} {'+'.join(item.position)}" for item in views.said)
    agreed = translate("agreed: {answer}", answer="+".join(views.agreed) or "–")
    state = translate("no ruling yet") if views.is_open else translate("they differ") if views.differ else ""
    if views.differ and views.ruling is not None and views.ruling.holds:
        state = translate("ruled: {reason}", reason=views.ruling.reason)
    return "  ".join(part for part in (views.target, said, agreed, state) if part)
