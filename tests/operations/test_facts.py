"""What a person records is stored as it was meant, or refused and nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.model.facts import BaselineMetric, EnterpriseProfile
from diag_app.operations import history
from diag_app.operations.assessment import (
    find_assessments,
    load_answers,
    load_assessment,
    record_answer,
    record_note,
    record_number,
    record_scenario,
    score_assessment,
)
from diag_app.operations.enterprise import (
    add_enterprise,
    check_profile,
    derived_classes,
    find_contacts,
    find_enterprises,
    load_enterprise,
    remove_contact,
    save_contact,
    update_enterprise,
)
from diag_app.operations.need import (
    NeedFields,
    add_need,
    find_needs,
    record_metric,
    remove_metric,
    remove_need,
    update_need,
)
from diag_app.operations.workspace import Workspace

USCC = "91000000MADEM01268"


def ops(workspace: Workspace) -> int:
    return sum(1 for _ in workspace.store.ops())


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (lambda w, a: record_answer(w, a, "B1", ("A", "B")), "OPTION_NONE_WITH_OTHERS"),
        (lambda w, a: record_answer(w, a, "B2", ("A", "B")), "OPTION_ONE_ONLY"),
        (lambda w, a: record_answer(w, a, "B1", ("Z",)), "OPTION_UNKNOWN"),
        (lambda w, a: record_answer(w, a, "B99", ("A",)), "QUESTION_UNKNOWN"),
        (lambda w, a: record_number(w, a, "no_such", Decimal(1)), "NUMBER_UNKNOWN"),
        (lambda w, a: record_number(w, a, "staff_last", Decimal(-1)), "NUMBER_INVALID"),
        (lambda w, a: record_number(w, a, "pass_rate_last_pct", Decimal(101)), "NUMBER_TOO_LARGE"),
        (lambda w, a: record_scenario(w, a, "quality", ScenarioAnswer(level=5)), "LEVEL_UNKNOWN"),
        (lambda w, a: record_scenario(w, a, "no_such", ScenarioAnswer(level=1)), "SCENARIO_UNKNOWN"),
        (lambda w, a: record_note(w, a, "B1", "字" * 100_001), "TEXT_TOO_LONG"),
        (lambda w, a: add_need(w, a, "no_such", NeedFields()), "NEED_FORM_UNKNOWN"),
        (
            lambda w, a: add_need(w, a, "energy", NeedFields(), (BaselineMetric(metric_id="x", value=None),)),
            "METRIC_UNKNOWN",
        ),
        (lambda w, a: load_assessment(w, "nobody"), "ENTITY_UNKNOWN"),
        (lambda w, a: load_assessment(w, find_enterprises(w)[0].enterprise_id), "ENTITY_UNKNOWN"),
    ],
)
def test_a_refusal_changes_nothing(
    workspace: Workspace, assessment_id: str, record: Callable[[Workspace, str], object], code: str
) -> None:
    before = ops(workspace)
    with pytest.raises(DiagError) as refused:
        record(workspace, assessment_id)
    assert (refused.value.code, ops(workspace)) == (code, before)


def test_a_part_may_not_exceed_the_whole_whichever_is_typed_last(workspace: Workspace, assessment_id: str) -> None:
    record_number(workspace, assessment_id, "equipment_total", Decimal(10))
    with pytest.raises(DiagError):
        record_number(workspace, assessment_id, "equipment_digital", Decimal(11))
    record_number(workspace, assessment_id, "equipment_digital", Decimal(9))
    with pytest.raises(DiagError):
        record_number(workspace, assessment_id, "equipment_total", Decimal(8))
    assert load_assessment(workspace, assessment_id).answers.numbers["equipment_total"] == 10


def test_answers_are_kept_in_the_order_of_the_pack_and_can_be_cleared(workspace: Workspace, assessment_id: str) -> None:
    record_answer(workspace, assessment_id, "B1", ("C", "B"))
    record_scenario(workspace, assessment_id, "hr", ScenarioAnswer(not_applicable="外包"))
    record_number(workspace, assessment_id, "staff_last", Decimal("12.50"))
    assert load_assessment(workspace, assessment_id).answers == Answers(
        numbers={"staff_last": Decimal("12.5")},
        options={"B1": ("B", "C")},
        scenarios={"hr": ScenarioAnswer(not_applicable="外包")},
    )
    record_answer(workspace, assessment_id, "B1", ())
    record_scenario(workspace, assessment_id, "hr", None)
    record_number(workspace, assessment_id, "staff_last", None)
    assert load_assessment(workspace, assessment_id).answers == Answers()


def test_a_wrong_answers_file_is_refused_whole(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"pack": "miit-sme-2024", "answers": {"B1": ["B"], "B2": ["A", "B"]}}', encoding="utf-8")
    with pytest.raises(DiagError) as refused:
        load_answers(workspace, assessment_id, file)
    assert refused.value.location == "answers.B2"
    assert load_assessment(workspace, assessment_id).answers == Answers()


def test_a_long_note_with_rare_characters_comes_back_unchanged(workspace: Workspace, assessment_id: str) -> None:
    text = "䶮㛃𬭎𠅤" * 2500
    record_note(workspace, assessment_id, "B3", text)
    assert load_assessment(workspace, assessment_id).notes["B3"] == text


def test_what_did_not_change_writes_nothing(workspace: Workspace, enterprise_id: str, assessment_id: str) -> None:
    record_answer(workspace, assessment_id, "B1", ("B",))
    before = ops(workspace)
    record_answer(workspace, assessment_id, "B1", ("B",))
    update_enterprise(workspace, enterprise_id, load_enterprise(workspace, enterprise_id).profile)
    assert ops(workspace) == before


def test_size_class_and_scale_follow_the_figures(workspace: Workspace) -> None:
    found = derived_classes(workspace, EnterpriseProfile(name="甲", employees=1200, revenue_10k_cny=Decimal(30_000)))
    assert (found.size_class, found.is_above_scale) == ("medium", True)
    unknown = derived_classes(workspace, EnterpriseProfile(name="甲"))
    assert (unknown.size_class, unknown.is_above_scale) == (None, None)


def test_a_credit_code_that_is_here_already_is_a_warning_naming_the_enterprise(workspace: Workspace) -> None:
    add_enterprise(workspace, EnterpriseProfile(name="甲厂", uscc=f" {USCC.lower()} "))
    again = add_enterprise(workspace, EnterpriseProfile(name="乙厂", uscc=USCC))
    [problem] = again.problems
    assert (problem.code, problem.parameters["name"]) == ("USCC_ALREADY_HERE", "甲厂")
    own = load_enterprise(workspace, find_enterprises(workspace, "甲厂")[0].enterprise_id)
    assert [item.code for item in check_profile(workspace, own.profile, enterprise_id=own.enterprise_id)] == [
        "USCC_ALREADY_HERE"
    ]


def test_contacts_are_saved_changed_removed_and_brought_back(workspace: Workspace, enterprise_id: str) -> None:
    save_contact(workspace, enterprise_id, name="某负责人", role="厂长")
    [contact] = find_contacts(workspace, enterprise_id)
    save_contact(workspace, enterprise_id, contact_id=contact.contact_id, name="某负责人", role="总经理", phone="0")
    assert find_contacts(workspace, enterprise_id)[0].role == "总经理"
    remove_contact(workspace, contact.contact_id)
    assert find_contacts(workspace, enterprise_id) == ()
    history.undo(workspace, enterprise_id)
    assert find_contacts(workspace, enterprise_id)[0].phone == "0"


def test_a_need_keeps_its_baseline_in_the_order_of_its_form(workspace: Workspace, assessment_id: str) -> None:
    form = workspace.pack().need_form("energy")
    first, second = form.metric_ids[:2]
    need_id = add_need(workspace, assessment_id, "energy", NeedFields(owner_words="电费高", barrier="unable"))
    record_metric(workspace, need_id, BaselineMetric(metric_id=second, value=Decimal("1.5"), source="表"))
    record_metric(workspace, need_id, BaselineMetric(metric_id=first, value=None))
    [need] = find_needs(workspace, assessment_id)
    assert [metric.metric_id for metric in need.metrics] == [first, second]
    assert (need.title, need.scenario_id, need.barrier) == (form.label.zh, form.scenario_id, "unable")
    update_need(workspace, need_id, NeedFields(title="能耗", priority="must", target_level=3))
    remove_metric(workspace, need_id, first)
    [need] = find_needs(workspace, assessment_id)
    assert (need.title, need.owner_words, need.barrier, need.target_level, len(need.metrics)) == (
        "能耗",
        "",
        None,
        3,
        1,
    )
    remove_need(workspace, need_id)
    assert find_needs(workspace, assessment_id) == ()


def test_undo_is_of_one_case_and_names_what_it_took_back(workspace: Workspace, enterprise_id: str) -> None:
    other = add_enterprise(workspace, EnterpriseProfile(name="另一家")).enterprise_id
    save_contact(workspace, enterprise_id, name="某人", role="")
    save_contact(workspace, other, name="某人", role="")
    assert history.next_undo(workspace, enterprise_id) == "save_contact"
    assert history.undo(workspace, enterprise_id).operation == "save_contact"
    assert find_contacts(workspace, enterprise_id) == ()
    assert len(find_contacts(workspace, other)) == 1
    assert history.next_redo(workspace, enterprise_id) == "save_contact"
    history.redo(workspace, enterprise_id)
    assert len(find_contacts(workspace, enterprise_id)) == 1


def test_a_pack_changed_under_its_version_is_said(workspace: Workspace, enterprise_id: str, assessment_id: str) -> None:
    with workspace.store.operation("test", enterprise_id) as operation:
        operation.set(assessment_id, "pack", {"reference": workspace.pack().reference, "digest": "0" * 64})
    [assessment] = find_assessments(workspace, enterprise_id)
    assert [problem.code for problem in score_assessment(workspace, assessment.assessment_id).problems] == [
        "PACK_CHANGED"
    ]
