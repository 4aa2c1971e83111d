"""The workbook of measures and prices, read cell by cell; merged cells, formulas, errors are named by their place."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from diag_app.errors import DiagError, Problem
from diag_app.intake.workbook_file import open_book
from diag_app.model.measure_sheet import COLUMNS_OF, FIRST_ROW, OWN_SHEET, SHEET, SheetRow, SheetRows, cell_problem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST = 10_000


def read_measures(data: bytes, name: str) -> SheetRows:
    """Return the rows that could be read and what is wrong with single cells; a row with such a cell is left out.

    Raises:
        DiagError: `WORKBOOK_NOT_OURS` without the sheet of measures, or what `open_book` refuses.
    """
    book = open_book(data, name)
    if SHEET not in book.sheetnames:
        raise DiagError("WORKBOOK_NOT_OURS", location=name)
    prices, problems = _rows(book[SHEET], SHEET)
    own, more = _rows(book[OWN_SHEET], OWN_SHEET) if OWN_SHEET in book.sheetnames else ([], [])
    return SheetRows(prices=tuple(prices), own=tuple(own), problems=(*problems, *more))


def _rows(sheet: Worksheet, name: str) -> tuple[list[SheetRow], list[Problem]]:
    columns = COLUMNS_OF[name]
    merged = _merged(sheet, len(columns))
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    for number in range(FIRST_ROW, sheet.max_row + 1):
        texts: dict[str, str] = {}
        faults: list[Problem] = []
        for place, column in enumerate(columns, start=1):
            cell = sheet.cell(number, place)
            code = "CELL_MERGED" if (number, place) in merged else _fault(cell)
            if code:
                faults.append(cell_problem(code, number, column, str(cell.value or ""), name))
            elif text := _text(cell.value):
                texts[column] = text[:_LONGEST]
        problems += faults
        if not faults and set(texts) - {"name"}:
            rows.append(SheetRow(number=number, texts=texts))
    return rows, problems


def _fault(cell: Any) -> str:
    return {"f": "CELL_FORMULA", "e": "CELL_ERROR"}.get(str(cell.data_type), "")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return str(value)


def _merged(sheet: Worksheet, width: int) -> set[tuple[int, int]]:
    return {
        (row, column)
        for found in sheet.merged_cells.ranges
        if found.max_row >= FIRST_ROW
        for column in range(found.min_col, min(found.max_col, width) + 1)
        for row in range(max(found.min_row, FIRST_ROW), min(found.max_row, sheet.max_row) + 1)
    }
