"""An erasure reaches the second copy: at once where its disk is there, else when it is next brought up to date."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_note, start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.redaction import redact
from diag_app.operations.safety import safety
from diag_app.operations.security import encrypt_workspace, unlock
from diag_app.operations.snapshots import keep_copies, last_second_copy, make_second_copy
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.storage.snapshot import restore_snapshot, snapshots_in
from tests.audit.erasing import BYTES, MARKER, REASON
from tests.audit.trails import occurrences
from tests.fixed_clock import FixedClock
from tests.security.cases import COST, PHRASE

OTHER = "别的备注"


def filled(workspace: Workspace) -> dict[str, str]:
    """Add a firm with a marker in a note and in the bytes of a file; return the entity of each register."""
    assessment = start_assessment(workspace, add_enterprise(workspace, EnterpriseProfile(name="恒信")).enterprise_id)
    record_note(workspace, assessment, "B1", MARKER)
    record_note(workspace, assessment, "B2", OTHER)
    file = NewEvidence(name="x.bin", data=BYTES, targets=("B1",))
    return {"note:B1": assessment, "file": add_evidence_files(workspace, assessment, [file])[0].evidence_id}


def erase(workspace: Workspace, made: dict[str, str]) -> set[str]:
    """Erase everything marked and return the codes of what the person is told, but for backups that went."""
    problems = [
        item for name, entity in made.items() for item in redact(workspace, entity, name, reason=REASON).problems
    ]
    return {problem.code for problem in problems} - {"BACKUP_ERASED"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def test_a_copy_whose_disk_is_there_is_cleared_at_once(tmp_path: Path, disk: Path, clock: FixedClock) -> None:
    with open_workspace(tmp_path / "home", clock=clock) as workspace:
        made = filled(workspace)
        for _ in range(3):
            copy = make_second_copy(workspace, disk)
        (copy.folder / "backups" / ".part-abcdefgh").write_text(MARKER)  # of a copy that was killed
        assert occurrences(disk, MARKER, BYTES[:30])
        assert erase(workspace, made) == set()
        assert occurrences(tmp_path, MARKER, BYTES[:30]) == {}
        (snapshot,) = snapshots_in(copy.folder)
        assert restore_snapshot(snapshot.path, tmp_path / "back") == ()
    with open_workspace(tmp_path / "back") as back:
        assert back.store.check(read_data=True) == ()
        assert back.store.entity(made["note:B1"]).value("note:B2") == OTHER


def test_a_copy_whose_disk_is_away_is_named_and_cleared_when_it_is_next_made(
    tmp_path: Path, disk: Path, clock: FixedClock
) -> None:
    with open_workspace(tmp_path / "home", clock=clock) as workspace:
        made = filled(workspace)
        make_second_copy(workspace, disk)
        disk.rename(tmp_path / "drawer")
        assert erase(workspace, made) == {"COPY_HOLDS_ERASED"}
        assert occurrences(workspace.directory, MARKER, BYTES[:30]) == {}
    (tmp_path / "drawer").rename(disk)
    with open_workspace(tmp_path / "home", clock=clock) as workspace:
        assert "COPY_HOLDS_ERASED" in {problem.code for problem in safety(workspace, disk).problems}
        assert occurrences(disk, MARKER, BYTES[:30])
        assert keep_copies(workspace, disk).second_copy is not None, "the same day, because it waits"
        assert occurrences(tmp_path, MARKER, BYTES[:30]) == {}
        assert "COPY_HOLDS_ERASED" not in {problem.code for problem in safety(workspace, disk).problems}


def test_every_disk_that_ever_held_a_copy_is_reached(tmp_path: Path, disk: Path, clock: FixedClock) -> None:
    second = tmp_path / "another"
    second.mkdir()
    with open_workspace(tmp_path / "home", clock=clock) as workspace:
        made = filled(workspace)
        for folder in (disk, second):
            make_second_copy(workspace, folder)
        assert erase(workspace, made) == set()
        assert occurrences(tmp_path, MARKER, BYTES[:30]) == {}


def test_a_workspace_that_was_copied_leaves_the_copy_of_the_first_alone(
    tmp_path: Path, disk: Path, clock: FixedClock
) -> None:
    """Its facts name the disk of the one it was copied from; writing there would put the one in place of the other."""
    with open_workspace(tmp_path / "home", clock=clock) as workspace:
        made = filled(workspace)
        copy = make_second_copy(workspace, disk)
    before = {path: path.read_bytes() for path in copy.folder.rglob("*") if path.is_file()}
    shutil.copytree(tmp_path / "home", tmp_path / "clone")
    with open_workspace(tmp_path / "clone", clock=clock) as clone:
        assert erase(clone, made) == {"COPY_HOLDS_ERASED"}
    assert {path: path.read_bytes() for path in copy.folder.rglob("*") if path.is_file()} == before


def test_nothing_stays_in_clear_on_the_disk_after_the_workspace_was_encrypted(
    tmp_path: Path, disk: Path, clock: FixedClock
) -> None:
    home = tmp_path / "home"
    with open_workspace(home, clock=clock) as workspace:
        made = filled(workspace)
        make_second_copy(workspace, disk)
    encrypt_workspace(home, PHRASE, cost=COST, clock=clock)
    key = unlock(home, passphrase=PHRASE)
    with open_workspace(home, clock=clock, key=key) as workspace:
        copy = make_second_copy(workspace, disk)
        assert occurrences(disk, MARKER, OTHER, BYTES[:30], b"SQLite format 3") == {}
        assert last_second_copy(workspace) == copy
        (snapshot,) = snapshots_in(copy.folder)
        assert restore_snapshot(snapshot.path, tmp_path / "back", key=key) == ()
        assert erase(workspace, made) == set()
        assert len(list((copy.folder / "evidence").rglob("*.age"))) == 0
