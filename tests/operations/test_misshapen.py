"""A signed bundle may bring any value into any register: it is kept, told, and breaks nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diag_app.errors import DiagError
from diag_app.model.shapes import SHAPES
from diag_app.operations.assessment import load_assessment
from diag_app.operations.bundle import export_bundle
from diag_app.operations.bundle_profile import PROFILES
from diag_app.operations.demo import fill_demo
from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.evidence import find_evidence
from diag_app.operations.workspace import Workspace, open_workspace
from tests.operations.misshapen import LEAVE, ODD, Intruder, Reading, each_of, only
from tests.operations.unlikely import HALF, NOWHERE, unlikely

GROUPS = 12  # of registers that are odd together, beside many times as many that stay as they were


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("misshapen") / "home"
    with open_workspace(folder) as opened:
        fill_demo(opened)
    return folder


@pytest.fixture
def workspace(home: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy for each test: what one has brought in would make the next slower."""
    with open_workspace(Path(shutil.copytree(home, tmp_path / "home"))) as opened:
        yield opened


@pytest.fixture
def intruder(workspace: Workspace, tmp_path: Path) -> Iterator[Intruder]:
    [row] = find_enterprises(workspace)
    found = Intruder(tmp_path, workspace, row.enterprise_id)
    before = found.shown()
    yield found
    found.puts_back(before)
    assert {key: value for key, value in found.shown().items() if key in before} == before


def faults(intruder: Intruder, folder: Path, *, with_files: bool = False) -> list[str]:
    reading = Reading(workspace=intruder.workspace, case=intruder.case, folder=folder / "read")
    reading.pages()
    if with_files:
        reading.files()
    return reading.faults


def test_one_odd_answer_and_one_odd_file_are_told_and_hide_nothing_else(
    intruder: Intruder, workspace: Workspace, tmp_path: Path
) -> None:
    assessment, evidence = (
        load_assessment(workspace, intruder.assessment),
        find_evidence(workspace, intruder.assessment),
    )
    assert "B1" in assessment.answers.options
    wanted = {(intruder.assessment, "answer:B1"): 5, (evidence[0].evidence_id, "file"): {"x": 1}}
    imported, path = intruder.writes(wanted)
    told = [item for item in imported.problems if item.code == "OP_MISSHAPEN"]
    assert {(item.parameters["entity"], item.parameters["register"]) for item in told} == set(wanted)
    assert {(item.parameters["case"], item.parameters["actor"]) for item in told} == {(intruder.case, intruder.actor)}
    now = load_assessment(workspace, intruder.assessment)
    kept = {key: value for key, value in assessment.answers.options.items() if key != "B1"}
    assert (now.answers.options, now.answers.scenarios) == (kept, assessment.answers.scenarios)
    assert find_evidence(workspace, intruder.assessment) == evidence[1:]
    assert intruder.is_passed_on(path)


def test_a_file_and_a_method_that_are_nowhere_keep_no_case_from_being_passed_on(
    intruder: Intruder, workspace: Workspace, tmp_path: Path
) -> None:
    evidence = find_evidence(workspace, intruder.assessment)[0]
    [file] = [op.value for op in workspace.store.ops_about(intruder.case, [evidence.evidence_id], ("file",))]
    _, path = intruder.writes(
        {
            (intruder.assessment, "pack"): {"reference": "nowhere@1.0.0", "digest": NOWHERE},
            (evidence.evidence_id, "file"): {**file, "picture": NOWHERE},
        }
    )
    for profile in PROFILES:
        with pytest.raises(DiagError, match="FILES_ABSENT"):
            export_bundle(workspace, tmp_path / f"{profile}.qzb", profile=profile)
        sealed = export_bundle(workspace, tmp_path / f"{profile}.qzb", profile=profile, without_absent=True)
        assert [problem.code for problem in sealed.problems] == ["FILES_ABSENT", "FACTS_LEFT_OUT"]
    assert intruder.is_passed_on(path)


def test_any_value_in_any_register_breaks_nothing(intruder: Intruder, workspace: Workspace, tmp_path: Path) -> None:
    chance, odd = random.Random(1), each_of(*ODD.values())  # noqa: S311 - the same in every run

    def give(register: str) -> Any:
        return odd(register) if register == "pack" or chance.random() < HALF else unlikely(register, chance)

    imported, _ = intruder.brings(give)
    assert {item.code for item in imported.problems if item.parameters.get("register")} == {"OP_MISSHAPEN"}
    assert faults(intruder, tmp_path) == []
    assert {item.code for item in workspace.store.check()} <= {"BLOB_MISSING"}, "of files that nobody brought"


@pytest.mark.heavy
@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_one_value_in_every_register_breaks_nothing(
    intruder: Intruder, workspace: Workspace, tmp_path: Path, value: Any
) -> None:
    intruder.brings(each_of(value))
    assert faults(intruder, tmp_path, with_files=True) == []
    assert {item.code for item in workspace.store.check()} <= {"BLOB_MISSING"}, "of files that nobody brought"


@pytest.mark.heavy
@pytest.mark.parametrize("value", [5, {"x": 1}], ids=str)
@pytest.mark.parametrize("group", range(GROUPS))
def test_some_odd_registers_leave_the_rest_to_be_read(
    intruder: Intruder, workspace: Workspace, tmp_path: Path, group: int, value: Any
) -> None:
    intruder.brings(only(sorted(SHAPES)[group::GROUPS], value))
    assert faults(intruder, tmp_path) == []


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(12))
def test_whatever_fits_its_shape_can_be_read(
    intruder: Intruder, workspace: Workspace, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeated by its seed
    share = chance.choice((0.1, HALF, 1.0))

    def give(register: str) -> Any:  # of a method that is nowhere installed nothing can be read
        return LEAVE if register == "pack" or chance.random() > share else unlikely(register, chance)

    imported, _ = intruder.brings(give)
    assert [item for item in imported.problems if item.code == "OP_MISSHAPEN"] == []
    assert faults(intruder, tmp_path, with_files=True) == []
