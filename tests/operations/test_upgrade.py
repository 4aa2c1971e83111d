"""An assessment moves to the next version of its method: answers are read there, none is rewritten, undo moves back."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from diag_app.cli.main import main
from diag_app.errors import DiagError
from diag_app.files import write
from diag_app.operations.assessment import (
    find_assessments,
    load_assessment,
    record_answer,
    record_note,
    record_number,
    score_assessment,
)
from diag_app.operations.conflicts import find_conflicts
from diag_app.operations.history import undo
from diag_app.operations.pack_folders import pack_files
from diag_app.operations.upgrade import newer_method, plan_upgrade, upgrade_assessment
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.paths import resource
from tests.fixed_clock import FixedClock

OLD, NEW = "miit-sme-2024@1.0.0", "miit-sme-2024@2.0.0"
MAPPING = """
from = "1.0.0"
dropped = ["B6"]
[options.B1]
B = ["C"]
[factors]
equipment_total = 10
"""


def with_next_version(workspace: Workspace, mapping: str = MAPPING) -> None:
    """Put the next version of the method beside the shipped one."""
    files = pack_files(resource("packs", "miit-sme-2024", "1.0.0"))
    head = files["pack.toml"].decode().replace("version = '1.0.0'", "version = '2.0.0'")
    for name, data in {**files, "pack.toml": head.encode(), "upgrade.toml": mapping.encode()}.items():
        write(workspace.directory / "packs" / "miit-sme-2024" / "2.0.0" / name, data)


@pytest.fixture
def answered(workspace: Workspace, assessment_id: str) -> str:
    record_answer(workspace, assessment_id, "B1", ("B",))
    record_answer(workspace, assessment_id, "B6", ("B",))
    record_answer(workspace, assessment_id, "B5", ("C",))
    record_number(workspace, assessment_id, "equipment_total", Decimal(12))
    record_note(workspace, assessment_id, "B1", "现场")
    with_next_version(workspace)
    return assessment_id


def test_answers_are_read_in_the_next_version_and_none_is_rewritten(workspace: Workspace, answered: str) -> None:
    before = {op.op_id: op.value for op in workspace.store.ops()}
    upgrade_assessment(workspace, answered)
    found = load_assessment(workspace, answered)
    assert found.pack == NEW
    assert found.answers.options == {"B1": ("C",), "B5": ("C",)}
    assert found.answers.numbers == {"equipment_total": Decimal(120)}
    assert found.notes == {"B1": "现场"}
    assert find_assessments(workspace, found.enterprise_id)[0].answers == found.answers
    problems = {problem.location: problem.code for problem in score_assessment(workspace, answered).problems}
    assert problems["answer:B6"] == "ANSWER_EARLIER"
    assert before.items() <= {op.op_id: op.value for op in workspace.store.ops()}.items()
    undo(workspace)
    back = load_assessment(workspace, answered)
    assert (back.pack, back.answers.options["B6"]) == (OLD, ("B",))


def test_what_would_change_is_said_before_and_is_what_changes(workspace: Workspace, answered: str) -> None:
    before = workspace.store.version_vector()
    plan = plan_upgrade(workspace, answered)
    assert workspace.store.version_vector() == before
    assert newer_method(workspace, answered) == plan.there.reference == NEW
    said = {one.register: (one.value, one.places) for one in plan.otherwise}
    assert said == {
        "answer:B1": ({"options": ["B"]}, {"answer:B1": {"options": ["C"]}}),
        "answer:B6": ({"options": ["B"]}, {}),
        "number:equipment_total": ("12", {"number:equipment_total": "120"}),
    }
    assert plan.score_here == replace(score_assessment(workspace, answered), problems=plan.score_here.problems)
    upgrade_assessment(workspace, answered)
    assert plan.score_there == replace(score_assessment(workspace, answered), problems=plan.score_there.problems)
    assert newer_method(workspace, answered) is None
    record_answer(workspace, answered, "B6", ("C",))
    undo(workspace)
    undo(workspace)
    assert newer_method(workspace, answered) == NEW


def test_a_version_that_asks_more_says_what(workspace: Workspace, answered: str) -> None:
    folder = workspace.directory / "packs" / "miit-sme-2024" / "2.0.0"
    with_next_version(workspace, MAPPING.replace('dropped = ["B6"]', ""))  # the pack alone tells that it is gone
    assert plan_upgrade(workspace, answered).new == ()
    for path in folder.glob("*.toml"):
        if path.name != "upgrade.toml":
            path.write_text(path.read_text(encoding="utf-8").replace("B6", "B6x"), encoding="utf-8")
    plan = plan_upgrade(workspace, answered)
    assert plan.new == ("B6x",)
    assert {one.register for one in plan.otherwise if not one.places} == {"answer:B6"}


def test_a_question_that_only_has_another_name_there_is_not_asked_anew(workspace: Workspace, answered: str) -> None:
    folder = workspace.directory / "packs" / "miit-sme-2024" / "2.0.0"
    with_next_version(workspace, 'from = "1.0.0"\n[moved]\nB6 = ["B6x"]\nB7 = ["B7x"]')
    for path in folder.glob("*.toml"):
        if path.name != "upgrade.toml":
            renamed = path.read_text(encoding="utf-8").replace("B6", "B6x").replace("B7", "B7x")
            path.write_text(renamed, encoding="utf-8")
    plan = plan_upgrade(workspace, answered)
    assert plan.new == (), "neither the one with an answer nor the one without"
    assert [one.places for one in plan.otherwise] == [{"answer:B6x": {"options": ["B"]}}]


def test_only_versions_that_can_be_moved_to_are_offered(workspace: Workspace, answered: str) -> None:
    with_next_version(workspace, MAPPING.replace("1.0.0", "0.9.0"))
    assert newer_method(workspace, answered) is None
    with pytest.raises(DiagError, match="UPGRADE_NO_WAY"):
        plan_upgrade(workspace, answered)


def test_what_is_answered_since_stands_as_it_is(workspace: Workspace, answered: str) -> None:
    upgrade_assessment(workspace, answered, NEW)
    record_answer(workspace, answered, "B1", ("B",))
    record_answer(workspace, answered, "B6", ("C",))
    options = load_assessment(workspace, answered).answers.options
    assert (options["B1"], options["B6"]) == (("B",), ("C",))
    assert "ANSWER_EARLIER" not in {problem.code for problem in score_assessment(workspace, answered).problems}


def test_two_who_move_to_different_versions_leave_it_to_be_decided(
    workspace: Workspace, answered: str, tmp_path: Path
) -> None:
    with open_workspace(tmp_path / "there", clock=FixedClock()) as there:
        there.store.import_ops(workspace.store.ops())
        upgrade_assessment(workspace, answered)
        with_next_version(there, MAPPING.replace("10", "100"))
        upgrade_assessment(there, answered)
        workspace.store.import_ops(there.store.ops())
        (conflict,) = find_conflicts(workspace)
        assert (conflict.register, len(conflict.sides)) == ("pack", 2)
        assert load_assessment(workspace, answered).answers.options["B5"] == ("C",)


def test_without_a_way_nothing_is_moved(workspace: Workspace, answered: str) -> None:
    with pytest.raises(DiagError, match="UPGRADE_SAME"):
        upgrade_assessment(workspace, answered, OLD)
    with_next_version(workspace, MAPPING.replace("1.0.0", "0.9.0"))
    with pytest.raises(DiagError, match="UPGRADE_NO_WAY"):
        upgrade_assessment(workspace, answered)
    assert load_assessment(workspace, answered).pack == OLD


def test_by_command(workspace: Workspace, answered: str, capsys: pytest.CaptureFixture[str]) -> None:
    look = ["--json", "--workspace", str(workspace.directory), "assessment", "upgrade", answered, "--look"]
    assert main(look) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["pack"], [one["register"] for one in told["otherwise"]]) == (
        NEW, ["answer:B1", "answer:B6", "number:equipment_total"],
    )  # fmt: skip
    assert load_assessment(workspace, answered).pack == OLD
    assert main(["--json", "--workspace", str(workspace.directory), "assessment", "upgrade", answered]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pack"] == NEW
    assert "ANSWER_EARLIER" in {problem["code"] for problem in told["problems"]}
