"""Commands that give a case to a colleague and take it back."""

from __future__ import annotations

from pathlib import Path

import click

from diag_app.cli.bundle import WITHOUT_ABSENT, sealed_json
from diag_app.cli.frame import Frame
from diag_app.codec import unstructure
from diag_app.operations.handover import find_custody, hand_over, take_over, take_over_bundle

FILE = click.Path(path_type=Path)


@click.group()
def case() -> None:
    """Cases: who has them."""


@case.command("hand-over")
@click.argument("enterprise_id")
@click.option("--to", "holder", required=True, help="The colleague who gets it.")
@click.option("--output", type=FILE, required=True, help="The bundle to write.")
@click.option("--note", default="", help="What the colleague should know.")
@WITHOUT_ABSENT
@click.pass_obj
def case_hand_over(
    frame: Frame, enterprise_id: str, holder: str, output: Path, note: str, without_absent: bool
) -> None:
    """Give a case to a colleague as a sealed bundle."""
    with frame.workspace(create=False) as workspace:
        sealed = hand_over(workspace, enterprise_id, holder, output, note=note, without_absent=without_absent)
    lines = [*map(str, sealed.paths), frame.translate("Handed over to {holder}.", holder=holder)]
    frame.answer(sealed_json(frame, sealed), [*lines, *frame.problem_lines(sealed.problems)])


@case.command("take-over")
@click.argument("file", type=FILE)
@click.pass_obj
def case_take_over(frame: Frame, file: Path) -> None:
    """Take in a bundle that a colleague handed over; the cases in it are here from now on."""
    with frame.workspace() as workspace:
        taken = take_over_bundle(workspace, file)
    answer = {
        "enterprise_ids": list(taken.enterprise_ids),
        "applied": taken.imported.result.applied,
        "conflicts": len(taken.imported.result.conflicts),
        "problems": [frame.problem_json(problem) for problem in taken.imported.problems],
    }
    lines = [frame.translate("Taken over: {case}", case=enterprise_id) for enterprise_id in taken.enterprise_ids]
    frame.answer(answer, [*lines, *frame.problem_lines(taken.imported.problems)])


@case.command("accept")
@click.argument("enterprise_id")
@click.pass_obj
def case_accept(frame: Frame, enterprise_id: str) -> None:
    """Take over a case whose bundle is imported already."""
    with frame.workspace(create=False) as workspace:
        take_over(workspace, enterprise_id)
    frame.answer({"enterprise_ids": [enterprise_id]}, [frame.translate("Taken over: {case}", case=enterprise_id)])


@case.command("holder")
@click.argument("enterprise_id")
@click.pass_obj
def case_holder(frame: Frame, enterprise_id: str) -> None:
    """Say who has a case."""
    with frame.workspace(create=False) as workspace:
        custody = find_custody(workspace, enterprise_id)
    if custody is None:
        frame.answer(None, [frame.translate("The case was never handed over.")])
        return
    who = {"holder": custody.holder, "giver": custody.giver or "–", "day": custody.at[:10]}
    line = (
        frame.translate("Handed over to {holder} by {giver}, {day}.", **who)
        if custody.step == "handed_over"
        else frame.translate("Taken over by {holder} from {giver}, {day}.", **who)
    )
    frame.answer(unstructure(custody), [line])
