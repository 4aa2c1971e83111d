"""An own measure becomes a catalogue's entry, and is read back as it was said where the form can hold it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from diag_app.forms.definition import LocalText
from diag_app.forms.measures import LevelRaise, Measure, NeedsLevel, NeedsMeasure, Raises
from diag_app.model.measure_sheet import SheetRow, own_column, own_text, read_own
from diag_app.model.own_measure import OwnMeasure, definition_of, own_from
from tests.forms.packs import shipped_pack

BARE = OwnMeasure(measure_id="own_1", name="压机检漏")
FULL = replace(
    BARE,
    scenario_id="equipment",
    level=3,
    question_id="B1",
    option="B",
    requires=("mes_light",),
    weeks_low=2,
    weeks_high=4,
    evidence="检漏记录",
)
REST = ("scenario", "level", "question", "option", "requires", "weeks_low", "weeks_high", "evidence")


def text(words: str) -> LocalText:
    return LocalText(zh=words, en=words)


MEASURE = Measure(
    measure_id="own_1",
    label=text("压机检漏"),
    weeks_low=2,
    weeks_high=4,
    scenario_ids=("equipment",),
    raises=Raises(levels=(LevelRaise(scenario_id="equipment", from_at_most=2, to=3),), options={"B1": ("B",)}),
    requires=(NeedsMeasure(measure_id="mes_light"),),
    evidence=(text("检漏记录"),),
)


def test_what_is_not_said_is_not_in_the_definition() -> None:
    assert definition_of(BARE, shipped_pack()) == {
        "id": "own_1",
        "label": {"zh": "压机检漏", "en": "压机检漏"},
        "duration_weeks": {"low": 1, "high": 1},
    }


@pytest.mark.parametrize(
    ("question", "raises"), [("B1", {"options": {"B1": ["B"]}}), ("B3", {"options_at_least": {"B3": "B"}})]
)
def test_an_option_is_gained_or_reached_by_the_kind_of_its_question(question: str, raises: dict[str, object]) -> None:
    found = definition_of(replace(FULL, question_id=question), shipped_pack())["raises"]
    assert found == {"levels": [{"scenario": "equipment", "from_at_most": 2, "to": 3}], **raises}


def test_a_measure_is_read_back_as_it_was_said() -> None:
    assert own_from(MEASURE) == FULL
    reached = replace(MEASURE, raises=Raises(options_at_least={"B3": "C"}), label=text("甲"))
    found = own_from(reached)
    assert found is not None
    assert (found.name, found.question_id, found.option, found.level) == ("甲", "B3", "C", None)
    bare = own_from(Measure(measure_id="own_1", label=text("压机检漏"), weeks_low=1, weeks_high=1))
    assert bare == BARE


@pytest.mark.parametrize(
    "more",
    [
        {"scenario_ids": ("equipment", "quality")},
        {"scenario_ids": ()},
        {"requires": (NeedsLevel(scenario_id="quality", at_least=2),)},
        {"excludes": ("mes_light",)},
        {"depth": "data_collection"},
        {"evidence": (text("a"), text("b"))},
        {"raises": Raises(options={"B1": ("B", "C")})},
        {"label": LocalText(zh="压机检漏", en="Leak test of the press")},
        {"evidence": (LocalText(zh="检漏记录", en="Record of the leak test"),)},
    ],
)
def test_what_the_form_cannot_hold_is_not_put_into_it(more: dict[str, Any]) -> None:
    assert own_from(replace(MEASURE, **more)) is None


def test_a_row_is_read_as_it_was_written_and_what_is_no_figure_is_named() -> None:
    row = SheetRow(number=3, texts={name: own_text(FULL, name) for name in ("measure_id", "name", *REST)})
    assert read_own((row,)) == ({3: FULL}, [])
    bare = {name: own_text(BARE, name) for name in ("measure_id", "name", "level", "weeks_low", "weeks_high")}
    assert read_own((SheetRow(number=4, texts=bare),))[0] == {4: BARE}
    found, problems = read_own((SheetRow(number=5, texts={"measure_id": "own_2", "weeks_low": "soon"}),))
    assert (found, [problem.location for problem in problems]) == ({}, ["own!H5"])


def test_the_place_of_a_fault_names_a_column() -> None:
    places = (
        "id",
        "label.zh",
        "measures[113].requires[0].measure",
        "raises.options.B1[0]",
        "raises.options_at_least.B3",
    )
    assert [own_column(place) for place in places] == ["measure_id", "name", "requires", "option", "option"]
