"""Measures and the chosen plan as stored: which register holds what, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from diag_app.codec import plain_decimal
from diag_app.forms.definition import Language
from diag_app.model.economics import Range
from diag_app.model.ops import EntityView
from diag_app.model.plan import ChosenPlan, MeasureState, Offer, PlanWish
from diag_app.model.reading import spoken

COST, PROVIDER, WEEKS, STATE = "cost", "provider", "weeks", "state"


def offer_registers(offer: Offer) -> dict[str, Any]:
    """Return an offer as {register: value}; null clears. A price and who answers for it are one register."""
    cost = offer.cost
    figures = {
        "low": None if cost is None else plain_decimal(cost.low),
        "likely": None if cost is None else plain_decimal(cost.likely),
        "high": None if cost is None else plain_decimal(cost.high),
        "source": offer.source,
        "dated": offer.dated,
        "owner": offer.owner,
    }
    provider = {"provider": offer.provider, "product": offer.product}
    return {
        COST: figures if any(figures.values()) else None,
        PROVIDER: provider if any(provider.values()) else None,
        WEEKS: offer.weeks,
    }


def offer_from(view: EntityView, language: Language | None = None) -> Offer:
    """Return the offer recorded in a measure's registers, in the words of `language` where they stand beside it."""
    figures, provider = spoken(view, COST, language, {}), spoken(view, PROVIDER, language, {})
    ends = [figures.get(name) for name in ("low", "likely", "high")]
    known = [Decimal(end) for end in ends if end is not None]
    return Offer(
        cost=Range(low=known[0], likely=known[1], high=known[2]) if len(known) == len(ends) else None,
        source=figures.get("source", ""),
        dated=figures.get("dated", ""),
        owner=figures.get("owner", ""),
        provider=provider.get("provider", ""),
        product=provider.get("product", ""),
        weeks=view.value(WEEKS),
    )


def state_from(view: EntityView) -> MeasureState | None:
    """Return what the owner said of a measure."""
    state: MeasureState | None = view.value(STATE)
    return state


def recorded_measures(views: Iterable[EntityView]) -> Mapping[str, EntityView]:
    """Return the records by measure id; where two machines each made one, the older."""
    found: dict[str, EntityView] = {}
    for view in views:
        found.setdefault(view.value("measure_id"), view)
    return found


def chosen_value(chosen: ChosenPlan) -> dict[str, Any]:
    """Return the chosen plan as the value of its register."""
    wish = chosen.wish
    return {
        "level": chosen.level,
        "target_level": wish.level,
        "budget_10k_cny": None if wish.budget is None else plain_decimal(wish.budget),
        "months": wish.months,
        "on_high": wish.on_high,
        "measures": list(chosen.measure_ids),
        "start_on": chosen.start_on,
        "trial_weeks": chosen.trial_weeks,
    }


def chosen_from(value: Mapping[str, Any] | None) -> ChosenPlan | None:
    """Return the chosen plan recorded in a register."""
    if value is None:
        return None
    budget = value["budget_10k_cny"]
    return ChosenPlan(
        wish=PlanWish(
            level=value["target_level"],
            budget=None if budget is None else Decimal(budget),
            months=value["months"],
            on_high=value["on_high"],
        ),
        level=value["level"],
        measure_ids=tuple(value["measures"]),
        start_on=value["start_on"],
        trial_weeks=value["trial_weeks"],
    )
