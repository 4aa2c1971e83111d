"""What rules find in an assessment, and rulings on it: recorded, undone, lapsed when an answer changes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from diag_app.cli import main
from diag_app.errors import DiagError
from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.practice_rules import RuleSeverity
from diag_app.model.rule_findings import RuleFinding
from diag_app.operations.assessment import record_answer, record_number, record_scenario
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.contradictions import (
    find_contradictions,
    open_errors,
    overrule_finding,
    rule_sets,
    take_back_overruling,
)
from diag_app.operations.demo import fill_demo
from diag_app.operations.history import redo, undo
from diag_app.operations.pack import install_pack
from diag_app.operations.redaction import redact
from diag_app.operations.translation import record_translation
from diag_app.operations.workspace import Workspace, open_workspace
from tests.forms.practices import changed_practice

MARKETING, SHIPPED = "captured_marketing_level_zero", "miit-sme-2024-practice"
KEY = f"{SHIPPED}:{MARKETING}"
REASON = "客户数据由集团系统采集"


def level(number: int) -> ScenarioAnswer:
    return ScenarioAnswer(level=number)


@pytest.fixture
def contradicted(workspace: Workspace, assessment_id: str) -> str:
    """An assessment in which marketing data are captured without any tool."""
    record_answer(workspace, assessment_id, "B4", ("D",))
    record_scenario(workspace, assessment_id, "marketing", level(0))
    return assessment_id


def only(workspace: Workspace, assessment_id: str) -> RuleFinding:
    (found,) = find_contradictions(workspace, assessment_id)
    return found


def test_an_untouched_assessment_needs_no_explanation(workspace: Workspace, assessment_id: str) -> None:
    assert find_contradictions(workspace, assessment_id) == ()
    (rules,) = rule_sets(workspace, workspace.pack())
    assert (rules.pack, len(rules.rules)) == (f"{SHIPPED}@1.0.0", 185)


def test_a_finding_says_what_it_compares_and_where_its_rule_stands(workspace: Workspace, contradicted: str) -> None:
    found = only(workspace, contradicted)
    assert (found.key, found.pack, found.rule.uses) == (KEY, f"{SHIPPED}@1.0.0", ("B4", "marketing"))
    assert (found.rule.severity, found.is_open, found.overruling) == (RuleSeverity.ERROR, True, None)
    assert open_errors(workspace, contradicted) == (found,)


def test_errors_come_before_warnings_before_hints_and_what_is_explained_last(
    workspace: Workspace, contradicted: str
) -> None:
    record_answer(workspace, contradicted, "B4", ("D", "K", "B"))
    for scenario in ("energy", "product_design"):
        record_scenario(workspace, contradicted, scenario, level(0))
    record_scenario(workspace, contradicted, "finance", ScenarioAnswer(not_applicable="外包"))
    overrule_finding(workspace, contradicted, MARKETING, REASON)
    found = find_contradictions(workspace, contradicted)
    assert [(item.rule.severity.value, item.is_open) for item in found] == [
        ("error", True),
        ("warning", True),
        ("hint", True),
        ("error", False),
    ]
    assert [item.rule.rule_id for item in open_errors(workspace, contradicted)] == ["captured_energy_level_zero"]


def test_a_finding_stands_for_a_reason_with_who_and_when(workspace: Workspace, contradicted: str) -> None:
    before = workspace.clock.now().isoformat(timespec="seconds")
    changes = overrule_finding(workspace, contradicted, KEY, f"  {REASON}\n")
    assert changes.touched == {(contradicted, f"overruled:{KEY}")}
    overruling = only(workspace, contradicted).overruling
    assert overruling is not None
    assert (overruling.reason, overruling.by) == (REASON, "甲 · 乙 · 丙")
    assert before < overruling.at < workspace.clock.now().isoformat(timespec="seconds")
    assert open_errors(workspace, contradicted) == ()


def test_overruling_is_undone_and_taken_back(workspace: Workspace, contradicted: str, enterprise_id: str) -> None:
    overrule_finding(workspace, contradicted, MARKETING, REASON)
    undo(workspace, enterprise_id)
    assert only(workspace, contradicted).overruling is None
    redo(workspace, enterprise_id)
    take_back_overruling(workspace, contradicted, MARKETING)
    assert only(workspace, contradicted).is_open
    with pytest.raises(DiagError, match=f"FINDING_NOT_OVERRULED {KEY}"):
        take_back_overruling(workspace, contradicted, MARKETING)


def test_an_overruling_lapses_when_an_answer_that_it_compares_changes(
    workspace: Workspace, contradicted: str, enterprise_id: str
) -> None:
    overrule_finding(workspace, contradicted, MARKETING, REASON)
    record_scenario(workspace, contradicted, "office", level(2))
    assert not only(workspace, contradicted).is_open  # nothing that it compares
    record_answer(workspace, contradicted, "B4", ("D", "O"))
    lapsed = only(workspace, contradicted)
    assert lapsed.is_open
    assert lapsed.is_lapsed
    assert lapsed.overruling is not None
    assert lapsed.overruling.reason == REASON
    undo(workspace, enterprise_id)
    assert not only(workspace, contradicted).is_open  # the answers judged are back
    record_answer(workspace, contradicted, "B4", ("O", "D"))
    overrule_finding(workspace, contradicted, MARKETING, "另有说明")
    assert not only(workspace, contradicted).is_lapsed


def test_a_figure_behind_a_derived_option_is_an_answer_compared(workspace: Workspace, assessment_id: str) -> None:
    for number, value in (("equipment_total", 201), ("staff_last", 20)):
        record_number(workspace, assessment_id, number, Decimal(value))
    found = find_contradictions(workspace, assessment_id)[0]
    overrule_finding(workspace, assessment_id, found.key, REASON)
    assert not find_contradictions(workspace, assessment_id)[-1].is_open
    record_number(workspace, assessment_id, "staff_last", Decimal(19))
    assert next(item for item in find_contradictions(workspace, assessment_id) if item.key == found.key).is_lapsed


def test_a_derived_option_that_stays_the_same_keeps_the_overruling(workspace: Workspace, assessment_id: str) -> None:
    rule = "equipment_realtime_few_networked"  # B3 is derived from figures

    def ruled() -> RuleFinding:
        return next(item for item in find_contradictions(workspace, assessment_id) if item.rule.rule_id == rule)

    for number, value in (("equipment_total", 100), ("equipment_networked", 5)):
        record_number(workspace, assessment_id, number, Decimal(value))
    record_scenario(workspace, assessment_id, "equipment", level(3))
    overrule_finding(workspace, assessment_id, rule, REASON)
    record_number(workspace, assessment_id, "equipment_networked", Decimal(6))
    assert not ruled().is_open
    record_number(workspace, assessment_id, "equipment_networked", None)
    record_answer(workspace, assessment_id, "B3", ("A",))
    assert not ruled().is_open
    record_scenario(workspace, assessment_id, "equipment", level(4))
    assert ruled().is_lapsed


def test_no_copy_of_an_answer_stays_where_it_was_judged(workspace: Workspace, assessment_id: str) -> None:
    record_scenario(workspace, assessment_id, "finance", ScenarioAnswer(not_applicable="隐私内容"))
    overrule_finding(workspace, assessment_id, "core_scenario_not_applicable", REASON)
    redact(workspace, assessment_id, "scenario:finance", reason="应要求")
    record_scenario(workspace, assessment_id, "finance", ScenarioAnswer(not_applicable="外包"))
    assert only(workspace, assessment_id).is_lapsed
    assert "隐私内容" not in json.dumps([op.value for op in workspace.store.ops()], ensure_ascii=False)


def test_a_reason_is_read_in_the_language_it_was_given_in(workspace: Workspace, contradicted: str) -> None:
    overrule_finding(workspace, contradicted, MARKETING, REASON)
    words = {f"overruled:{KEY}": {"reason": "The group's system captures them"}}
    record_translation(workspace, contradicted, "en", words)
    for language, reason in (("zh", REASON), ("en", "The group's system captures them")):
        (found,) = find_contradictions(workspace, contradicted, language)  # type: ignore[arg-type]
        assert found.overruling is not None
        assert found.overruling.reason == reason


@pytest.mark.parametrize("reason", ["", " \n\t", "\u200b"])
def test_without_a_reason_nothing_is_overruled(workspace: Workspace, contradicted: str, reason: str) -> None:
    with pytest.raises(DiagError, match="OVERRULING_REASON_MISSING"):
        overrule_finding(workspace, contradicted, MARKETING, reason)
    assert only(workspace, contradicted).overruling is None


@pytest.mark.parametrize("finding", ["captured_energy_level_zero", "no_such_rule", ""])
def test_what_is_not_found_cannot_be_overruled(workspace: Workspace, contradicted: str, finding: str) -> None:
    with pytest.raises(DiagError, match="FINDING_UNKNOWN"):
        overrule_finding(workspace, contradicted, finding, REASON)


def test_rulings_travel_in_a_bundle(workspace: Workspace, contradicted: str, tmp_path: Path) -> None:
    overrule_finding(workspace, contradicted, MARKETING, REASON)
    path = export_bundle(workspace, tmp_path / "case.zip").path
    with open_workspace(tmp_path / "other") as other:
        import_bundle(other, path)
        assert not only(other, contradicted).is_open


def test_a_city_adds_rules_and_an_id_of_two_packs_is_named_in_full(
    workspace: Workspace, enterprise_id: str, contradicted: str, tmp_path: Path
) -> None:
    own = f"""
