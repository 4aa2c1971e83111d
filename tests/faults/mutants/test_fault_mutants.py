"""The tests of the bench: each of these faults in the program loses data in a way that a named suite must see."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.bench import CAN_RUN, ROOT, run_in_child
from tests.faults.shim import build_shim

pytestmark = [pytest.mark.heavy, pytest.mark.skipif(not CAN_RUN, reason="needs Linux and a C compiler")]

WRITE = """            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
"""
ACTS = ("save evidence", "restore a backup")


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A fault: at the only place where `old` stands in a file of diag_app, `new`; the suite and acts that see it."""

    name: str
    file: str
    old: str
    new: str
    suite: str = "power"
    acts: tuple[str, ...] = ACTS
    scale: float = 1.0


MUTANTS = (
    Mutant(
        name="fsync left out",
        file="files.py",
        old=WRITE,
        new="            file.flush()\n        temporary.replace(path)\n",
    ),
    Mutant(
        name="rename before fsync",
        file="files.py",
        old=WRITE,
        new="            file.flush()\n            temporary.replace(path)\n            os.fsync(file.fileno())\n",
        acts=("save evidence", "issue a proposal"),
        scale=4.0,
    ),
    Mutant(
        name="folder not flushed",
        file="files.py",
        old="        sync_folder(folder)\n",
        new="        pass\n",
    ),
    Mutant(
        name="names of new folders not flushed",
        file="files.py",
        old="        _flush_names(new.parent)\n",
        new="        pass\n",
        suite="shaken",
        acts=("issue a proposal",),
    ),
    Mutant(
        name="the name of the log is flushed by SQLite alone",
        file="storage/store.py",
        old="        files.settle(self.directory / STORE_FILE)  # the",
        new="        pass  # the",
        suite="shaken",
        acts=("save an answer",),
    ),
    Mutant(
        name="the key file is written over itself",
        file="operations/security.py",
        old="    write(directory / KEY_FILE, key_file_bytes(keys))\n",
        new="    (directory / KEY_FILE).write_bytes(key_file_bytes(keys))\n",
        suite="power+key",
        acts=("renew the sheet",),
    ),
    Mutant(
        name="what an encryption left in clear is not swept for good",
        file="storage/plain_remains.py",
        old="        raise files.refusal(error, directory) from error\n    scratch.clear(directory)\n",
        new="        raise files.refusal(error, directory) from error\n",
        acts=("encrypt",),
        scale=4.0,
    ),
    Mutant(
        name="a refused file is taken as durable when it is put again",
        file="storage/blobs.py",
        old="            files.settle(path)  # an",
        new="            pass  # an",
        acts=("a session with failures",),
        scale=0.7,
    ),
    Mutant(
        name="the log is not flushed at every save",
        file="storage/connect.py",
        old='("synchronous", "FULL", 2)',
        new='("synchronous", "NORMAL", 1)',
        acts=("save an answer", "undo"),
    ),
    Mutant(
        name="the store is restored before its evidence",
        file="storage/backup.py",
        old="(*evidence, *packs, *keys, unpacked / STORE_FILE)",
        new="(unpacked / STORE_FILE, *evidence, *packs, *keys)",
        suite="calls",
    ),
    Mutant(
        name="a file that cannot be removed hides the refusal",
        file="files.py",
        old="        with contextlib.suppress(OSError):  # on a disk that fails, the first refusal is the one to tell\n"
        "            temporary.unlink(missing_ok=True)\n",
        new="        temporary.unlink(missing_ok=True)\n",
        suite="calls",
        scale=5.0,
    ),
    Mutant(
        name="an operation in two transactions",
        file="storage/writer.py",
        old="        project(self.database,",
        new="        self.database.run('COMMIT')\n        self.database.run('BEGIN IMMEDIATE')\n"
        "        project(self.database,",
        suite="kills",
    ),
)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program as it is."""
    folder = tmp_path_factory.mktemp("program")
    unwanted = shutil.ignore_patterns("__pycache__", "ui")
    for name in ("diag_app", "tests/faults"):
        shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
    shutil.copyfile(ROOT / "tests" / "fixed_clock.py", folder / "tests" / "fixed_clock.py")
    (folder / "resources").symlink_to(ROOT / "resources")
    return folder


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        yield Path(name)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_suite_sees_the_fault(program: Path, shim: Path, tmp_path: Path, scratch: Path, mutant: Mutant) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(program, changed, symlinks=True)
    path = changed / "diag_app" / mutant.file
    text = path.read_text()
    assert text.count(mutant.old) == 1, f"{mutant.file} has changed, write the mutant anew"
    path.write_text(text.replace(mutant.old, mutant.new))
    tally = run_in_child(mutant.suite, scratch, mutant.scale, 1, shim, root=changed, acts=mutant.acts)
    assert tally.violations, f"{mutant.suite} does not see it: {tally.line()}"


@pytest.mark.parametrize("suite", ["calls", "power"])
def test_the_program_without_a_fault_passes(program: Path, shim: Path, scratch: Path, suite: str) -> None:
    tally = run_in_child(suite, scratch, 1.0, 1, shim, root=program, acts=ACTS)
    assert (tally.violations, tally.is_dead) == ([], False)
