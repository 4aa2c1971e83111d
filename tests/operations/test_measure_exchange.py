"""Prices by Excel: what goes out comes back unchanged; what is wrong is named by cell and takes nothing in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from diag_app.errors import DiagError
from diag_app.forms.measures import NeedsMeasure
from diag_app.model.measure_sheet import COLUMNS, FIRST_ROW, OWN_COLUMNS, OWN_SHEET, SHEET
from diag_app.operations.measure import find_measures, record_measure_state, record_offer
from diag_app.operations.measure_exchange import export_measures, import_measures, look_at_measures
from diag_app.operations.workspace import Workspace
from tests.operations.test_plan import PRICE, offer_of

Change = Callable[[Worksheet], None]
PRESS = {"name": "压机检漏", "scenario": "equipment", "level": 3, "weeks_low": 2, "weeks_high": 4, "evidence": "记录"}
LOW, LIKELY, HIGH, WEEKS, STATE = (COLUMNS.index(name) + 1 for name in ("low", "likely", "high", "weeks", "state"))


@pytest.fixture
def book(workspace: Workspace, assessment_id: str, tmp_path: Path) -> Path:
    record_offer(workspace, assessment_id, "mes_light", PRICE)
    record_measure_state(workspace, assessment_id, "cad_tools", "done")
    path = tmp_path / "prices.xlsx"
    assert export_measures(workspace, assessment_id, "zh", path) == 113
    return path


def row_of(sheet: Worksheet, measure_id: str) -> int:
    return next(row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 1).value == measure_id)


def changed(path: Path, change: Change, sheet: str = SHEET) -> Path:
    book = load_workbook(path)
    change(book[sheet])
    book.save(path)
    return path


def put(sheet: Worksheet, measure_id: str, **values: object) -> None:
    row = row_of(sheet, measure_id)
    for name, value in values.items():
        sheet.cell(row, COLUMNS.index(name) + 1).value = value  # type: ignore[assignment]


def test_what_goes_out_comes_back_unchanged(workspace: Workspace, assessment_id: str, book: Path) -> None:
    plan = look_at_measures(workspace, assessment_id, book)
    assert (plan.changes, plan.problems) == (0, ())
    assert import_measures(workspace, assessment_id, book).changes is None


def test_prices_typed_in_are_taken_in_by_one_operation(workspace: Workspace, assessment_id: str, book: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(
            sheet,
            "aps_rules",
            low=18,
            likely="２１.５",
            high=30.25,
            source="报价单",
            dated="2026-03-11",
            owner="乙",
            weeks=9,
        )
        put(sheet, "cad_tools", state=None)
        put(sheet, "wms_light", state="pinned")

    taken = import_measures(workspace, assessment_id, changed(book, fill))
    assert (taken.changed, taken.problems) == (3, ())
    offer = offer_of(workspace, assessment_id, "aps_rules")
    assert offer.cost is not None
    assert [str(end) for end in (offer.cost.low, offer.cost.likely, offer.cost.high)] == ["18", "21.5", "30.25"]
    assert (offer.owner, offer.weeks, offer.missing) == ("乙", 9, ())
    states = {item.measure_id: item.state for item in find_measures(workspace, assessment_id) if item.state}
    assert states == {"wms_light": "pinned"}
    workspace.store.undo(None)
    assert offer_of(workspace, assessment_id, "aps_rules").cost is None


def test_merged_cells_name_each_input_they_cover(workspace: Workspace, assessment_id: str, book: Path) -> None:
    path = changed(book, lambda sheet: sheet.merge_cells("C4:E4"))
    assert [(item.code, item.location) for item in look_at_measures(workspace, assessment_id, path).problems] == [
        ("CELL_MERGED", "measures!C4"),
        ("CELL_MERGED", "measures!D4"),
        ("CELL_MERGED", "measures!E4"),
    ]


BAD: list[tuple[dict[str, object], str, str]] = [
    ({"low": "=1+1", "likely": 3, "high": 4}, "CELL_FORMULA", "C"),
    ({"low": "#REF!", "likely": 3, "high": 4}, "CELL_ERROR", "C"),
    ({"low": "cheap", "likely": 3, "high": 4}, "CELL_NOT_A_NUMBER", "C"),
    ({"low": "1e3", "likely": 3, "high": 4}, "CELL_NOT_A_NUMBER", "C"),
    ({"low": -1, "likely": 3, "high": 4}, "CELL_NOT_A_NUMBER", "C"),
    ({"low": 1, "likely": 3}, "CELL_NOT_A_NUMBER", "E"),
    ({"low": 5, "likely": 3, "high": 4}, "CELL_FIGURE_IMPOSSIBLE", "C"),
    ({"weeks": 1.5}, "CELL_NOT_A_NUMBER", "K"),
    ({"weeks": 0}, "CELL_NOT_A_NUMBER", "K"),
    ({"state": "liked"}, "CELL_NO_OPTION", "L"),
]


@pytest.mark.parametrize(("values", "code", "column"), BAD)
def test_a_faulty_cell_is_named_and_nothing_is_taken_in_part(
    workspace: Workspace, assessment_id: str, book: Path, values: dict[str, object], code: str, column: str
) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "aps_rules", **values)
        put(sheet, "wms_light", low=1, likely=2, high=3)

    path = changed(book, fill)
    with pytest.raises(DiagError) as refused:
        import_measures(workspace, assessment_id, path)
    assert refused.value.code == "WORKBOOK_CELLS"
    (problem,) = refused.value.problems
    row = row_of(load_workbook(path)[SHEET], "aps_rules")
    assert (problem.code, problem.location) == (code, f"measures!{column}{row}")
    assert offer_of(workspace, assessment_id, "wms_light").cost is None
    taken = import_measures(workspace, assessment_id, path, without_faulty=True)
    assert taken.changed == 1
    assert offer_of(workspace, assessment_id, "wms_light").cost is not None
    assert offer_of(workspace, assessment_id, "aps_rules").cost is None


def test_what_is_no_longer_as_it_was_shown_is_not_taken_in(
    workspace: Workspace, assessment_id: str, book: Path
) -> None:
    path = changed(book, lambda sheet: put(sheet, "aps_rules", provider="甲"))
    shown = look_at_measures(workspace, assessment_id, path)
    changed(path, lambda sheet: put(sheet, "aps_rules", provider="乙"))
    with pytest.raises(DiagError, match="MEASURES_CHANGED"):
        import_measures(workspace, assessment_id, path, shown=shown)
    assert offer_of(workspace, assessment_id, "aps_rules").provider == ""
    shown = look_at_measures(workspace, assessment_id, path)
    assert import_measures(workspace, assessment_id, path, shown=shown).changed == 1


def test_rows_that_belong_to_nothing_or_stand_twice_are_named(
    workspace: Workspace, assessment_id: str, book: Path
) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.cell(FIRST_ROW, 1).value = "perpetual_motion"
        sheet.cell(FIRST_ROW + 1, 1).value = sheet.cell(FIRST_ROW + 2, 1).value

    problems = look_at_measures(workspace, assessment_id, changed(book, fill)).problems
    assert [item.code for item in problems] == ["CELL_ROW_UNKNOWN", "CELL_TWICE"]


def test_what_cannot_be_a_price_is_named_by_its_cell(workspace: Workspace, assessment_id: str, book: Path) -> None:
    path = changed(book, lambda sheet: put(sheet, "aps_rules", low=1, likely=2, high=9_999_999, dated="soon"))
    problems = look_at_measures(workspace, assessment_id, path).problems
    row = row_of(load_workbook(path)[SHEET], "aps_rules")
    assert [(item.code, item.location) for item in problems] == [("PRICE_BEYOND", f"measures!C{row}")]


def own_row(number: int, **cells: object) -> Change:
    """Return a change that fills a row of the sheet of own measures."""
    filled = {**PRESS, "measure_id": f"own_{number}", **cells}

    def fill(sheet: Worksheet) -> None:
        for name, value in filled.items():
            sheet.cell(FIRST_ROW + number - 1, OWN_COLUMNS.index(name) + 1).value = value  # type: ignore[assignment]

    return fill


def test_own_measures_come_in_by_excel_with_their_price_and_go_out_again(
    workspace: Workspace, assessment_id: str, book: Path
) -> None:
    book = changed(changed(book, own_row(1, requires="own_2, mes_light"), OWN_SHEET), own_row(2), OWN_SHEET)

    def price(sheet: Worksheet) -> None:
        for name, value in {"measure_id": "own_1", "low": 1, "likely": 2, "high": 3, "source": "报价"}.items():
            sheet.cell(sheet.max_row + (name == "measure_id"), COLUMNS.index(name) + 1).value = value  # type: ignore[assignment]

    book = changed(book, price)
    plan = look_at_measures(workspace, assessment_id, book)
    assert (list(plan.own), list(plan.offers), plan.problems) == (["own_1", "own_2"], ["own_1"], ())
    assert import_measures(workspace, assessment_id, book).changed == 2
    own = {item.measure_id: item for item in find_measures(workspace, assessment_id) if item.is_own}
    assert [str(need) for need in own["own_1"].measure.requires] == [
        str(NeedsMeasure(measure_id=name)) for name in ("own_2", "mes_light")
    ]
    assert own["own_1"].offer.source == "报价"
    export_measures(workspace, assessment_id, "zh", book)
    assert look_at_measures(workspace, assessment_id, book).changes == 0
    row = row_of(load_workbook(book)[OWN_SHEET], "own_2") - FIRST_ROW + 1  # both were recorded at one moment
    later = own_row(row, measure_id="own_2", weeks_high=9)
    import_measures(workspace, assessment_id, changed(book, later, OWN_SHEET))
    found = {item.measure_id: item.measure for item in find_measures(workspace, assessment_id)}
    assert found["own_2"].weeks_high == 9


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"name": ""}, "PACK_TEXT_EMPTY", "B"),
        ({"scenario": "nowhere"}, "PACK_ID_UNKNOWN", "C"),
        ({"level": 9}, "MEASURE_STEP", "D"),
        ({"level": "two"}, "CELL_NOT_A_NUMBER", "D"),
        ({"question": "Z9", "option": "A"}, "PACK_ID_UNKNOWN", "F"),
        ({"requires": "nothing"}, "PACK_ID_UNKNOWN", "G"),
        ({"requires": "own_1"}, "MEASURE_CIRCLE", "G"),
        ({"weeks_low": 9}, "MEASURE_DURATION", "H"),
        ({"measure_id": "mes_light"}, "CELL_ID_TAKEN", "A"),
        ({"measure_id": "two words"}, "PACK_ID_SHAPE", "A"),
        ({"weeks_high": "=1+1"}, "CELL_FORMULA", "I"),
    ],
)
def test_a_fault_of_an_own_measure_is_named_by_sheet_row_and_column(
    workspace: Workspace, assessment_id: str, book: Path, cells: dict[str, object], code: str, column: str
) -> None:
    path = changed(book, own_row(1, **cells), OWN_SHEET)
    found = {(item.code, item.location) for item in look_at_measures(workspace, assessment_id, path).problems}
    assert (code, f"own!{column}{FIRST_ROW}") in found
    assert look_at_measures(workspace, assessment_id, path).own == {}


def test_an_own_measure_stands_once(workspace: Workspace, assessment_id: str, book: Path) -> None:
    path = changed(changed(book, own_row(1), OWN_SHEET), own_row(2, measure_id="own_1"), OWN_SHEET)
    (problem,) = look_at_measures(workspace, assessment_id, path).problems
    assert (problem.code, problem.parameters["value"]) == ("CELL_TWICE", f"own!A{FIRST_ROW}")


def test_another_workbook_is_refused(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    Workbook().save(path)
    with pytest.raises(DiagError, match="WORKBOOK_NOT_OURS"):
        look_at_measures(workspace, assessment_id, path)
