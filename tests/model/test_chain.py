from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from diag_app.forms.definition import LocalText
from diag_app.forms.measures import Measure
from diag_app.forms.need_details import Acceptance
from diag_app.model.chain import Chain, make_chain
from diag_app.model.economics import Amount, Assumption, Books, Range
from diag_app.model.facts import ScenarioNeed
from diag_app.model.plan import (
    CaseMeasure,
    ChosenPlan,
    LevelChange,
    Offer,
    Plan,
    PlannedMeasure,
    PlanWish,
    Standing,
    TakenPlan,
    WhyIn,
    costs_of,
    differences,
    total,
)


def text(words: str) -> LocalText:
    return LocalText(zh=words, en=words)


NEED = ScenarioNeed(
    need_id="n",
    assessment_id="a",
    number=1,
    form_id="energy",
    scenario_id="energy",
    title="能耗",
    owner_words="电费一年比一年高",
)
KPI = Acceptance(acceptance_id="k", what=text("k"), verified_by=text("k"), evidence=text("k"))
HERE = Standing(level=2, score=Decimal(50), scenarios=7, constrained=5)


NEEDED = WhyIn(scenarios=1)


def planned(measure_id: str, *, why: WhyIn = NEEDED, evidence: str = "截图", scenario: str = "") -> PlannedMeasure:
    measure = Measure(
        measure_id=measure_id,
        label=text(measure_id),
        weeks_low=1,
        weeks_high=2,
        evidence=(text(evidence),) if evidence else (),
    )
    changes = (LevelChange(scenario_id=scenario, before=1, after=2),) if scenario else ()
    return PlannedMeasure(
        measure=measure,
        cost=Range.exactly(Decimal(3)),
        start_week=0,
        end_week=2,
        phase=1,
        waits_for=(),
        points=Decimal(0),
        scenarios=changes,
        questions=(),
        after=HERE,
        why=why,
    )


def taken(*measures: PlannedMeasure, unpriced: tuple[str, ...] = ()) -> TakenPlan:
    cost = total(item.cost for item in measures)
    plan = Plan(level=2, measures=measures, before=HERE, after=HERE, cost=cost)
    names = tuple(item.measure_id for item in measures)
    return TakenPlan(
        chosen=ChosenPlan(wish=PlanWish(level=2), level=2, measure_ids=names), plan=plan, unpriced=unpriced
    )


def books(*, benefit: bool) -> Books:
    figure = Assumption(assumption_id="f", label="f", unit="ten_k_cny_per_year", range=Range.exactly(Decimal(1)))
    amounts = (Amount(amount_id="b", subject_id="n", role="benefit", label="b", factors=("f",)),) if benefit else ()
    return Books(amounts=amounts, assumptions={"f": figure})


def chain(plan: TakenPlan, need: ScenarioNeed = NEED, *, benefit: bool = False, kpi: bool = True) -> Chain:
    return make_chain(plan, (need,), books(benefit=benefit), {"energy": (KPI,)} if kpi else {}, {})


METER = planned("sub_metering", scenario="energy")


def test_a_whole_chain_has_no_loose_end() -> None:
    found = chain(taken(METER, planned("wms")), benefit=True)
    assert found.orphans == ()
    (link,) = found.links
    assert [item.measure_id for item in link.measures] == ["sub_metering"]
    assert link.cost.likely == 3
    assert link.has_benefit
    assert [item.measure_id for item in found.gap_measures] == ["wms"]


@pytest.mark.parametrize(
    ("found", "kind", "item"),
    [
        (chain(taken(METER), replace(NEED, owner_words="")), "need_without_words", "n"),
        (chain(taken(planned("wms"))), "need_without_measure", "n"),
        (chain(taken(METER), benefit=True, kpi=False), "benefit_without_criterion", "n"),
        (chain(taken(METER, planned("toy", why=WhyIn()))), "measure_without_gap", "toy"),
        (chain(taken(METER, planned("own", evidence=""))), "measure_without_evidence", "own"),
        (chain(taken(METER, unpriced=("mes",))), "cost_without_source", "mes"),
    ],
)
def test_each_loose_end_is_found_and_a_reason_closes_it(found: Chain, kind: str, item: str) -> None:
    (orphan,) = found.open
    assert (orphan.kind, orphan.item, orphan.key) == (kind, item, f"{kind}:{item}")


def test_needs_without_a_plan_are_loose_together_and_one_reason_closes_them() -> None:
    needs = (NEED, replace(NEED, need_id="m", owner_words=""))
    found = make_chain(None, needs, books(benefit=True), {}, {"needs_without_plan:plan": "预算未定"})
    assert [(orphan.kind, orphan.item) for orphan in found.orphans] == [
        ("benefit_without_criterion", "n"),
        ("need_without_words", "m"),
        ("needs_without_plan", "plan"),
    ]
    assert [orphan.kind for orphan in found.open] == ["benefit_without_criterion", "need_without_words"]
    assert make_chain(None, (), books(benefit=True), {}, {}).orphans == ()


def test_a_reason_closes_a_loose_end_and_stays_with_it() -> None:
    found = make_chain(taken(planned("wms")), (NEED,), books(benefit=False), {}, {"need_without_measure:n": "下一期"})
    assert found.open == ()
    assert found.orphans[0].reason == "下一期"


def test_a_measure_that_is_wanted_but_brings_nothing_serves_its_need() -> None:
    air = planned("air", why=WhyIn(is_pinned=True), scenario="energy")
    assert chain(taken(air)).orphans == ()


def test_a_plan_that_lost_a_price_is_not_sound() -> None:
    assert taken(METER).is_sound
    assert not taken(METER, unpriced=("mes",)).is_sound
    assert taken().plan.weeks == 0


def test_a_price_counts_only_with_somebody_who_answers_for_it() -> None:
    measure = Measure(measure_id="m", label=text("m"), weeks_low=2, weeks_high=4)
    cost = Range(low=Decimal(1), likely=Decimal(2), high=Decimal(3))
    owned = CaseMeasure(measure=measure, offer=Offer(cost=cost, source="s", dated="2026-01-01", owner="o", weeks=9))
    bare = CaseMeasure(measure=measure, offer=Offer(cost=cost))
    assert costs_of((owned,)) == {"m": 2}
    assert costs_of((owned,), on_high=True) == {"m": 3}
    assert costs_of((bare, CaseMeasure(measure=measure))) == {}
    assert (owned.weeks, bare.weeks) == (9, 3)
    assumption = owned.assumption(4)
    assert assumption is not None
    assert (assumption.missing, assumption.number, assumption.unit) == ((), 4, "ten_k_cny")
    assert CaseMeasure(measure=measure).assumption() is None


def test_differences_go_both_ways() -> None:
    one, other = taken(METER, planned("wms")).plan, taken(METER, planned("aps")).plan
    assert differences(one, other) == (("wms",), ("aps",))
