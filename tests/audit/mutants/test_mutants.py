"""The tests of the tests: each of these faults would let the trail lie, or leave what was to be erased."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import pytest

from tests.storage.children import ROOT, run_python
from tests.storage.mutants.kit import Edit, Mutant, apply, copy_program

MUTANTS = (
    Mutant(
        name="audit row outside the transaction",
        edits=(
            Edit(
                file="storage/audit.py",
                old="    return row.seq, row_id\n",
                new="    database.run('COMMIT')\n    database.run('BEGIN IMMEDIATE')\n    return row.seq, row_id\n",
            ),
        ),
        killed_by=("test_trail.py::test_a_row_goes_with_the_change_it_tells_of",),
    ),
    Mutant(
        name="audit row that does not cover the one before",
        edits=(Edit(file="storage/audit.py", old='            "prev": self.prev,\n', new=""),),
        killed_by=("test_trail.py::test_a_row_is_named_by_all_it_holds_and_by_the_row_before",),
    ),
    Mutant(
        name="salt kept on redaction",
        edits=(Edit(file="storage/redaction.py", old="SET value = NULL, salt = NULL, ", new="SET value = NULL, "),),
        killed_by=(
            "test_redaction.py::test_no_salt_is_left_to_guess_a_short_value_by",
            "test_redaction.py::test_ids_chains_and_every_other_value_stay_as_they_were",
        ),
    ),
    Mutant(
        name="store not written anew and its log kept",
        edits=(Edit(file="storage/scrub.py", old="    _write_anew(database)\n", new=""),),
        killed_by=("test_redaction.py::test_every_value_the_register_had_is_gone_from_every_file",),
    ),
    Mutant(
        name="copies of the store kept",
        edits=(
            Edit(
                file="storage/scrub.py",
                old="        for path in old:\n            path.unlink(missing_ok=True)\n",
                new="        for path in old:\n            pass\n",
            ),
        ),
        killed_by=("test_redaction.py::test_copies_of_the_store_go_and_a_new_backup_takes_their_place",),
    ),
    Mutant(
        name="second copy not waited for",
        edits=(Edit(file="storage/redaction.py", old="    if with_copies:\n        keep_waiting(database)\n", new=""),),
        killed_by=(
            "test_second_copy.py::test_a_copy_whose_disk_is_there_is_cleared_at_once",
            "test_second_copy.py::test_a_copy_whose_disk_is_away_is_named_and_cleared_when_it_is_next_made",
        ),
    ),
    Mutant(
        name="second copy made anew beside the old",
        edits=(
            Edit(
                file="operations/snapshots.py",
                old="            clear_second_copy(database, root, taken.path)\n",
                new="            pass\n",
            ),
        ),
        killed_by=(
            "test_second_copy.py::test_a_copy_whose_disk_is_away_is_named_and_cleared_when_it_is_next_made",
            "test_second_copy.py::test_every_disk_that_ever_held_a_copy_is_reached",
        ),
    ),
    Mutant(
        name="erasure that does not travel",
        edits=(
            Edit(
                file="storage/exchange.py",
                old="    erased = erase(state.database, found)\n",
                new="    erased = 0\n",
            ),
        ),
        killed_by=(
            "test_redaction.py::test_an_erasure_travels_and_an_older_copy_never_brings_the_value_back[older first]",
        ),
    ),
    Mutant(
        name="erasure that reaches any register",
        edits=(
            Edit(
                file="storage/redaction.py",
                old="\"AND header ->> 'register' = ? AND kind",
                new="\"AND ? <> '' AND kind",
            ),
        ),
        killed_by=("test_redaction.py::test_an_erasure_reaches_only_its_own_register",),
    ),
)


pytestmark = pytest.mark.heavy  # a fault takes seconds, and only changed tests let one through


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program as it is, with the tests that must find the faults."""
    folder = tmp_path_factory.mktemp("program")
    copy_program(folder)
    for name in ("diag_app/report", "resources"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "tests" / "security").mkdir()
    shutil.copyfile(ROOT / "tests" / "security" / "cases.py", folder / "tests" / "security" / "cases.py")
    shutil.copytree(ROOT / "tests" / "audit", folder / "tests" / "audit", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def outcomes(folder: Path, tests: Collection[str], scratch: Path) -> dict[str, str]:
    options = ("-q", "-rA", "--import-mode=importlib", "-p", "no:cacheprovider", f"--basetemp={scratch}")
    told = run_python("-m", "pytest", *(f"tests/audit/{test}" for test in tests), *options, root=folder, seconds=120)
    found = dict.fromkeys(tests, f"no outcome: {told.stdout}{told.stderr}")
    for line in told.stdout.splitlines():
        word, _, rest = line.partition(" tests/audit/")
        for test in tests:
            if word in ("PASSED", "FAILED") and rest.startswith(test):
                found[test] = word.lower()
    return found


def test_the_copy_without_a_fault_passes(program: Path, tmp_path: Path) -> None:
    tests = sorted({test for mutant in MUTANTS for test in mutant.killed_by})
    assert set(outcomes(program, tests, tmp_path / "run").values()) == {"passed"}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found(program: Path, tmp_path: Path, mutant: Mutant) -> None:
    folder = tmp_path / "mutant"
    shutil.copytree(program, folder, symlinks=True)
    apply(mutant, folder)
    found = outcomes(folder, mutant.killed_by, tmp_path / "run")
    assert set(found.values()) == {"failed"}, "\n".join(found.values())
