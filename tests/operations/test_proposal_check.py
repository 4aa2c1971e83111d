"""Before a proposal is issued: errors refuse it, a warning is seen by somebody first, the files are read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.errors import DiagError, Severity
from diag_app.model.edition import PROPOSAL, Edition
from diag_app.operations.assessment import record_note
from diag_app.operations.demo import fill_demo
from diag_app.operations.evidence import find_evidence
from diag_app.operations.proposal import check_proposal, find_proposals, issue_proposal
from diag_app.operations.workspace import Workspace


@pytest.fixture
def case(workspace: Workspace) -> str:
    return fill_demo(workspace)


def test_nothing_keeps_the_demonstration_from_being_issued(workspace: Workspace, case: str) -> None:
    assert check_proposal(workspace, case, "zh") == ()
    assert {problem.severity for problem in check_proposal(workspace, case, "en")} <= {Severity.WARNING}
    assert check_proposal(workspace, case, "zh", Edition(kind=PROPOSAL, audience="public")) == ()
    assert check_proposal(workspace, case, "en", Edition(kind=PROPOSAL, audience="city")) == ()


def test_a_warning_is_accepted_by_who_has_seen_it(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    record_note(workspace, assessment_id, "B3", "好😀")
    with pytest.raises(DiagError) as refused:
        issue_proposal(workspace, assessment_id, ("zh",), tmp_path, accepted=())
    assert refused.value.code == "PROPOSAL_WARNINGS"
    assert [problem.code for problem in refused.value.problems] == ["REPORT_THIN", "MISSING_GLYPH"]
    assert find_proposals(workspace, assessment_id) == ()
    record_note(workspace, assessment_id, "B2", "另一个🙂")
    with pytest.raises(DiagError, match="PROPOSAL_WARNINGS"):  # this one was not seen
        issue_proposal(workspace, assessment_id, ("zh",), tmp_path, accepted=refused.value.problems)
    assert list(tmp_path.glob("*.pdf")) == []
    seen = check_proposal(workspace, assessment_id, "zh")
    assert issue_proposal(workspace, assessment_id, ("zh",), tmp_path, accepted=seen).paths[0].exists()
    assert issue_proposal(workspace, assessment_id, ("zh",), tmp_path).problems == seen


def test_a_picture_that_is_not_here_is_an_empty_place_and_a_warning_never_the_end(
    workspace: Workspace, case: str, tmp_path: Path
) -> None:
    lost, damaged, *_ = (item for item in find_evidence(workspace, case) if item.picture_sha256)
    for item, data in ((lost, None), (damaged, b"no picture")):
        (path,) = (workspace.directory / "evidence").rglob(f"{item.picture_sha256}*")
        path.chmod(0o600)
        path.unlink()
        if data is not None:
            path.write_bytes(data)
    seen = check_proposal(workspace, case, "zh")
    told = {(problem.code, problem.severity, problem.parameters["label"]) for problem in seen}
    labels = (f"E-{item.number:03}" for item in (lost, damaged))
    assert told == {("PICTURE_UNREADABLE", Severity.WARNING, label) for label in labels}
    with pytest.raises(DiagError, match="PROPOSAL_WARNINGS"):
        issue_proposal(workspace, case, ("zh",), tmp_path, accepted=())
    assert len(issue_proposal(workspace, case, ("zh",), tmp_path, formats=("docx",), accepted=seen).paths) == 2


def test_a_text_that_is_not_finished_keeps_the_proposal_from_being_issued(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    record_note(workspace, assessment_id, "B3", "核对了 {count} 台")
    with pytest.raises(DiagError) as refused:
        issue_proposal(workspace, assessment_id, ("zh",), tmp_path)
    assert refused.value.code == "PROPOSAL_BLOCKED"
    (problem,) = [item for item in refused.value.problems if item.severity is Severity.ERROR]
    assert (problem.code, problem.parameters["origin"]) == ("TEXT_UNRESOLVED", "visit")
