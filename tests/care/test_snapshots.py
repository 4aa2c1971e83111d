"""Snapshots, the second copy, the drill, and what the window says about them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.backup import create_backup
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.drill import bring_back, last_drill, run_drill
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.safety import safety
from diag_app.operations.snapshots import (
    find_snapshots,
    keep_copies,
    last_second_copy,
    make_second_copy,
    snapshot_before,
    take_snapshot,
)
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.storage.store import Store
from tests.fixed_clock import START, FixedClock
from tests.storage.stores import add_case, bare, file_value, opened, save

KEY = bytes(range(32))


def flip(path: Path, place: int = -1) -> None:
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1
    path.write_bytes(content)


def evidence_of(workspace: Workspace) -> list[Path]:
    return sorted(path for path in (workspace.directory / "evidence").rglob("*") if path.is_file())


def damage_an_op(workspace: Workspace) -> None:
    with bare(workspace.directory) as connection:
        assert connection.execute("UPDATE op SET value = '\"x\"' WHERE header ->> 'register' = 'name'").rowcount == 1


def test_a_snapshot_and_the_evidence_beside_it_bring_everything_back(workspace: Workspace, tmp_path: Path) -> None:
    taken = take_snapshot(workspace)
    assert taken.path.parent == workspace.directory / "backups"
    assert bring_back(taken.path, tmp_path / "back") == ()
    with open_workspace(tmp_path / "back") as back:
        assert back.store.check(read_data=True) == ()
        assert list(back.store.ops()) == list(workspace.store.ops())
        assert back.store.replica != workspace.store.replica
    with pytest.raises(DiagError, match="STORE_EXISTS"):
        bring_back(taken.path, workspace.directory)


def test_a_store_that_is_not_whole_makes_no_snapshot_and_drives_out_no_older_one(workspace: Workspace) -> None:
    good = take_snapshot(workspace)
    damage_an_op(workspace)
    with pytest.raises(DiagError, match="BACKUP_DAMAGED"):
        take_snapshot(workspace)
    assert find_snapshots(workspace.directory) == (good,)
    assert [(p.code, p.severity.value) for p in snapshot_before(workspace, "import")] == [("BACKUP_DAMAGED", "warning")]


def test_one_snapshot_a_day_ten_in_all(workspace: Workspace) -> None:
    workspace.clock = FixedClock(step=timedelta(hours=7))
    for _ in range(120):
        assert keep_copies(workspace, None).problems == ()
    found = find_snapshots(workspace.directory)
    days = [item.taken_at.date() for item in found]
    assert (len(found), len(set(days)), {item.reason for item in found}) == (10, 10, {"daily"})
    assert days[0] - days[-1] > timedelta(days=20)


def test_a_clock_that_ran_ahead_does_not_cost_the_newest_snapshot(workspace: Workspace) -> None:
    workspace.clock = FixedClock(START + timedelta(days=4000), step=timedelta(days=1))
    for _ in range(12):
        take_snapshot(workspace)
    workspace.clock = FixedClock(START + timedelta(days=1))
    taken = take_snapshot(workspace)
    assert taken.path.is_file()
    assert len(find_snapshots(workspace.directory)) == 10


def test_an_import_and_an_upgrade_are_preceded_by_a_snapshot(workspace: Workspace, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "other") as other:
        add_enterprise(other, EnterpriseProfile(name="宏达铸造厂"))
        export_bundle(other, tmp_path / "bundle.zip")
    ops = len(list(workspace.store.ops()))
    assert import_bundle(workspace, tmp_path / "bundle.zip").result.applied > 0
    [before] = find_snapshots(workspace.directory)
    assert before.reason == "import"
    assert (run_drill(workspace, before.path).ops, run_drill(workspace).since > 0) == (ops, True)
    workspace.store.set_local("program_version", "0.0.1")
    assert keep_copies(workspace, None).snapshot is not None
    assert keep_copies(workspace, None).snapshot is None
    assert [item.reason for item in find_snapshots(workspace.directory)] == ["upgrade", "import"]


def test_an_empty_workspace_needs_no_snapshot(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as empty:
        assert (keep_copies(empty, None).snapshot, safety(empty).problems) == (None, ())
        with pytest.raises(DiagError, match="NO_BACKUP"):
            run_drill(empty)


def test_the_second_copy_takes_only_what_is_new_and_stands_alone(workspace: Workspace, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    first = make_second_copy(workspace, disk)
    again = make_second_copy(workspace, disk)
    assert (first.added, again.added, first.folder) == (len(evidence_of(workspace)), 0, again.folder)
    shutil.rmtree(workspace.directory / "evidence")
    newest = max((first.folder / "backups").glob("*.db"))
    assert bring_back(newest, tmp_path / "back") == ()
    with open_workspace(tmp_path / "back") as back:
        assert back.store.check(read_data=True) == ()


def test_a_disk_that_is_not_there_is_a_warning_and_no_obstacle(workspace: Workspace, tmp_path: Path) -> None:
    kept = keep_copies(workspace, tmp_path / "absent")
    assert kept.snapshot is not None
    assert [(p.code, p.severity.value) for p in kept.problems] == [("SECOND_COPY_MISSING", "warning")]
    assert not (tmp_path / "absent").exists()
    (tmp_path / "absent").mkdir()
    copied = keep_copies(workspace, tmp_path / "absent").second_copy
    assert copied is not None
    assert last_second_copy(workspace) is not None
    assert keep_copies(workspace, tmp_path / "absent").second_copy is None, "once a day is enough"


def test_the_drill_says_that_everything_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    take_snapshot(workspace)
    drill = run_drill(workspace)
    assert (drill.problems, drill.ops, drill.since) == ((), len(list(workspace.store.ops())), 0)
    add_enterprise(workspace, EnterpriseProfile(name="宏达铸造厂"))
    assert run_drill(workspace).since > 0
    assert run_drill(workspace, create_backup(workspace, tmp_path)).since == 0
    assert sorted(path.name for path in workspace.directory.glob(".*")) == []
    last = last_drill(workspace)
    assert last is not None
    assert last.is_whole


@pytest.mark.parametrize("part", range(8))
def test_the_drill_finds_a_damaged_copy(workspace: Workspace, tmp_path: Path, part: int) -> None:
    (tmp_path / "disk").mkdir()
    copy = make_second_copy(workspace, tmp_path / "disk")
    files = sorted(path for path in copy.folder.rglob("*") if path.is_file())
    backup = create_backup(workspace, tmp_path)
    damaged, source = (backup, backup) if part < 4 else (files[0 if part < 6 else -1], None)
    if damaged.suffix == ".db":
        content = damaged.read_bytes()
        flip(damaged, content.index("恒信精密".encode()) + part % 2)
    else:
        flip(damaged, (part % 4) * damaged.stat().st_size // 4 + 1500)
    drill = run_drill(workspace, source)
    assert {problem.code for problem in drill.problems} <= {"BACKUP_DAMAGED", "BLOB_DAMAGED", "PROJECTION_DIFFERS"}
    assert drill.problems != ()
    last = last_drill(workspace)
    assert last is not None
    assert (last.is_whole, last.source) == (False, str(drill.source))
    assert "DRILL_FAILED" in {problem.code for problem in safety(workspace, tmp_path / "disk").problems}


def test_the_drill_finds_what_the_workspace_has_lost(workspace: Workspace) -> None:
    take_snapshot(workspace)
    with bare(workspace.directory) as connection:
        connection.execute("DELETE FROM op WHERE header ->> 'register' = 'name'")
    assert "BACKUP_HAS_MORE" in {problem.code for problem in run_drill(workspace).problems}


def test_safety_tells_what_is_missing_and_then_that_nothing_is(workspace: Workspace, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    first = safety(workspace)
    assert [p.code for p in first.problems] == ["NO_BACKUP", "SECOND_COPY_NONE", "DRILL_DUE"]
    assert first.last_save is not None
    assert (first.last_save.date(), first.undelivered.total) == (START.date(), 2)
    assert "SECOND_COPY_MISSING" in [p.code for p in safety(workspace, disk).problems]
    disk.mkdir()
    assert "SECOND_COPY_OLD" in [p.code for p in safety(workspace, disk).problems]
    keep_copies(workspace, disk)
    run_drill(workspace)
    report = safety(workspace, disk)
    assert report.problems == ()
    assert report.last_backup is not None
    assert report.second_copy is not None
    assert report.last_drill is not None
    workspace.clock = FixedClock(datetime(2024, 9, 1, tzinfo=UTC))
    assert [p.code for p in safety(workspace, disk).problems] == ["SECOND_COPY_OLD", "DRILL_DUE"]


def sealed(store: Store) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "file", file_value(store.put_blob(b"photo" * 1000)))


def test_copies_of_an_encrypted_store_stay_encrypted(tmp_path: Path) -> None:
    from diag_app.storage.snapshot import compare_restored, restore_snapshot, write_snapshot  # noqa: PLC0415

    with opened(tmp_path / "home", key=KEY) as store:
        sealed(store)
        database, _ = store.inside
        taken = write_snapshot(database, tmp_path / "home", at=START, reason="asked")
        assert "恒信".encode() not in taken.path.read_bytes()
        assert restore_snapshot(taken.path, tmp_path / "back", key=KEY) == ()
        assert compare_restored(database, tmp_path / "back").problems == ()
