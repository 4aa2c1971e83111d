"""The tests of the tests of encryption: each of these faults would show or weaken something, and each is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.storage.children import ROOT, run_python
from tests.storage.mutants.kit import Edit, Mutant, apply

COPIED = ("tests/crypto", "tests/security", "tests/storage", "tests/fixed_clock.py")
KDF = "tests/crypto/test_kdf.py::test_one_less_than_the_floor_is_refused"
FILE = "tests/crypto/test_key_file.py::test_weakened_parameters_are_refused_before_anything_is_derived"
CLEAR = "tests/security/test_nothing_in_clear.py::test_no_seeded_value_is_found_open_closed_or_killed"
DRAFTS = (
    "tests/security/test_no_drafts.py::test_nothing_is_written_but_the_workspace_and_what_was_asked_for"
    "[workbook for the firm]"
)
NAMES = "tests/security/test_sealed_evidence.py::test_the_folder_shows_neither_the_bytes_nor_their_digest"
BOUND = "tests/crypto/test_key_file.py::test_a_sheet_cannot_be_marked_as_typed_back_from_outside"
SIGNER = "tests/security/test_sealed_signer.py::test_it_is_made_once_and_lies_sealed"

MUTANTS = (
    Mutant(
        name="weaker KDF accepted",
        edits=(
            Edit(file="crypto/kdf.py", old="    check_cost(cost, salt, location=location)\n    slow", new="    slow"),
            Edit(file="crypto/wraps.py", old="    check_cost(wrap.cost, salt, location=wrap.kind)\n", new=""),
        ),
        killed_by=(KDF, FILE),
    ),
    Mutant(
        name="floor of the KDF lowered",
        edits=(
            Edit(
                file="crypto/kdf.py",
                old="FLOOR = KdfCost(memory_kib=64 * 1024, passes=3",
                new="FLOOR = KdfCost(memory_kib=1024, passes=1",
            ),
        ),
        killed_by=(FILE,),
    ),
    Mutant(
        name="what a wrap says of itself is not bound",
        edits=(
            Edit(
                file="crypto/wraps.py",
                old='"v": 1, "sealed": None}',
                new='"v": 1, "sealed": None, "is_confirmed": None}',
            ),
        ),
        killed_by=(BOUND,),
    ),
    Mutant(
        name="thumbnail written in clear",
        edits=(
            Edit(
                file="operations/evidence.py",
                old="    return None if picture is None else thumbnail(",
                new="    if picture is not None:\n"
                "        small = thumbnail(workspace.store.read_blob(picture), max_pixels)\n"
                "        (workspace.directory / 'thumbnail').write_bytes(small)\n"
                "    return None if picture is None else thumbnail(",
            ),
        ),
        killed_by=(CLEAR,),
    ),
    Mutant(
        name="sheet of a workbook drafted in clear",
        edits=(
            Edit(
                file="report/workbook_saving.py",
                old="WorksheetWriter(ws, out=sheet)\n        writer.write()\n",
                new="WorksheetWriter(ws)\n        writer.write()\n        sheet.write(open(writer.out, 'rb').read())\n",
            ),
        ),
        killed_by=(DRAFTS,),
    ),
    Mutant(
        name="evidence named by its digest",
        edits=(Edit(file="storage/sealed_blobs.py", old="name = self._seal.name(sha256)\n", new="name = sha256\n"),),
        killed_by=(NAMES,),
    ),
    Mutant(
        name="signing key stored in clear",
        edits=(
            Edit(
                file="sync/signer_file.py",
                old="    return pem if key is None else seal_bytes(",
                new="    return pem if signer else seal_bytes(",
            ),
        ),
        killed_by=(SIGNER,),
    ),
)


pytestmark = pytest.mark.heavy  # a fault takes seconds, and only changed tests let one through


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program as it is, with the tests of this folder."""
    folder = tmp_path_factory.mktemp("program")
    ignored = shutil.ignore_patterns("__pycache__", "ui", "mutants")
    shutil.copytree(ROOT / "diag_app", folder / "diag_app", ignore=ignored)
    for name in COPIED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copyfile(ROOT / name, folder / name)
    shutil.copytree(ROOT / "resources", folder / "resources")
    (folder / "pytest.ini").write_text("[pytest]\nconsider_namespace_packages = true\n")
    return folder


def test_the_copy_without_a_fault_passes(program: Path) -> None:
    tests = sorted({test for mutant in MUTANTS for test in mutant.killed_by})
    assert set(outcomes(program, tests).values()) == {"passed"}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found(program: Path, tmp_path: Path, mutant: Mutant) -> None:
    folder = tmp_path / "mutant"
    shutil.copytree(program, folder)
    apply(mutant, folder)
    assert set(outcomes(folder, mutant.killed_by).values()) == {"failed"}


def outcomes(folder: Path, tests: tuple[str, ...] | list[str]) -> dict[str, str]:
    """Run tests on the copy and return each one's outcome; of a test with parameters one failure counts."""
    options = ("-q", "-rA", "--import-mode=importlib", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xvfb")
    told = run_python("-m", "pytest", *tests, *options, root=folder, seconds=300)
    found = dict.fromkeys(tests, "no outcome: " + told.stdout + told.stderr)
    for word in ("PASSED ", "FAILED "):
        for line in told.stdout.splitlines():
            for test in tests:
                if line.startswith(word + test):
                    found[test] = word.strip().lower()
    return found
