"""The tests of the tests of rules: each of these wrong evaluations would accuse or keep silent, and each is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.storage.children import ROOT, run_python
from tests.storage.mutants.kit import Edit, Mutant, apply

CONDITIONS, RULES = "tests/forms/test_conditions.py", "tests/forms/test_practice_rules.py"
RULINGS = "tests/operations/test_contradictions.py"
FACTS = f"{CONDITIONS}::test_each_condition_is_true_false_or_unknown"
KLEENE = f"{CONDITIONS}::test_all_any_and_not_follow_strong_kleene_logic"
COMPLETIONS = f"{CONDITIONS}::test_count_levels_is_what_every_completion_says"
POINTS = f"{CONDITIONS}::test_one_bound_on_points_is_what_every_completion_says"
KNOWN = f"{CONDITIONS}::test_what_is_known_stays_when_more_becomes_known"
SILENT = f"{RULES}::test_nothing_answered_fires_nothing"
LAPSES = f"{RULINGS}::test_an_overruling_lapses_when_an_answer_that_it_compares_changes"
FIGURES = f"{RULINGS}::test_a_derived_option_that_stays_the_same_keeps_the_overruling"

CONFTEST = """
import pytest
from hypothesis import Phase, settings
from tests.fixed_clock import FixedClock

settings.register_profile("mutant", phases=[Phase.generate], deadline=None, database=None, derandomize=True)
settings.load_profile("mutant")

@pytest.fixture
def clock():
    return FixedClock()
"""

pytestmark = pytest.mark.heavy  # a fault takes seconds, and only changed tests let one through


def fault(name: str, file: str, old: str, new: str, *killed_by: str) -> Mutant:
    return Mutant(name=name, edits=(Edit(file=file, old=old, new=new),), killed_by=killed_by)


MUTANTS = (
    fault(
        "one unknown part makes all of them false",
        "forms/conditions.py",
        "return False\n            if truth is None:\n                found = None",
        "return False\n            if truth is None:\n                found = False",
        KLEENE, KNOWN,
    ),
    fault(
        "not of unknown is true", "forms/conditions.py",
        "return None if truth is None else not truth", "return not truth", KLEENE, KNOWN,
    ),
    fault(
        "a question without answer earns nothing for sure", "forms/conditions.py",
        "= Decimal(0), question.max_points", "= Decimal(0), Decimal(0)", FACTS, POINTS,
    ),
    fault(
        "what does not apply counts as level 0", "forms/conditions.py",
        "return None if answer is None else answer.level", "return None if answer is None else answer.level or 0",
        FACTS, COMPLETIONS,
    ),
    fault(
        "scenarios not rated are taken for low ones", "forms/conditions.py",
        "reached + levels.count(None)", "reached", FACTS, COMPLETIONS,
    ),
    fault(
        "none of these counts as one", "forms/conditions.py",
        "sum(not option.is_none for option in found)", "len(found)", FACTS,
    ),
    fault(
        "derived options do not count", "forms/conditions.py",
        "None if keys else derive(question, answers.numbers)", "None", FACTS,
    ),
    fault(
        "a bound does not belong to its range", "forms/conditions.py",
        "(low is None or lowest >= low)", "(low is None or lowest > low)", FACTS,
    ),
    fault(
        "a share of nothing is 0", "forms/conditions.py",
        "Fraction(above) / Fraction(below) if below else None",
        "Fraction(above) / Fraction(below) if below else Fraction(0)", FACTS,
    ),
    fault(
        "a rule fires on what is not known", "forms/practice_rules.py",
        "if rule.when.truth(now))", "if rule.when.truth(now) is not False)", SILENT,
    ),
    fault(
        "a ruling outlives the answers it was made on", "model/rule_findings.py",
        "overruling is not None and not stands(rule, overruling)", "False", LAPSES,
    ),
    fault(
        "figures that decide nothing make a ruling lapse", "model/rule_findings.py",
        "{used: known.get(used) for used in uses}", "{**known, **answers.options}", FIGURES,
    ),
)  # fmt: skip


def run_tests(folder: Path, tests: tuple[str, ...], scratch: Path) -> tuple[int, str]:
    """Run tests on the copy of the program and return the exit status and what was told."""
    scratch.mkdir()
    told = run_python(
        "-m", "pytest", *tests, "-q", "-x", "--import-mode=importlib", "-p", "no:cacheprovider",
        f"--basetemp={scratch}/tests", root=folder, scratch=str(scratch), seconds=180,
    )  # fmt: skip
    return told.returncode, told.stdout + told.stderr


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program as it is, with the tests named above."""
    folder = tmp_path_factory.mktemp("program")
    unneeded = shutil.ignore_patterns("__pycache__", "ui", "mutants")
    for name in ("diag_app", "resources", "tests/forms", "tests/operations"):
        shutil.copytree(ROOT / name, folder / name, ignore=unneeded)
    shutil.copyfile(ROOT / "tests/fixed_clock.py", folder / "tests/fixed_clock.py")
    (folder / "tests/conftest.py").write_text(CONFTEST)
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
