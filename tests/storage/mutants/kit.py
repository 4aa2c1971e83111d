"""Mutants: named faults, written into a copy of the program, that named tests must find."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.storage.children import ROOT, run_python

_MEMORY = Path("/dev/shm")  # noqa: S108 - a scratch folder in memory, used where there is one
_COPIED = ("tests/storage", "tests/model/op_sets.py", "tests/fixed_clock.py")
_SECONDS = 240.0  # five hundred cases, beside whatever else the machine does
_QUICK = """
from hypothesis import Phase, settings
settings.register_profile("mutant", phases=[Phase.generate], deadline=None, database=None, derandomize=True)
settings.load_profile("mutant")
"""  # the first counterexample is enough, a small one is not looked for


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One change of the text of one file, at the only place where `old` stands."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A fault and the tests (below tests/storage) of which each must fail on it."""

    name: str
    edits: tuple[Edit, ...]
    killed_by: tuple[str, ...]


def copy_program(folder: Path) -> None:
    """Copy the program and its store tests into `folder`."""
    shutil.copytree(
        ROOT / "diag_app", folder / "diag_app", ignore=shutil.ignore_patterns("__pycache__", "ui", "report")
    )
    for name in _COPIED:
        source, copy = ROOT / name, folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, copy)
    (folder / "conftest.py").write_text(_QUICK)
    (folder / "pytest.ini").write_text("[pytest]\nconsider_namespace_packages = true\n")


def apply(mutant: Mutant, folder: Path) -> None:
    """Write the fault into the copy; fails when the program no longer has the text it changes."""
    for edit in mutant.edits:
        path = folder / "diag_app" / edit.file
        text = path.read_text()
        assert text.count(edit.old) == 1, f"{mutant.name}: {edit.file} has changed, write the mutant anew"
        path.write_text(text.replace(edit.old, edit.new))


def run_mutant(mutant: Mutant, program: Path, folder: Path) -> dict[str, str]:
    """Return the outcome of each test that is to find the fault, run on a copy of `program` with it in `folder`."""
    shutil.copytree(program, folder)
    apply(mutant, folder)
    return run_tests(folder, mutant.killed_by)


def run_tests(folder: Path, tests: Collection[str]) -> dict[str, str]:
    """Run tests on the copy, in memory where the system has room there, and return each one's outcome."""
    options = ("-q", "-rA", "--import-mode=importlib", "-p", "no:cacheprovider")
    wanted = [f"tests/storage/{test}" for test in tests]
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as scratch:
        told = run_python(
            "-m",
            "pytest",
            *wanted,
            *options,
            f"--basetemp={scratch}/tests",
            root=folder,
            scratch=scratch,
            seconds=_SECONDS,
        )
    lines = [line.split(" ", 1) for line in told.stdout.splitlines()]
    outcomes = dict.fromkeys(tests, "no outcome: " + told.stdout + told.stderr)
    for word, rest in (line for line in lines if len(line) == 2 and line[0] in ("PASSED", "FAILED")):
        outcomes.update({test: word.lower() for test in tests if rest.startswith(f"tests/storage/{test}")})
    if " skipped" in told.stdout:
        outcomes = {test: "skipped" if outcome.startswith("no") else outcome for test, outcome in outcomes.items()}
    return outcomes
