"""From prices to an issued proposal by command line: no loose end gets through without a typed reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diag_app.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, object]]:
    status = main([str(argument) for argument in arguments])
    out = capsys.readouterr()
    return status, json.loads(out.out or out.err)


def test_no_orphan_reaches_an_issued_proposal_without_a_typed_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, demo = run(capsys, "--json", "demo", tmp_path / "demo")
    case = demo["assessment_id"]
    diag = ("--workspace", tmp_path / "demo" / "workspace", "--language", "en", "--json")
    status, plan = run(capsys, *diag, "plan", case, "--target-level", "3")
    assert status == 0
    assert plan["optimal"] is True
    assert plan["level_after"] == 3
    assert plan["cost_10k_cny"] == "156"
    assert isinstance(plan["alternatives"], list)
    assert [float(other["cost_10k_cny"]) for other in plan["alternatives"]] == sorted(
        float(other["cost_10k_cny"]) for other in plan["alternatives"]
    )
    status, short = run(capsys, *diag, "plan", case, "--target-level", "3", "--budget-10k-cny", "120")
    assert (status, short["optimal"]) == (1, False)
    status, chain = run(capsys, *diag, "chain", "show", case)
    assert isinstance(chain["orphans"], list)
    (orphan,) = chain["orphans"]
    assert (status, chain["problems"]) == (0, [])
    run(capsys, *diag, "chain", "excuse", case, orphan["key"], "")
    status, _ = run(capsys, *diag, "chain", "show", case)
    assert status == 1
    issue = ("proposal", "issue", case, "--format", "pdf", "--report-language", "en", "--output", tmp_path / "out")
    status, refused = run(capsys, *diag, *issue)
    assert status == 2
    assert isinstance(refused["error"], dict)
    assert refused["error"]["code"] == "PROPOSAL_BLOCKED"
    run(capsys, *diag, "chain", "excuse", case, orphan["key"], "Inspection machines follow in the next plan.")
    status, issued = run(capsys, *diag, *issue)
    assert status == 0
    assert issued["files"]
