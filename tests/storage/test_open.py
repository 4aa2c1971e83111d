"""Opening: what cannot be opened is refused with a code, and left as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from diag_app.errors import DiagError
from diag_app.i18n.codes import CODES
from diag_app.i18n.codes.storage import CODES as STORE_CODES
from diag_app.storage.migrations import MIGRATIONS
from tests.storage.children import ROOT, run_program, run_python
from tests.storage.stores import add_case, bare, opened, save

KEY, OTHER_KEY = bytes(range(32)), bytes(32)


def refused(directory: Path, **options: Any) -> DiagError:
    with pytest.raises(DiagError) as error:
        opened(directory, **options)
    assert error.value.code in CODES
    return error.value


def test_a_store_that_may_not_be_made_is_missing(tmp_path: Path) -> None:
    error = refused(tmp_path / "none", create=False)
    assert (error.code, error.location) == ("STORE_MISSING", str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_a_store_of_a_newer_program_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with bare(tmp_path) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / "workspace.db").read_bytes()
    error = refused(tmp_path)
    assert (error.code, dict(error.parameters)) == ("STORE_NEWER", {"found": "99", "known": str(len(MIGRATIONS))})
    assert (tmp_path / "workspace.db").read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to have a header" * 100, b"SQLite", b"\0" * 4096]
)
def test_a_file_that_is_no_store_is_refused(tmp_path: Path, content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "workspace.db").write_bytes(content)
    assert refused(tmp_path).code == "STORE_UNREADABLE"
    assert (tmp_path / "workspace.db").read_bytes() == content
    assert capfd.readouterr().err == ""


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with bare(tmp_path) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    assert refused(tmp_path).code == "STORE_UNREADABLE"


def test_a_store_with_damaged_pages_is_named(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        for number in range(50):
            save(store, case, assessment, f"note:{number}", "字" * 500)
    path = tmp_path / "workspace.db"
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content)):
        content[place] ^= 0x5A
    path.write_bytes(content)
    with pytest.raises(DiagError) as error:
        opened(tmp_path)
    assert error.value.code == "STORE_DAMAGED"


def test_an_encrypted_store_opens_with_its_key_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with opened(tmp_path, key=KEY) as store:
        case, assessment = add_case(store, "恒信精密")
        save(store, case, assessment, "remark:B1", "marker-of-the-plain-text")
    for wrong in (None, OTHER_KEY):
        assert refused(tmp_path, key=wrong).code == "STORE_UNREADABLE"
    with opened(tmp_path, key=KEY) as store:
        assert store.entity(assessment).value("remark:B1") == "marker-of-the-plain-text"
        assert [row.name for row in store.find_enterprises("恒信")] == ["恒信精密"]
        assert store.check() == ()
    assert capfd.readouterr().err == ""
    assert not any(b"marker-of" in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())


def test_a_plain_store_is_not_opened_with_a_key(tmp_path: Path) -> None:
    opened(tmp_path).close()
    assert refused(tmp_path, key=KEY).code == "STORE_UNREADABLE"


def test_the_replica_id_is_made_once(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        first = store.replica
    with opened(tmp_path) as store:
        assert store.replica == first
    assert len(bytes.fromhex(first)) == 16


def test_a_store_held_by_another_process_is_waited_for_and_then_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
    with bare(tmp_path) as other, opened(tmp_path, busy_seconds=0.05) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DiagError) as error:
            save(store, case, assessment, "remark:B1", "x")
        assert error.value.code == "STORE_BUSY"
        other.execute("ROLLBACK")
        save(store, case, assessment, "remark:B1", "x")
        assert len([op for op in store.ops() if op.register == "remark:B1"]) == 1


def test_two_processes_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
    program = ("-m", "tests.storage.crowd", str(tmp_path), case, assessment)
    crowd = [
        subprocess.Popen([sys.executable, *program, name], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        for name in "ab"
    ]
    assert [child.wait(60) for child in crowd] == [0, 0]
    with opened(tmp_path) as store:
        view = store.entity(assessment)
        assert {name: shown.value for name, shown in view.registers.items() if name != "shared"} == {
            f"remark:{name}{number}": number for name in "ab" for number in range(50)
        }
        assert not view.registers["shared"].conflicting
        assert store.check() == ()


def test_two_processes_may_make_the_store_at_once(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from tests.storage.stores import *; import sys\n"
        "with opened(Path(sys.argv[1])) as store: add_case(store)"
    )
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        for _ in range(2)
    ]
    assert [child.wait(60) for child in crowd] == [0, 0]
    with opened(tmp_path) as store:
        assert (store.count_enterprises(), store.check()) == (2, ())


def test_a_full_disk_is_named_and_nothing_is_half_written(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        before = list(store.ops())
        pages = store._database.one("PRAGMA page_count")
        store._database.one(f"PRAGMA max_page_count = {pages and pages[0]}")
        with pytest.raises(DiagError) as error:
            save(store, case, assessment, "remark:B1", "字" * 50_000)
        assert (error.value.code, error.value.location) == ("DISK_FULL", str(tmp_path / "workspace.db"))
        assert list(store.ops()) == before
        store._database.one("PRAGMA max_page_count = 100000")
        save(store, case, assessment, "remark:B1", "字" * 50_000)
        assert store.check() == ()


def test_a_medium_that_became_read_only_is_named(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        store._database.run("PRAGMA query_only = ON")
        with pytest.raises(DiagError, match="READ_ONLY"):
            save(store, case, assessment, "remark:B1", "x")
        store._database.run("PRAGMA query_only = OFF")
        save(store, case, assessment, "remark:B1", "x")


_MOUNTS = shutil.which("unshare") is not None and run_program("unshare", "-Urm", "true").returncode == 0


@pytest.mark.skipif(not _MOUNTS, reason="this system does not let tests mount disks of their own")
@pytest.mark.parametrize(
    ("disk", "code"), [("size=300k", "DISK_FULL"), ("ro", "READ_ONLY")], ids=["a small disk", "a read-only disk"]
)
def test_a_real_disk_that_takes_no_more_is_named(tmp_path: Path, disk: str, code: str) -> None:
    script = f'mount -t tmpfs -o {disk} none {tmp_path} && exec "$0" -m tests.storage.filler {tmp_path}/workspace'
    told = run_program("unshare", "-Urm", "sh", "-c", script, sys.executable)
    assert told.returncode == 0, told.stderr
    assert told.stdout.split() == [code, "whole"]


@pytest.mark.skipif(not _MOUNTS, reason="this system does not let tests mount disks of their own")
def test_a_store_on_a_write_protected_disk_is_named(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        add_case(store)
    script = f'mount --bind {tmp_path} {tmp_path} && mount -o remount,ro,bind {tmp_path} && exec "$0" "$@"'
    told = run_program(
        "unshare", "-Urm", "sh", "-c", script, sys.executable, "-m", "tests.storage.filler", str(tmp_path)
    )
    assert "READ_ONLY" in told.stdout + told.stderr, told.stderr


def test_a_folder_that_cannot_be_made_or_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert refused(tmp_path / "file" / "workspace").code in ("FILE_FAILED", "NOT_A_FOLDER")
    (tmp_path / "workspace.db").mkdir()
    assert refused(tmp_path).code == "NO_ACCESS"


def test_a_disk_without_a_durable_mode_is_refused(tmp_path: Path) -> None:
    """A store in memory stands for a disk where SQLite cannot keep its log: the mode does not come about."""
    script = (
        "from pathlib import Path; from diag_app.storage.database import open_file\n"
        "from diag_app.storage.connect import make_durable; from diag_app.errors import DiagError\n"
        "try: make_durable(open_file(Path(':memory:'), key=None))\n"
        "except DiagError as error: print(error.code, error.parameters['detail'])"
    )
    assert run_python("-c", script).stdout.split() == ["STORE_UNSAFE", "journal_mode", "memory"]


def test_an_up_to_date_store_opens_without_the_heavy_libraries(tmp_path: Path) -> None:
    opened(tmp_path).close()
    script = (
        "import sys; from pathlib import Path; from tests.storage.stores import opened\n"
        "opened(Path(sys.argv[1])).close()\n"
        "print([name for name in ('sqlite_utils', 'pypinyin', 'sqlite3') if name in sys.modules])"
    )
    assert run_python("-c", script, str(tmp_path)).stdout.strip() == "[]"


def test_a_mistake_in_the_program_keeps_its_own_exception(tmp_path: Path) -> None:
    with opened(tmp_path) as store, pytest.raises(dbapi2.OperationalError):
        store._database.run("SELECT nonsense")


def test_every_code_has_words() -> None:
    for code, text in STORE_CODES.items():
        assert text.message.endswith("."), code
        assert text.remedy.endswith("."), code
