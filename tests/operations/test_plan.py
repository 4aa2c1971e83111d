from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.forms.answers import ScenarioAnswer
from diag_app.model.actor import Actor
from diag_app.model.economics import Range
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.plan import ChosenPlan, Offer, PlanWish
from diag_app.operations.assessment import record_scenario, start_assessment
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.demo import fill_demo
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.measure import (
    add_own_measure,
    find_measures,
    record_measure_state,
    record_offer,
    record_offers,
)
from diag_app.operations.plan import choose_plan, drop_plan, find_plans, taken_plan
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock

PRICE = Offer(
    cost=Range(low=Decimal(1), likely=Decimal(2), high=Decimal("3.5")), source="报价单", dated="2026-03-10", owner="甲"
)


def offer_of(workspace: Workspace, assessment_id: str, measure_id: str) -> Offer:
    return next(item.offer for item in find_measures(workspace, assessment_id) if item.measure_id == measure_id)


def own(measure_id: str = "own_press", **more: object) -> dict[str, object]:
    return {
        "id": measure_id,
        "label": {"zh": "自定义", "en": "Own"},
        "duration_weeks": {"low": 2, "high": 4},
        "raises": {"levels": [{"scenario": "quality", "from_at_most": 0, "to": 1}]},
        **more,
    }


def test_an_offer_is_read_back_as_it_was_recorded(workspace: Workspace, assessment_id: str) -> None:
    offer = Offer(**{**PRICE.__dict__, "provider": "示例服务商", "product": "产品", "weeks": 6})
    record_offer(workspace, assessment_id, "mes_light", offer)
    assert offer_of(workspace, assessment_id, "mes_light") == offer
    record_offer(workspace, assessment_id, "mes_light", Offer())
    assert offer_of(workspace, assessment_id, "mes_light") == Offer()


def test_a_price_nobody_answers_for_enters_no_plan(workspace: Workspace, assessment_id: str) -> None:
    record_offer(workspace, assessment_id, "mes_light", Offer(cost=PRICE.cost, source="报价单"))
    (found,) = [item for item in find_measures(workspace, assessment_id) if item.offer.cost is not None]
    assert found.plannable_cost is None
    assert found.offer.missing == ("dated", "owner")
    assert found.assumption() is not None


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        (Offer(cost=Range(low=Decimal(3), likely=Decimal(2), high=Decimal(4))), "RANGE_ORDER"),
        (Offer(cost=Range.exactly(Decimal("1e20"))), "FIGURE_BEYOND"),
        (Offer(cost=Range.exactly(Decimal(2_000_000))), "PRICE_BEYOND"),
        (Offer(cost=Range.exactly(Decimal("0.12345678"))), "PRICE_BEYOND"),
        (Offer(cost=Range.exactly(Decimal(-1))), "NUMBER_NEGATIVE"),
        (Offer(weeks=0), "WEEKS_BEYOND"),
        (Offer(dated="yesterday"), "DATE_INVALID"),
        (Offer(provider="x" * 999), "TEXT_TOO_LONG"),
    ],
)
def test_what_cannot_be_is_refused(workspace: Workspace, assessment_id: str, offer: Offer, code: str) -> None:
    with pytest.raises(DiagError) as refused:
        record_offers(workspace, assessment_id, {"qms_light": PRICE, "mes_light": offer})
    assert refused.value.code == code
    assert offer_of(workspace, assessment_id, "qms_light") == Offer()


def test_an_unknown_measure_or_state_is_refused(workspace: Workspace, assessment_id: str) -> None:
    with pytest.raises(DiagError, match="MEASURE_UNKNOWN"):
        record_offer(workspace, assessment_id, "perpetual_motion", PRICE)
    with pytest.raises(DiagError, match="MEASURE_STATE_UNKNOWN"):
        record_measure_state(workspace, assessment_id, "mes_light", "liked")  # type: ignore[arg-type]


def test_an_own_measure_takes_part_like_any_other(workspace: Workspace, assessment_id: str) -> None:
    add_own_measure(workspace, assessment_id, own())
    record_offer(workspace, assessment_id, "own_press", PRICE)
    (found,) = [item for item in find_measures(workspace, assessment_id) if item.is_own]
    assert (found.measure.weeks_likely, found.plannable_cost) == (3, PRICE.cost)


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        (own(requires=[{"measure": "nothing"}]), "PACK_ID_UNKNOWN"),
        (own(requires=[{"measure": "own_press"}]), "MEASURE_CIRCLE"),
        (own(duration_weeks={"low": 9, "high": 2}), "MEASURE_DURATION"),
        (own(surprise=1), "PACK_KEY_UNKNOWN"),
        (own(excludes=["mes_light"]), "MEASURE_EXCLUSION_ONE_SIDED"),
    ],
)
def test_an_unsound_own_measure_is_refused(
    workspace: Workspace, assessment_id: str, definition: dict[str, object], code: str
) -> None:
    with pytest.raises(DiagError) as refused:
        add_own_measure(workspace, assessment_id, definition)
    assert refused.value.code == "MEASURE_INVALID"
    assert code in {problem.code for problem in refused.value.problems}