[confidence]
text = 'authored'
rule = 'authored'
[[rules]]
id = '{MARKETING}'
severity = 'hint'
text = {{ zh = '本市提示', en = 'City hint' }}
uses = ['marketing']
when = {{ level = {{ scenario = 'marketing', at_most = 0 }} }}
fires_on = {{ scenarios = {{ marketing = 0 }} }}
silent_on = {{ scenarios = {{ marketing = 1 }} }}
"""
    source = tmp_path / "city"
    source.mkdir()
    files = {
        **changed_practice("pack.toml", "extends = 'small'", "extends = 'miit-sme-2024'"),
        "rules.toml": own.encode(),
    }
    for name, data in files.items():
        (source / name).write_bytes(data)
    install_pack(workspace, source)
    with open_workspace(workspace.directory) as again:
        assert [rules.pack for rules in rule_sets(again, again.pack())] == [f"{SHIPPED}@1.0.0", "small-practice@0.1.0"]
        found = find_contradictions(again, contradicted)
        assert [item.key for item in found] == [KEY, f"small-practice:{MARKETING}"]
        with pytest.raises(DiagError, match="FINDING_UNKNOWN"):
            overrule_finding(again, contradicted, MARKETING, REASON)
        overrule_finding(again, contradicted, KEY, REASON)
        assert [item.key for item in find_contradictions(again, contradicted) if item.is_open] == [
            f"small-practice:{MARKETING}"
        ]


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    status = main(arguments)
    return status, capsys.readouterr().out


def test_the_command_line_checks_overrules_and_takes_back(
    workspace: Workspace, contradicted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ("--workspace", str(workspace.directory))
    status, out = answer(capsys, *home, "--json", "assessment", "check", contradicted)
    found = json.loads(out)
    assert status == 1
    assert found["packs"] == [f"{SHIPPED}@1.0.0"]
    assert [(item["finding"], item["severity"], item["state"]) for item in found["findings"]] == [
        (KEY, "error", "open")
    ]
    assert answer(capsys, *home, "assessment", "overrule", contradicted, MARKETING, "--reason", REASON)[0] == 0
    status, out = answer(capsys, *home, "--language", "zh_CN", "assessment", "check", contradicted)
    assert (status, REASON in out, "已说明" in out) == (0, True, True)
    record_answer(workspace, contradicted, "B4", ("D", "O"))
    status, out = answer(capsys, *home, "--language", "en", "assessment", "check", contradicted)
    assert (status, "explained before an answer changed" in out) == (1, True)
    assert answer(capsys, *home, "assessment", "take-back", contradicted, MARKETING)[0] == 0
    record_answer(workspace, contradicted, "B4", ())
    status, out = answer(capsys, *home, "--language", "en", "assessment", "check", contradicted)
    assert (status, out) == (0, "Nothing needs explanation.\n")


def test_the_demonstration_factory_has_two_things_to_explain(workspace: Workspace) -> None:
    found = find_contradictions(workspace, fill_demo(workspace))
    assert [item.rule.rule_id for item in found] == [
        "captured_after_sales_level_zero",
        "quality_level_3_not_captured",
    ]
