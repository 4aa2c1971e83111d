"""A case goes to a colleague and comes back; who has it is seen everywhere, and nothing is blocked or lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import find_assessments, load_assessment, record_answer, start_assessment
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.handover import (
    custody_problems,
    find_custody,
    hand_over,
    offered,
    take_over,
    take_over_bundle,
)
from diag_app.operations.review import add_comment, find_comments
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock

Pair = tuple[Workspace, Workspace]


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Pair]:
    """Two laptops of one firm."""
    with laptop(tmp_path / "one", "张宁") as one, laptop(tmp_path / "two", "周敏") as two:
        yield one, two


def laptop(home: Path, name: str) -> Workspace:
    return open_workspace(home, actor=Actor(name=name, firm="所", device=f"{name}的笔记本"), clock=FixedClock())


def new_case(workspace: Workspace) -> tuple[str, str]:
    enterprise_id = add_enterprise(workspace, EnterpriseProfile(name="试验厂")).enterprise_id
    return enterprise_id, start_assessment(workspace, enterprise_id)


def warnings(workspace: Workspace, entity_id: str) -> list[str]:
    return [problem.code for problem in custody_problems(workspace, entity_id)]


def test_there_and_back_with_corrections(laptops: Pair, tmp_path: Path) -> None:
    one, two = laptops
    enterprise_id, assessment_id = new_case(one)
    record_answer(one, assessment_id, "B1", ("B",))
    assert (find_custody(one, enterprise_id), warnings(one, assessment_id)) == (None, [])

    sealed = hand_over(one, enterprise_id, "周敏", tmp_path / "there.zip", note="B4 缺证据")
    given = find_custody(one, enterprise_id)
    assert given is not None
    assert (given.step, given.giver, given.holder, given.note) == ("handed_over", "张宁", "周敏", "B4 缺证据")
    assert warnings(one, assessment_id) == ["CASE_HANDED_OVER"]

    taken = take_over_bundle(two, sealed.path)
    assert taken.enterprise_ids == (enterprise_id,)
    held = find_custody(two, enterprise_id)
    assert held is not None
    assert (held.step, held.giver, held.holder, held.holder_device) == ("taken_over", "张宁", "周敏", "周敏的笔记本")
    assert warnings(two, assessment_id) == []

    record_answer(two, assessment_id, "B1", ("B", "C"))
    add_comment(two, assessment_id, "B4", "补截图")
    record_answer(one, assessment_id, "M1", ("D",))  # warned of, and not blocked
    back = hand_over(two, enterprise_id, "张宁", tmp_path / "back.zip")
    assert warnings(two, assessment_id) == ["CASE_HANDED_OVER"]
    assert take_over_bundle(one, back.path).enterprise_ids == (enterprise_id,)
    assert warnings(one, assessment_id) == []
    assert load_assessment(one, assessment_id).answers.options == {"B1": ("B", "C"), "M1": ("D",)}
    assert [item.text for item in find_comments(one, assessment_id)] == ["补截图"]


def test_a_third_laptop_sees_who_has_the_case(laptops: Pair, tmp_path: Path) -> None:
    one, two = laptops
    enterprise_id, assessment_id = new_case(one)
    hand_over(one, enterprise_id, "周敏", tmp_path / "there.zip")
    take_over_bundle(two, tmp_path / "there.zip")
    with laptop(tmp_path / "three", "李工") as three:
        import_bundle(three, export_bundle(two, tmp_path / "copy.zip").path)
        (problem,) = custody_problems(three, assessment_id)
        assert (problem.code, problem.parameters["holder"]) == ("CASE_WITH_ANOTHER", "周敏")
        assert offered(three) == ()


def test_a_bundle_that_was_only_imported_can_be_taken_over_later(laptops: Pair, tmp_path: Path) -> None:
    one, two = laptops
    enterprise_id, _ = new_case(one)
    hand_over(one, enterprise_id, "Zhou", tmp_path / "there.zip")  # not spelt as the colleague does
    import_bundle(two, tmp_path / "there.zip")
    assert (offered(two), offered(one)) == ((enterprise_id,), ())
    assert warnings(two, enterprise_id) == ["CASE_HANDED_OVER"]
    take_over(two, enterprise_id)
    assert (offered(two), warnings(two, enterprise_id)) == ((), [])


def test_taking_in_the_same_bundle_twice_changes_nothing(laptops: Pair, tmp_path: Path) -> None:
    one, two = laptops
    enterprise_id, _ = new_case(one)
    hand_over(one, enterprise_id, "周敏", tmp_path / "there.zip")
    take_over_bundle(two, tmp_path / "there.zip")
    before = two.store.state_digest(enterprise_id)
    assert take_over_bundle(two, tmp_path / "there.zip").enterprise_ids == ()
    assert two.store.state_digest(enterprise_id) == before


def test_what_is_no_hand_over_is_refused(laptops: Pair, tmp_path: Path) -> None:
    one, two = laptops
    enterprise_id, _ = new_case(one)
    with pytest.raises(DiagError) as caught:
        take_over(one, enterprise_id)
    assert caught.value.code == "NOT_OFFERED"
    hand_over(one, enterprise_id, "周敏", tmp_path / "there.zip")
    with pytest.raises(DiagError) as caught:
        take_over(one, enterprise_id)  # one's own
    assert caught.value.code == "NOT_OFFERED"
    with pytest.raises(DiagError) as caught:
        hand_over(one, enterprise_id, " ", tmp_path / "x.zip")
    assert caught.value.code == "HOLDER_MISSING"
    assert find_assessments(two, enterprise_id) == ()


def test_where_no_bundle_was_written_nothing_was_handed_over(laptops: Pair, tmp_path: Path) -> None:
    one, _ = laptops
    enterprise_id, _ = new_case(one)
    taken = tmp_path / "thesis.txt"
    taken.write_text("somebody's other file, which is no bundle at all", encoding="utf-8")
    with pytest.raises(DiagError) as caught:
        hand_over(one, enterprise_id, "周敏", taken)
    assert caught.value.code == "OUTPUT_TAKEN"
    assert find_custody(one, enterprise_id) is None
    assert warnings(one, enterprise_id) == []
