"""Why no plan fulfils a wish: which one thing stands in the way, or how far the most that can be done falls short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from diag_app.model.plan import Shortfall
from diag_app.planning.path import Wish, cheapest_path, most_within_reach
from diag_app.planning.schedule import spans
from diag_app.planning.task import Task

NOTHING = Decimal(0)


def shortfall(task: Task, costs: Mapping[str, Decimal], wish: Wish, level: int) -> Shortfall:
    """Return why no plan of these measures reaches `level` as wished; budget is looked at first, then time."""
    free = replace(wish, level=level, budget=None)
    plan = _plan(task, costs, free)
    if plan is not None:
        return Shortfall(kind="budget", cost=sum((costs[name] for name in plan), NOTHING))
    unhurried = replace(free, weeks=None)
    if _plan(task, costs, unhurried) is not None:
        return Shortfall(kind="time", weeks=_fewest_weeks(task, costs, unhurried))
    unbound = replace(unhurried, pinned=frozenset(), excluded=frozenset())
    if _plan(task, costs, unbound) is not None:
        return Shortfall(kind="owner", measures=tuple(sorted(wish.pinned | wish.excluded)))
    priced = {step.measure_id: costs.get(step.measure_id, NOTHING) for step in task.steps}
    plan = _plan(task, priced, unhurried)
    if plan is not None:
        return Shortfall(kind="prices", measures=tuple(sorted(plan - costs.keys())))
    condition, most = task.condition(level), most_within_reach(task, costs, unhurried, level)
    return Shortfall(
        kind="beyond",
        points=max(NOTHING, condition.min_score - most.score),
        scenarios=max(0, condition.min_scenarios - most.scenarios),
        constrained=max(0, condition.min_constrained - most.constrained),
    )


def _plan(task: Task, costs: Mapping[str, Decimal], wish: Wish) -> frozenset[str] | None:
    return cheapest_path(task, costs, wish, others=0).best


def _fewest_weeks(task: Task, costs: Mapping[str, Decimal], wish: Wish) -> int:
    """Return the fewest weeks in which a plan ends: a longer time never stands in the way of a shorter plan."""
    longest = max(span.end for span in spans(task, costs.keys()).values())
    too_few, enough = 0, longest
    while enough - too_few > 1:
        weeks = (too_few + enough) // 2
        if _plan(task, costs, replace(wish, weeks=weeks)) is None:
            too_few = weeks
        else:
            enough = weeks
    return enough
