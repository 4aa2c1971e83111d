"""No loose end reaches an issued proposal without a typed reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.model.chain import serves
from diag_app.model.content import Table
from diag_app.model.plan import Offer
from diag_app.operations.chain import WITHOUT_PLAN, chain_problems, excuse_orphan, load_chain, needs_left_out
from diag_app.operations.demo import fill_demo
from diag_app.operations.measure import find_measures, record_offer
from diag_app.operations.need import find_needs
from diag_app.operations.plan import drop_plan, taken_plan
from diag_app.operations.proposal import issue_proposal, preview_proposal
from diag_app.operations.report_facts import proposal_facts
from diag_app.operations.workspace import Workspace
from tests.operations.test_plan import PRICE
from tests.templates import built


@pytest.fixture
def case(workspace: Workspace) -> str:
    return fill_demo(workspace)


def test_the_demonstration_leaves_one_need_out_and_says_why(workspace: Workspace, case: str) -> None:
    chain = load_chain(workspace, case, "zh")
    assert [orphan.kind for orphan in chain.orphans] == ["need_without_measure"]
    assert chain.open == ()
    english = load_chain(workspace, case, "en")
    assert english.orphans[0].reason.isascii()
    assert chain_problems(workspace, case, "zh") == ()
    excuse_orphan(workspace, case, chain.orphans[0].key, "另有理由")
    again = load_chain(workspace, case, "en")
    assert again.orphans[0].reason == "另有理由"  # the old English words went with the old reason


def test_a_loose_end_without_a_reason_keeps_the_proposal_from_being_issued(
    workspace: Workspace, case: str, tmp_path: Path
) -> None:
    chain = load_chain(workspace, case)
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


def test_a_need_is_left_out_where_the_chain_has_no_measure_for_it(workspace: Workspace, case: str) -> None:
    def loose() -> tuple[frozenset[str], frozenset[str]]:
        links = load_chain(workspace, case).links
        return needs_left_out(workspace, case), frozenset(link.need.need_id for link in links if not link.measures)

    assert len(loose()[0]) == 1
    assert loose()[0] == loose()[1]
    taken = taken_plan(workspace, case)
    assert taken is not None
    needed = {need.scenario_id for need in find_needs(workspace, case)}
    for item in taken.plan.measures:  # a measure without price no longer stands in the plan
        if any(serves(item, scenario_id) for scenario_id in needed):
            record_offer(workspace, case, item.measure_id, Offer(cost=PRICE.cost))
    assert len(loose()[0]) == len(needed)
    assert loose()[0] == loose()[1]
    drop_plan(workspace, case)
    assert loose()[0] == frozenset()


def test_only_what_is_loose_can_be_excused(workspace: Workspace, case: str) -> None:
    with pytest.raises(DiagError, match="ORPHAN_UNKNOWN"):
        excuse_orphan(workspace, case, "need_without_measure:nobody", "weil")
    with pytest.raises(DiagError, match="ORPHAN_UNKNOWN"):
        excuse_orphan(workspace, case, WITHOUT_PLAN, "weil")  # a plan is taken


def test_needs_without_a_path_are_one_loose_end_and_its_reason_is_printed(workspace: Workspace, case: str) -> None:
    drop_plan(workspace, case)
    (told,) = chain_problems(workspace, case, "en")
    assert (told.code, told.severity.value, told.parameters["item"]) == ("NEEDS_WITHOUT_PLAN", "error", "3")
    excuse_orphan(workspace, case, WITHOUT_PLAN, "The owner decides on the budget in spring.")
    assert chain_problems(workspace, case, "en") == ()
    document = built(proposal_facts(workspace, case, "en"))
    (needs, *_) = [chapter for chapter in document.chapters if chapter.number == "8"]
    printed = [cell.text for block in needs.blocks if isinstance(block, Table) for cell in block.rows[-1].cells]
    assert printed[-3:] == ["All needs", "no path taken yet", "The owner decides on the budget in spring."]
