"""What may be recorded in a field of a need form, and how it is read back; the store holds plain JSON values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from diag_app.errors import Problem
from diag_app.forms.need_details import FieldColumn, FieldKind, NeedField

FIGURE_LIMIT = Decimal(10) ** 15
MOST_DECIMALS = 15
MOST_ROWS = 500

Value = str | Decimal | tuple[str, ...] | tuple[Mapping[str, str | Decimal], ...]


def value_from(field: NeedField | FieldColumn, stored: Any) -> Value | None:
    """Return a stored value as recorded; null where the field's kind has changed since, so that nothing is misread."""
    if field.kind is FieldKind.NUMBER:
        return _decimal(stored)
    if field.kind is FieldKind.MULTIPLE:
        is_list = isinstance(stored, list) and all(isinstance(key, str) for key in stored)
        return tuple(stored) if is_list else None
    if field.kind is FieldKind.TABLE:
        return _rows(field, stored)
    return stored if isinstance(stored, str) else None


def stored_value(value: Value | None) -> Any:
    """Return a value as stored; null and what is empty clear the field, for nothing was recorded then."""
    if value is None or value in ("", ()):
        return None
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [
            item if isinstance(item, str) else {key: stored_value(cell) for key, cell in item.items()} for item in value
        ]
    return value


def check_value(field: NeedField, value: Value | None) -> tuple[Problem, ...]:
    """Return why `value` cannot be recorded in `field`, located at `fields.<id>`; nothing when it can."""
    return tuple(_faults(field, value, f"fields.{field.field_id}"))


def figure_faults(value: Decimal, place: str) -> tuple[Problem, ...]:
    """Return `FIGURE_BEYOND` or `NUMBER_NEGATIVE` for what is a slip of the hand."""
    shown = {"value": str(value)[:40]}
    if not value.is_finite() or abs(value) >= FIGURE_LIMIT or value.adjusted() < -MOST_DECIMALS:
        return (Problem(code="FIGURE_BEYOND", location=place, parameters=shown),)
    if value < 0:
        return (Problem(code="NUMBER_NEGATIVE", location=place, parameters=shown),)
    return ()


def _faults(field: NeedField | FieldColumn, value: Value | None, place: str) -> Iterator[Problem]:
    if value is None:
        return
    if field.kind is FieldKind.TABLE:
        yield from _table_faults(field, value, place)
    elif field.kind is FieldKind.NUMBER:
        yield from _number_faults(value, place)
    elif field.kind is FieldKind.TEXT:
        if not isinstance(value, str):
            yield _kind_fault(field, place)
    else:
        yield from _choice_faults(field, value, place)


def _number_faults(value: Value, place: str) -> Iterator[Problem]:
    if not isinstance(value, Decimal):
        yield Problem(code="FIELD_KIND", location=place, parameters={"expected": FieldKind.NUMBER})
        return
    yield from figure_faults(value, place)


def _choice_faults(field: NeedField | FieldColumn, value: Value, place: str) -> Iterator[Problem]:
    is_one = field.kind is FieldKind.CHOICE
    if not isinstance(value, str if is_one else tuple):
        yield _kind_fault(field, place)
        return
    known = {option.option_id for option in field.options}
    for key in (value,) if isinstance(value, str) else value:
        if key not in known:
            yield Problem(code="FIELD_OPTION_UNKNOWN", location=place, parameters={"option": str(key)[:40]})


def _table_faults(field: NeedField | FieldColumn, value: Value, place: str) -> Iterator[Problem]:
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
    if not isinstance(value, tuple) or len(rows) < len(value):
        yield _kind_fault(field, place)
        return
    if len(rows) > MOST_ROWS:
        shown = {"count": str(len(rows)), "limit": str(MOST_ROWS)}
        yield Problem(code="FIELD_ROWS", location=place, parameters=shown)
        return
    columns = _columns(field)
    for number, row in enumerate(rows):
        for key, cell in row.items():
            if key not in columns:
                yield Problem(code="FIELD_COLUMN_UNKNOWN", location=place, parameters={"column": key[:40]})
            else:
                yield from _faults(columns[key], cell, f"{place}[{number}].{key}")


def _rows(field: NeedField | FieldColumn, stored: Any) -> tuple[Mapping[str, str | Decimal], ...] | None:
    if not isinstance(stored, list) or not all(isinstance(row, dict) for row in stored):
        return None
    columns = _columns(field)
    rows = []
    for row in stored:
        cells = {key: value_from(columns[key], cell) for key, cell in row.items() if key in columns}
        rows.append({key: cell for key, cell in cells.items() if isinstance(cell, str | Decimal)})
    return tuple(rows)


def _columns(field: NeedField | FieldColumn) -> dict[str, FieldColumn]:
    return {column.column_id: column for column in field.columns} if isinstance(field, NeedField) else {}


def _kind_fault(field: NeedField | FieldColumn, place: str) -> Problem:
    return Problem(code="FIELD_KIND", location=place, parameters={"expected": field.kind})


def _decimal(stored: Any) -> Decimal | None:
    try:
        return Decimal(stored) if isinstance(stored, str) else None
    except ArithmeticError:
        return None
