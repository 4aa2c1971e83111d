"""The pre-visit workbook: what the firm fills in comes back as its statement; nothing is taken without a word."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from diag_app.errors import DiagError
from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Language
from diag_app.operations.assessment import load_assessment, record_answer, record_number, start_assessment
from diag_app.operations.enterprise import find_contacts, load_enterprise, save_contact
from diag_app.operations.guide import load_guide
from diag_app.operations.history import undo
from diag_app.operations.previsit import plan_previsit, write_previsit
from diag_app.operations.previsit_taking import take_previsit
from diag_app.operations.roles import find_views
from tests.forms.answer_sets import answer_sets
from tests.visit.conftest import Case, new_case
from tests.visit.workbooks import cells_of, filled

SAMPLE = Answers(
    numbers={"equipment_total": Decimal(120), "equipment_digital": Decimal(66), "pass_rate_last_pct": Decimal("97.85")},
    options={"B1": ("B", "C"), "B5": ("C",), "M1": ("D",)},
    scenarios={
        "quality": ScenarioAnswer(level=3),
        "after_sales": ScenarioAnswer(level=0),
        "hr": ScenarioAnswer(not_applicable="外包给劳务公司"),
    },
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    made = new_case(tmp_path_factory.mktemp("previsit") / "workspace")
    with made.workspace:
        yield made


def stated_answers(case: Case, path: Path) -> Answers:
    """Return the answers that the workbook states, as the plan has them; every cell must be readable."""
    intake = plan_previsit(case.workspace, case.assessment_id, path)
    assert intake.plan.problems == ()
    by_kind: dict[str, dict[str, object]] = {"number": {}, "answer": {}, "scenario": {}}
    for line in intake.plan.lines:
        kind, _, rest = line.key.partition(":")
        if kind in by_kind:
            by_kind[kind][rest] = line.stated
    return Answers(numbers=by_kind["number"], options=by_kind["answer"], scenarios=by_kind["scenario"])  # type: ignore[arg-type]


def in_pack_order(case: Case, answers: Answers) -> Answers:
    pack = case.workspace.pack()
    ordered = {
        key: tuple(option.key for option in pack.question(key).options if option.key in keys)
        for key, keys in answers.options.items()
    }
    return Answers(numbers=answers.numbers, options=ordered, scenarios=answers.scenarios)


@given(answers=answer_sets())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_filled_in_is_what_is_read(shared: Case, tmp_path: Path, answers: Answers) -> None:
    for language in ("zh", "en"):
        path = write_previsit(shared.workspace, shared.assessment_id, language, tmp_path / f"{language}.xlsx")
        filled(path, cells_of(answers, shared.workspace.pack(), language))
        assert stated_answers(shared, path) == in_pack_order(shared, answers)


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_makes_the_round_trip_through_libreoffice(case: Case, tmp_path: Path, language: Language) -> None:
    path = write_previsit(case.workspace, case.assessment_id, language, tmp_path / "visit.xlsx")
    cells = cells_of(SAMPLE, case.workspace.pack(), language) | {
        "contact:1": "王强",
        "contact:1/1": "生产副总",
        "contact:1/2": "138-0000-0000",
        "profile:address": "示例路 1 号",
        "paper:paper_licence": "已备好",
    }
    filled(path, cells)
    through = tmp_path / "through"
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(through)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    back = through / "visit.xlsx"
    assert back.read_bytes() != path.read_bytes()
    assert stated_answers(case, back) == SAMPLE
    taken = take_previsit(case.workspace, case.assessment_id, back)
    assert {"contact:1", "profile:address", "paper:paper_licence"} <= {line.key for line in taken.recorded}
    assert load_assessment(case.workspace, case.assessment_id).answers == SAMPLE


def test_new_statements_are_recorded_and_differences_wait_for_a_word(case: Case, tmp_path: Path) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    record_answer(workspace, assessment_id, "B5", ("B",))
    record_number(workspace, assessment_id, "equipment_total", Decimal(120))
    path = write_previsit(workspace, assessment_id, "zh", tmp_path / "visit.xlsx")
    filled(path, cells_of(SAMPLE, workspace.pack(), "zh") | {"cover:filled_by": "王强，生产副总"})
    intake = plan_previsit(workspace, assessment_id, path)
    verdicts = {line.key: line.verdict for line in intake.plan.lines}
    assert (verdicts["answer:B5"], verdicts["number:equipment_total"], verdicts["answer:B1"]) == (
        "different",
        "same",
        "new",
    )
    assert load_assessment(workspace, assessment_id).answers.options == {"B5": ("B",)}
    taken = take_previsit(workspace, assessment_id, path)
    assert [line.key for line in taken.kept] == ["answer:B5"]
    recorded = load_assessment(workspace, assessment_id).answers
    assert (recorded.options["B5"], recorded.options["B1"]) == (("B",), ("B", "C"))
    views = {view.target: view for view in find_views(workspace, assessment_id)}
    assert views["B5"].is_open
    assert [said.position for said in views["B5"].said] == [("C",)]
    assert [(said.role_id, said.position) for said in views["quality"].said] == [("firm", ("3",))]
    assert workspace.store.entity(assessment_id).value("previsit")["filled_by"] == "王强，生产副总"


def test_a_difference_is_taken_where_the_person_says_so_and_all_of_it_is_one_undo(case: Case, tmp_path: Path) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    record_answer(workspace, assessment_id, "B5", ("B",))
    before = load_assessment(workspace, assessment_id)
    path = write_previsit(workspace, assessment_id, "zh", tmp_path / "visit.xlsx")
    filled(path, cells_of(SAMPLE, workspace.pack(), "zh"))
    take_previsit(workspace, assessment_id, path, over=["answer:B5"])
    assert load_assessment(workspace, assessment_id).answers == SAMPLE
    undo(workspace, case.enterprise_id)
    assert load_assessment(workspace, assessment_id) == before
    with pytest.raises(DiagError) as refused:
        take_previsit(workspace, assessment_id, path, over=["answer:B1"])
    assert (refused.value.code, refused.value.location) == ("PLAN_KEY_UNKNOWN", "answer:B1")


def test_taking_it_in_twice_changes_nothing(case: Case, tmp_path: Path) -> None:
    path = write_previsit(case.workspace, case.assessment_id, "zh", tmp_path / "visit.xlsx")
    filled(path, cells_of(SAMPLE, case.workspace.pack(), "zh") | {"contact:1": "王强", "paper:paper_licence": "已备好"})
    take_previsit(case.workspace, case.assessment_id, path)
    again = take_previsit(case.workspace, case.assessment_id, path)
    assert (again.recorded, again.kept, again.changes.touched) == ((), (), frozenset())


def test_the_workbook_shows_what_is_known_of_the_firm_and_corrections_come_back(case: Case, tmp_path: Path) -> None:
    workspace = case.workspace
    path = write_previsit(workspace, case.assessment_id, "zh", tmp_path / "visit.xlsx")
    assert {line.verdict for line in plan_previsit(workspace, case.assessment_id, path).plan.lines} == {"same"}
    filled(path, {"profile:employees": "128 人", "profile:name": "恒信机械"})
    taken = take_previsit(workspace, case.assessment_id, path, over=["profile:name"])
    assert {line.key for line in taken.recorded} == {"profile:employees", "profile:name"}
    profile = load_enterprise(workspace, case.enterprise_id).profile
    assert (profile.name, profile.employees) == ("恒信机械", 128)


def test_contacts_are_known_by_name_and_papers_are_noted_in_the_guide(case: Case, tmp_path: Path) -> None:
    workspace = case.workspace
    save_contact(workspace, case.enterprise_id, name="王强", role="", phone="")
    path = write_previsit(workspace, case.assessment_id, "en", tmp_path / "visit.xlsx")
    cells = {"contact:1": "王强", "contact:1/1": "Production", "contact:2": "李红"}
    filled(path, cells | {"paper:paper_topology": "none", "paper:paper_topology/1": "next week"})
    plan = plan_previsit(workspace, case.assessment_id, path).plan
    assert {line.key: line.verdict for line in plan.lines if line.key.startswith("contact")} == {
        "contact:1": "different",
        "contact:2": "new",
    }
    take_previsit(workspace, case.assessment_id, path, over=["contact:1"])
    assert [(item.name, item.role) for item in find_contacts(workspace, case.enterprise_id)] == [
        ("王强", "Production"),
        ("李红", ""),
    ]
    papers = load_guide(workspace, case.assessment_id).papers
    assert (papers["paper_topology"].state, papers["paper_topology"].remark) == ("missing", "next week")


def test_nothing_is_taken_in_part_without_the_persons_word(case: Case, tmp_path: Path) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    path = write_previsit(workspace, assessment_id, "zh", tmp_path / "visit.xlsx")
    filled(path, {"number:equipment_total": "一百多", "tick:B1:B": "✓"})
    with pytest.raises(DiagError) as refused:
        take_previsit(workspace, assessment_id, path)
    assert refused.value.code == "WORKBOOK_CELLS"
    assert [problem.code for problem in refused.value.problems] == ["CELL_NOT_A_NUMBER"]
    assert load_assessment(workspace, assessment_id).answers == Answers()
    taken = take_previsit(workspace, assessment_id, path, partly=True)
    assert [line.key for line in taken.recorded] == ["answer:B1"]
    assert load_assessment(workspace, assessment_id).answers.options == {"B1": ("B",)}


def test_a_figure_that_contradicts_a_recorded_one_is_refused_whole(case: Case, tmp_path: Path) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    record_number(workspace, assessment_id, "equipment_total", Decimal(50))
    path = write_previsit(workspace, assessment_id, "zh", tmp_path / "visit.xlsx")
    filled(path, {"number:equipment_digital": 66, "tick:B1:B": "✓"})
    with pytest.raises(DiagError) as refused:
        take_previsit(workspace, assessment_id, path)
    assert refused.value.code == "NUMBER_ABOVE_OTHER"
    assert load_assessment(workspace, assessment_id).answers.options == {}


def test_a_wrong_credit_code_is_named_at_its_cell(case: Case, tmp_path: Path) -> None:
    path = write_previsit(case.workspace, case.assessment_id, "zh", tmp_path / "visit.xlsx")
    filled(path, {"profile:uscc": "91330200MA2AF6ET5X"})
    (problem,) = plan_previsit(case.workspace, case.assessment_id, path).plan.problems
    assert (problem.code, problem.parameters["column"]) == ("CELL_PROFILE_INVALID", "D")


def test_another_firms_workbook_and_another_methods_are_refused(case: Case, tmp_path: Path) -> None:
    workspace = case.workspace
    other = start_assessment(workspace, case.enterprise_id)
    path = write_previsit(workspace, case.assessment_id, "zh", tmp_path / "visit.xlsx")
    with pytest.raises(DiagError) as refused:
        plan_previsit(workspace, other, path)
    assert refused.value.code == "WORKBOOK_OTHER_CASE"
    book = openpyxl.load_workbook(path)
    book["_qizhen"]["B4"] = "0" * 64
    book.save(path)
    with pytest.raises(DiagError) as refused:
        plan_previsit(workspace, case.assessment_id, path)
    assert refused.value.code == "WORKBOOK_OTHER_PACK"


def test_only_tinted_cells_can_be_written_to_and_lists_offer_what_is_read(case: Case, tmp_path: Path) -> None:
    path = write_previsit(case.workspace, case.assessment_id, "zh", tmp_path / "visit.xlsx")
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        unlocked = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        assert all(cell.fill.fgColor.rgb != "00000000" for cell in unlocked)
        assert bool(unlocked) is (not sheet.title.startswith("_"))
    assert {sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"} == {"_lists", "_qizhen"}
    assert len([rule for sheet in book.worksheets for rule in sheet.data_validations.dataValidation]) > 20
