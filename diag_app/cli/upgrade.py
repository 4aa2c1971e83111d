"""The command that moves an assessment to another version of its method, or only says what that would change."""

from __future__ import annotations

import click

from diag_app.cli.frame import Frame
from diag_app.codec import unstructure
from diag_app.operations.assessment import score_assessment
from diag_app.operations.upgrade import UpgradePlan, plan_upgrade, upgrade_assessment


@click.command("upgrade")
@click.argument("assessment_id")
@click.option("--pack", metavar="ID@VERSION", help="Default: the newest version here.")
@click.option("--look", "is_look", is_flag=True, help="Only say what would change.")
@click.pass_obj
def assessment_upgrade(frame: Frame, assessment_id: str, pack: str | None, is_look: bool) -> None:
    """Move an assessment to another version of its method; no answer is rewritten."""
    with frame.workspace(create=False) as workspace:
        if is_look:
            _answer(frame, plan_upgrade(workspace, assessment_id, pack))
            return
        upgrade_assessment(workspace, assessment_id, pack)
        card = score_assessment(workspace, assessment_id)
    problems, here = [frame.problem_json(problem) for problem in card.problems], f"{card.pack_id}@{card.pack_version}"
    frame.answer({"pack": here, "problems": problems}, [here, *frame.problem_lines(card.problems)])


def _answer(frame: Frame, plan: UpgradePlan) -> None:
    answer = {
        "pack": plan.there.reference,
        "level": [plan.score_here.level, plan.score_there.level],
        "otherwise": [unstructure(one) for one in plan.otherwise],
        "new": list(plan.new),
    }
    lines = [f"{plan.here.reference} -> {plan.there.reference}"]
    lines += [f"{one.register} -> {', '.join(one.places) or '-'}" for one in plan.otherwise]
    frame.answer(answer, [*lines, *(f"+ {one}" for one in plan.new)])
