"""Commands about measures and plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from diag_app.cli.fact import FILE, amount
from diag_app.cli.frame import CHECK_FOUND_PROBLEMS, Frame
from diag_app.codec import plain_decimal, unstructure
from diag_app.model.economics import Range
from diag_app.model.plan import CaseMeasure, ChosenPlan, Offer, Plan, PlannedMeasure, PlanWish, Shortfall
from diag_app.operations.chain import chain_problems, excuse_orphan, load_chain
from diag_app.operations.measure import (
    add_own_measure_file,
    find_measures,
    record_measure_state,
    record_offer,
    remove_own_measure,
)
from diag_app.operations.measure_exchange import export_measures, import_measures, look_at_measures
from diag_app.operations.plan import TRIAL_WEEKS, PlanAnswer, choose_plan, find_plans

STATES = ("done", "pinned", "excluded", "none")


@click.command()
@click.argument("assessment_id")
@click.option("--target-level", type=int, metavar="N", help="Level to reach; without it the highest in the budget.")
@click.option("--budget-10k-cny", metavar="X", help="At most so much.")
@click.option("--months", type=int, help="From the start to the end of the trial run.")
@click.option("--high", "on_high", is_flag=True, help="Count the high costs.")
@click.option("--choose", is_flag=True, help="Record the cheapest plan as the one taken.")
@click.option("--start-on", default="", metavar="DAY", help="With --choose: the day the roadmap begins.")
@click.option("--trial-weeks", type=int, default=TRIAL_WEEKS, show_default=True, help="With --choose.")
@click.pass_obj
def plan(
    frame: Frame,
    assessment_id: str,
    target_level: int | None,
    budget_10k_cny: str | None,
    months: int | None,
    on_high: bool,
    choose: bool,
    start_on: str,
    trial_weeks: int,
) -> int:
    """Find the cheapest path to a level, and other good ones."""
    wish = PlanWish(level=target_level, budget=amount(budget_10k_cny, "budget_10k_cny"), months=months, on_high=on_high)
    with frame.workspace(create=False) as workspace:
        answer = find_plans(workspace, assessment_id, wish)
        if choose and answer.best is not None:
            chosen = ChosenPlan(
                wish=wish,
                level=answer.best.level,
                measure_ids=answer.best.measure_ids,
                start_on=start_on,
                trial_weeks=trial_weeks,
            )
            choose_plan(workspace, assessment_id, chosen)
    frame.answer(_answer_json(answer), _answer_lines(frame, answer))
    return 0 if answer.best is not None else CHECK_FOUND_PROBLEMS


@click.group()
def measure() -> None:
    """Measures of a case: prices, providers, what the owner says."""


@measure.command("list")
@click.argument("assessment_id")
@click.pass_obj
def measure_list(frame: Frame, assessment_id: str) -> None:
    """List the measures with what the case has recorded of them."""
    with frame.workspace(create=False) as workspace:
        found = find_measures(workspace, assessment_id)
    frame.answer([_measure_json(item) for item in found], [_measure_line(frame, item) for item in found])


@measure.command("price")
@click.argument("assessment_id")
@click.argument("measure_id")
@click.option("--low", required=True, metavar="X", help="10,000 CNY.")
@click.option("--likely", required=True, metavar="X")
@click.option("--high", required=True, metavar="X")
@click.option("--source", default="", help="Where the figure comes from.")
@click.option("--dated", default="", help="Day of the source, year-month-day.")
@click.option("--owner", default="", help="Who answers for it.")
@click.option("--provider", default="")
@click.option("--product", default="")
@click.option("--weeks", type=int, help="Agreed duration.")
@click.pass_obj
def measure_price(frame: Frame, /, assessment_id: str, measure_id: str, **given: Any) -> None:
    """Record the price of a measure with its source."""
    ends = {name: amount(given.pop(name), name) for name in ("low", "likely", "high")}
    cost = Range(**{name: end for name, end in ends.items() if end is not None})
    with frame.workspace(create=False) as workspace:
        record_offer(workspace, assessment_id, measure_id, Offer(cost=cost, **given))
    frame.answer({"measure_id": measure_id}, [measure_id])


@measure.command("state")
@click.argument("assessment_id")
@click.argument("measure_id")
@click.argument("state", type=click.Choice(STATES))
@click.pass_obj
def measure_state(frame: Frame, assessment_id: str, measure_id: str, state: Any) -> None:
    """Record that a measure is done, pinned into the plan, or excluded from it."""
    with frame.workspace(create=False) as workspace:
        record_measure_state(workspace, assessment_id, measure_id, None if state == "none" else state)
    frame.answer({"measure_id": measure_id, "state": state}, [f"{measure_id}  {state}"])


@measure.command("add")
@click.argument("assessment_id")
@click.argument("file", type=FILE)
@click.pass_obj
def measure_add(frame: Frame, assessment_id: str, file: Path) -> None:
    """Add the measure in FILE, a JSON object in the shape of a catalogue's entry."""
    with frame.workspace(create=False) as workspace:
        measure_id = add_own_measure_file(workspace, assessment_id, file)
    frame.answer({"measure_id": measure_id}, [measure_id])


