"""The scripts of the gate refuse what they are there to refuse."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from check_coverage import gaps
from coverage import Coverage

import dev
from tests.house.sources import ROOT

COVERED: dict[str, Any] = {"missing_lines": [], "missing_branches": [], "excluded_lines": []}
MODULE = Path("diag_app") / "forms" / "__init__.py"


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        ({}, None),
        ({"missing_lines": [3, 4]}, "lines 3, 4"),
        ({"missing_branches": [[5, -1]]}, "branches 5->-1"),
        ({"excluded_lines": [9]}, "excluded lines 9"),
    ],
)
def test_a_pure_package_must_be_wholly_covered(file: dict[str, Any], complaint: str | None) -> None:
    found = [line for line in gaps(_report(file), ["forms"]) if line.startswith(f"{MODULE}:")]
    assert found == ([] if complaint is None else [f"{MODULE}: {complaint}"])


def test_a_module_that_no_test_imports_is_a_gap() -> None:
    assert f"{MODULE}: never measured" in gaps({"files": {}}, ["forms"])


def test_no_line_of_the_core_is_kept_from_being_counted() -> None:
    """Told before the whole gate has run: what is for type checkers alone is left out, and what a pragma names."""
    counting = Coverage(data_file=None)
    paths = [path for package in dev.CORE for path in sorted((ROOT / "diag_app" / package).rglob("*.py"))]
    excluded = {str(path.relative_to(ROOT)): counting.analysis2(str(path))[2] for path in paths}
    assert {name: lines for name, lines in excluded.items() if lines} == {}


def test_a_package_that_does_not_exist_has_no_gap() -> None:
    assert gaps({"files": {}}, ["no_such_package"]) == []


def test_the_demonstration_never_overwrites_an_earlier_one(tmp_path: Path) -> None:
    assert dev.next_free(tmp_path / "demo") == tmp_path / "demo"
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo-2").mkdir()
    assert dev.next_free(tmp_path / "demo") == tmp_path / "demo-3"


def test_every_dependency_has_a_pinned_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["dev"]]
    pinned = {_name(line) for line in dev.CONSTRAINTS.read_text(encoding="utf-8").splitlines() if "==" in line}
    assert sorted(_name(line) for line in wanted if _name(line) not in pinned) == []


def test_dev_needs_the_standard_library_only() -> None:
    lines = (ROOT / "dev.py").read_text(encoding="utf-8").splitlines()
    imported = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names


def _report(file: dict[str, Any]) -> dict[str, Any]:
    return {"files": {str(MODULE): COVERED | file}}


def _name(line: str) -> str:
    return line.partition("==")[0].strip().lower().replace("_", "-")
