"""What another laptop has and this one does not: found where numbers agree and states do not, or formats are newer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from diag_app.clock import new_id
from diag_app.errors import DiagError
from diag_app.model.actor import Actor
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.bundle_profile import PROFILES, Profile
from diag_app.operations.proposal import issue_proposal
from diag_app.operations.workspace import Workspace, open_workspace
from tests.model.op_sets import Replica


def test_a_case_with_records_of_a_newer_version_is_kept_and_nothing_is_issued_from_it(
    workspace: Workspace, enterprise_id: str, assessment_id: str, tmp_path: Path
) -> None:
    newer = Replica("e", case=enterprise_id)
    newer.write("translate", assessment_id, "note:B1", "x", v=3)
    workspace.store.import_ops(newer.ops)
    with pytest.raises(DiagError, match="PROPOSAL_BLOCKED") as refused:
        issue_proposal(workspace, assessment_id, ("zh",), tmp_path)
    (found,) = [problem for problem in refused.value.problems if problem.code == "NEEDS_NEWER"]
    assert found.parameters == {"format": "3"}


def test_equal_numbers_and_unequal_states_raise_an_alarm_and_lose_nothing(workspace: Workspace, tmp_path: Path) -> None:
    firm = new_id()
    one = Replica("f", case=firm)
    one.birth(firm, kind="enterprise")
    one.write("set", firm, "name", "锦程纺织")
    twin = replace(one.ops[-1], operation="twin")
    with open_workspace(tmp_path / "there", actor=Actor(name="李", firm="甲", device="B")) as there:
        there.store.import_ops(one.ops)
        export_bundle(there, tmp_path / "there.zip", [firm])
    workspace.store.import_ops([one.ops[0], twin])
    codes = {problem.code for problem in import_bundle(workspace, tmp_path / "there.zip").problems}
    assert {"OP_FORK", "STATE_DIFFERS"} <= codes
    assert {one.ops[-1].op_id, twin.op_id} <= {op.op_id for op in workspace.store.ops()}
    assert "STATE_DIFFERS" in {problem.code for problem in import_bundle(workspace, tmp_path / "there.zip").problems}


def test_who_finds_another_writing_under_the_own_identity_goes_on_under_a_new_one(
    workspace: Workspace, enterprise_id: str
) -> None:
    before = workspace.store.replica
    last = list(workspace.store.ops())[-1]
    workspace.store.import_ops([replace(last, operation="twin")])
    assert workspace.store.replica != before
    with workspace.store.operation("update_enterprise", enterprise_id) as operation:
        operation.set(enterprise_id, "name", "新名")
    written = [op for op in workspace.store.ops() if op.replica == workspace.store.replica]
    assert [(op.seq, op.value) for op in written] == [(1, "新名")]
    assert {problem.code for problem in workspace.store.check()} == {"OP_FORK"}


@pytest.mark.parametrize("profile", PROFILES)
def test_what_a_newer_version_says_inside_the_firm_goes_to_no_outsider(
    workspace: Workspace, enterprise_id: str, assessment_id: str, tmp_path: Path, profile: Profile
) -> None:
    newer = Replica("e", case=enterprise_id)
    for register in ("review", "tick:B1", "file", "issued"):  # of the last two nothing is known either
        newer.write("translate", assessment_id, register, {"words": f"inside {register}"}, v=3)
    newer.write("translate", assessment_id, "tick:B2", ["inside"], v=3)
    newer.write("translate", assessment_id, "tick:B3", 3, v=3)
    newer.write("translate", assessment_id, "note:B1", "outside", v=3)
    workspace.store.import_ops(newer.ops)
    export_bundle(workspace, tmp_path / "case.zip", profile=profile)
    with open_workspace(tmp_path / "there", actor=Actor(name="李", firm="甲", device="B")) as there:
        import_bundle(there, tmp_path / "case.zip")
        told = {op.op_id: op.value for op in there.store.ops()}
    is_told = {op.register: told[op.op_id] == op.value for op in newer.ops}
    inside = profile == "full"
    private = dict.fromkeys(("review", "tick:B1", "tick:B2", "tick:B3"), inside)
    assert is_told == private | {"file": True, "issued": True, "note:B1": True}
