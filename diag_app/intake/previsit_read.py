"""The filled-in pre-visit workbook, read cell by cell: where, of which row, what kind; nothing is understood yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from diag_app.errors import DiagError
from diag_app.intake.grid import column_letters
from diag_app.intake.workbook_file import open_book
from diag_app.model.previsit import (
    FORMAT,
    INPUT_COLUMNS,
    LIST_SHEET,
    MANIFEST_KEYS,
    MANIFEST_SHEET,
    CellKind,
    Place,
    RawCell,
    RawWorkbook,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST = 100_000


def read_previsit(data: bytes, name: str) -> RawWorkbook:
    """Return what was filled in.

    Raises:
        DiagError: `WORKBOOK_NOT_OURS` where the hidden sheet that says whose it is is not there or damaged,
            `WORKBOOK_NEWER` for a later form of it, or what `open_book` refuses.
    """
    book = open_book(data, name)
    manifest = _manifest(book, name)
    cells = [
        cell for sheet in book.worksheets if sheet.title not in (MANIFEST_SHEET, LIST_SHEET) for cell in _cells(sheet)
    ]
    return RawWorkbook(manifest=manifest, cells=tuple(cells))


def _manifest(book: Workbook, name: str) -> dict[str, str]:
    if MANIFEST_SHEET not in book.sheetnames:
        raise DiagError("WORKBOOK_NOT_OURS", location=name)
    sheet = book[MANIFEST_SHEET]
    found = {}
    for row in range(1, len(MANIFEST_KEYS) + 1):
        key, value = sheet.cell(row, 1), sheet.cell(row, 2)
        if key.value in MANIFEST_KEYS and value.data_type != "f" and value.value is not None:
            found[str(key.value)] = str(value.value)
    if set(found) != set(MANIFEST_KEYS):
        raise DiagError("WORKBOOK_NOT_OURS", location=name)
    if found["format"] != FORMAT:
        raise DiagError("WORKBOOK_NEWER", location=name, format=found["format"][:20])
    return found


def _cells(sheet: Worksheet) -> Iterator[RawCell]:
    """Yield each cell to fill in that holds something; of a merged one, every cell that it covers."""
    merged = _merged(sheet)
    for row in range(1, sheet.max_row + 1):
        row_id = sheet.cell(row, 1).value
        columns = INPUT_COLUMNS.get(row_id.partition(":")[0], ()) if isinstance(row_id, str) else ()
        for slot, column in enumerate(columns):
            cell = sheet.cell(row, column)
            kind, text = _content(cell)
            if (row, column) in merged:
                kind = "merged"
            elif not text.strip():
                continue
            place = Place(sheet=sheet.title, row=row, column=column_letters(column))
            yield RawCell(row_id=str(row_id), slot=slot, place=place, kind=kind, text=text[:_LONGEST])


def _merged(sheet: Worksheet) -> set[tuple[int, int]]:
    """Return the inputs that a merge covers; merges are few, but each may span the whole sheet."""
    columns = {column for columns in INPUT_COLUMNS.values() for column in columns}
    return {
        (row, column)
        for found in sheet.merged_cells.ranges
        for column in columns
        if found.min_col <= column <= found.max_col
        for row in range(found.min_row, min(found.max_row, sheet.max_row) + 1)
    }


def _content(cell: Any) -> tuple[CellKind, str]:
    value = cell.value
    if value is None or value is False:  # a box that is not ticked
        return "text", ""
    if cell.data_type == "f":
        return "formula", str(value) if isinstance(value, str) else "="
    if cell.data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "flag", str(value)
    if isinstance(value, int | float):
        return "number", _figure(value, str(cell.number_format))
    if isinstance(value, datetime | date):
        return "date", value.isoformat()[:10]
    return "text", str(value)


def _figure(value: float, number_format: str) -> str:
    """Return a figure as it is shown: a cell in per cent holds a hundredth of what the person sees."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return str(exact)
    return f"{exact * 100 if '%' in number_format else exact:f}"
