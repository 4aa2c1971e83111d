"""Commands around the visit: the interview guide, and the workbook that the firm fills in before."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from diag_app.cli.frame import CHECK_FOUND_PROBLEMS, Frame
from diag_app.forms.definition import Language
from diag_app.model.previsit_plan import PlanLine
from diag_app.model.previsit_words import value_words
from diag_app.model.proposal.voice import Voice
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.guide import PAPER_STATES, record_guide_tick, record_paper, write_guide
from diag_app.operations.previsit import plan_previsit, write_previsit
from diag_app.operations.previsit_taking import take_previsit
from diag_app.operations.workspace import Workspace

FILE = click.Path(path_type=Path)
LANGUAGE = click.option(
    "--sheet-language", type=click.Choice(get_args(Language)), default="zh", show_default=True, help="Of the file."
)


@click.group()
def visit() -> None:
    """Before and on the visit."""


@visit.command("workbook")
@click.argument("assessment_id")
@click.option("--output", type=FILE, required=True, help="The .xlsx to write.")
@LANGUAGE
@click.pass_obj
def visit_workbook(frame: Frame, assessment_id: str, output: Path, sheet_language: Language) -> None:
    """Write the workbook that the firm fills in before the visit."""
    with frame.workspace(create=False) as workspace:
        path = write_previsit(workspace, assessment_id, sheet_language, output)
    frame.answer({"path": str(path)}, [str(path)])


@visit.command("plan")
@click.argument("assessment_id")
@click.argument("file", type=FILE)
@click.pass_obj
def visit_plan(frame: Frame, assessment_id: str, file: Path) -> int:
    """Show what taking in the firm's workbook would do; nothing is stored."""
    with frame.workspace(create=False) as workspace:
        plan = plan_previsit(workspace, assessment_id, file).plan
        lines = [_line_json(workspace, assessment_id, frame, line) for line in plan.lines]
    answer = {"lines": lines, "problems": [frame.problem_json(problem) for problem in plan.problems]}
    shown = [f"{line['verdict']:10} {line['key']:40} {line['recorded']} > {line['stated']}" for line in lines]
    frame.answer(answer, [*shown, *frame.problem_lines(plan.problems)])
    return CHECK_FOUND_PROBLEMS if plan.problems else 0


@visit.command("import")
@click.argument("assessment_id")
@click.argument("file", type=FILE)
@click.option("--over", multiple=True, metavar="KEY", help="A difference to record over what stands; may be repeated.")
@click.option("--partly", is_flag=True, help="Take in the rest where cells cannot be read.")
@click.pass_obj
def visit_import(frame: Frame, assessment_id: str, file: Path, over: tuple[str, ...], partly: bool) -> None:
    """Take in the firm's workbook as its own statement: what is new, and the differences named by --over."""
    with frame.workspace(create=False) as workspace:
        taken = take_previsit(workspace, assessment_id, file, over=over, partly=partly)
    answer = {
        "recorded": [line.key for line in taken.recorded],
        "kept": [line.key for line in taken.kept],
        "problems": [frame.problem_json(problem) for problem in taken.problems],
    }
    counts = frame.translate(
        "{recorded} recorded, {kept} differ and were left as they are",
        recorded=len(taken.recorded),
        kept=len(taken.kept),
    )
    frame.answer(answer, [counts, *frame.problem_lines(taken.problems)])


@visit.command("guide")
@click.argument("assessment_id")
@click.option("--output", type=FILE, required=True, help="The PDF to write.")
@click.option("--form", "form", help="Form of visit, such as half_day or one_day.")
@LANGUAGE
@click.pass_obj
def visit_guide(frame: Frame, assessment_id: str, output: Path, form: str | None, sheet_language: Language) -> None:
    """Write the interview guide as PDF."""
    with frame.workspace(create=False) as workspace:
        path = write_guide(workspace, assessment_id, sheet_language, output, form)
    frame.answer({"path": str(path)}, [str(path)])


@visit.command("tick")
@click.argument("assessment_id")
@click.argument("items", nargs=-1, required=True)
@click.option("--off", is_flag=True, help="Take the ticks away.")
@click.pass_obj
def visit_tick(frame: Frame, assessment_id: str, items: tuple[str, ...], off: bool) -> None:
    """Tick items of the interview guide as done."""
    with frame.workspace(create=False) as workspace:
        for item in items:
            record_guide_tick(workspace, assessment_id, item, is_done=not off)
    frame.answer({"items": list(items), "done": not off}, [" ".join(items)])


@visit.command("paper")
@click.argument("assessment_id")
@click.argument("paper")
@click.argument("state", type=click.Choice([*PAPER_STATES, "unknown"]))
@click.option("--remark", default="")
@click.pass_obj
def visit_paper(frame: Frame, assessment_id: str, paper: str, state: str, remark: str) -> None:
    """Record whether a paper of the guide is at hand."""
    with frame.workspace(create=False) as workspace:
        record_paper(workspace, assessment_id, paper, None if state == "unknown" else state, remark)
    frame.answer({"paper": paper, "state": state}, [f"{paper} {state}"])


def _line_json(workspace: Workspace, assessment_id: str, frame: Frame, line: PlanLine) -> dict[str, str]:
    pack = assessment_pack(workspace, assessment_id)
    voice = Voice(language=frame.translate.language, translate=frame.translate)
    return {
        "key": line.key,
        "verdict": line.verdict,
        "place": str(line.place),
        "stated": value_words(line.key, line.stated, pack, voice),
        "recorded": value_words(line.key, line.recorded, pack, voice),
    }
