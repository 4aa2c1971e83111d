"""One window for each workspace: the second says who has it; jobs and the command line work beside the first."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.backup import create_backup
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.history import undo
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.storage.lock import WINDOW_LOCK, Holder, read_holder, take_window_lock
from tests.fixed_clock import FixedClock
from tests.storage.children import ROOT

ACTOR = Actor(name="张三", firm="某公司", device="A")
CODE = "WORKSPACE_OPEN_ELSEWHERE"


@contextmanager
def another_window(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the workspace open until it is told to end, or killed."""
    command = [sys.executable, "-m", "tests.care.other_window", str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        yield child
        child.kill()


def firms(workspace: Workspace) -> list[str]:
    return [firm.name for firm in find_enterprises(workspace)]


def test_a_second_window_is_told_who_has_the_workspace_and_since_when(tmp_path: Path) -> None:
    with another_window(tmp_path):
        with pytest.raises(DiagError) as refused:
            open_workspace(tmp_path, actor=ACTOR, exclusive=True)
        assert (refused.value.code, refused.value.location) == (CODE, str(tmp_path))
        assert refused.value.parameters["who"] == "李四 · 某公司 · B"
        assert refused.value.parameters["since"].startswith("20")
    with open_workspace(tmp_path, actor=ACTOR, exclusive=True):
        assert read_holder(tmp_path).who == "张三 · 某公司 · A"


def test_this_window_keeps_another_out(tmp_path: Path) -> None:
    with open_workspace(tmp_path, actor=ACTOR, exclusive=True):
        command = [sys.executable, "-m", "tests.care.other_window", str(tmp_path)]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
        assert told.stdout == f"{CODE} 张三 · 某公司 · A\n"


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    with another_window(tmp_path) as child:
        child.kill()
        child.wait(60)
        assert read_holder(tmp_path).who == "李四 · 某公司 · B"  # words may stay, the lock does not
        with open_workspace(tmp_path, actor=ACTOR, clock=FixedClock(), exclusive=True):
            assert read_holder(tmp_path) == Holder(who="张三 · 某公司 · A", since="2024-06-03T09:00:00+00:00")


def test_the_windows_own_second_handle_and_the_command_line_write_beside_it(tmp_path: Path) -> None:
    with open_workspace(tmp_path, exclusive=True) as window, open_workspace(tmp_path, exclusive=True) as job:
        add_enterprise(window, EnterpriseProfile(name="甲厂"))
        add_enterprise(job, EnterpriseProfile(name="乙厂"))
        window.close()
        with open_workspace(tmp_path) as command_line:
            add_enterprise(command_line, EnterpriseProfile(name="丙厂"))
        assert sorted(firms(job)) == ["丙厂", "乙厂", "甲厂"]
        told = subprocess.run(
            [sys.executable, "-m", "tests.care.other_window", str(tmp_path)],
            cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        assert told.stdout.startswith(CODE), "the job's handle still holds it"
    with another_window(tmp_path):
        pass


def write_a_firm(workspace: Workspace) -> None:
    add_enterprise(workspace, EnterpriseProfile(name="丁厂"))


def write_evidence(workspace: Workspace) -> None:
    workspace.store.put_blob(b"photo")


def write_a_local_fact(workspace: Workspace) -> None:
    workspace.store.set_local("x", "y")


def rebuild(workspace: Workspace) -> None:
    workspace.store.rebuild_projections()


@pytest.mark.parametrize("write", [write_a_firm, write_evidence, write_a_local_fact, rebuild, undo])
def test_a_read_only_window_shows_everything_and_refuses_every_write(
    tmp_path: Path, write: Callable[[Workspace], object]
) -> None:
    home = tmp_path / "home"
    with open_workspace(home) as workspace:
        write_a_firm(workspace)
    with another_window(home), open_workspace(home, actor=ACTOR, read_only=True) as shown:
        assert firms(shown) == ["丁厂"]
        before = sorted(path for path in home.rglob("*") if path.is_file())
        with pytest.raises(DiagError, match=CODE) as refused:
            write(shown)
        assert refused.value.parameters["who"] == "李四 · 某公司 · B"
        assert (firms(shown), sorted(path for path in home.rglob("*") if path.is_file())) == (["丁厂"], before)
        assert create_backup(shown, tmp_path / "backups").is_file()


def test_a_workspace_that_is_not_there_is_missed_and_no_lock_is_left(tmp_path: Path) -> None:
    for options in ({"exclusive": True, "create": False}, {"read_only": True}):
        with pytest.raises(DiagError, match="STORE_MISSING"):
            open_workspace(tmp_path / "absent", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "absent").exists()


def test_a_refused_opening_gives_the_lock_back(tmp_path: Path) -> None:
    (tmp_path / "workspace.db").write_bytes(b"no store" * 1000)
    with pytest.raises(DiagError, match="STORE_UNREADABLE"):
        open_workspace(tmp_path, exclusive=True)
    (tmp_path / "workspace.db").unlink()
    with another_window(tmp_path):
        pass


@pytest.mark.parametrize("words", [b"", b"[]", b"{", b'{"who": 3}', b"\xff" * 9000])
def test_damaged_words_in_a_lock_are_no_obstacle(tmp_path: Path, words: bytes) -> None:
    (tmp_path / WINDOW_LOCK).write_bytes(words)
    assert read_holder(tmp_path).since == ""
    with open_workspace(tmp_path, actor=ACTOR, exclusive=True):
        assert read_holder(tmp_path).who.startswith("张三")


def test_a_disk_that_takes_no_words_keeps_nobody_out_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int, __: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        with pytest.raises(DiagError, match="DISK_FULL"):
            take_window_lock(tmp_path, Holder())
    take_window_lock(tmp_path, Holder(who="张三", since="")).release()
