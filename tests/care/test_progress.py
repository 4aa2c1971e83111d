"""Long jobs of care count what they really do, and can be cancelled at every step with nothing left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diag_app.clock import Cancelled, Progress, Steps
from diag_app.operations.assessment import find_assessments
from diag_app.operations.backup import check_workspace, create_backup
from diag_app.operations.drill import last_drill, run_drill
from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.snapshots import last_second_copy, make_second_copy, take_snapshot
from diag_app.operations.workspace import Workspace
from diag_app.storage.checking import PARTS

FILES = 12  # evidence files of the workspace
Job = Callable[[Workspace, Path, Progress], Any]
JOBS: dict[str, tuple[Job, int]] = {
    "check": (
        lambda workspace, _, progress: check_workspace(workspace, read_data=True, progress=progress),
        FILES + PARTS,
    ),
    "drill": (lambda workspace, _, progress: run_drill(workspace, progress=progress), 2 * FILES + PARTS),
    "second copy": (lambda workspace, disk, progress: make_second_copy(workspace, disk, progress=progress), FILES + 1),
    "backup": (lambda workspace, disk, progress: create_backup(workspace, disk, progress=progress), 2 * FILES + 1),
    "snapshot": (lambda workspace, _, progress: take_snapshot(workspace, progress=progress), 2),
}


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """The workspace with a dozen evidence files and a snapshot."""
    (firm,) = find_enterprises(workspace)
    (assessment,) = find_assessments(workspace, firm.enterprise_id)
    more = [NewEvidence(name=f"{n}.bin", data=bytes([n]) * 5_000, targets=("B2",)) for n in range(1, FILES)]
    add_evidence_files(workspace, assessment.assessment_id, more)
    take_snapshot(workspace)
    return workspace


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def cancelled_after(last: int) -> Progress:
    def progress(done: int, total: int) -> None:
        if done > last:
            raise Cancelled

    return progress


@pytest.mark.parametrize("name", JOBS)
def test_every_file_counts_and_the_end_is_reached(filled: Workspace, disk: Path, name: str) -> None:
    job, total = JOBS[name]
    told: list[tuple[int, int]] = []
    job(filled, disk, lambda done, of: told.append((done, of)))
    assert told == [(done, total) for done in range(total + 1)]


@pytest.mark.parametrize("name", JOBS)
def test_it_can_be_cancelled_at_every_step(filled: Workspace, disk: Path, name: str) -> None:
    job, total = JOBS[name]
    home = filled.directory
    before = files_below(home)
    for last in range(total):
        with pytest.raises(Cancelled):
            job(filled, disk, cancelled_after(last))
        new = files_below(home) - before
        assert {path for path in new if path.parent.name != "backups" or path.name.startswith(".")} == set()
        assert not [path for path in disk.rglob("*") if path.suffix == ".zip" or path.name.startswith(".")]
    assert (last_drill(filled), last_second_copy(filled)) == (None, None)
    assert filled.store.check(read_data=True) == ()


def test_more_than_was_expected_is_never_told() -> None:
    told: list[tuple[int, int]] = []
    steps = Steps(lambda done, of: told.append((done, of)), 2)
    for _ in range(4):
        steps.step()
    assert told == [(0, 2), (1, 2), (2, 2), (2, 2), (2, 2)]
