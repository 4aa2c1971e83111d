"""Commands about facts: enterprises, assessments, needs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import click

from diag_app.cli.duplicates import enterprise_same, enterprise_twins
from diag_app.cli.frame import CHECK_FOUND_PROBLEMS, Frame
from diag_app.cli.method import three_score_lines
from diag_app.cli.ruling import assessment_check, assessment_overrule, assessment_take_back
from diag_app.cli.upgrade import assessment_upgrade
from diag_app.codec import unstructure
from diag_app.errors import DiagError
from diag_app.forms.score_json import three_scores_to_json
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import load_answers, start_assessment
from diag_app.operations.completion import complete_assessment
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.need import add_need_file, find_needs
from diag_app.operations.review import score_three_ways
from diag_app.operations.roster import import_roster, look_at_roster

AMOUNT = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)
FILE = click.Path(path_type=Path)


@click.group()
def enterprise() -> None:
    """Enterprises."""


@enterprise.command("add")
@click.option("--name", required=True)
@click.option("--uscc", help="Unified social credit code, 18 characters.")
@click.option("--sector", default="industry", show_default=True, help="Sector of the size standard.")
@click.option("--industry", help="GB/T 4754 division, e.g. C34.")
@click.option("--employees", type=int)
@click.option("--revenue-10k-cny", metavar="X")
@click.option("--assets-10k-cny", metavar="X")
@click.option("--address", default="")
@click.pass_obj
def enterprise_add(
    frame: Frame,
    name: str,
    uscc: str | None,
    sector: str,
    industry: str | None,
    employees: int | None,
    revenue_10k_cny: str | None,
    assets_10k_cny: str | None,
    address: str,
) -> None:
    """Add an enterprise; size class and scale are derived."""
    profile = EnterpriseProfile(
        name=name,
        uscc=uscc,
        sector=sector,
        industry=industry,
        employees=employees,
        revenue_10k_cny=amount(revenue_10k_cny, "revenue_10k_cny"),
        assets_10k_cny=amount(assets_10k_cny, "assets_10k_cny"),
        address=address,
    )
    with frame.workspace() as workspace:
        added = add_enterprise(workspace, profile)
    answer = {
        "enterprise_id": added.enterprise_id,
        "size_class": added.size_class,
        "above_scale": added.is_above_scale,
        "problems": [frame.problem_json(problem) for problem in added.problems],
    }
    frame.answer(answer, [added.enterprise_id, *frame.problem_lines(added.problems)])


@enterprise.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.pass_obj
def enterprise_import(frame: Frame, file: Path, dry_run: bool) -> int:
    """Take in a roster of firms (.xlsx, .csv): all rows that can be read in one transaction, the others named."""
    with frame.workspace(create=not dry_run) as workspace:
        plan = look_at_roster(workspace, file) if dry_run else import_roster(workspace, file).plan
    problems = [
        {**frame.problem_json(one), "row": int(one.parameters["row"]), "column": one.parameters["column"]}
        for one in plan.problems
    ]
    answer = {"added": len(plan.new), "updated": len(plan.changed), "skipped": plan.skipped, "problems": problems}
    words = frame.translate(
        "{new} new, {changed} changed, {same} the same, {unreadable} unreadable",
        new=len(plan.new),
        changed=len(plan.changed),
        same=plan.skipped,
        unreadable=plan.unreadable,
    )
    frame.answer(answer, [words, *frame.problem_lines(plan.problems)])
    return CHECK_FOUND_PROBLEMS if plan.unreadable else 0


@enterprise.command("find")
@click.argument("text", default="")
@click.pass_obj
def enterprise_find(frame: Frame, text: str) -> None:
    """Find enterprises by part of the name, credit code, or pinyin initials."""
    with frame.workspace(create=False) as workspace:
        found = find_enterprises(workspace, text)
    lines = [f"{item.enterprise_id}  {item.name}  {item.uscc or ''}  {item.score or ''}".rstrip() for item in found]
    frame.answer([_summary_json(asdict(item)) for item in found], lines)


@click.group()
def assessment() -> None:
    """Assessments."""


@assessment.command("start")
@click.argument("enterprise_id")
@click.option("--pack", help="Pack id, or id@version.")
@click.pass_obj
def assessment_start(frame: Frame, enterprise_id: str, pack: str | None) -> None:
    """Start an assessment of an enterprise."""
    with frame.workspace(create=False) as workspace:
        assessment_id = start_assessment(workspace, enterprise_id, pack=pack)
    frame.answer({"assessment_id": assessment_id}, [assessment_id])


@assessment.command("load")
@click.argument("assessment_id")
@click.argument("file", type=FILE)
@click.pass_obj
def assessment_load(frame: Frame, assessment_id: str, file: Path) -> None:
    """Record an answers file as one operation."""
    with frame.workspace(create=False) as workspace:
        recorded = load_answers(workspace, assessment_id, file)
        frame.warn_custody(workspace, assessment_id)
    frame.answer({"recorded": recorded}, [frame.translate("Recorded {count} answers.", count=recorded)])


@assessment.command("score")
@click.argument("assessment_id")
@click.pass_obj
def assessment_score(frame: Frame, assessment_id: str) -> None:
    """Show scores, level and reasons as they stand now: as claimed, and with evidence and ticks alone."""
    with frame.workspace(create=False) as workspace:
        scores = score_three_ways(workspace, assessment_id)
    frame.answer(three_scores_to_json(scores), three_score_lines(frame.translate, scores))


@assessment.command("complete")
@click.argument("assessment_id")
@click.pass_obj
def assessment_complete(frame: Frame, assessment_id: str) -> None:
    """Mark an assessment as completed; refused while anything is open that a reviewer must settle."""
    with frame.workspace(create=False) as workspace:
        scores = complete_assessment(workspace, assessment_id)
    frame.answer(three_scores_to_json(scores), three_score_lines(frame.translate, scores))


for command in (enterprise_same, enterprise_twins):
    enterprise.add_command(command)


for command in (assessment_check, assessment_overrule, assessment_take_back, assessment_upgrade):
    assessment.add_command(command)


@click.group()
def need() -> None:
    """Scenario needs."""


@need.command("add")
@click.argument("assessment_id")
@click.argument("form_id")
@click.argument("file", type=FILE)
@click.pass_obj
def need_add(frame: Frame, assessment_id: str, form_id: str, file: Path) -> None:
    """Record the need in FILE under the pack's form FORM_ID."""
    with frame.workspace(create=False) as workspace:
        need_id = add_need_file(workspace, assessment_id, form_id, file)
        frame.warn_custody(workspace, assessment_id)
    frame.answer({"need_id": need_id}, [need_id])


@need.command("list")
@click.argument("assessment_id")
@click.pass_obj
def need_list(frame: Frame, assessment_id: str) -> None:
    """List the needs of an assessment."""
    with frame.workspace(create=False) as workspace:
        found = find_needs(workspace, assessment_id)
    frame.answer(unstructure(found), [f"N-{item.number:02}  {item.title}  {item.scenario_id}" for item in found])


def amount(text: str | None, location: str) -> Decimal | None:
    """Return a typed figure exactly, full-width digits included; `AMOUNT_INVALID` for what is none."""
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text).strip()  # full-width digits, as a Chinese keyboard gives them
    if not AMOUNT.fullmatch(plain):
        raise DiagError("AMOUNT_INVALID", location=location, value=text[:40])
    return Decimal(plain)


def _summary_json(summary: dict[str, object]) -> dict[str, object]:
    return {
        ("above_scale" if key == "is_above_scale" else key): format(value, "f") if isinstance(value, Decimal) else value
        for key, value in summary.items()
    }