def test_the_catalogue_keeps_its_ids(workspace: Workspace, assessment_id: str) -> None:
    with pytest.raises(DiagError, match="MEASURE_ID_TAKEN"):
        add_own_measure(workspace, assessment_id, own("mes_light"))


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (PlanWish(), "PLAN_WISH_EMPTY"),
        (PlanWish(level=7), "LEVEL_UNKNOWN"),
        (PlanWish(level=3, months=0), "MONTHS_BEYOND"),
        (PlanWish(budget=Decimal(-1)), "NUMBER_NEGATIVE"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(workspace: Workspace, assessment_id: str, wish: PlanWish, code: str) -> None:
    with pytest.raises(DiagError, match=code):
        find_plans(workspace, assessment_id, wish)


def test_without_prices_the_answer_names_what_would_have_to_be_priced(workspace: Workspace, assessment_id: str) -> None:
    answer = find_plans(workspace, assessment_id, PlanWish(level=1))
    assert answer.best is None
    assert answer.priced == 0
    assert answer.shortfall is not None
    assert answer.shortfall.kind == "prices"


def test_the_demonstration_factory_has_a_sound_path_to_level_3(workspace: Workspace) -> None:
    assessment_id = fill_demo(workspace)
    taken = taken_plan(workspace, assessment_id)
    assert taken is not None
    assert taken.plan.is_sound
    assert (taken.plan.before.level, taken.plan.after.level) == (2, 3)
    assert {"aps_rules", "machine_energy"} <= set(taken.plan.measure_ids)  # both needs of priority "must"
    answer = find_plans(workspace, assessment_id, taken.chosen.wish)
    assert answer.best is not None
    assert answer.best.measure_ids == taken.plan.measure_ids
    assert len(answer.others) == 5
    robust = find_plans(workspace, assessment_id, PlanWish(level=3, on_high=True))
    assert robust.best is not None
    assert robust.best.cost.high <= answer.best.cost.high


def test_what_the_owner_says_moves_the_plan(workspace: Workspace) -> None:
    assessment_id = fill_demo(workspace)
    wish = PlanWish(level=3)
    first = find_plans(workspace, assessment_id, wish).best
    assert first is not None
    record_measure_state(workspace, assessment_id, "aps_rules", "excluded")
    record_measure_state(workspace, assessment_id, "compressed_air_control", "pinned")
    second = find_plans(workspace, assessment_id, wish).best
    assert second is not None
    assert "aps_rules" not in second.measure_ids
    assert "compressed_air_control" in second.measure_ids
    record_measure_state(workspace, assessment_id, "compressed_air_control", "done")
    record_measure_state(workspace, assessment_id, "aps_rules", None)
    third = find_plans(workspace, assessment_id, wish).best
    assert third is not None
    assert third.measure_ids == first.measure_ids


def test_a_plan_taken_is_reckoned_on_the_answers_of_now(workspace: Workspace) -> None:
    assessment_id = fill_demo(workspace)
    record_scenario(workspace, assessment_id, "finance", ScenarioAnswer(level=1))
    taken = taken_plan(workspace, assessment_id)
    assert taken is not None
    assert not taken.plan.is_sound
    workspace.store.undo(None)
    again = taken_plan(workspace, assessment_id)
    assert again is not None
    assert again.plan.is_sound
    drop_plan(workspace, assessment_id)
    assert taken_plan(workspace, assessment_id) is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"measure_ids": ("nothing",)}, "MEASURE_UNKNOWN"),
        ({"measure_ids": ("machine_vision", "mes_light")}, "MEASURE_UNPRICED"),
        ({"start_on": "soon"}, "DATE_INVALID"),
        ({"trial_weeks": 99}, "WEEKS_BEYOND"),
    ],
)
def test_only_a_plan_that_can_be_is_taken(
    workspace: Workspace, assessment_id: str, changed: dict[str, object], code: str
) -> None:
    plain = {"wish": PlanWish(level=3), "level": 3, "measure_ids": ()}
    with pytest.raises(DiagError, match=code):
        choose_plan(workspace, assessment_id, ChosenPlan(**{**plain, **changed}))  # type: ignore[arg-type]


def test_a_measure_can_be_recorded_again_after_undo(workspace: Workspace, assessment_id: str) -> None:
    record_measure_state(workspace, assessment_id, "mes_light", "pinned")
    workspace.store.undo(None)
    assert all(item.state is None for item in find_measures(workspace, assessment_id))
    record_measure_state(workspace, assessment_id, "mes_light", "excluded")
    record_offer(workspace, assessment_id, "qms_light", PRICE)
    workspace.store.undo(None)
    record_measure_state(workspace, assessment_id, "qms_light", "done")
    found = {item.measure_id: item for item in find_measures(workspace, assessment_id) if item.entity_id}
    assert {key: item.state for key, item in found.items()} == {"mes_light": "excluded", "qms_light": "done"}
    assert found["qms_light"].offer == Offer()


def test_the_same_measure_priced_on_two_machines_is_one_record(tmp_path: Path, clock: FixedClock) -> None:
    actor = Actor(name="甲", firm="乙", device="丙")
    bundle = tmp_path / "one.zip"
    with open_workspace(tmp_path / "one", actor=actor, clock=clock) as one:
        firm = add_enterprise(one, EnterpriseProfile(name="试验厂")).enterprise_id
        case = start_assessment(one, firm)
        export_bundle(one, bundle)
        with open_workspace(tmp_path / "two", actor=actor, clock=clock) as two:
            import_bundle(two, bundle)
            record_offer(two, case, "mes_light", PRICE)
            record_measure_state(two, case, "mes_light", "pinned")
            export_bundle(two, tmp_path / "two.zip")
        record_offer(one, case, "mes_light", PRICE)
        import_bundle(one, tmp_path / "two.zip")
        (found,) = [item for item in find_measures(one, case) if item.entity_id]
        assert (found.plannable_cost, found.state) == (PRICE.cost, "pinned")
