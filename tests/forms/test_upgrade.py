"""Answers to an earlier version of a method, read in the next: same, renamed, converted, split or left alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from diag_app.forms.check import check_pack
from diag_app.forms.pack_table import Findings
from diag_app.forms.upgrade import Upgrade, asked_by, carry, read_upgrade
from tests.forms.packs import SMALL

TEXT = """
from = "1.0.0"
dropped = ["B9"]
[moved]
B8 = ["B7"]
B2 = ["B2a", "B2b"]
[options.B4]
C = ["D"]
D = ["D", "E"]
F = []
[factors]
revenue = 0.1
"""
IDS = {"B7", "B2a", "B2b"}


def upgrade(text: str = TEXT) -> Upgrade:
    findings = Findings()
    found = read_upgrade({"upgrade.toml": text.encode()}, IDS, findings)
    assert findings.problems == []
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("register", "value", "expected"),
    [
        ("answer:B1", {"options": ["A"]}, {"answer:B1": {"options": ["A"]}}),
        ("answer:B8", {"options": ["A"]}, {"answer:B7": {"options": ["A"]}}),
        ("answer:B9", {"options": ["A"]}, {}),
        ("answer:B2", {"options": ["A"]}, {"answer:B2a": {"options": ["A"]}, "answer:B2b": {"options": ["A"]}}),
        ("answer:B4", {"options": ["A", "C"]}, {"answer:B4": {"options": ["A", "D"]}}),
        ("answer:B4", {"options": ["C", "D"]}, {"answer:B4": {"options": ["D", "E"]}}),
        ("answer:B4", {"options": ["A", "F"]}, {}),
        ("number:revenue", "1500", {"number:revenue": "150.0"}),
        ("number:staff", "15", {"number:staff": "15"}),
        ("scenario:B8", {"level": 2}, {"scenario:B7": {"level": 2}}),
        ("note:B8", "words", {"note:B7": "words"}),
    ],
)
def test_an_answer_is_read_where_the_newer_version_has_it(register: str, value: Any, expected: dict[str, Any]) -> None:
    assert carry([upgrade()], register, value) == expected


def test_what_was_asked_is_known_by_its_names_here() -> None:
    assert asked_by([upgrade()], ("B1", "B2", "B8", "B9")) == {"B1", "B2a", "B2b", "B7"}


def test_versions_in_a_row_are_gone_through_in_order() -> None:
    later = Upgrade(earlier="2.0.0", moved={"B7": ("B6",)}, options={}, factors={})
    assert carry([upgrade(), later], "answer:B8", {"options": ["A"]}) == {"answer:B6": {"options": ["A"]}}
    assert carry([], "answer:B8", {"options": ["A"]}) == {"answer:B8": {"options": ["A"]}}


def test_a_mapping_may_say_no_more_than_from_where() -> None:
    assert upgrade('from = "1.0.0"') == Upgrade(earlier="1.0.0", moved={}, options={}, factors={})
    assert read_upgrade({}, IDS, Findings()) is None
    assert upgrade().factors == {"revenue": Decimal("0.1")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("from = ", "PACK_SYNTAX"),
        ('dropped = ["B1"]', "PACK_KEY_MISSING"),
        ('from = "1"\n[moved]\nB1 = ["B99"]', "PACK_ID_UNKNOWN"),
        ('from = "1"\nmoves = 1', "PACK_KEY_UNKNOWN"),
        ('from = "1"\n[factors]\nx = "ten"', "PACK_TYPE"),
    ],
)
def test_a_fault_in_it_is_a_fault_of_the_pack(text: str, code: str) -> None:
    assert check_pack(SMALL_FILES) == ()
    assert code in {problem.code for problem in check_pack({**SMALL_FILES, "upgrade.toml": text.encode()})}


SMALL_FILES = {name: text.encode() for name, text in SMALL.items()}
