"""Figures by command line: entered, multiplied, bounded, and refused where they have no source or the wrong unit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.command import diag


@pytest.fixture
def case(tmp_path: Path) -> tuple[Path, str, str]:
    """Return a workspace, an assessment in it, and a need of it."""
    home = tmp_path / "home"
    assert diag("workspace", "create", home).status == 0
    firm = diag("enterprise", "add", "--name", "试验厂", workspace=home).json["enterprise_id"]
    assessment = diag("assessment", "start", firm, workspace=home).json["assessment_id"]
    file = tmp_path / "need.json"
    file.write_text(json.dumps({"fields": {"owner_words": "电费高"}}, ensure_ascii=False), encoding="utf-8")
    return home, assessment, diag("need", "add", assessment, "energy", file, workspace=home).json["need_id"]


def test_three_figures_give_a_payback_with_bounds_band_and_swings(case: tuple[Path, str, str]) -> None:
    home, assessment, need = case
    sourced = ("--source", "两家报价", "--dated", "2026-03-05", "--owner", "厂长")
    price = diag(
        "assumption", "add", assessment, "--label", "设备价", "--unit", "ten_k_cny", "--low", "１５", "--likely",
        "18.5", "--high", "23", *sourced, workspace=home,
    ).json["assumption_id"]  # fmt: skip
    saved = diag(
        "assumption", "add", assessment, "--label", "年节省", "--unit", "ten_k_cny_per_year", "--low", "5.2",
        "--likely", "7.8", "--high", "10.4", workspace=home,
    ).json["assumption_id"]  # fmt: skip
    for factor, role in ((price, "investment"), (saved, "benefit")):
        done = diag("amount", "add", assessment, need, factor, "--role", role, "--label", role, workspace=home)
        assert done.status == 0, done.error
    shown = diag("economics", "show", assessment, need, "--seed", "7", workspace=home).json
    payback = shown["figures"]["payback"]
    assert (payback["low"], payback["likely"], payback["high"], payback["unit"]) == (
        "1.4423",
        "2.3718",
        "4.4231",
        "year",
    )
    assert payback["band"]["distribution"] == "triangular"
    assert [swing["assumption_id"] for swing in payback["swings"]] == [saved, price]
    assert [problem["code"] for problem in shown["problems"]] == ["FIGURE_WITHOUT_SOURCE"]
    assert diag("economics", "show", assessment, need, "--seed", "7", workspace=home).json == shown

    assert diag("assumption", "set", saved, *sourced, workspace=home).status == 0
    assert diag("economics", "show", assessment, workspace=home).json["problems"] == []
    register = diag("assumption", "list", assessment, workspace=home).json
    assert [(row["label"], row["missing"], len(row["uses"])) for row in register] == [
        ("设备价", [], 1),
        ("年节省", [], 1),
    ]
    assert diag("assumption", "remove", saved, workspace=home).refusal["code"] == "ASSUMPTION_IN_USE"
    [first, _] = diag("amount", "list", assessment, workspace=home).json
    assert diag("amount", "remove", first["amount_id"], workspace=home).status == 0
    assert diag("economics", "terms", assessment, "--years", "51", workspace=home).refusal["code"] == "YEARS_BEYOND"
    assert diag("economics", "terms", assessment, "--years", "5", workspace=home).json == {"rate_id": None, "years": 5}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--unit", "furlong", "--likely", "1"), "UNIT_UNKNOWN"),
        (("--unit", "cny", "--likely", "1", "--low", "2"), "RANGE_ORDER"),
        (("--unit", "cny", "--likely", "1e400"), "AMOUNT_INVALID"),
        (("--unit", "cny", "--likely", "9" * 30), "FIGURE_BEYOND"),
        (("--unit", "cny", "--likely", "1", "--source", "字" * 10_000), "TEXT_TOO_LONG"),
    ],
)
def test_an_absurd_figure_is_named_and_not_entered(
    case: tuple[Path, str, str], arguments: tuple[str, ...], code: str
) -> None:
    home, assessment, _ = case
    done = diag("assumption", "add", assessment, "--label", "价", *arguments, workspace=home)
    assert (done.status, done.refusal["code"]) == (2, code)
    assert diag("assumption", "list", assessment, workspace=home).json == []


def test_a_need_is_shown_and_set_from_a_file(case: tuple[Path, str, str], tmp_path: Path) -> None:
    home, _, need = case
    file = tmp_path / "more.json"
    file.write_text(
        json.dumps({"fields": {"benefits": ["green", "cost"], "training": "能源员 2 人"}}), encoding="utf-8"
    )
    assert diag("need", "set", need, file, workspace=home).status == 0
    shown = diag("need", "show", need, workspace=home).json
    assert (shown["owner_words"], shown["benefits"], shown["training"]) == ("电费高", ["green", "cost"], "能源员 2 人")
    assert diag("undo", workspace=home).status == 0
    assert diag("need", "show", need, workspace=home).json["benefits"] == []
    assert diag("assumption", "set", need, "--label", "x", workspace=home).status == 2


def test_a_calculator_runs_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "oee.json"
    power, revenue = {"value": "3357201", "unit": "kwh"}, {"value": 6240, "unit": "ten_k_cny"}
    entries = {"electricity": power, "revenue": revenue}
    file.write_text(json.dumps({"calculator": "energy_per_100cny", "entries": entries}), encoding="utf-8")
    assert diag("calculate", file).json == {"value": "0.6612", "unit": "kgce_per_100cny"}
    revenue["unit"] = "kwh"
    file.write_text(json.dumps({"calculator": "energy_per_100cny", "entries": entries}), encoding="utf-8")
    refused = diag("calculate", file)
    assert (refused.status, refused.refusal["code"], refused.refusal["location"]) == (2, "UNIT_MIX", "revenue")
