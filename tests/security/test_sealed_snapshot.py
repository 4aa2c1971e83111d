"""An encrypted workspace is backed up without its key, as an installer must: all of it, and only while it is closed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from diag_app.cli.main import main
from diag_app.errors import DiagError
from diag_app.operations.security import create_encrypted_workspace, unlock
from diag_app.operations.snapshots import find_snapshots, take_sealed_snapshot, take_snapshot
from diag_app.operations.workspace import open_workspace
from diag_app.storage.lock import closed_store
from tests.security.cases import COST, FILE, NAME, NOTE, PHRASE, everything_is_there, files_holding, fill
from tests.security.opened_elsewhere import LATE_FIRM
from tests.storage.children import ROOT

ELSEWHERE = (sys.executable, "-m", "tests.security.opened_elsewhere")
ASKS = """
import sys
from pathlib import Path
from diag_app.storage.database import open_file
open_file(Path(sys.argv[1]), key=None, busy_seconds=0.1).one("SELECT count(*) FROM sqlite_schema")
"""
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted workspace with a case, closed; no test writes to it."""
    home = tmp_path_factory.mktemp("sealed") / "home"
    create_encrypted_workspace(home, PHRASE, cost=COST)
    with open_workspace(home, key=unlock(home, passphrase=PHRASE)) as workspace:
        fill(workspace)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """The workspace at a place of its own."""
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture
def phrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "phrase.txt"
    path.write_text(PHRASE)
    return path


