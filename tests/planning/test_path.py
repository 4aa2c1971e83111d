from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from diag_app.forms.raising import answers_after
from diag_app.forms.scorecard import Scorecard
from diag_app.forms.scoring import score
from diag_app.planning.path import Found, Wish, cheapest_path, reaches
from diag_app.planning.task import Task, make_task
from tests.planning.small import PACK, Small, all_plans, cost, random_small

INSTANCES, WITH_OTHERS = 500, 50


def task_of(small: Small) -> Task:
    return make_task(PACK, small.answers, small.measures, done=small.done)


def wish_of(small: Small) -> Wish:
    return Wish(level=small.level, weeks=small.weeks, pinned=small.pinned, excluded=small.excluded)


def plans_of(small: Small, costs: dict[str, Decimal], others: int = 0) -> Found:
    return cheapest_path(task_of(small), costs, wish_of(small), others=others)


@cache
def solved(seed: int) -> tuple[Small, Found]:
    """The task of a seed with its answer on the likely costs, reckoned once for all facts below."""
    small = random_small(seed)
    return small, plans_of(small, small.costs, others=2)


def test_the_cost_equals_that_of_trying_every_plan_in_every_order() -> None:
    reached = 0
    for seed in range(INSTANCES):
        small, answer = solved(seed)
        found = answer.best
        plans = list(all_plans(small))
        assert (found is not None) == bool(plans), seed
        if found is not None:
            reached += bool(found)
            assert found in plans, seed
            assert cost(small.costs, found) == min(cost(small.costs, plan) for plan in plans), seed
    assert reached > INSTANCES // 3


def test_some_solutions_would_start_by_their_own_help_and_are_refused() -> None:
    assert any(solved(seed)[1].order_rows for seed in range(INSTANCES))


def test_the_others_are_the_cheapest_that_could_spare_nothing_and_differ_in_two_measures() -> None:
    checked = 0
    for seed in range(INSTANCES):
        if checked == WITH_OTHERS:
            break
        small = random_small(seed, measures=7)
        found = plans_of(small, small.costs, others=5)
        if not found.others or found.best is None:
            continue
        checked += 1
        plans = list(all_plans(small))
        spare_none = [plan for plan in plans if not any(other < plan for other in plans)]
        taken = [found.best]
        for other in found.others:
            left = [plan for plan in spare_none if plan not in taken]
            assert cost(small.costs, other) == min(cost(small.costs, plan) for plan in left), seed
            assert other in left, seed
            assert all(len(other ^ before) >= 2 for before in taken), seed
            taken.append(other)
        assert len(found.others) == 5 or len(taken) == len(spare_none), seed
    assert checked == WITH_OTHERS


def test_planning_on_the_high_costs_never_costs_less() -> None:
    compared = 0
    for seed in range(INSTANCES):
        small, answer = solved(seed)
        likely, high = answer.best, plans_of(small, small.high).best
        assert (likely is None) == (high is None), seed
        if likely is not None and high is not None:
            compared += 1
            assert cost(small.high, high) >= cost(small.costs, likely), seed
            assert cost(small.high, high) <= cost(small.high, likely), seed
    assert compared > INSTANCES // 3


def test_each_plan_scored_again_reaches_what_it_claims() -> None:
    for seed in range(INSTANCES):
        small, found = solved(seed)
        for plan in (found.best, *found.others):
            if plan is not None:
                taken = [measure for measure in small.measures if measure.measure_id in plan]
                card = score(PACK, answers_after(PACK, small.answers, taken))
                assert card.level >= small.level, seed
                assert reaches(task_of(small), plan, wish_of(small), small.level), seed


@pytest.mark.parametrize("budget", [0, 10, 25])
def test_within_a_budget_the_level_goes_first_then_the_score_then_the_cost(budget: int) -> None:
    for seed in range(60):
        small = random_small(seed, measures=7)
        wish = Wish(budget=Decimal(budget), weeks=small.weeks, pinned=small.pinned, excluded=small.excluded)
        found = cheapest_path(task_of(small), small.costs, wish, others=2)
        ranked = [
            (card.level, card.score, -cost(small.costs, plan), plan)
            for level in (1, 2, 3)
            for plan in all_plans(Small(**{**small.__dict__, "level": level}))
            if cost(small.costs, plan) <= budget
            for card in [_card(small, plan)]
        ]
        if not ranked:
            assert found.best is None, seed
            continue
        assert found.best is not None, seed
        card = _card(small, found.best)
        best = max(item[:3] for item in ranked)
        assert (card.level, card.score, -cost(small.costs, found.best)) == best, seed
        for other in found.others:
            assert len(other ^ found.best) >= 2, seed
            assert cost(small.costs, other) <= budget, seed


def _card(small: Small, plan: frozenset[str]) -> Scorecard:
    return score(PACK, answers_after(PACK, small.answers, [m for m in small.measures if m.measure_id in plan]))


def test_the_same_question_has_the_same_answer() -> None:
    small = random_small(17)
    assert plans_of(small, small.costs, others=5) == plans_of(small, small.costs, others=5)


def test_what_has_no_cost_takes_no_part() -> None:
    for seed in range(60):
        small = random_small(seed)
        costs = dict(list(small.costs.items())[::2])
        found = plans_of(small, costs, others=3)
        for plan in (found.best, *found.others):
            assert plan is None or plan <= costs.keys()
