"""The firm file of a city platform: every item of the list, what is known of it, and what never leaves."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.forms.answers import Answers
from diag_app.forms.scoring import score
from diag_app.model.facts import Contact, Enterprise, EnterpriseProfile
from diag_app.model.portal import PortalFacts, PortalFile, PortalRow, portal_from, portal_rows, result_figures
from diag_app.paths import resource
from tests.forms.packs import shipped_pack

PORTAL = portal_from(tomllib.loads(resource("portal.toml").read_text(encoding="utf-8")))
# The items as the facts file lists them; A9 is never sent on.
LISTED = {
    "A1": "Name and credit code", "A2": "Address, founding", "A3": "Contact", "A4": "Products and industry",
    "A5": "Staff of two years", "A6": "Project name, contract dates, provider", "A7": "Completion date",
    "A8": "Scope of this contract", "A9": "System addresses and passwords", "A10": "District", "A11": "Sub-industry",
    "A12": "Nature", "A13": "Size", "A14": "Above or below scale", "A15": "Quality-SME status", "B0": "Rating before",
    "C1": "Profit sheets of two years", "C5": "Contract", "C6": "Invoices and payment proof", "C7": "Spend list",
    "E5": "Filing or acceptance form", "E6": "Truth statement", "H1": "Self-rating report before",
    "H2": "Self-rating report after", "H3": "Filing form for the award",
}  # fmt: skip
FIRM = Enterprise(
    enterprise_id="e",
    profile=EnterpriseProfile(
        name="恒信精密",
        uscc="91320100MA1XXXXX0K",
        address="示例路 1 号",
        founded_on="2009",
        products="阀体",
        industry="C34",
    ),
    size_class="small",
    is_above_scale=True,
)
ANSWERS = Answers(options={}, numbers={"staff_previous": Decimal(110), "staff_last": Decimal(120)}, scenarios={})
FACTS = PortalFacts(
    enterprise=FIRM,
    contacts=(Contact(contact_id="c", enterprise_id="e", name="王工", phone="13800000000"),),
    answers=ANSWERS,
    scorecard=score(shipped_pack(), ANSWERS),
    typed={"A6": "质检改造; 2026-03-01", "A11": "阀门制造"},
    files={"C5": (PortalFile(evidence_id="x", name="合同.pdf", sha256="0" * 64),)},
)


def rows(facts: PortalFacts = FACTS) -> dict[str, PortalRow]:
    return {row.item.code: row for row in portal_rows(PORTAL, facts)}


def test_the_list_is_that_of_the_facts_file() -> None:
    assert {item.code: item.label.en for item in PORTAL.items} == LISTED
    assert PORTAL.confidence == "exact"
    assert [item.code for item in PORTAL.items if item.kind == "never"] == ["A9"]


KNOWN = {
    "A1": "恒信精密; 91320100MA1XXXXX0K", "A2": "示例路 1 号; 2009", "A3": "王工 13800000000", "A4": "阀体; C34",
    "A5": "110; 120", "A6": "质检改造; 2026-03-01", "A11": "阀门制造", "A13": "小型", "A14": "规上", "B0": "0; 0",
}  # fmt: skip


def test_each_item_says_what_is_known_and_the_rest_is_open() -> None:
    found = rows()
    assert {code: row.value for code, row in found.items() if row.value} == KNOWN
    assert found["C5"].files == FACTS.files["C5"]
    assert {code for code, row in found.items() if row.state == "open"} == set(LISTED) - set(KNOWN) - {"C5", "A9"}
    assert (found["A9"].state, found["A9"].value, found["A9"].files) == ("never", "", ())


def test_nothing_is_sent_on_for_a9_whatever_was_recorded() -> None:
    there = replace(FACTS, typed={"A9": "http://mes.local"}, files={"A9": FACTS.files["C5"]})
    assert rows(there)["A9"] == rows()["A9"]


def test_figures_that_are_not_known_are_left_open() -> None:
    bare = replace(
        FACTS,
        enterprise=replace(FIRM, size_class=None, is_above_scale=None),
        answers=Answers(options={}, numbers={}, scenarios={}),
        contacts=(),
    )
    assert {code for code in ("A3", "A5", "A13", "A14") if rows(bare)[code].state == "open"} == {
        "A3",
        "A5",
        "A13",
        "A14",
    }


SECRETS = [
    "密码 abc", "系统密 码：1", "Password: x", "PASS WORD", "pwd=1", "口令", "http://me:word@mes.local/", "验证码 1234",
    "API key 77", "token", "PIN: 0000",
]  # fmt: skip


@pytest.mark.parametrize("text", SECRETS)
def test_words_that_tell_of_a_password_are_held_back(text: str) -> None:
    row = rows(replace(FACTS, typed={"A8": f"MES 上线，{text}"}))["A8"]
    assert (row.state, row.value) == ("held_back", "")


@pytest.mark.parametrize("text", ["质检改造", "http://mes.local/a:b", "2026-03-01", "spinning", "me@firm.cn"])
def test_common_words_are_not(text: str) -> None:
    assert not PORTAL.looks_secret(text)


def test_the_block_of_results_before_has_level_scores_and_scenes() -> None:
    found = result_figures(FACTS.scorecard)
    assert list(found) == [
        "level", "score", "basis", "management", "results", "constrained_scenes", "guiding_scenes",
    ]  # fmt: skip
    assert found["level"] == 0


@given(st.integers(0, 60 * 1024**2))
def test_a_file_is_cut_without_a_gap_and_no_part_is_beyond_the_limit(size: int) -> None:
    cuts = PORTAL.cuts(size)
    assert [end for _, end in cuts][:-1] == [start for start, _ in cuts][1:]
    assert (cuts[0][0], cuts[-1][1]) == (0, size)
    assert (len(cuts) == 1) == (size <= Decimal("11.5") * 1024**2)
    assert len(cuts) == 1 or all(0 < end - start <= 8 * 1024**2 for start, end in cuts)
