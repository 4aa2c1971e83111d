"""A need's form, tags, preconditions and worked-out baseline, through files and through operations."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from diag_app.errors import DiagError
from diag_app.model.calculators.definition import Entry, Working
from diag_app.model.facts import BaselineMetric, PreconditionState
from diag_app.operations.evidence import NewEvidence, add_evidence_files, remove_evidence
from diag_app.operations.need import (
    NeedFields,
    add_need,
    add_need_file,
    load_need,
    record_metric,
    remove_need,
    set_need_file,
    update_need,
)
from diag_app.operations.need_form import need_forms, record_field, record_precondition
from diag_app.operations.workspace import Workspace

BLIND_TEST = Working(
    calculator="miss_rate",
    entries={
        "missed": Entry(value=Decimal(5), unit="piece"),
        "true_defects": Entry(value=Decimal(132), unit="piece"),
    },
)
FULL = {
    "fields": {
        "title": "外观检验",
        "owner_words": "夜班总有漏的",
        "training": "检验员 4 人",
        "depths": ["data_collection"],
        "technologies": ["machine_vision", "ai_model"],
        "benefits": ["quality"],
    },
    "metrics": [
        {
            "metric_id": "miss_rate",
            "value": None,
            "period": "2026-03-12",
            "working": {
                "calculator": "miss_rate",
                "entries": {"missed": {"value": 5, "unit": "piece"}, "true_defects": {"value": "132", "unit": "piece"}},
            },
        }
    ],
    "form": {},
    "preconditions": {},
}


@pytest.fixture
def need_id(workspace: Workspace, assessment_id: str) -> str:
    return add_need(workspace, assessment_id, "visual_inspection", NeedFields(owner_words="夜班总有漏的"))


def ids(workspace: Workspace) -> dict[str, str]:
    """Return a field of each kind and a precondition of the form."""
    details = need_forms(workspace, workspace.pack()).details("visual_inspection")
    found = {field.kind.value: field.field_id for field in details.fields}
    return {**found, "precondition": details.preconditions[0].precondition_id}


def write(path: Path, content: Any) -> Path:
    """Write a need file."""
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_whole_need_comes_from_one_file(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    known = ids(workspace)
    content = {
        **FULL,
        "form": {known["number"]: 4800},
        "preconditions": {known["precondition"]: {"state": "partly", "note": "41 件样本"}},
    }
    need_id = add_need_file(workspace, assessment_id, "visual_inspection", write(tmp_path / "need.json", content))
    need = load_need(workspace, need_id)
    assert need.entries == {known["number"]: "4800"}
    assert need.preconditions == {known["precondition"]: PreconditionState(state="partly", note="41 件样本")}
    assert (need.technologies, need.benefits, need.depths) == (
        ("machine_vision", "ai_model"),
        ("quality",),
        ("data_collection",),
    )
    [metric] = need.metrics
    assert (metric.value, metric.working) == (Decimal("3.79"), BLIND_TEST)


def test_a_file_of_the_first_version_still_reads(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    content = {"fields": {"title": "旧"}, "metrics": [{"metric_id": "fpy", "value": "93.4"}]}
    need = load_need(
        workspace, add_need_file(workspace, assessment_id, "quality", write(tmp_path / "old.json", content))
    )
    assert (need.title, need.metrics[0].value, need.entries, need.preconditions) == ("旧", Decimal("93.4"), {}, {})


def test_a_file_changes_what_it_names_and_leaves_the_rest(workspace: Workspace, need_id: str, tmp_path: Path) -> None:
    set_need_file(
        workspace, need_id, write(tmp_path / "more.json", {"fields": {"wish": "自动判定", "benefits": ["quality"]}})
    )
    need = load_need(workspace, need_id)
    assert (need.owner_words, need.wish, need.benefits) == ("夜班总有漏的", "自动判定", ("quality",))
    set_need_file(workspace, need_id, write(tmp_path / "less.json", {"fields": {"benefits": []}}))
    assert load_need(workspace, need_id).benefits == ()


def test_fields_and_preconditions_are_recorded_and_cleared(workspace: Workspace, need_id: str) -> None:
    known = ids(workspace)
    record_field(workspace, need_id, known["number"], Decimal("12.5"))
    record_field(workspace, need_id, known["table"], ({},))
    record_precondition(workspace, need_id, known["precondition"], PreconditionState(state="ready"))
    need = load_need(workspace, need_id)
    assert need.entries[known["number"]] == "12.5"
    assert need.preconditions[known["precondition"]].state == "ready"
    record_field(workspace, need_id, known["number"], None)
    record_field(workspace, need_id, known["table"], ())
    record_precondition(workspace, need_id, known["precondition"], None)
    assert (load_need(workspace, need_id).entries, load_need(workspace, need_id).preconditions) == ({}, {})


def test_a_baseline_keeps_its_working_and_its_evidence(workspace: Workspace, assessment_id: str, need_id: str) -> None:
    [sheet] = add_evidence_files(
        workspace,
        assessment_id,
        [NewEvidence(name="a.txt", data=b"sheet", targets=("quality",), caption="", shows_on=None)],
    )
    measured = BaselineMetric(metric_id="miss_rate", value=None, evidence=(sheet.evidence_id,), working=BLIND_TEST)
    record_metric(workspace, need_id, measured)
    [found] = load_need(workspace, need_id).metrics
    assert (found.value, found.evidence, found.working) == (Decimal("3.79"), (sheet.evidence_id,), BLIND_TEST)
    remove_evidence(workspace, sheet.evidence_id)
    record_metric(workspace, need_id, replace(found, period="2026-03"))  # the paper that is gone falls away
    assert load_need(workspace, need_id).metrics[0].evidence == ()


def test_words_of_ten_thousand_characters_are_kept_whole(workspace: Workspace, need_id: str) -> None:
    known = ids(workspace)
    long = "长" * 10_000
    update_need(workspace, need_id, NeedFields(owner_words=long, training=long))
    record_precondition(workspace, need_id, known["precondition"], PreconditionState(state="missing", note=long))
    need = load_need(workspace, need_id)
    assert (need.owner_words, need.training, need.preconditions[known["precondition"]].note) == (long, long, long)


def working(calculator: str, **entries: str) -> Working:
    """Return a working of pieces."""
    typed = {key: Entry(value=Decimal(value), unit="piece") for key, value in entries.items()}
    return Working(calculator=calculator, entries=typed)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (lambda w, n: record_field(w, n, "no_such", Decimal(1)), "FIELD_UNKNOWN"),
        (lambda w, n: record_field(w, n, ids(w)["number"], "many"), "FIELD_KIND"),
        (lambda w, n: record_field(w, n, ids(w)["number"], Decimal("1E+99")), "FIGURE_BEYOND"),
        (lambda w, n: record_field(w, n, ids(w)["choice"], "no_such"), "FIELD_OPTION_UNKNOWN"),
        (lambda w, n: record_field(w, n, ids(w)["choice"], "字" * 100_001), "FIELD_OPTION_UNKNOWN"),
        (lambda w, n: record_field(w, n, ids(w)["table"], ({"no_such": "x"},)), "FIELD_COLUMN_UNKNOWN"),
        (lambda w, n: record_precondition(w, n, "no_such", None), "FIELD_UNKNOWN"),
        (lambda w, n: update_need(w, n, NeedFields(benefits=("fame",))), "TAG_UNKNOWN"),
        (
            lambda w, n: record_metric(w, n, BaselineMetric(metric_id="otd", value=None, working=BLIND_TEST)),
            None,
        ),
        (
            lambda w, n: record_metric(w, n, BaselineMetric(metric_id="setup_time", value=None, working=BLIND_TEST)),
            "UNIT_MIX",
        ),
        (
            lambda w, n: record_metric(
                w, n, BaselineMetric(metric_id="miss_rate", value=Decimal(4), working=BLIND_TEST)
            ),
            "WORKING_DISAGREES",
        ),
        (
            lambda w, n: record_metric(
                w,
                n,
                BaselineMetric(metric_id="fpy", value=None, working=working("fpy", right_first_time="7", put_in="6")),
            ),
            "PART_ABOVE_WHOLE",
        ),
        (
            lambda w, n: record_metric(w, n, BaselineMetric(metric_id="fpy", value=Decimal(1), evidence=("nobody",))),
            "ENTITY_UNKNOWN",
        ),
    ],
)
def test_a_refusal_changes_nothing(
    workspace: Workspace, need_id: str, record: Callable[[Workspace, str], object], code: str | None
) -> None:
    before = load_need(workspace, need_id)
    if code is None:  # another metric in the same unit may use the calculator
        record(workspace, need_id)
        assert load_need(workspace, need_id) != before
        return
    with pytest.raises(DiagError, match=code):
        record(workspace, need_id)
    assert load_need(workspace, need_id) == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"fields": {}, "colour": 1}, "SHAPE_INVALID"),
        ([], "SHAPE_INVALID"),
        ({"fields": []}, "SHAPE_INVALID"),
        ({"fields": {}, "form": {"no_such": 1}}, "FIELD_UNKNOWN"),
        ({"fields": {}, "form": {"vi_volume": ["a", {}]}}, "FIELD_UNKNOWN"),
        ({"fields": {}, "preconditions": {"x": {"state": "maybe"}}}, "SHAPE_INVALID"),
    ],
)
def test_a_faulty_file_is_refused_whole(
    workspace: Workspace, assessment_id: str, need_id: str, tmp_path: Path, content: Any, code: str
) -> None:
    path = write(tmp_path / "need.json", content)
    with pytest.raises(DiagError, match=code):
        add_need_file(workspace, assessment_id, "visual_inspection", path)
    with pytest.raises(DiagError, match=code):
        set_need_file(workspace, need_id, path)


def test_a_value_of_the_wrong_kind_in_a_file_is_named_with_its_field(
    workspace: Workspace, need_id: str, tmp_path: Path
) -> None:
    field_id = ids(workspace)["number"]
    with pytest.raises(DiagError) as refused:
        set_need_file(workspace, need_id, write(tmp_path / "n.json", {"form": {field_id: True}}))
    assert (refused.value.code, refused.value.location) == ("FIELD_KIND", f"form.{field_id}")


def test_a_removed_need_is_not_shown(workspace: Workspace, need_id: str) -> None:
    remove_need(workspace, need_id)
    with pytest.raises(DiagError, match="ENTITY_DELETED"):
        load_need(workspace, need_id)


def test_a_fact_that_two_forms_ask_for_is_recorded_once(workspace: Workspace, assessment_id: str) -> None:
    energy = add_need(workspace, assessment_id, "energy", NeedFields())
    record_field(workspace, energy, "en_revenue_last_year", Decimal(6240))
    finance = add_need(workspace, assessment_id, "finance", NeedFields())
    assert load_need(workspace, finance).entries == {"fi_revenue_last_year": "6240"}
    record_field(workspace, finance, "fi_revenue_last_year", Decimal(6300))
    assert load_need(workspace, energy).entries["en_revenue_last_year"] == "6300"
    record_field(workspace, energy, "en_revenue_last_year", None)
    assert load_need(workspace, finance).entries == {}
    second = add_need(workspace, assessment_id, "energy", NeedFields(title="二车间"))
    record_field(workspace, second, "en_meters_total", Decimal(7))
    assert "en_meters_total" not in load_need(workspace, energy).entries  # another need of the same form
