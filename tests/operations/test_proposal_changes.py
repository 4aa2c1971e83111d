"""Issuing seals the tree; a reissue has a new number and says what changed; an earlier issue is superseded."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.codec import digest
from diag_app.errors import DiagError
from diag_app.model.edition import Edition
from diag_app.operations.assessment import record_answer
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.proposal import (
    find_changes,
    find_proposals,
    issue_proposal,
    report_document,
    verify_proposal,
)
from diag_app.operations.proposal_changes import plain_tree, sealed_before
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.report.content_digest import content_digest


def test_a_reissue_says_what_changed_since_the_issue_before(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    record_answer(workspace, assessment_id, "B1", ("B",))
    first = issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "first", formats=("docx", "xlsx"))
    sealed = sealed_before(workspace, assessment_id, Edition(), "zh")
    assert sealed is not None
    assert sealed.number == first.proposal.number
    assert first.proposal.content_digest == digest(workspace.store.read_blob(first.proposal.content_digest))
    assert sealed_before(workspace, assessment_id, Edition(), "en") is None
    assert find_changes(workspace, assessment_id, "zh") == (first.proposal.number, ())
    same = report_document(workspace, assessment_id, "zh")
    assert "changes" not in {chapter.origin for chapter in same.chapters}
    assert (first.proposal.number[-3:], same.report_number[-3:]) == ("-R1", "-R2")

    record_answer(workspace, assessment_id, "B1", ("B", "C"))
    for path in first.paths:  # each kind of file
        found, problems = verify_proposal(workspace, path)
        assert found is not None
        assert [problem.code for problem in problems] == ["PROPOSAL_SUPERSEDED"]
    number, changes = find_changes(workspace, assessment_id, "zh", since=first.proposal.number)
    assert (number, "answers" in {item.kind for item in changes}) == (first.proposal.number, True)

    second = issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "second")
    assert second.proposal.number != first.proposal.number
    assert [item.is_superseded for item in find_proposals(workspace, assessment_id)] == [True, False]
    sealed = sealed_before(workspace, assessment_id, Edition(), "zh")
    assert sealed is not None
    told = sealed.tree["chapters"][1]
    assert (sealed.number, told["origin"]) == (second.proposal.number, "changes")
    assert first.proposal.number in told["lead"]
    with pytest.raises(DiagError, match="PROPOSAL_UNKNOWN"):
        find_changes(workspace, assessment_id, "zh", since="QZ-0")
    with pytest.raises(DiagError, match="PROPOSAL_UNKNOWN"):
        find_changes(workspace, assessment_id, "en")


def test_the_tree_travels_with_the_files(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    issued = issue_proposal(workspace, assessment_id, ("zh", "en"), tmp_path / "papers")
    export_bundle(workspace, tmp_path / "case.zip")
    with open_workspace(tmp_path / "other", actor=workspace.actor, clock=workspace.clock) as other:
        import_bundle(other, tmp_path / "case.zip")
        assert find_changes(other, assessment_id, "en") == (issued.proposal.number, ())
        assert other.store.check(read_data=True) == ()


def test_the_digest_on_the_cover_is_that_of_the_sealed_tree(workspace: Workspace, assessment_id: str) -> None:
    document = report_document(workspace, assessment_id, "zh")
    assert digest(plain_tree(document)) == content_digest(document)
