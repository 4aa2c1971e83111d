"""No loose end reaches an issued proposal without a typed reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.model.plan import Offer
from diag_app.operations.chain import chain_problems, excuse_orphan, load_chain
from diag_app.operations.demo import fill_demo
from diag_app.operations.measure import find_measures, record_offer
from diag_app.operations.plan import drop_plan
from diag_app.operations.proposal import issue_proposal, preview_proposal
from diag_app.operations.workspace import Workspace
from tests.operations.test_plan import PRICE


@pytest.fixture
def case(workspace: Workspace) -> str:
    return fill_demo(workspace)


def test_the_demonstration_leaves_one_need_out_and_says_why(workspace: Workspace, case: str) -> None:
    chain = load_chain(workspace, case, "zh")
    assert chain is not None
    assert [orphan.kind for orphan in chain.orphans] == ["need_without_measure"]
    assert chain.open == ()
    english = load_chain(workspace, case, "en")
    assert english is not None
    assert english.orphans[0].reason.isascii()
    assert chain_problems(workspace, case, "zh") == ()
    excuse_orphan(workspace, case, chain.orphans[0].key, "另有理由")
    again = load_chain(workspace, case, "en")
    assert again is not None
    assert again.orphans[0].reason == "另有理由"  # the old English words went with the old reason


def test_a_loose_end_without_a_reason_keeps_the_proposal_from_being_issued(
    workspace: Workspace, case: str, tmp_path: Path
) -> None:
    chain = load_chain(workspace, case)
    assert chain is not None
    key = chain.orphans[0].key
    excuse_orphan(workspace, case, key, "")
    with pytest.raises(DiagError) as refused:
        issue_proposal(workspace, case, ("zh",), tmp_path)
    assert refused.value.code == "PROPOSAL_BLOCKED"
    assert "NEED_WITHOUT_MEASURE" in {problem.code for problem in refused.value.problems}
    assert list(tmp_path.glob("*.pdf")) == []
    assert "NEED_WITHOUT_MEASURE" in {item.code for item in preview_proposal(workspace, case, "zh").problems}
    excuse_orphan(workspace, case, key, "质检列入下一期")
    assert issue_proposal(workspace, case, ("zh",), tmp_path).paths[0].exists()


def test_a_price_that_loses_its_source_breaks_the_chain_and_the_plan(workspace: Workspace, case: str) -> None:
    record_offer(workspace, case, "aps_rules", Offer(cost=PRICE.cost))
    codes = {problem.code for problem in chain_problems(workspace, case, "en")}
    assert codes == {"COST_WITHOUT_SOURCE", "PLAN_UNSOUND", "NEED_WITHOUT_MEASURE"} or codes == {
        "COST_WITHOUT_SOURCE",
        "PLAN_UNSOUND",
    }
    assert any(item.offer.missing for item in find_measures(workspace, case) if item.measure_id == "aps_rules")


def test_only_what_is_loose_can_be_excused(workspace: Workspace, case: str) -> None:
    with pytest.raises(DiagError, match="ORPHAN_UNKNOWN"):
        excuse_orphan(workspace, case, "need_without_measure:nobody", "weil")
    drop_plan(workspace, case)
    assert load_chain(workspace, case) is None


def test_needs_without_a_path_are_told_and_issued_as_a_diagnosis(
    workspace: Workspace, case: str, tmp_path: Path
) -> None:
    drop_plan(workspace, case)
    issued = issue_proposal(workspace, case, ("zh",), tmp_path)
    told = [problem for problem in issued.problems if problem.code == "NEEDS_WITHOUT_PLAN"]
    assert [(problem.severity.value, problem.parameters["count"]) for problem in told] == [("warning", "3")]
