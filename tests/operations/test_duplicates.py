"""The same firm entered on two laptops: proposed by its code, shown as one when agreed, two again when undone."""

from __future__ import annotations

import json

import pytest

from diag_app.cli.main import main
from diag_app.errors import DiagError
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import start_assessment
from diag_app.operations.duplicates import agree_same, find_twins
from diag_app.operations.enterprise import add_enterprise, count_enterprises, find_enterprises, find_names
from diag_app.operations.history import undo
from diag_app.operations.workspace import Workspace

CODE = "91000000MADEM01268"


@pytest.fixture
def firms(workspace: Workspace) -> tuple[str, str, str]:
    """Two with one code, and one without."""
    names = ((CODE, "恒信精密"), (CODE, "恒信精密机械"), (None, "恒信精密"))
    one, two, three = (add_enterprise(workspace, EnterpriseProfile(name=n, uscc=c)).enterprise_id for c, n in names)
    return one, two, three


def test_only_an_equal_valid_code_proposes(workspace: Workspace, firms: tuple[str, str, str]) -> None:
    one, two, three = firms
    assert [(twin.enterprise_id, twin.is_agreed) for twin in find_twins(workspace, one)] == [(two, False)]
    assert [twin.enterprise_id for twin in find_twins(workspace, two)] == [one]
    assert find_twins(workspace, three) == ()


def test_agreed_ones_show_one_line_where_the_newest_assessment_is_and_undo_shows_two(
    workspace: Workspace, firms: tuple[str, str, str]
) -> None:
    one, two, three = firms
    start_assessment(workspace, one)
    newest = start_assessment(workspace, two)
    before = (find_enterprises(workspace), workspace.store.entity(one), workspace.store.entity(two))
    agree_same(workspace, two, one)
    lines = {line.enterprise_id: line.assessment_id for line in find_enterprises(workspace)}
    assert lines == {two: newest, three: None}
    assert (count_enterprises(workspace), count_enterprises(workspace, "恒信")) == (2, 2)
    assert {row.enterprise_id for row in find_names(workspace, "恒信")} == {two, three}
    assert [twin.is_agreed for twin in find_twins(workspace, one)] == [True]
    assert workspace.store.check() == ()
    undo(workspace)
    assert find_enterprises(workspace) == before[0]
    assert workspace.store.entity(two) == before[2]
    assert count_enterprises(workspace) == 3


def test_who_stood_for_a_deleted_one_stands_for_it_again_when_it_is_back(
    workspace: Workspace, firms: tuple[str, str, str]
) -> None:
    one, two, _ = firms
    agree_same(workspace, one, two)
    with workspace.store.operation("delete", two) as operation:
        operation.delete(two)
    assert count_enterprises(workspace) == 2
    assert {line.enterprise_id for line in find_enterprises(workspace)} == {firms[0], firms[2]}
    assert workspace.store.check() == ()
    undo(workspace)
    assert count_enterprises(workspace) == 2
    assert workspace.store.check() == ()


def test_what_is_not_the_same_is_not_proposed_again(workspace: Workspace, firms: tuple[str, str, str]) -> None:
    one, two, _ = firms
    agree_same(workspace, one, two, is_same=False)
    assert find_twins(workspace, one) == ()
    assert count_enterprises(workspace) == 3


def test_three_are_one_by_two_agreements_and_the_tables_can_be_computed_anew(
    workspace: Workspace, firms: tuple[str, str, str]
) -> None:
    one, two, three = firms
    agree_same(workspace, one, two)
    agree_same(workspace, three, two)
    assert count_enterprises(workspace) == 1
    workspace.store.rebuild_projections()
    assert count_enterprises(workspace) == 1
    assert {twin.enterprise_id for twin in find_twins(workspace, three)} == {one, two}


def test_nothing_is_the_same_as_itself(workspace: Workspace, firms: tuple[str, str, str]) -> None:
    with pytest.raises(DiagError, match="SAME_AS_ITSELF"):
        agree_same(workspace, firms[0], firms[0])


def test_by_command(workspace: Workspace, firms: tuple[str, str, str], capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--json", "--workspace", str(workspace.directory), "enterprise")
    assert main([*place, "twins", firms[0]]) == 0
    (twin,) = json.loads(capsys.readouterr().out)
    assert (twin["enterprise_id"], twin["agreed"]) == (firms[1], False)
    assert main([*place, "same", firms[0], firms[1]]) == 0
    assert count_enterprises(workspace) == 2
    assert main([*place, "same", firms[0], firms[1], "--not"]) == 0
    assert count_enterprises(workspace) == 3
