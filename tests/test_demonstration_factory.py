"""The demonstration factory's files: whole in both languages, at home in the pack, recognisably invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from stdnum.cn import uscc

from diag_app.images import prepare_picture
from diag_app.paths import resource
from tests.model.proposal.cases import demonstration, factory, pack

PICTURES = sorted(path for path in resource("demo", "pictures").iterdir())


def pairs(value: Any, path: str = "") -> dict[str, tuple[Any, Any]]:
    """Every place where a text stands in both languages."""
    found: dict[str, tuple[Any, Any]] = {}
    if isinstance(value, dict):
        if {"zh", "en"} <= value.keys():
            found[path] = (value["zh"], value["en"])
        for key, inner in value.items():
            found |= pairs(inner, f"{path}.{key}")
    if isinstance(value, list):
        for index, inner in enumerate(value):
            found |= pairs(inner, f"{path}[{index}]")
    return found


def test_both_languages_say_the_same_things() -> None:
    for path, (chinese, english) in pairs(factory()).items():
        if isinstance(chinese, dict):
            assert chinese.keys() == english.keys(), path
            assert all(bool(chinese[key]) == bool(english[key]) for key in chinese), path
        else:
            assert chinese, path
            assert english, path


def test_the_credit_code_is_well_formed_and_belongs_to_no_place() -> None:
    code = factory()["enterprise"]["uscc"]
    assert uscc.is_valid(code)
    assert code[2:8] == "000000"


def test_the_firm_says_in_its_name_that_it_is_none() -> None:
    firm = factory()["enterprise"]
    assert "示例" in firm["zh"]["name"]
    assert "demo" in firm["en"]["name"]


def test_notes_and_evidence_point_at_questions_and_scenarios_of_the_pack() -> None:
    known = {item.question_id for item in pack().questions} | {item.scenario_id for item in pack().scenarios}
    targets = [target for item in factory()["evidence"] for target in item["targets"]]
    assert set(targets) <= known
    assert {note["target"] for note in factory()["note"]} <= known
    assert {"B4", "M2", "B6"}.isdisjoint(targets)  # what the demonstration shows as unsupported and unanswered


def test_needs_use_the_forms_and_metrics_of_the_pack_and_leave_some_unmeasured() -> None:
    unmeasured = 0
    for item in factory()["need"]:
        form = pack().need_form(item["form_id"])
        assert form.scenario_id == item["scenario_id"]
        for metric in item["metric"]:
            assert metric["metric_id"] in form.metric_ids
            unmeasured += "value" not in metric
    assert unmeasured == 2


def test_the_answers_give_the_figures_the_demonstration_is_known_by() -> None:
    card = demonstration().scorecard
    assert (card.score, card.level) == (Decimal("50.70"), 2)
    assert card.missing == ("B6",)


def test_each_evidence_has_its_picture_and_each_picture_its_evidence() -> None:
    assert [item["file"] for item in factory()["evidence"]] == [path.name for path in PICTURES]
    assert len(PICTURES) == 12


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_pictures_are_small_and_say_when_they_were_taken(path: Any) -> None:
    assert path.stat().st_size <= 80_000
    picture = prepare_picture(path.read_bytes())
    assert (picture.width, picture.height) == (1200, 800)
    assert picture.captured_at is not None
    assert picture.captured_at[:10] in factory()["visited_on"]
