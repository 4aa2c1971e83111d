"""Where two laptops ticked or ruled at the same time, whichever still holds is read."""

from __future__ import annotations

from typing import Any

import pytest

from diag_app.model.ops import EntityView, RegisterView
from diag_app.model.review import Said, ticked_on, ticks_from, views_from
from tests.forms.packs import small_pack

STALE = {"by": "B", "at": "2026-03-12T10:00:00+00:00", "reason": "then", "on": {}}


def view(**registers: tuple[Any, ...]) -> EntityView:
    shown = {
        name.replace("__", ":"): RegisterView(
            value=values[-1], head_ids=("op",), conflicting=values if len(values) > 1 else ()
        )
        for name, values in registers.items()
    }
    return EntityView(
        entity_id="a", kind="assessment", case="e", parent="e", is_deleted=False, registers=shown, links={}
    )


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_ticks_the_one_that_holds_is_read(is_first: bool) -> None:
    answer = {"options": ["B"]}
    on = ticked_on(view(answer__Q1=(answer,)), small_pack(), "Q1", ())
    good = {**STALE, "by": "A", "on": on}
    given = {key: item for key, item in (good if is_first else STALE).items() if key != "reason"}
    other = {key: item for key, item in (STALE if is_first else good).items() if key != "reason"}
    (tick,) = ticks_from(view(answer__Q1=(answer,), tick__Q1=(given, other)), small_pack(), ())
    assert (tick.by, tick.holds) == ("A", True)


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_rulings_the_one_that_holds_is_read(is_first: bool) -> None:
    good = {**STALE, "reason": "now", "on": {"agreed": ["B"], "said": [["owner", "C"]]}}
    rulings = (good, STALE) if is_first else (STALE, good)
    (views,) = views_from(view(said__Q1__owner=({"options": ["C"]},), ruling__Q1=rulings), {"Q1": ("B",)})
    assert views.said == (Said(role_id="owner", position=("C",)),)
    assert views.ruling is not None
    assert (views.ruling.reason, views.is_open) == ("now", False)
