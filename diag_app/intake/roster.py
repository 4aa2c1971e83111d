"""A roster of firms: its headings found, each row as values of known fields, and what is wrong named by its cell."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import read
from diag_app.intake.grid import Grid, GridCell, GridRow, column_letters, read_grids
from diag_app.paths import resource

_HEAD_ROWS = 10  # a title and notes may stand above the headings
_FILLERS = re.compile(r"[\s()\[\]【】/_:*、,.\-]+")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)
_GROUPS = re.compile(r"(?<=\d)[,\s](?=\d{3}(?!\d))", re.ASCII)

Value = str | Decimal


@dataclass(frozen=True, kw_only=True)
class Column:
    """What a column holds: a field, and for a figure the factor of its unit; null where no unit is named."""

    field: str
    is_figure: bool = False
    factor: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Headings:
    """Which heading means which column, by the heading without blanks and signs."""

    columns: Mapping[str, Column]

    def find(self, text: str) -> Column | None:
        """Return the column that a heading names."""
        return self.columns.get(_squeezed(text))


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One firm of the roster: the fields that are filled in, by name, and where the row stands."""

    number: int
    values: Mapping[str, Value]
    sheet: str
    letters: Mapping[str, str]  # of the columns, by field

    def problem(self, code: str, field: str, severity: Severity = Severity.ERROR, **parameters: str) -> Problem:
        """Return what is wrong with one field, named by sheet, row and column."""
        return _problem(code, self.sheet, self.number, self.letters.get(field, "A"), severity, **parameters)


@dataclass(frozen=True, kw_only=True)
class Roster:
    """What was read; a row with a cell that cannot be read is not among the rows."""

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]


def read_roster(data: bytes, name: str) -> Roster:
    """Return the firms on the first sheet that has a column for names.

    Raises:
        DiagError: `ROSTER_EMPTY`, `ROSTER_NO_HEADINGS`, or what `read_grids` refuses.
    """
    headings = load_headings()
    is_empty = True
    for grid in read_grids(data, name):
        is_empty = is_empty and not grid.rows
        found = _heads(grid, headings)
        if found is not None:
            return _read(grid, *found, headings)
    raise DiagError("ROSTER_EMPTY" if is_empty else "ROSTER_NO_HEADINGS", location=name)


def load_headings() -> Headings:
    """Return the headings that are known."""
    table = tomllib.loads(read(resource("roster.toml")).decode())
    columns = {_squeezed(text): Column(field=field) for field, texts in table["texts"].items() for text in texts}
    for field, texts in table["figures"].items():
        units = {"": None, **{unit: Decimal(factor) for unit, factor in table["units"][field].items()}}
        for text in texts:
            for unit, factor in units.items():
                columns[_squeezed(text + unit)] = Column(field=field, is_figure=True, factor=factor)
    return Headings(columns=columns)


def _squeezed(text: str) -> str:
    return _FILLERS.sub("", unicodedata.normalize("NFKC", text)).lower()


def _heads(grid: Grid, headings: Headings) -> tuple[int, list[GridRow]] | None:
    """Return the place of the headings, in one row or two; they name the column of names and, beside it, one more."""
    for place, row in enumerate(grid.rows[:_HEAD_ROWS]):
        heads = [row, *(below for below in grid.rows[place + 1 : place + 2] if _is_heading(below, headings))]
        fields = {column.field for head in heads for cell in head.cells if (column := headings.find(cell.text))}
        is_alone = sum(bool(cell.text) for cell in row.cells) == 1
        if any(_names(cell, headings) for cell in row.cells) and (len(fields) > 1 or is_alone):
            return place, heads
    return None


def _names(cell: GridCell, headings: Headings) -> bool:
    column = headings.find(cell.text)
    return column is not None and column.field == "name"


def _read(grid: Grid, place: int, heads: list[GridRow], headings: Headings) -> Roster:
    columns, found = _columns(grid.name, heads, headings)
    problems = [*found]
    letters = {column.field: column_letters(number + 1) for number, column in columns.items()}
    rows = []
    for row in grid.rows[place + len(heads) :]:
        values, faults = _values(grid.name, row, columns)
        problems += faults
        if not faults and values:
            rows.append(RosterRow(number=row.number, values=values, sheet=grid.name, letters=letters))
    return Roster(rows=tuple(rows), problems=tuple(problems))


def _is_heading(row: GridRow, headings: Headings) -> bool:
    """Return whether a row goes on with the headings: all that stands in it names a column."""
    return all(headings.find(cell.text) for cell in row.cells if cell.text)


def _columns(sheet: str, heads: list[GridRow], headings: Headings) -> tuple[dict[int, Column], list[Problem]]:
    columns: dict[int, Column] = {}
    problems = []
    taken: set[str] = set()
    for number in range(max(len(head.cells) for head in heads)):
        texts = [head.cells[number].text for head in heads if number < len(head.cells) and head.cells[number].text]
        known = [column for text in texts if (column := headings.find(text))]
        where = (sheet, heads[0].number, column_letters(number + 1), Severity.WARNING)
        if not known and texts:
            problems.append(_problem("ROSTER_COLUMN_UNKNOWN", *where, value=texts[-1][:40]))
        elif known and known[0].field in taken:
            problems.append(_problem("ROSTER_COLUMN_TWICE", *where, value=texts[0][:40]))
        elif known:
            column = next((one for one in known if one.factor is not None), known[0])
            columns[number] = column
            taken.add(column.field)
            if column.is_figure and column.factor is None:
                problems.append(_problem("ROSTER_UNIT_ASSUMED", *where, value=texts[0][:40]))
    return columns, problems


def _values(sheet: str, row: GridRow, columns: Mapping[int, Column]) -> tuple[dict[str, Value], list[Problem]]:
    values: dict[str, Value] = {}
    faults = []
    for number, column in columns.items():
        cell = row.cells[number] if number < len(row.cells) else GridCell()
        where = (sheet, row.number, column_letters(number + 1), Severity.ERROR)
        if cell.fault:
            faults.append(_problem(cell.fault, *where, value=cell.text[:40]))
        elif cell.text and column.is_figure:
            figure = _figure(cell.text)
            if figure is None:
                faults.append(_problem("CELL_NOT_A_NUMBER", *where, value=cell.text[:40]))
            else:
                values[column.field] = plain(figure * (Decimal(1) if column.factor is None else column.factor))
        elif cell.text:
            values[column.field] = cell.text
    return values, faults


def _figure(text: str) -> Decimal | None:
    """Return a figure of zero or more, exactly; full-width digits and thousands set apart are read."""
    plain = _GROUPS.sub("", unicodedata.normalize("NFKC", text).strip())
    return Decimal(plain) if _NUMBER.fullmatch(plain) and not plain.startswith("-") else None


def plain(figure: Decimal) -> Decimal:
    """Return a figure without zeros at its end and without an exponent."""
    return Decimal(f"{figure.normalize():f}")


def _problem(code: str, sheet: str, row: int, letter: str, severity: Severity, **parameters: str) -> Problem:
    return Problem(
        code=code,
        location=f"{sheet}!{letter}{row}",
        severity=severity,
        parameters={"sheet": sheet, "row": str(row), "column": letter, **parameters},
    )
