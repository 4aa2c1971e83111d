"""Plans: find the cheapest and the next ones, take one, read back the one taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError, refuse
from diag_app.forms.measures import Measure
from diag_app.model.economics import Range
from diag_app.model.ops import Changes
from diag_app.model.plan import CaseMeasure, ChosenPlan, Plan, PlanWish, Shortfall, TakenPlan, costs_of
from diag_app.model.plan_reading import chosen_from, chosen_value
from diag_app.operations.assessment import assessment_pack, load_assessment
from diag_app.operations.measure import find_measures
from diag_app.operations.texts import check_figure
from diag_app.operations.workspace import Workspace, known
from diag_app.planning.account import make_plan
from diag_app.planning.path import Wish, cheapest_path
from diag_app.planning.shortfall import shortfall
from diag_app.planning.task import Task, make_task

PLAN = "plan"
MOST_MONTHS = 120
TRIAL_WEEKS = 8
MONTHS_IN_YEAR, WEEKS_IN_YEAR = 12, 52


@dataclass(frozen=True, kw_only=True)
class PlanAnswer:
    """The cheapest plan, proven, and up to five others; or why there is none. Without a level, `best.level` tells."""

    wish: PlanWish
    best: Plan | None
    others: tuple[Plan, ...] = ()
    shortfall: Shortfall | None = None
    priced: int = 0  # measures that could take part
    unpriced: int = 0


def find_plans(
    workspace: Workspace, assessment_id: str, wish: PlanWish, *, progress: Progress = no_progress
) -> PlanAnswer:
    """Return the cheapest plan for `wish` and the next ones, on the prices and the owner's choices of the case.

    Raises:
        DiagError: `LEVEL_UNKNOWN`, `PLAN_WISH_EMPTY`, `FIGURE_BEYOND`, `MONTHS_BEYOND`.
    """
    pack = assessment_pack(workspace, assessment_id)
    check_wish(wish, [condition.level for condition in pack.level_rule.conditions])
    case = find_measures(workspace, assessment_id)
    task, asked, costs = _task(workspace, assessment_id, case), _asked(case, wish), costs_of(case, on_high=wish.on_high)
    found = cheapest_path(task, costs, asked, progress=progress)
    answer = PlanAnswer(wish=wish, best=None, priced=len(costs), unpriced=len(case) - len(costs))
    if found.best is None:
        return replace(answer, shortfall=shortfall(task, costs, asked, wish.level or 1))
    level = wish.level if wish.level is not None else _level(task, case, found.best, asked)
    plans = [_plan(task, case, chosen, level, asked) for chosen in (found.best, *found.others)]
    return replace(answer, best=plans[0], others=tuple(plans[1:]))


def choose_plan(workspace: Workspace, assessment_id: str, chosen: ChosenPlan) -> Changes:
    """Record the plan that the owner takes: path page and proposal show it.

    Raises:
        DiagError: `MEASURE_UNKNOWN`, `MEASURE_UNPRICED`, `DATE_INVALID`, `WEEKS_BEYOND`, and those of `find_plans`.
    """
    view = known(workspace, assessment_id, "assessment", to_change=True)
    pack = assessment_pack(workspace, assessment_id)
    check_wish(chosen.wish, [condition.level for condition in pack.level_rule.conditions])
    priced = {item.measure_id: item.plannable_cost for item in find_measures(workspace, assessment_id)}
    for measure_id in chosen.measure_ids:
        if measure_id not in priced:
            raise DiagError("MEASURE_UNKNOWN", location=measure_id[:80])
        if priced[measure_id] is None:
            raise DiagError("MEASURE_UNPRICED", location=measure_id)
    _check_roadmap(chosen)
    with workspace.store.operation("choose_plan", view.case) as operation:
        operation.set(assessment_id, PLAN, chosen_value(chosen))
    return operation.changes


def drop_plan(workspace: Workspace, assessment_id: str) -> Changes:
    """Take back the choice of a plan."""
    view = known(workspace, assessment_id, "assessment", to_change=True)
    with workspace.store.operation("drop_plan", view.case) as operation:
        operation.clear(assessment_id, PLAN)
    return operation.changes


def chosen_plan(workspace: Workspace, assessment_id: str) -> ChosenPlan | None:
    """Return the plan taken as it was recorded; null when none is."""
    return chosen_from(known(workspace, assessment_id, "assessment").value(PLAN))


def taken_plan(workspace: Workspace, assessment_id: str) -> TakenPlan | None:
    """Return the plan taken, reckoned on the facts of now; null when none is. It may have become unsound since."""
    chosen = chosen_plan(workspace, assessment_id)
    if chosen is None:
        return None
    case = find_measures(workspace, assessment_id)
    here = {item.measure_id for item in case if item.plannable_cost is not None}
    task = _task(workspace, assessment_id, case)
    kept = frozenset(chosen.measure_ids) & here
    plan = _plan(task, case, kept, chosen.level, _asked(case, chosen.wish))
    unpriced = tuple(name for name in chosen.measure_ids if name not in here)
    return TakenPlan(chosen=chosen, plan=plan, unpriced=unpriced)


def assessment_has_plan(workspace: Workspace, assessment_id: str) -> bool:
    """Return whether a plan was taken."""
    return chosen_plan(workspace, assessment_id) is not None


def check_wish(wish: PlanWish, levels: Sequence[int]) -> None:
    """Refuse a wish that names neither level nor budget, or what cannot be."""
    if wish.level is None and wish.budget is None:
        raise DiagError("PLAN_WISH_EMPTY", location="target_level")
    if wish.level is not None and wish.level not in levels:
        raise DiagError("LEVEL_UNKNOWN", location="target_level", level=str(wish.level))
    refuse(check_figure(wish.budget, "budget"))
    if wish.months is not None and not 0 < wish.months <= MOST_MONTHS:
        raise DiagError("MONTHS_BEYOND", location="months", value=str(wish.months), limit=str(MOST_MONTHS))


def weeks_within(months: int, trial_weeks: int = TRIAL_WEEKS) -> int:
    """Return the weeks that measures have when the trial run ends within so many months, never below none."""
    return max(0, months * WEEKS_IN_YEAR // MONTHS_IN_YEAR - trial_weeks)


def _check_roadmap(chosen: ChosenPlan) -> None:
    if chosen.start_on:
        try:
            date.fromisoformat(chosen.start_on)
        except ValueError:
            raise DiagError("DATE_INVALID", location="start_on", value=chosen.start_on[:40]) from None
    if not 0 <= chosen.trial_weeks <= WEEKS_IN_YEAR:
        raise DiagError("WEEKS_BEYOND", location="trial_weeks", value=str(chosen.trial_weeks), limit=str(WEEKS_IN_YEAR))


def _task(workspace: Workspace, assessment_id: str, case: Sequence[CaseMeasure]) -> Task:
    return make_task(
        assessment_pack(workspace, assessment_id),
        load_assessment(workspace, assessment_id).answers,
        [item.measure for item in case],
        done=[item.measure_id for item in case if item.state == "done"],
        weeks={item.measure_id: item.weeks for item in case},
    )


def _asked(case: Sequence[CaseMeasure], wish: PlanWish) -> Wish:
    return Wish(
        level=wish.level,
        budget=wish.budget,
        weeks=None if wish.months is None else weeks_within(wish.months),
        pinned=frozenset(item.measure_id for item in case if item.state == "pinned"),
        excluded=frozenset(item.measure_id for item in case if item.state == "excluded"),
    )


def _plan(task: Task, case: Sequence[CaseMeasure], chosen: frozenset[str], level: int, asked: Wish) -> Plan:
    measures: Mapping[str, Measure] = {item.measure_id: item.measure for item in case}
    costs: dict[str, Range] = {item.measure_id: item.plannable_cost for item in case if item.plannable_cost is not None}
    return make_plan(task, measures, costs, chosen, level, pinned=asked.pinned)


def _level(task: Task, case: Sequence[CaseMeasure], chosen: frozenset[str], asked: Wish) -> int:
    """Return the level that a plan found by its budget reaches."""
    return _plan(task, case, chosen, task.pack.level_rule.conditions[0].level, asked).after.level
