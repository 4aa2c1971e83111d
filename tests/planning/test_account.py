from __future__ import annotations

from decimal import Decimal

import pytest

from diag_app.forms.raising import answers_after
from diag_app.forms.scoring import score
from diag_app.model.economics import Range
from diag_app.model.plan import PlannedMeasure, differences
from diag_app.planning.account import make_plan
from diag_app.planning.path import Wish, cheapest_path
from diag_app.planning.schedule import late, predecessors, spans
from diag_app.planning.shortfall import shortfall
from diag_app.planning.task import make_task
from tests.planning.small import PACK, Small, all_plans, cost, end_state, random_small

SEEDS = range(150)


def plan_of(small: Small):  # type: ignore[no-untyped-def]
    task = make_task(PACK, small.answers, small.measures, done=small.done)
    wish = Wish(level=small.level, weeks=small.weeks, pinned=small.pinned, excluded=small.excluded)
    best = cheapest_path(task, small.costs, wish, others=0).best
    if best is None:
        return None
    measures = {measure.measure_id: measure for measure in small.measures}
    costs = {name: Range(low=price, likely=price, high=small.high[name]) for name, price in small.costs.items()}
    return make_plan(task, measures, costs, best, small.level, pinned=small.pinned)


def test_a_plan_adds_up_and_its_last_line_is_the_score_of_the_answers_after() -> None:
    seen = 0
    for seed in SEEDS:
        small = random_small(seed)
        plan = plan_of(small)
        if plan is None or not plan.measures:
            continue
        seen += 1
        assert plan.is_sound, seed
        assert plan.cost.likely == cost(small.costs, plan.measure_ids)
        assert plan.cost.high == cost(small.high, plan.measure_ids)
        assert plan.before.score + sum(item.points for item in plan.measures) == plan.after.score
        assert plan.measures[-1].after == plan.after
        after = score(PACK, answers_after(PACK, small.answers, [item.measure for item in plan.measures]))
        assert (after.score, after.level) == (plan.after.score, plan.after.level)
        assert sum((phase.cost.likely for phase in plan.phases), Decimal(0)) == plan.cost.likely
        assert plan.phases[0].start_week == 0
        assert max(phase.end_week for phase in plan.phases) == plan.weeks
        assert [item.start_week for item in plan.measures] == sorted(item.start_week for item in plan.measures)
    assert seen > 30


def test_each_measure_has_a_reason_to_be_in() -> None:
    for seed in SEEDS:
        small = random_small(seed)
        plan = plan_of(small)
        for item in plan.measures if plan is not None else ():
            why = item.why
            assert (
                why.is_pinned
                or why.points
                or why.scenarios
                or why.constrained
                or why.prerequisite_of
                or (_is_slower_without(small, plan.measure_ids, item))
            ), (seed, item.measure_id)


def _is_slower_without(small: Small, chosen: tuple[str, ...], item: PlannedMeasure) -> bool:
    return small.weeks is not None and end_state(small, set(chosen) - {item.measure_id}) is None


def test_what_is_waited_for_ends_before() -> None:
    for seed in SEEDS:
        small = random_small(seed)
        plan = plan_of(small)
        ends = {item.measure_id: item.end_week for item in plan.measures} if plan is not None else {}
        for item in plan.measures if plan is not None else ():
            assert all(ends[other] <= item.start_week for other in item.waits_for), seed
            assert item.start_week == max((ends[other] for other in item.waits_for), default=0), seed


def test_measures_chosen_before_the_answers_changed_may_be_stuck() -> None:
    small = next(random_small(seed) for seed in SEEDS if late(_task(random_small(seed)), _names(seed), None))
    task = _task(small)
    names = [step.measure_id for step in task.steps]
    measures = {measure.measure_id: measure for measure in small.measures}
    costs = {name: Range.exactly(price) for name, price in small.costs.items()}
    plan = make_plan(task, measures, costs, names, 3)
    assert plan.stuck
    assert not plan.is_sound
    assert set(plan.stuck).isdisjoint(plan.measure_ids)
    assert set(spans(task, names)) == set(plan.measure_ids) == set(predecessors(task, names))


def _task(small: Small):  # type: ignore[no-untyped-def]
    return make_task(PACK, small.answers, small.measures, done=small.done)


def _names(seed: int) -> list[str]:
    return [step.measure_id for step in _task(random_small(seed)).steps]


def test_differences_name_what_goes_and_what_comes() -> None:
    for seed in SEEDS:
        small = random_small(seed)
        task = _task(small)
        wish = Wish(level=small.level, excluded=small.excluded)
        found = cheapest_path(task, small.costs, wish, others=1)
        if found.best is None or not found.others:
            continue
        measures = {measure.measure_id: measure for measure in small.measures}
        costs = {name: Range.exactly(price) for name, price in small.costs.items()}
        first, second = (
            make_plan(task, measures, costs, chosen, small.level) for chosen in (found.best, found.others[0])
        )
        left, taken = differences(first, second)
        assert set(left) == found.best - found.others[0]
        assert set(taken) == found.others[0] - found.best
        return
    pytest.fail("no task with two plans among the seeds")


def test_an_impossible_wish_is_answered_with_what_stands_in_the_way() -> None:
    kinds: set[str] = set()
    for seed in range(400):
        small = random_small(seed, measures=6)
        task = _task(small)
        wish = Wish(
            level=small.level, weeks=small.weeks, pinned=small.pinned, excluded=small.excluded, budget=Decimal(9)
        )
        priced = {name: price for number, (name, price) in enumerate(small.costs.items()) if number % 4 != 3}
        if cheapest_path(task, priced, wish, others=0).best is not None:
            continue
        lack = shortfall(task, priced, wish, small.level)
        kinds.add(lack.kind)
        free = Small(**{**small.__dict__, "weeks": None})
        open_handed = Small(**{**free.__dict__, "pinned": frozenset(), "excluded": frozenset()})
        if lack.kind == "budget":
            plans = [plan for plan in all_plans(small) if plan <= priced.keys()]
            assert lack.cost == min(cost(small.costs, plan) for plan in plans) > 9, seed
        elif lack.kind == "time":
            assert lack.weeks is not None
            enough = Small(**{**small.__dict__, "weeks": lack.weeks})
            too_few = Small(**{**small.__dict__, "weeks": lack.weeks - 1})
            assert any(plan <= priced.keys() for plan in all_plans(enough)), seed
            assert not any(plan <= priced.keys() for plan in all_plans(too_few)), seed
        elif lack.kind == "owner":
            assert not any(plan <= priced.keys() for plan in all_plans(free)), seed
            assert any(plan <= priced.keys() for plan in all_plans(open_handed)), seed
        elif lack.kind == "prices":
            assert lack.measures, seed
            assert any(set(lack.measures) <= plan for plan in all_plans(free)), seed
        else:
            assert not any(True for _ in all_plans(free)), seed
            assert lack.points >= 0, seed
    assert kinds == {"budget", "time", "owner", "prices", "beyond"}
