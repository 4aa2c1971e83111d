"""The assumption register and the amounts made of it: recorded, refused, undone, shown in either language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.model.economics import Amount, Assumption, Terms, uses_of
from diag_app.model.economics_figures import outcome
from diag_app.operations import history
from diag_app.operations.chain import WITHOUT_PLAN, excuse_orphan
from diag_app.operations.economics import (
    add_amount,
    add_assumption,
    books_of,
    economics_views,
    remove_amount,
    remove_assumption,
    set_figure,
    set_terms,
    update_amount,
    update_assumption,
)
from diag_app.operations.need import NeedFields, add_need, remove_need
from diag_app.operations.proposal import find_proposals, issue_proposal, preview_proposal
from diag_app.operations.translation import record_translation
from diag_app.operations.workspace import Workspace
from tests.model.economics.books import amount, assumed


@pytest.fixture
def need_id(workspace: Workspace, assessment_id: str) -> str:
    return add_need(workspace, assessment_id, "energy", NeedFields(owner_words="电费年年涨"))


def figure(unit: str, low: str, likely: str, high: str) -> Assumption:
    """Return an assumption not yet in the register."""
    return replace(assumed("", unit, low, likely, high), label="单价")


def cost(subject_id: str, *factors: str) -> Amount:
    """Return an investment not yet recorded."""
    return replace(amount("investment", *factors, subject=subject_id), amount_id="", label="设备")


def test_an_amount_is_the_product_of_figures_that_stand_in_the_register_once(
    workspace: Workspace, assessment_id: str, need_id: str
) -> None:
    price = add_assumption(workspace, assessment_id, figure("ten_k_cny_per_machine", "3", "4", "6"))
    count = add_assumption(workspace, assessment_id, figure("machine", "2", "2", "3"))
    add_amount(workspace, assessment_id, cost(need_id, price, count))
    books = books_of(workspace, assessment_id)
    found = outcome(books.of(need_id), "investment")
    assert [found.low, found.likely, found.high] == [60_000, 80_000, 180_000]
    assert [item.number for item in books.assumptions.values()] == [1, 2]
    assert [use.subject_id for use in uses_of(price, books.amounts)] == [need_id]


def test_a_figure_and_its_amount_are_one_step_to_undo(
    workspace: Workspace, enterprise_id: str, assessment_id: str, need_id: str
) -> None:
    amount_id = set_figure(workspace, assessment_id, cost(need_id), figure("ten_k_cny", "15", "18.5", "23"))
    books = books_of(workspace, assessment_id)
    assert [item.amount_id for item in books.amounts] == [amount_id]
    assert outcome(books, "investment").likely == 185_000
    assert len(economics_views(workspace, assessment_id)) == 2
    assert history.undo(workspace, enterprise_id).operation == "set_figure"
    assert books_of(workspace, assessment_id).amounts == ()
    assert books_of(workspace, assessment_id).assumptions == {}


def test_what_is_used_stays_until_it_is_taken_out(workspace: Workspace, assessment_id: str, need_id: str) -> None:
    amount_id = set_figure(workspace, assessment_id, cost(need_id), figure("ten_k_cny", "1", "2", "3"))
    [assumption_id] = books_of(workspace, assessment_id).assumptions
    with pytest.raises(DiagError) as refused:
        remove_assumption(workspace, assumption_id)
    assert (refused.value.code, refused.value.parameters["count"]) == ("ASSUMPTION_IN_USE", "1")
    remove_amount(workspace, amount_id)
    remove_assumption(workspace, assumption_id)
    assert books_of(workspace, assessment_id).assumptions == {}


def test_a_unit_that_would_spoil_an_amount_is_refused(workspace: Workspace, assessment_id: str, need_id: str) -> None:
    set_figure(workspace, assessment_id, cost(need_id), figure("ten_k_cny", "1", "2", "3"))
    [found] = books_of(workspace, assessment_id).assumptions.values()
    with pytest.raises(DiagError, match="UNIT_MIX"):
        update_assumption(workspace, replace(found, unit="person"))
    update_assumption(workspace, replace(found, unit="cny", owner="厂长"))
    [changed] = books_of(workspace, assessment_id).assumptions.values()
    assert (changed.unit, changed.owner, changed.number) == ("cny", "厂长", 1)


def test_the_terms_name_a_rate_of_the_register(workspace: Workspace, assessment_id: str) -> None:
    rate = add_assumption(workspace, assessment_id, figure("percent_per_year", "4", "5", "6"))
    set_terms(workspace, assessment_id, Terms(rate_id=rate, years=5))
    assert books_of(workspace, assessment_id).terms == Terms(rate_id=rate, years=5)
    with pytest.raises(DiagError, match="ASSUMPTION_IN_USE"):
        remove_assumption(workspace, rate)
    set_terms(workspace, assessment_id, Terms())
    assert books_of(workspace, assessment_id).terms == Terms()
    remove_assumption(workspace, rate)


def test_an_amount_is_changed_as_a_whole(workspace: Workspace, assessment_id: str, need_id: str) -> None:
    amount_id = set_figure(workspace, assessment_id, cost(need_id), figure("ten_k_cny", "1", "2", "3"))
    [found] = books_of(workspace, assessment_id).amounts
    update_amount(workspace, replace(found, label="改后"))
    [changed] = books_of(workspace, assessment_id).amounts
    assert (changed.amount_id, changed.label, changed.factors) == (amount_id, "改后", found.factors)


def test_labels_may_have_words_in_the_other_language(workspace: Workspace, assessment_id: str, need_id: str) -> None:
    amount_id = set_figure(workspace, assessment_id, cost(need_id), figure("ten_k_cny", "1", "2", "3"))
    [assumption_id] = books_of(workspace, assessment_id).assumptions
    record_translation(workspace, amount_id, "en", {"amount": {"label": "Machine"}})
    record_translation(workspace, assumption_id, "en", {"assumption": {"label": "Price", "source": "Offer"}})
    books = books_of(workspace, assessment_id, "en")
    assert books.amounts[0].label == "Machine"
    assert (books.assumptions[assumption_id].label, books.assumptions[assumption_id].source) == ("Price", "Offer")
    assert books_of(workspace, assessment_id, "zh").amounts[0].label == "设备"


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (lambda w, a, n: add_assumption(w, a, figure("furlong", "1", "2", "3")), "UNIT_UNKNOWN"),
        (lambda w, a, n: add_assumption(w, a, figure("cny", "3", "2", "1")), "RANGE_ORDER"),
        (lambda w, a, n: add_assumption(w, a, figure("cny", "-3", "2", "3")), "NUMBER_NEGATIVE"),
        (lambda w, a, n: add_assumption(w, a, figure("cny", "1", "2", "1E+15")), "FIGURE_BEYOND"),
        (lambda w, a, n: add_assumption(w, a, replace(figure("cny", "1", "2", "3"), dated="三月")), "DATE_INVALID"),
        (lambda w, a, n: add_assumption(w, a, replace(figure("cny", "1", "2", "3"), label=" \n")), "LABEL_MISSING"),
        (
            lambda w, a, n: add_assumption(w, a, replace(figure("cny", "1", "2", "3"), source="字" * 201)),
            "TEXT_TOO_LONG",
        ),
        (lambda w, a, n: set_figure(w, a, cost(n), figure("person", "1", "2", "3")), "UNIT_MIX"),
        (lambda w, a, n: set_figure(w, a, replace(cost(n), label=""), figure("cny", "1", "2", "3")), "LABEL_MISSING"),
        (lambda w, a, n: add_amount(w, a, cost(n)), "AMOUNT_FACTORS"),
        (lambda w, a, n: add_amount(w, a, cost(n, "nobody")), "ASSUMPTION_UNKNOWN"),
        (lambda w, a, n: add_amount(w, a, cost("nobody", "nobody")), "ENTITY_UNKNOWN"),
        (lambda w, a, n: add_amount(w, a, cost(a, "nobody")), "ENTITY_UNKNOWN"),
        (lambda w, a, n: set_terms(w, a, Terms(years=99)), "YEARS_BEYOND"),
    ],
)
def test_a_refusal_changes_nothing(
    workspace: Workspace,
    assessment_id: str,
    need_id: str,
    record: Callable[[Workspace, str, str], object],
    code: str,
) -> None:
    before = workspace.store.head_ids(workspace.store.entity(assessment_id).case)
    with pytest.raises(DiagError, match=code):
        record(workspace, assessment_id, need_id)
    assert workspace.store.head_ids(workspace.store.entity(assessment_id).case) == before


def test_a_need_that_was_removed_takes_its_amounts_with_it(
    workspace: Workspace, enterprise_id: str, assessment_id: str, need_id: str
) -> None:
    set_figure(workspace, assessment_id, cost(need_id), figure("cny", "1", "2", "3"))
    remove_need(workspace, need_id)
    assert books_of(workspace, assessment_id).amounts == ()
    with pytest.raises(DiagError, match="ENTITY_UNKNOWN"):
        set_figure(workspace, assessment_id, cost(need_id), figure("cny", "1", "2", "3"))
    history.undo(workspace, enterprise_id)
    assert len(books_of(workspace, assessment_id).amounts) == 1


def test_a_figure_without_source_enters_no_proposal(
    workspace: Workspace, assessment_id: str, need_id: str, tmp_path: Path
) -> None:
    set_figure(workspace, assessment_id, cost(need_id), replace(figure("cny", "1", "2", "3"), source=""))
    seen = [problem.code for problem in preview_proposal(workspace, assessment_id, "zh").problems]
    assert seen.count("FIGURE_WITHOUT_SOURCE") == 1
    with pytest.raises(DiagError, match="PROPOSAL_BLOCKED") as refused:
        issue_proposal(workspace, assessment_id, ("zh",), tmp_path)
    assert "FIGURE_WITHOUT_SOURCE" in [problem.code for problem in refused.value.problems]
    [found] = books_of(workspace, assessment_id).assumptions.values()
    update_assumption(workspace, replace(found, source="两家报价"))
    excuse_orphan(workspace, assessment_id, WITHOUT_PLAN, "业主春天定预算")
    issued = issue_proposal(workspace, assessment_id, ("zh",), tmp_path).proposal
    assert not issued.is_superseded
    update_assumption(workspace, replace(found, source="三家报价"))
    assert find_proposals(workspace, assessment_id)[0].is_superseded
