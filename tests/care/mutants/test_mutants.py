"""The tests of these tests: each of these faults would fork a chain or trust a bad copy, and each is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.storage.children import ROOT, run_python
from tests.storage.mutants.kit import Edit, Mutant, apply

IDENTITY, SNAPSHOTS = "tests/care/test_identity.py", "tests/care/test_snapshots.py"

MUTANTS = (
    Mutant(
        name="replica id kept after a restore",
        edits=(
            Edit(
                file="storage/identity.py",
                old="return known is not None and known.replica == replica and count - known.count in (0, 1)",
                new="return True",
            ),
        ),
        killed_by=(
            f"{IDENTITY}::test_the_first_write_of_a_copy_carries_a_new_id",
            f"{IDENTITY}::test_an_older_copy_put_back_over_the_same_place_gets_a_new_id",
        ),
    ),
    Mutant(
        name="count not kept in the mirror",
        edits=(Edit(file="storage/identity.py", old="known.replica == replica and count", new="count >= 0 or count"),),
        killed_by=(f"{IDENTITY}::test_an_older_copy_put_back_over_the_same_place_gets_a_new_id",),
    ),
    Mutant(
        name="snapshot not verified",
        edits=(
            Edit(
                file="storage/snapshot.py",
                old="        verify_snapshot(taken.path, key=database.key)\n",
                new="        pass\n",
            ),
        ),
        killed_by=(f"{SNAPSHOTS}::test_a_store_that_is_not_whole_makes_no_snapshot_and_drives_out_no_older_one",),
    ),
    Mutant(
        name="damaged evidence brought back unseen",
        edits=(
            Edit(
                file="storage/snapshot.py",
                old='check_store(restored, blobs, "", read_data=True,',
                new='check_store(restored, blobs, "", read_data=False,',
            ),
        ),
        killed_by=(f"{SNAPSHOTS}::test_the_drill_finds_a_damaged_copy",),
    ),
)


def run_tests(folder: Path, tests: tuple[str, ...], scratch: Path) -> tuple[int, str]:
    """Run tests on the copy of the program and return the exit status and what was told."""
    scratch.mkdir()
    told = run_python(
        "-m", "pytest", *tests, "-q", "-x", "--import-mode=importlib", "-p", "no:cacheprovider",
        f"--basetemp={scratch}/tests", root=folder, scratch=str(scratch), seconds=180,
    )  # fmt: skip
    return told.returncode, told.stdout + told.stderr


pytestmark = pytest.mark.heavy  # a fault takes seconds, and only changed tests let one through


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program as it is, with the tests of this folder."""
    folder = tmp_path_factory.mktemp("program")
    unneeded = shutil.ignore_patterns("__pycache__", "ui", "mutants")
    for name in ("diag_app", "resources", "tests/care", "tests/storage"):
        shutil.copytree(ROOT / name, folder / name, ignore=unneeded)
    shutil.copyfile(ROOT / "tests/fixed_clock.py", folder / "tests/fixed_clock.py")
    clock = (
        "import pytest\nfrom tests.fixed_clock import FixedClock\n\n"
        "@pytest.fixture\ndef clock():\n    return FixedClock()\n"
    )
    (folder / "tests/conftest.py").write_text(clock)
    (folder / "pytest.ini").write_text("[pytest]\nconsider_namespace_packages = true\n")
    return folder


def test_the_copy_without_a_fault_passes(program: Path, tmp_path: Path) -> None:
    tests = tuple(sorted({test for mutant in MUTANTS for test in mutant.killed_by}))
    status, told = run_tests(program, tests, tmp_path / "scratch")
    assert status == 0, told


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found(program: Path, tmp_path: Path, mutant: Mutant) -> None:
    folder = tmp_path / "mutant"
    shutil.copytree(program, folder)
    apply(mutant, folder)
    for number, test in enumerate(mutant.killed_by):
        status, told = run_tests(folder, (test,), tmp_path / f"scratch-{number}")
        assert status == 1, f"{test} does not find: {mutant.name}\n{told}"
