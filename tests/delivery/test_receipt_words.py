"""A receipt says in words what keeps the delivery from being whole, and nothing where it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from diag_app.i18n import load_translator
from diag_app.model.receipt import Gap, ReceiptConflict, ReceiptFault, Refusal
from diag_app.operations.bundle import export_bundle
from diag_app.operations.receipt_words import receipt_sentences
from diag_app.operations.workspace import Workspace
from diag_app.sync.parts import numbers_text
from tests.delivery.city import AT, City


def test_each_thing_that_is_open_is_said(workspace: Workspace, assessment_id: str, city: City, tmp_path: Path) -> None:
    sealed = export_bundle(workspace, tmp_path / "a.qzb")
    translate = load_translator("en")
    refusal = Refusal(case="c", entity=assessment_id, register="answer:B1", reason="r", by="b", at=AT, judged=())
    cases: dict[str, tuple[dict[str, Any], list[str]]] = {
        "whole": ({}, []),
        "parts": ({"part": (2, 7), "missing": (1, 3, 4, 5, 7)}, ["Of 7 parts", ": 1, 3-5, 7."]),
        "files": ({"blobs_missing": ("0" * 64, "1" * 64)}, ["Files missing there: 2."]),
        "gaps": ({"gaps": (Gap(replica="r", case="c", first=1, last=2),)}, ["Earlier records are missing there."]),
        "refused": ({"refused": (refusal,)}, ["Sent back: 1."]),
        "conflicts": ({"conflicts": (ReceiptConflict(case="c", entity="e", register="r"),)}, ["wrote it: 1."]),
        "nothing": ({"faults": (ReceiptFault(code="SIGNER_NOT_LISTED"),)}, ["refused the bundle (SIGNER_NOT_LISTED)"]),
    }
    for case, (told, marks) in cases.items():
        said = " ".join(receipt_sentences(city.receipt(sealed, {}, **told), translate))
        assert [mark in said for mark in marks] == [True] * len(marks), (case, said)
        assert bool(said) == bool(marks), case


@pytest.mark.parametrize(("numbers", "text"), [((), ""), ((2,), "2"), ((1, 2), "1-2"), ((1, 3, 4, 5, 9), "1, 3-5, 9")])
def test_runs_of_numbers_are_drawn_together(numbers: tuple[int, ...], text: str) -> None:
    assert numbers_text(numbers) == text
