"""A table from outside, .xlsx or text with separators, as rows of cells; what cannot be taken is marked in its cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from diag_app.errors import DiagError
from diag_app.intake.workbook_file import open_book

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS_LIMIT = 20_000
COLUMNS_LIMIT = 200
_LONGEST = 10_000
_FAULTS = {"f": "CELL_FORMULA", "e": "CELL_ERROR"}
_SEPARATORS = ",;\t"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_TEXT_FORMULA = re.compile(r'="([^"]*)"')  # how tables keep a long number from being shortened


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """One cell: its text as shown, and the code of why it cannot be taken, empty where it can."""

    text: str = ""
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """One row that holds something, under its number in the file."""

    number: int
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet under its name; the name of the file for text."""

    name: str
    rows: tuple[GridRow, ...]


def read_grids(data: bytes, name: str) -> Iterator[Grid]:
    """Yield the sheets of a workbook, or the one table of a text in UTF-8, UTF-16 or GB 18030.

    Raises:
        DiagError: `TABLE_ENCODING`, `TABLE_BROKEN`, `TABLE_TOO_LARGE`, or what `open_book` refuses.
    """
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        for sheet in open_book(data, name, rows_limit=ROWS_LIMIT).worksheets:
            yield Grid(name=sheet.title, rows=tuple(_sheet_rows(sheet)))
    else:
        yield Grid(name=name, rows=tuple(_text_rows(_decoded(data, name), name)))


def column_letters(number: int) -> str:
    """Return the letters of a column counted from 1."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - slow to import

    return get_column_letter(number)


def _sheet_rows(sheet: Worksheet) -> Iterator[GridRow]:
    width = min(sheet.max_column, COLUMNS_LIMIT)
    merged = _merged(sheet, width)
    for number, found in enumerate(sheet.iter_rows(max_col=width), start=1):
        cells = tuple(
            GridCell(
                text=_text(cell.value),
                fault="CELL_MERGED" if (number, place) in merged else _FAULTS.get(str(cell.data_type), ""),
            )
            for place, cell in enumerate(found, start=1)
        )
        if any(cell.text or cell.fault for cell in cells):
            yield GridRow(number=number, cells=cells)


def _merged(sheet: Worksheet, width: int) -> set[tuple[int, int]]:
    return {
        (row, column)
        for found in sheet.merged_cells.ranges
        for column in range(found.min_col, min(found.max_col, width) + 1)
        for row in range(found.min_row, min(found.max_row, sheet.max_row) + 1)
    }


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return str(value)[:_LONGEST].strip()


def _decoded(data: bytes, name: str) -> str:
    encodings = ("utf-16",) if data.startswith(_WIDE) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise DiagError("TABLE_ENCODING", location=name)


def _text_rows(text: str, name: str) -> Iterator[GridRow]:
    head = text[:4096]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    count = 0
    try:
        for fields in reader:
            count += 1
            if count > ROWS_LIMIT or len(fields) > COLUMNS_LIMIT:
                raise DiagError("TABLE_TOO_LARGE", location=name, rows=str(ROWS_LIMIT))
            if any(field.strip() for field in fields):
                yield GridRow(number=count, cells=_text_cells(fields))
    except csv.Error as error:
        raise DiagError("TABLE_BROKEN", location=name, row=str(count + 1), detail=str(error)[:80]) from None


def _text_cells(fields: Sequence[str]) -> tuple[GridCell, ...]:
    cells = []
    for field in fields:
        text = field[:_LONGEST].strip()
        kept = _TEXT_FORMULA.fullmatch(text)
        if kept is not None:
            text = kept[1]
        cells.append(GridCell(text=text, fault="CELL_FORMULA" if kept is None and text.startswith("=") else ""))
    return tuple(cells)