@measure.command("remove")
@click.argument("assessment_id")
@click.argument("measure_id")
@click.pass_obj
def measure_remove(frame: Frame, assessment_id: str, measure_id: str) -> None:
    """Take an own measure off the case."""
    with frame.workspace(create=False) as workspace:
        remove_own_measure(workspace, assessment_id, measure_id)
    frame.answer({"measure_id": measure_id}, [measure_id])


@measure.command("export")
@click.argument("assessment_id")
@click.option("--output", type=FILE, required=True, help="The workbook to write.")
@click.pass_obj
def measure_export(frame: Frame, assessment_id: str, output: Path) -> None:
    """Write all measures with their prices to a workbook."""
    with frame.workspace(create=False) as workspace:
        count = export_measures(workspace, assessment_id, frame.translate.language, output)
    frame.answer({"path": str(output), "measures": count}, [str(output)])


@measure.command("import")
@click.argument("assessment_id")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--without-faulty", is_flag=True, help="Take in the rest when cells cannot be read.")
@click.pass_obj
def measure_import(frame: Frame, assessment_id: str, file: Path, dry_run: bool, without_faulty: bool) -> int:
    """Take prices in from a workbook: whole, or not at all."""
    with frame.workspace(create=False) as workspace:
        if dry_run:
            plan = look_at_measures(workspace, assessment_id, file)
            changed, problems = plan.changes, plan.problems
        else:
            taken = import_measures(workspace, assessment_id, file, without_faulty=without_faulty)
            changed, problems = taken.changed, taken.problems
    answer = {"changed": changed, "problems": [frame.problem_json(problem) for problem in problems]}
    words = (
        frame.translate.plural("{count} measure would be taken in", "{count} measures would be taken in", changed)
        if dry_run
        else frame.translate.plural("{count} measure taken in", "{count} measures taken in", changed)
    )
    frame.answer(answer, [words, *frame.problem_lines(problems)])
    return CHECK_FOUND_PROBLEMS if problems else 0


def _answer_json(answer: PlanAnswer) -> dict[str, Any]:
    if answer.best is None:
        lack = answer.shortfall
        return {
            "optimal": False,
            "measures": [],
            "alternatives": [],
            "priced": answer.priced,
            "unpriced": answer.unpriced,
            "shortfall": None if lack is None else unstructure(lack),
        }
    return {
        "optimal": True,
        **_plan_json(answer.best),
        "alternatives": [_plan_json(other) for other in answer.others],
        "priced": answer.priced,
        "unpriced": answer.unpriced,
    }


def _plan_json(found: Plan) -> dict[str, Any]:
    return {
        "cost_10k_cny": plain_decimal(found.cost.likely),
        "cost_low_10k_cny": plain_decimal(found.cost.low),
        "cost_high_10k_cny": plain_decimal(found.cost.high),
        "level_before": found.before.level,
        "level_after": found.after.level,
        "score_before": plain_decimal(found.before.score),
        "score_after": plain_decimal(found.after.score),
        "weeks": found.weeks,
        "measures": [_planned_json(item) for item in found.measures],
    }


def _planned_json(item: PlannedMeasure) -> dict[str, Any]:
    return {
        "measure_id": item.measure_id,
        "zh": item.measure.label.zh,
        "en": item.measure.label.en,
        "cost_10k_cny": plain_decimal(item.cost.likely),
        "cost_low_10k_cny": plain_decimal(item.cost.low),
        "cost_high_10k_cny": plain_decimal(item.cost.high),
        "start_week": item.start_week,
        "end_week": item.end_week,
        "phase": item.phase,
        "waits_for": list(item.waits_for),
        "points": plain_decimal(item.points),
        "score": plain_decimal(item.after.score),
        "scenarios": [unstructure(change) for change in item.scenarios],
        "why": unstructure(item.why),
    }


