"""What registers hold becomes facts, and facts become registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.model.facts import BaselineMetric, EnterpriseProfile, Place
from diag_app.model.ops import EntityView, RegisterView
from diag_app.model.reading import (
    answer_registers,
    answers_from,
    assessment_from,
    contact_from,
    evidence_from,
    file_of,
    metric_value,
    needs_from,
    profile_from,
    profile_registers,
    proposal_from,
)


def view(kind: str, registers: Mapping[str, Any], **more: Any) -> EntityView:
    shown = {name: RegisterView(value=value, head_ids=("h",)) for name, value in registers.items()}
    given = {"entity_id": "e", "case": "c", "parent": "p", "is_deleted": False, "links": {}, **more}
    return EntityView(kind=kind, registers=shown, **given)


FIGURES = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)
PROFILES = st.builds(
    EnterpriseProfile,
    name=st.text(min_size=1),
    uscc=st.none() | st.just("91000000MADEM01268"),
    industry=st.none() | st.just("C34"),
    employees=st.none() | st.integers(0, 10**6),
    revenue_10k_cny=FIGURES,
    assets_10k_cny=FIGURES,
    products=st.text(),
    is_demonstration=st.booleans(),
)
ANSWERS = st.builds(
    Answers,
    numbers=st.dictionaries(st.sampled_from(["staff_last", "cost_last_10k_cny"]), st.decimals(0, 10**6, places=4)),
    options=st.dictionaries(st.sampled_from(["B1", "B4"]), st.tuples(st.sampled_from("BCD"))),
    scenarios=st.dictionaries(
        st.sampled_from(["quality", "hr"]),
        st.builds(ScenarioAnswer, level=st.integers(0, 4)) | st.builds(ScenarioAnswer, not_applicable=st.text()),
    ),
)


@given(PROFILES)
def test_a_profile_survives_its_registers(profile: EnterpriseProfile) -> None:
    assert profile_from(view("enterprise", profile_registers(profile))) == profile


@given(ANSWERS)
def test_answers_survive_their_registers(answers: Answers) -> None:
    assert answers_from(view("assessment", answer_registers(answers))) == answers


def test_texts_are_read_in_a_language_where_they_were_given_in_it() -> None:
    enterprise = view("enterprise", {"name": "恒信", "name@en": "Hengxin", "products": "轴"})
    assert [profile_from(enterprise, language).name for language in (None, "zh", "en")] == ["恒信", "恒信", "Hengxin"]
    assert profile_from(enterprise, "en").products == "轴"
    contact = view("contact", {"contact": {"name": "甲", "role": "厂长", "phone": "1"}, "contact@en": {"role": "Head"}})
    read = contact_from(contact, "en")
    assert (read.name, read.role, read.phone) == ("甲", "Head", "1")


def test_a_cleared_answer_and_a_translation_are_no_answers() -> None:
    assessment = view(
        "assessment",
        {"answer:B1": None, "note:B1": "看过", "note:B1@en": "Seen", "pack": {"reference": "p@1", "digest": "d"}},
    )
    read = assessment_from(assessment, "en")
    assert (read.answers, dict(read.notes), read.status) == (Answers(), {"B1": "Seen"}, "in_progress")


@pytest.mark.parametrize("language", [None, "en"])
def test_evidence_and_needs_keep_their_numbers_when_one_is_deleted(language: Any) -> None:
    file = {"sha256": "0" * 64, "name": "a.jpg", "media_type": "image/jpeg", "size": 3, "picture": "1" * 64}
    dates = {"shows_on": None, "captured_at": None, "received_at": "2026-03-12"}
    links = {"target": {"op2": "quality", "op1": "B3", "op3": "B3"}}
    evidence = [
        view("evidence", {"file": file, "dates": dates}, links=links, is_deleted=gone) for gone in (True, False)
    ]
    [item] = evidence_from(evidence, language)
    assert (item.number, item.targets, item.picture_sha256) == (2, ("B3", "quality"), "1" * 64)

    metric = {"value": None, "period": "", "source": "台账缺页"}
    registers = {"form_id": "energy", "scenario_id": "energy", "title": "能耗", "metric:m": metric}
    needs = [view("need", registers, is_deleted=gone) for gone in (True, False)]
    [need] = needs_from(needs, language)
    assert (need.number, need.barrier, need.priority) == (2, None, "should")
    assert need.metrics == (BaselineMetric(metric_id="m", value=None, source="台账缺页"),)


def test_a_measured_zero_is_not_a_missing_value() -> None:
    assert metric_value(BaselineMetric(metric_id="m", value=Decimal(0)))["value"] == "0"
    assert metric_value(BaselineMetric(metric_id="m", value=None))["value"] is None


def test_a_proposal_is_superseded_when_it_would_be_made_from_other_ops_now() -> None:
    file = {"name": "r.pdf", "language": "zh", "media_type": "application/pdf", "sha256": "0" * 64, "size": 1}
    issued = {
        "number": "QZ-1", "issued_at": "2026-03-12T09:00:00+00:00", "content_digest": "d", "pack": "p@1",
        "files": [file], "heads": ["a", "b"],
    }  # fmt: skip
    proposal = view("proposal", {"issued": issued})
    assert not proposal_from(proposal, frozenset({"b", "a"})).is_superseded
    assert proposal_from(proposal, frozenset({"a", "b", "later"})).is_superseded
    assert proposal_from(proposal, frozenset({"a"})).is_superseded


ORIGINAL = {"sha256": "a", "name": "a.jpg", "media_type": "image/jpeg", "size": 1}


@pytest.mark.parametrize(
    ("value", "conflicting", "shown"),
    [
        (ORIGINAL, (), "a"),
        (None, (), None),
        ("no file", (), None),
        ({**ORIGINAL, "sha256": "turned"}, ({**ORIGINAL, "sha256": "b", "redactions": 1}, ORIGINAL), "b"),
        ({**ORIGINAL, "sha256": "b", "redactions": 2}, ({**ORIGINAL, "sha256": "c", "redactions": 1}, None), "b"),
        ({**ORIGINAL, "sha256": "late"}, (ORIGINAL, {**ORIGINAL, "sha256": "late"}), "late"),
    ],
)
def test_of_versions_made_at_once_the_one_that_hides_more_is_shown(
    value: Any, conflicting: tuple[Any, ...], shown: str | None
) -> None:
    register = RegisterView(value=value, head_ids=("h",), conflicting=conflicting)
    file = file_of(replace(view("evidence", {}), registers={"file": register}))
    assert (file and file["sha256"]) == shown


def test_an_item_without_a_file_has_none() -> None:
    assert file_of(view("evidence", {})) is None


def test_evidence_knows_its_version_and_its_place() -> None:
    place = {"latitude": "31.5", "longitude": "-121.25"}
    file = {**ORIGINAL, "version": 3, "redactions": 1}
    [item] = evidence_from([view("evidence", {"file": file, "place": place, "keeps_place": True})])
    assert (item.version, item.redactions, item.keeps_place) == (3, 1, True)
    assert item.place == Place(latitude=Decimal("31.5"), longitude=Decimal("-121.25"))
    [plain] = evidence_from([view("evidence", {"file": {**ORIGINAL, "version": "x"}})])
    assert (plain.version, plain.redactions, plain.place, plain.keeps_place) == (1, 0, None, False)
