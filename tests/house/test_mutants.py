"""The faults that the heavy tests plant can still be planted: who changes the code they change hears of it at once."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.house.sources import ROOT

PLACES = (
    "audit.mutants.test_mutants",
    "care.mutants.test_mutants",
    "forms.mutants.test_mutants",
    "security.mutants.test_mutants",
    "storage.mutants.test_merge_mutants",
    "storage.mutants.test_mutants",
)


@pytest.mark.parametrize("place", PLACES)
def test_what_a_mutant_changes_stands_once_in_the_program(place: str) -> None:
    stale = [
        f"{mutant.name}: {edit.file}"
        for mutant in import_module(f"tests.{place}").MUTANTS
        for edit in mutant.edits
        if (ROOT / "diag_app" / edit.file).read_text(encoding="utf-8").count(edit.old) != 1
    ]
    assert stale == []