def _measure_json(item: CaseMeasure) -> dict[str, Any]:
    return {
        "measure_id": item.measure_id,
        "zh": item.measure.label.zh,
        "en": item.measure.label.en,
        "is_own": item.is_own,
        "state": item.state,
        "weeks": item.weeks,
        "offer": unstructure(item.offer),
        "missing": list(item.offer.missing) if item.offer.cost is not None else ["cost"],
    }


def _measure_line(frame: Frame, item: CaseMeasure) -> str:
    cost = item.offer.cost
    price = (
        "–" if cost is None else f"{plain_decimal(cost.low)} {plain_decimal(cost.likely)} {plain_decimal(cost.high)}"
    )
    label = item.measure.label.text(frame.translate.language)
    return "  ".join(part for part in (item.measure_id, label, price, item.state or "") if part)


def _answer_lines(frame: Frame, answer: PlanAnswer) -> list[str]:
    if answer.best is None:
        return [] if answer.shortfall is None else [shortfall_words(frame, answer, answer.shortfall)]
    lines = _plan_lines(frame, answer.best)
    for other in answer.others:
        cost = plain_decimal(other.cost.likely)
        lines.append(frame.translate("Another plan: {cost} (10k CNY)", cost=cost))
        lines.append("  " + ", ".join(other.measure_ids))
    return lines


def _plan_lines(frame: Frame, found: Plan) -> list[str]:
    language = frame.translate.language
    lines = [
        frame.translate(
            "Cheapest, proven: {cost} (10k CNY), score {score}, level {level}",
            cost=plain_decimal(found.cost.likely),
            score=plain_decimal(found.after.score),
            level=str(found.after.level),
        )
    ]
    for number, item in enumerate(found.measures, start=1):
        cost = plain_decimal(item.cost.likely)
        lines.append(f"{number:>3}  {item.measure_id}  {item.measure.label.text(language)}  {cost}")
    return lines


def shortfall_words(frame: Frame, answer: PlanAnswer, lack: Shortfall) -> str:
    """Return in one sentence why there is no plan."""
    level = str(answer.wish.level or 1)
    match lack.kind:
        case "budget":
            return frame.translate(
                "A budget of {budget} (10k CNY) does not reach level {level}; at least {cost} is needed.",
                budget=plain_decimal(answer.wish.budget or lack.points),
                level=level,
                cost=plain_decimal(lack.cost or lack.points),
            )
        case "time":
            return frame.translate("The time does not suffice: at least {weeks} weeks of work.", weeks=str(lack.weeks))
        case "owner":
            return frame.translate("With what is fixed and excluded no plan reaches level {level}.", level=level)
        case "prices":
            return frame.translate(
                "No plan of the measures that have a price reaches level {level}. A price is missing for: {measures}.",
                level=level,
                measures=", ".join(lack.measures),
            )
        case _:
            return frame.translate(
                "No measures reach level {level}: short of {points} points, {scenarios} scenarios, {constrained} "
                "constrained.",
                level=level,
                points=plain_decimal(lack.points),
                scenarios=str(lack.scenarios),
                constrained=str(lack.constrained),
            )


@click.group()
def chain() -> None:
    """The chain from the owner's words to the evidence: loose ends and their reasons."""


@chain.command("show")
@click.argument("assessment_id")
@click.pass_obj
def chain_show(frame: Frame, assessment_id: str) -> int:
    """List the loose ends of the plan taken, or of the needs alone; without a reason they keep a proposal back."""
    with frame.workspace(create=False) as workspace:
        loose = load_chain(workspace, assessment_id, frame.translate.language).orphans
        problems = chain_problems(workspace, assessment_id, frame.translate.language)
    frame.answer(
        {
            "orphans": [
                {"key": item.key, "kind": item.kind, "item": item.item, "reason": item.reason} for item in loose
            ],
            "problems": [frame.problem_json(problem) for problem in problems],
        },
        [*(f"{item.key}  {item.reason}".rstrip() for item in loose), *frame.problem_lines(problems)],
    )
    return CHECK_FOUND_PROBLEMS if problems else 0


@chain.command("excuse")
@click.argument("assessment_id")
@click.argument("key")
@click.argument("reason")
@click.pass_obj
def chain_excuse(frame: Frame, assessment_id: str, key: str, reason: str) -> None:
    """Record the REASON why the loose end KEY is left so; an empty one takes it back."""
    with frame.workspace(create=False) as workspace:
        excuse_orphan(workspace, assessment_id, key, reason)
    frame.answer({"key": key, "reason": reason}, [key])
