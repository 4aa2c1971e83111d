"""A copied, restored or cloned workspace writes under an id of its own, from its first write on."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.backup import create_backup, restore_backup
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.storage.identity import former_replicas, mirror_path, settle
from tests.storage.stores import add_case, file_value, opened, save

Step = Callable[[Path, pytest.MonkeyPatch], Path]


@pytest.fixture(autouse=True)
def own_mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "machine-a"))


def started(home: Path) -> str:
    """Make a workspace with one firm and return the firm's id."""
    with open_workspace(home) as workspace:
        return add_enterprise(workspace, EnterpriseProfile(name="恒信精密机械有限公司")).enterprise_id


def rename(workspace: Workspace, enterprise_id: str, name: str) -> None:
    with workspace.store.operation("update_enterprise", enterprise_id) as operation:
        operation.set(enterprise_id, "name", name)


def copied(home: Path, _: pytest.MonkeyPatch) -> Path:
    return Path(shutil.copytree(home, home.parent / "copy"))


def restored(home: Path, _: pytest.MonkeyPatch) -> Path:
    with open_workspace(home) as workspace:
        restore_backup(create_backup(workspace, home.parent), home.parent / "restored")
    return home.parent / "restored"


def on_another_machine(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = Path(shutil.copytree(home, home.parent / "carried"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home.parent / "machine-b"))
    return copy


def without_its_mirror(home: Path, _: pytest.MonkeyPatch) -> Path:
    mirror_path().write_bytes(b'{"places": ')
    return home


@pytest.mark.parametrize("step", [copied, restored, on_another_machine, without_its_mirror])
def test_the_first_write_of_a_copy_carries_a_new_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    home = tmp_path / "home"
    enterprise_id = started(home)
    with open_workspace(home) as workspace:
        first = workspace.store.replica
        assert workspace.notices == ()
    other = step(home, monkeypatch)
    with open_workspace(other) as copy:
        assert copy.store.replica != first
        rename(copy, enterprise_id, "副本厂")
        assert [op.replica for op in copy.store.ops()].count(first) > 0
        assert next(op for op in copy.store.ops() if op.value == "副本厂").replica == copy.store.replica
        second = copy.store.replica
    with open_workspace(other) as again:
        assert (again.store.replica, again.notices) == (second, ())


@pytest.mark.parametrize("step", [copied, restored, on_another_machine])
def test_no_number_of_a_chain_is_used_twice_after_an_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    home = tmp_path / "home"
    enterprise_id = started(home)
    other = step(home, monkeypatch)
    with open_workspace(other) as copy:
        rename(copy, enterprise_id, "副本厂")
        export_bundle(copy, tmp_path / "copy.zip")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "machine-a"))
    with open_workspace(home) as workspace:
        rename(workspace, enterprise_id, "原厂")
        problems = import_bundle(workspace, tmp_path / "copy.zip").result.problems
        numbers = Counter((op.replica, op.case, op.seq) for op in workspace.store.ops())
        assert (problems, max(numbers.values())) == ((), 1)
        assert set(workspace.store.entity(enterprise_id).registers["name"].conflicting) == {"原厂", "副本厂"}


def test_an_older_copy_put_back_over_the_same_place_gets_a_new_id(tmp_path: Path) -> None:
    """Also when the copy was made while the window was open, and when the program was then killed."""
    home = tmp_path / "home"
    with opened(home) as store:
        case, _ = add_case(store)
    shutil.copytree(home, tmp_path / "closed")
    store = opened(home)
    first = store.replica
    save(store, case, case, "name", "一")
    store._database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(home, tmp_path / "open")
    save(store, case, case, "name", "二")
    store.close()
    numbered: dict[tuple[str, str, int], set[str]] = {}
    with opened(home) as now:
        assert now.replica == first
        for op in now.ops():
            numbered.setdefault((op.replica, op.case, op.seq), set()).add(op.op_id)
    for copy in ("closed", "open"):
        shutil.rmtree(home)
        shutil.copytree(tmp_path / copy, home)
        with opened(home) as back:
            assert (back.replica != first, back.identity.former) == (True, first)
            save(back, case, case, "name", copy)
            for op in back.ops():
                numbered.setdefault((op.replica, op.case, op.seq), set()).add(op.op_id)
    assert all(len(ids) == 1 for ids in numbered.values())


def test_another_machine_or_disk_under_the_same_path_and_mirror_is_told_apart(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        add_case(store)
        first, database = store.replica, store._database
        clone = settle(database, tmp_path, machine="another machine")
        assert (clone.former, clone.replica != first) == (first, True)
        assert settle(database, tmp_path, machine="another machine").replica == clone.replica
        assert former_replicas(database) == (first,)


def test_several_handles_and_processes_in_turn_keep_the_id(tmp_path: Path) -> None:
    with opened(tmp_path) as left, opened(tmp_path) as right:
        case, assessment = add_case(left)
        save(right, case, assessment, "note:B1", "一")
        save(left, case, assessment, "note:B1", "二")
        first = left.replica
    for number in range(4):
        with opened(tmp_path) as store:
            save(store, case, assessment, "remark:B2", number)
            assert (store.replica, store.identity.former) == (first, "")


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{}",
        '{"places": []}',
        '{"places": {"x": {"replica": 1, "count": true}}}',
        '{"places": {"x": 1}}',
        "\xff",
    ],
)
def test_a_damaged_mirror_knows_nothing_and_stops_nobody(tmp_path: Path, damage: str) -> None:
    with opened(tmp_path / "home") as store:
        case, assessment = add_case(store)
    mirror_path().write_bytes(damage.encode("latin-1"))
    with opened(tmp_path / "home") as store:
        save(store, case, assessment, "note:B1", "一")
        assert store.identity.former != ""
    content = json.loads(mirror_path().read_bytes())
    assert store.replica in {place["replica"] for place in content["places"].values()}


def test_the_mirror_does_not_name_folders(tmp_path: Path) -> None:
    with opened(tmp_path / "恒信精密") as store:
        add_case(store)
    assert "恒信精密" not in mirror_path().read_text()


def test_evidence_saved_under_an_earlier_id_is_still_missed(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "file", file_value(store.put_blob(b"photo")))
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy" / "evidence")
    with opened(tmp_path / "copy") as copy:
        assert [(problem.code, problem.severity.value) for problem in copy.check()] == [("BLOB_MISSING", "error")]
