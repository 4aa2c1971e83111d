"""From plain to encrypted in one operation: nothing lost on the way, nothing left in clear but what is named."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from diag_app.clock import SystemClock
from diag_app.crypto.key_file import KeyFile
from diag_app.crypto.sealing import new_store_key
from diag_app.crypto.wraps import wrap_by_passphrase
from diag_app.errors import DiagError
from diag_app.operations.backup import restore_backup
from diag_app.operations.security import (
    encrypt_under,
    encrypt_workspace,
    is_encrypted,
    plain_copies,
    remove_plain_copies,
    unlock,
)
from diag_app.operations.workspace import open_workspace
from diag_app.storage.encrypting import sole_use
from diag_app.sync.signer_file import load_signer
from tests.security.cases import COST, FILE, NAME, NOTE, PHRASE, everything_is_there, files_holding, plain_workspace

STEPS = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "open"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    directory = tmp_path / "home"
    plain_workspace(directory)
    return directory


def test_everything_is_in_the_encrypted_workspace_and_in_the_plain_backup(home: Path, tmp_path: Path) -> None:
    signer = load_signer(home / "keys" / "signing.pem").public_key
    with open_workspace(home) as workspace:
        replica, digests = (
            workspace.store.replica,
            [workspace.store.state_digest(op.case) for op in workspace.store.ops()],
        )
    done = encrypt_workspace(home, PHRASE, cost=COST)
    key = unlock(home, passphrase=PHRASE)
    assert unlock(home, words=" ".join(done.sheet.words)) == key
    with open_workspace(home, key=key) as workspace:
        found = [workspace.store.state_digest(op.case) for op in workspace.store.ops()]
        assert (workspace.store.replica, found) == (replica, digests)
    assert everything_is_there(home, key)
    assert load_signer(home / "keys" / "signing.pem", key).public_key == signer
    restore_backup(done.backup, tmp_path / "restored")
    assert everything_is_there(tmp_path / "restored", None)


def test_nothing_in_clear_is_left_but_the_copies_that_are_named(home: Path) -> None:
    (home / "backups").mkdir(exist_ok=True)
    (home / "backups" / "before-migration-1.db").write_bytes((home / "workspace.db").read_bytes())
    done = encrypt_workspace(home, PHRASE, cost=COST)
    assert set(done.plain_copies) == {done.backup, home / "backups" / "before-migration-1.db"}
    assert plain_copies(home) == done.plain_copies
    for marker in (NAME.encode(), NOTE.encode(), FILE[:40], b"PRIVATE KEY", b"SQLite format 3"):
        assert {Path(path) for path in files_holding(marker, home)} <= set(done.plain_copies)
    with pytest.raises(DiagError, match="NOT_FOUND"):
        remove_plain_copies(home, (home / "workspace.db",))
    remove_plain_copies(home, done.plain_copies)
    assert plain_copies(home) == ()
    for marker in (NAME.encode(), NOTE.encode(), FILE[:40], b"PRIVATE KEY", b"SQLite format 3"):
        assert files_holding(marker, home) == []


def test_a_workspace_that_is_open_elsewhere_is_left_alone(home: Path) -> None:
    with open_workspace(home), pytest.raises(DiagError, match="WORKSPACE_IN_USE"):
        encrypt_workspace(home, PHRASE, cost=COST)
    assert not is_encrypted(home)
    assert everything_is_there(home, None)


def test_who_had_the_file_open_before_cannot_write_into_the_void(home: Path) -> None:
    """A connection made before the change and first used after it must not take saves that nobody will find."""
    early = dbapi2.connect(str(home / "workspace.db"), timeout=0, isolation_level=None)
    encrypt_workspace(home, PHRASE, cost=COST)
    with pytest.raises(dbapi2.OperationalError, match="readonly"):
        early.execute("PRAGMA journal_mode = WAL")
    early.close()


def test_nobody_can_open_it_meanwhile(home: Path) -> None:
    with sole_use(home):
        connection = dbapi2.connect(str(home / "workspace.db"), timeout=0)
        with pytest.raises(dbapi2.OperationalError, match="locked"):
            connection.execute("SELECT * FROM op").fetchall()
        connection.close()


def test_twice_and_nowhere_are_refused(home: Path, tmp_path: Path) -> None:
    encrypt_workspace(home, PHRASE, cost=COST)
    with pytest.raises(DiagError, match="WORKSPACE_ENCRYPTED"):
        encrypt_workspace(home, PHRASE, cost=COST)
    with pytest.raises(DiagError, match="STORE_MISSING"):
        encrypt_workspace(tmp_path / "nowhere", PHRASE, cost=COST)
    with pytest.raises(DiagError, match="PASSPHRASE_SHORT"):
        encrypt_workspace(tmp_path / "nowhere", "short", cost=COST)


def test_an_empty_workspace_is_encrypted_too(tmp_path: Path) -> None:
    open_workspace(tmp_path / "empty").close()
    encrypt_workspace(tmp_path / "empty", PHRASE, cost=COST)
    with open_workspace(tmp_path / "empty", key=unlock(tmp_path / "empty", passphrase=PHRASE)) as workspace:
        assert workspace.store.check(read_data=True) == ()


def killed_at(step: int, action: Callable[[], object]) -> bool:
    """Run `action` in a child that dies at its n-th change of the disk; false when it ended before that."""
    child = os.fork()
    if child == 0:
        left = step

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in STEPS and (event != "open" or (isinstance(arguments[2], int) and arguments[2] & 3)):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            action()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("stride", [12, pytest.param(1, marks=pytest.mark.heavy)])
def test_killed_at_any_step_it_opens_plain_or_encrypted_with_everything(tmp_path: Path, stride: int) -> None:
    key, clock = new_store_key(), SystemClock()
    keys = KeyFile(wraps=(wrap_by_passphrase(key, PHRASE, COST),))  # once, not at every kill
    outcomes, step = [], 0
    while True:
        step += stride
        directory = tmp_path / str(step)
        plain_workspace(directory)
        was_killed = killed_at(step, partial(encrypt_under, directory, key, keys, clock=clock))
        encrypted = is_encrypted(directory)
        outcomes.append(encrypted)
        assert everything_is_there(directory, key if encrypted else None), f"killed at step {step}"
        if encrypted:  # what the cut left over has gone with the opening
            clear = [path for path in files_holding(FILE[:40], directory) if "/backups/" not in path]
            assert (clear, files_holding(b"PRIVATE KEY", directory)) == ([], [])
        else:  # and the way is free to try again
            encrypt_under(directory, key, keys, clock=clock)
            assert everything_is_there(directory, key)
        if not was_killed:
            break
    assert step > 25, "the kills missed the steps"
    assert outcomes == sorted(outcomes), "once encrypted, it stays so"
    assert {True, False} == set(outcomes)
