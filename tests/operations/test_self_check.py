"""The self-check finds what is wrong with an installation, and leaves nothing behind."""

from __future__ import annotations

import ast
import sys
from datetime import datetime
from pathlib import Path

import pytest
from digests import write_digests

from diag_app.errors import Severity
from diag_app.operations import self_check as checks
from diag_app.operations.self_check import PARTS, Checked, changed_files, self_check
from tests.fixed_clock import FixedClock
from tests.house.sources import modules


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    for name in ("diag", "_internal/a.dat"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    write_digests(tmp_path)
    return tmp_path


def test_it_names_the_files_that_changed_and_those_that_are_gone(installed: Path) -> None:
    assert changed_files(installed) == (2, ())
    (installed / "diag").write_text("other")
    (installed / "_internal" / "a.dat").unlink()
    (installed / "added.txt").write_text("a person's own file is no fault")
    assert changed_files(installed) == (2, ("_internal/a.dat", "diag"))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    """One check on a machine without a printer, whose clock stands in 2024, of an app with one changed file."""
    home, programs = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("programs")
    (programs / "diag").write_text("as built")
    write_digests(programs)
    (programs / "diag").write_text("changed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "frozen", True, raising=False)
        patch.setattr(sys, "executable", str(programs / "diag"))
        parts = self_check((), home=home, clock=FixedClock())
    assert list(home.iterdir()) == []
    return {part.part: part for part in parts}


def test_every_part_is_checked(found: dict[str, Checked]) -> None:
    assert tuple(found) == PARTS


@pytest.mark.parametrize(
    ("part", "codes"),
    [
        ("integrity", ["INSTALLED_FILE_CHANGED"]),
        ("libraries", []),
        ("fonts", []),
        ("clock", ["CLOCK_BEHIND"]),
        ("main_job", []),
        ("store", []),
        ("printer", ["NO_PRINTER"]),
    ],
)
def test_each_part_says_what_is_wrong_with_it(found: dict[str, Checked], part: str, codes: list[str]) -> None:
    assert [problem.code for problem in found[part].problems] == codes


def test_the_clock_shown_is_the_one_that_was_looked_at(found: dict[str, Checked]) -> None:
    shown = found["clock"].figures["time"]
    assert datetime.fromisoformat(shown) == FixedClock().now().replace(second=0, microsecond=0)
    assert "T" not in shown, "a person reads it"


def test_only_what_keeps_the_app_from_working_is_an_error(found: dict[str, Checked]) -> None:
    errors = {item.code for part in found.values() for item in part.problems if item.severity is Severity.ERROR}
    assert errors == {"INSTALLED_FILE_CHANGED"}


def test_everything_that_is_imported_late_is_loaded_in_the_check() -> None:
    late = {
        name
        for _, tree in modules()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        for name in names_imported(node)
        if not name.startswith("diag_app")
    }
    assert late - set(checks.LATE_LIBRARIES) == set()


def names_imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_the_main_job_gives_what_the_demonstration_must_give(found: dict[str, Checked]) -> None:
    assert found["main_job"].figures == {"level": str(checks.LEVEL), "score": checks.SCORE}
