"""The fill-in sheet says what the store says: on screen, in the PDF and in the workbook; its ticks lapse visibly."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from diag_app.errors import DiagError
from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.model.fill_in import Entered, FillField
from diag_app.operations.assessment import (
    record_answer,
    record_answers,
    record_number,
    record_scenario,
    score_assessment,
    start_assessment,
)
from diag_app.operations.fill_in import load_fill_in, record_entered, render_fill_in, write_fill_in
from diag_app.operations.history import undo
from diag_app.operations.proposal import find_proposals, issue_proposal
from diag_app.operations.workspace import Workspace
from tests.forms.answer_sets import answer_sets
from tests.report.reading import run, written
from tests.visit.conftest import Case, new_case

_WORD = re.compile(r'<(page|word)((?: [a-zA-Z]+="[-\d.]+")+)>(.*)')


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """One workspace for all generated cases; each starts an assessment of its own."""
    made = new_case(tmp_path_factory.mktemp("sheets") / "workspace")
    with made.workspace:
        yield made


@given(answers=answer_sets())
@settings(max_examples=50, deadline=None)
def test_the_sheet_equals_the_store_on_screen_in_the_pdf_and_in_the_workbook(shared: Case, answers: Answers) -> None:
    workspace = shared.workspace
    assessment_id = start_assessment(workspace, shared.enterprise_id)
    record_answers(workspace, assessment_id, answers)
    stored = stored_values(workspace, assessment_id)
    shown = load_fill_in(workspace, assessment_id, "zh").sheet
    assert {field.field_id: field.value for field in shown.fields()} == stored
    with tempfile.TemporaryDirectory() as folder:
        pdf = render_fill_in(workspace, assessment_id, "en").pdf
        assert printed_values(written(Path(folder), pdf)) == list(stored.values())
        book = write_fill_in(workspace, assessment_id, "zh", Path(folder) / "sheet.xlsx")
        assert workbook_values(book.read_bytes()) == stored


def stored_values(workspace: Workspace, assessment_id: str) -> dict[str, str]:
    """Return what the official form takes by field, straight from the registers, in official order."""
    registers = {
        name: view.value for name, view in workspace.store.entity(assessment_id).registers.items() if view.value
    }
    pack, card = workspace.pack(), score_assessment(workspace, assessment_id)
    values: dict[str, str] = {}
    for question in pack.questions:
        more = [number for number in question.more_numbers if f"number:{number}" in registers]
        for number in (*question.numbers, *more):
            text = registers.get(f"number:{number}", "")
            values[f"{question.question_id}.{number}"] = f"{Decimal(text).normalize() + 0:f}" if text else ""
        chosen = registers.get(f"answer:{question.question_id}", {}).get("options")
        chosen = card.question(question.question_id).options if chosen is None else sorted(chosen)
        values[question.question_id] = " ".join(chosen)
    for scenario in pack.scenarios:
        answer = registers.get(f"scenario:{scenario.scenario_id}")
        values[scenario.scenario_id] = "" if answer is None else str(answer.get("level", 0))
    return values


@dataclass(frozen=True)
class Word:
    page: int
    text: str
    left: float
    top: float


def printed_values(pdf: Path) -> list[str]:
    """Return the column "Enter" of every row of an English sheet, as pdftotext finds it: rows begin at their box."""
    words = _words(pdf)
    heads = [word for word in words if word.text == "Enter" and _beside(word, words, "Entered")]
    rows: list[str] = []
    for index, head in enumerate(heads):
        end = heads[index + 1] if index + 1 < len(heads) else None
        inside = [word for word in words if _key(word) > _key(head) and (end is None or _key(word) < _key(end))]
        right = next(word.left for word in words if word.text == "In" and _beside(word, [head], "Enter"))
        boxes = sorted(_key(word) for word in inside if word.text in ("□", "✓"))
        column = [word for word in inside if head.left - 2 <= word.left < right - 2]
        for place, box in enumerate(boxes):
            following = boxes[place + 1] if place + 1 < len(boxes) else (10_000, 0.0)
            mine = [word for word in column if (box[0], box[1] - 3) <= _key(word) < (following[0], following[1] - 3)]
            text = " ".join(word.text for word in sorted(mine, key=lambda word: (_key(word), word.left)))
            rows.append("" if text == "no answer" else text)
    return rows


def workbook_values(data: bytes) -> Mapping[str, str]:
    """Return the column to type by field id, in the order of the sheets; every value must be a text."""
    book = openpyxl.load_workbook(BytesIO(data))
    values = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=4):
            assert row[3].data_type in ("s", "n")
            assert row[3].value is None or isinstance(row[3].value, str)
            values[str(row[0].value)] = row[3].value or ""
    return values


def test_a_tick_lapses_when_the_answer_changes_and_holds_again_when_it_is_put_back(case: Case) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    record_answer(workspace, assessment_id, "B1", ("B", "C"))
    record_entered(workspace, assessment_id, ["B1"])
    assert _field(case, "B1").is_entered
    assert _field(case, "B1").entered == Entered(on="2024-06-03", value="B C")
    record_answer(workspace, assessment_id, "B1", ("B",))
    assert (_field(case, "B1").has_lapsed, _field(case, "B1").is_entered) == (True, False)
    undo(workspace, case.enterprise_id)
    assert _field(case, "B1").is_entered
    record_entered(workspace, assessment_id, ["B1"], is_entered=False)
    assert _field(case, "B1").entered is None


def test_a_derived_option_lapses_with_the_figure_it_follows_from(case: Case) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    for number, value in (("equipment_total", "120"), ("equipment_digital", "66")):
        record_number(workspace, assessment_id, number, Decimal(value))
    record_entered(workspace, assessment_id, ["B2", "B2.equipment_digital", "B3.equipment_total"])
    assert (_field(case, "B2").value, _field(case, "B2").is_derived) == ("D", True)
    record_number(workspace, assessment_id, "equipment_digital", Decimal(12))
    lapsed = {
        field.field_id for field in load_fill_in(workspace, assessment_id, "zh").sheet.fields() if field.has_lapsed
    }
    assert lapsed == {"B2", "B2.equipment_digital"}


def test_what_does_not_apply_is_level_0_and_says_why(case: Case) -> None:
    record_scenario(case.workspace, case.assessment_id, "hr", ScenarioAnswer(not_applicable="外包"))
    assert (_field(case, "hr").value, _field(case, "hr").not_applicable) == ("0", "外包")


@pytest.mark.parametrize(("field", "code"), [("B1", "FILL_FIELD_EMPTY"), ("B99", "FILL_FIELD_UNKNOWN")])
def test_a_field_that_cannot_have_been_entered_is_not_ticked(case: Case, field: str, code: str) -> None:
    with pytest.raises(DiagError) as refused:
        record_entered(case.workspace, case.assessment_id, [field])
    assert (refused.value.code, refused.value.location) == (code, field)


def test_a_tick_does_not_supersede_an_issued_proposal(case: Case, tmp_path: Path) -> None:
    record_answer(case.workspace, case.assessment_id, "B1", ("B",))
    issue_proposal(case.workspace, case.assessment_id, ("en",), tmp_path)
    record_entered(case.workspace, case.assessment_id, ["B1"])
    assert [item.is_superseded for item in find_proposals(case.workspace, case.assessment_id)] == [False]


def test_what_a_person_typed_is_never_a_formula(case: Case, tmp_path: Path) -> None:
    record_scenario(case.workspace, case.assessment_id, "hr", ScenarioAnswer(not_applicable='=HYPERLINK("http://x")'))
    path = write_fill_in(case.workspace, case.assessment_id, "en", tmp_path / "sheet.xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert any("HYPERLINK" in str(cell.value) for cell in cells)


def test_another_ending_is_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(DiagError) as refused:
        write_fill_in(case.workspace, case.assessment_id, "zh", tmp_path / "sheet.doc")
    assert refused.value.code == "SHEET_FORMAT_UNKNOWN"
    assert not (tmp_path / "sheet.doc").exists()


def _field(case: Case, field_id: str) -> FillField:
    sheet = load_fill_in(case.workspace, case.assessment_id, "en").sheet
    return next(field for field in sheet.fields() if field.field_id == field_id)


def _words(pdf: Path) -> list[Word]:
    found: list[Word] = []
    page = 0
    for row in run("pdftotext", "-bbox", pdf, "-").splitlines():
        match = _WORD.search(row)
        if match is None:
            continue
        if match[1] == "page":
            page += 1
            continue
        left, top, _, bottom = (float(number) for number in re.findall(r'"([-\d.]+)"', match[2]))
        found.append(Word(page, unescape(match[3].removesuffix("</word>")), left, (top + bottom) / 2))
    return found


def _key(word: Word) -> tuple[int, float]:
    return (word.page, round(word.top, 1))


def _beside(word: Word, words: list[Word], text: str) -> bool:
    return any(other.text == text and other.page == word.page and abs(other.top - word.top) < 2 for other in words)