@pytest.fixture
def diag(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line: what it answers, or the code it refuses with."""

    def run(workspace: Path, *arguments: str | Path) -> Any:
        capsys.readouterr()
        status = main(["--json", "--workspace", str(workspace), *map(str, arguments)])
        told = capsys.readouterr()
        return json.loads(told.err)["error"]["code"] if status else json.loads(told.out)

    return run


@contextmanager
def opened_elsewhere(home: Path) -> Iterator[None]:
    command = [*ELSEWHERE, str(home), PHRASE, "open"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        yield
        child.kill()


def test_a_snapshot_without_the_key_outlasts_an_upgrade_and_gives_everything_back(
    home: Path, tmp_path: Path, phrase_file: Path, diag: Run
) -> None:
    taken = Path(diag(home, "backup", "snapshot", "--without-key")["path"])  # as the Windows setup does it
    for marker in (NAME.encode(), NOTE.encode(), FILE[:40], b"SQLite format 3"):
        assert files_holding(marker, home) == []
    key = unlock(home, passphrase=PHRASE)
    with open_workspace(home, key=key) as workspace:  # the newer version works on, then its disk loses the store
        fill(workspace)
        replica = workspace.store.replica
    (home / "workspace.db").unlink()
    back = tmp_path / "back"
    restored = diag(home, "--passphrase-file", phrase_file, "backup", "restore", taken, "--to", back)
    assert (restored["checked"], restored["problems"]) == (True, [])
    assert everything_is_there(back, key)
    shutil.copyfile(taken, home / "workspace.db")  # put back by hand, where it came from
    with open_workspace(home, key=key) as workspace:
        assert workspace.store.replica != replica  # so that it can number no op like one that was lost


def test_what_a_killed_program_left_in_the_log_is_in_the_snapshot(home: Path) -> None:
    subprocess.run([*ELSEWHERE, str(home), PHRASE, "killed"], cwd=ROOT, check=True, timeout=60)
    store, log = home / "workspace.db", home / "workspace.db-wal"
    before = (store.read_bytes(), log.read_bytes())
    assert before[1]
    taken = take_sealed_snapshot(home).path
    assert (store.read_bytes(), log.read_bytes()) == before  # only read
    assert list(taken.parent.iterdir()) == [taken]
    for path in home.glob("workspace.db*"):
        path.unlink()
    shutil.copyfile(taken, store)
    with open_workspace(home, key=unlock(home, passphrase=PHRASE)) as workspace:
        assert [firm.name for firm in workspace.store.find_enterprises("")] == [LATE_FIRM, NAME]
        assert workspace.store.check(read_data=True) == ()


def test_a_workspace_that_a_program_has_open_is_refused_and_no_file_remains(home: Path) -> None:
    with opened_elsewhere(home):
        files = {path for path in home.rglob("*") if path.name != "window.lock"}
        with pytest.raises(DiagError, match="WORKSPACE_IN_USE"):
            take_sealed_snapshot(home)
        assert {path for path in home.rglob("*") if path.name != "window.lock"} == files
    assert take_sealed_snapshot(home).path.exists()


def test_a_workspace_that_a_window_has_open_is_refused(home: Path, diag: Run) -> None:
    with open_workspace(home, key=unlock(home, passphrase=PHRASE), exclusive=True):
        assert diag(home, "backup", "snapshot", "--without-key") == "WORKSPACE_OPEN_ELSEWHERE"
    assert find_snapshots(home) == ()


def test_nobody_opens_the_store_while_it_is_copied(home: Path) -> None:
    with closed_store(home / "workspace.db"):
        command = [sys.executable, "-c", ASKS, str(home / "workspace.db")]
        refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "STORE_BUSY" in refused.stderr


def test_a_damaged_snapshot_is_found_out_by_the_key_and_said_to_be_unseen_without_it(
    home: Path, tmp_path: Path, phrase_file: Path, diag: Run
) -> None:
    taken = take_sealed_snapshot(home).path
    content = bytearray(taken.read_bytes())
    content[len(content) // 2] ^= 1
    taken.write_bytes(content)
    restore = ("backup", "restore", taken, "--to", tmp_path / "back")
    assert diag(home, "--passphrase-file", phrase_file, *restore) == "BACKUP_DAMAGED"
    assert not (tmp_path / "back" / "workspace.db").exists()
    assert diag(home, *restore)["checked"] is False
    phrase_file.write_text("three wrong words")
    assert diag(home, "--passphrase-file", phrase_file, *restore) == "PASSPHRASE_WRONG"


def test_it_lets_no_older_snapshot_go_since_nobody_looked_into_it(home: Path) -> None:
    with open_workspace(home, key=unlock(home, passphrase=PHRASE)) as workspace:
        taken = take_snapshot(workspace).path
    for number in range(10):
        shutil.copyfile(taken, taken.with_name(f"20240101T00000{number}Z-daily.db"))
    before = find_snapshots(home)
    take_sealed_snapshot(home)
    assert len(before) == 11
    assert set(before) < set(find_snapshots(home))


def test_a_backup_file_of_an_encrypted_workspace_is_checked_with_its_passphrase(
    home: Path, tmp_path: Path, phrase_file: Path, diag: Run
) -> None:
    with open_workspace(home, key=unlock(home, passphrase=PHRASE)) as workspace:
        written = workspace.store.backup(tmp_path / "backup")
    restore = ("backup", "restore", written, "--to", tmp_path / "back")
    assert diag(home, "--passphrase-file", phrase_file, *restore)["checked"] is True


def test_a_plain_workspace_needs_no_key_and_a_missing_one_gives_no_snapshot(
    tmp_path: Path, phrase_file: Path, diag: Run
) -> None:
    plain, nowhere, back = tmp_path / "plain", tmp_path / "nowhere", tmp_path / "back"
    open_workspace(plain).close()
    taken = diag(plain, "backup", "snapshot", "--without-key")["path"]
    assert diag(plain, "--passphrase-file", phrase_file, "backup", "restore", taken, "--to", back)["checked"] is True
    assert diag(nowhere, "backup", "snapshot", "--without-key") == "STORE_MISSING"
    for folder, code in ((plain, "WORKSPACE_NOT_ENCRYPTED"), (nowhere, "STORE_MISSING")):
        with pytest.raises(DiagError, match=code):
            take_sealed_snapshot(folder)
