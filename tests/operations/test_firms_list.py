"""The firms list is read from what is remembered, and what is remembered never outlives what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, start_assessment
from diag_app.operations.enterprise import add_enterprise, count_enterprises, find_enterprises, update_enterprise
from diag_app.operations.export_log import undelivered
from diag_app.operations.history import undo
from diag_app.operations.workspace import Workspace

Act = Callable[[Workspace, str, str], object]


@pytest.fixture
def cases(workspace: Workspace) -> list[tuple[str, str]]:
    """Three firms, each with an assessment."""
    found = []
    for name in ("恒信", "青禾", "合力"):
        enterprise = add_enterprise(workspace, EnterpriseProfile(name=name)).enterprise_id
        found.append((enterprise, start_assessment(workspace, enterprise)))
    return found


@pytest.mark.parametrize(
    "act",
    [
        lambda workspace, _, assessment: record_answer(workspace, assessment, "B6", ("B",)),
        lambda workspace, enterprise, _: update_enterprise(
            workspace, enterprise, EnterpriseProfile(name="新名", employees=40, revenue_10k_cny=Decimal(900))
        ),
        lambda workspace, enterprise, _: undo(workspace, enterprise),
        lambda workspace, enterprise, _: start_assessment(workspace, enterprise),
    ],
)
def test_a_line_follows_what_is_recorded_in_its_case(
    workspace: Workspace, cases: list[tuple[str, str]], act: Act
) -> None:
    find_enterprises(workspace)
    act(workspace, *cases[1])
    remembered = find_enterprises(workspace)
    workspace.summaries = type(workspace.summaries)()
    assert remembered == find_enterprises(workspace)


def test_an_unchanged_line_is_not_read_again(workspace: Workspace, cases: list[tuple[str, str]]) -> None:
    before = find_enterprises(workspace)
    record_answer(workspace, cases[0][1], "B6", ("B",))
    after = find_enterprises(workspace)
    assert [one is other for one, other in zip(before, after, strict=True)] == [True, True, False]


def test_each_language_has_lines_of_its_own(workspace: Workspace, cases: list[tuple[str, str]]) -> None:
    assert find_enterprises(workspace, language="zh")[0] is not find_enterprises(workspace, language="en")[0]


def test_firms_are_counted_without_being_read(workspace: Workspace, cases: list[tuple[str, str]]) -> None:
    assert (count_enterprises(workspace), count_enterprises(workspace, "青")) == (len(cases), 1)


def test_only_what_an_assessment_holds_waits_for_a_receipt(workspace: Workspace, cases: list[tuple[str, str]]) -> None:
    assert (undelivered(workspace).total, undelivered(workspace).by_enterprise) == (0, ())
    record_answer(workspace, cases[0][1], "B6", ("B",))
    record_answer(workspace, cases[1][1], "B6", ("B",))
    record_answer(workspace, cases[1][1], "R4", ("A",))
    record_answer(workspace, cases[1][1], "R4", ())
    found = undelivered(workspace)
    assert (found.total, found.by_class["answers"]) == (2, 2)
    assert {case.enterprise_id: case.count for case in found.by_enterprise} == {cases[0][0]: 1, cases[1][0]: 1}
    undo(workspace, cases[0][0])
    undo(workspace, cases[0][0])  # the start of the assessment
    assert [case.name for case in undelivered(workspace).by_enterprise] == ["青禾"]
