"""The workbook of measures and prices: its columns, what was read from it, and what taking it in would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from diag_app.errors import Problem
from diag_app.model.economics import Range, check_range
from diag_app.model.plan import MEASURE_STATES, CaseMeasure, MeasureState, Offer

SHEET = "measures"
COLUMNS = (
    "measure_id", "name", "low", "likely", "high", "source", "dated", "owner", "provider", "product", "weeks", "state",
)  # fmt: skip
ENDS = ("low", "likely", "high")
TEXTS = ("source", "dated", "owner", "provider", "product")
FIRST_ROW = 3
_DIGITS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row of the sheet: its number, and the text of each column that holds something."""

    number: int
    texts: Mapping[str, str]

    def place(self, column: str) -> str:
        """Return where a cell stands, as a person finds it: `measures!C5`."""
        return f"{SHEET}!{letter(column)}{self.number}"


@dataclass(frozen=True, kw_only=True)
class MeasurePlan:
    """What taking a workbook in would change, and the cells that cannot be taken."""

    offers: Mapping[str, Offer] = field(default_factory=dict)
    states: Mapping[str, MeasureState | None] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def changes(self) -> int:
        """Return how many measures would change."""
        return len({*self.offers, *self.states})


def letter(column: str) -> str:
    """Return the letter of a column."""
    return chr(ord("A") + COLUMNS.index(column))


def cell_problem(code: str, row: int, column: str, value: str = "") -> Problem:
    """Return what is wrong with one cell, named by sheet, row and column."""
    return Problem(
        code=code,
        location=f"{SHEET}!{letter(column)}{row}",
        parameters={"sheet": SHEET, "row": str(row), "column": letter(column), "value": value[:40]},
    )


def plan_import(
    rows: tuple[SheetRow, ...], measures: tuple[CaseMeasure, ...], problems: tuple[Problem, ...] = ()
) -> MeasurePlan:
    """Return what the rows would change in the case; a row with a fault changes nothing, and so do equal values."""
    present = {item.measure_id: item for item in measures}
    found = list(problems)
    offers: dict[str, Offer] = {}
    states: dict[str, MeasureState | None] = {}
    seen: dict[str, int] = {}
    for row in rows:
        item = present.get(row.texts.get("measure_id", ""))
        if item is None:
            found.append(cell_problem("CELL_ROW_UNKNOWN", row.number, "measure_id", row.texts.get("measure_id", "")))
            continue
        if item.measure_id in seen:
            found.append(cell_problem("CELL_TWICE", row.number, "measure_id", f"{SHEET}!A{seen[item.measure_id]}"))
            continue
        seen[item.measure_id] = row.number
        offer, state, faults = _read(row, item)
        found += faults
        if not faults and offer != item.offer:
            offers[item.measure_id] = offer
        if not faults and state != item.state:
            states[item.measure_id] = state
    return MeasurePlan(offers=offers, states=states, problems=tuple(found))


def _read(row: SheetRow, item: CaseMeasure) -> tuple[Offer, MeasureState | None, list[Problem]]:
    faults: list[Problem] = []
    ends = [_figure(row, end, faults) for end in ENDS]
    known = [end for end in ends if end is not None]
    cost = None
    if len(known) == len(ENDS):
        cost = Range(low=known[0], likely=known[1], high=known[2])
        if check_range(cost, row.place("low")):
            faults.append(cell_problem("CELL_FIGURE_IMPOSSIBLE", row.number, "low", row.texts["low"]))
    elif known and not faults:
        missing = next(end for end, value in zip(ENDS, ends, strict=True) if value is None)
        faults.append(cell_problem("CELL_NOT_A_NUMBER", row.number, missing, ""))
    weeks = _figure(row, "weeks", faults)
    if weeks is not None and (weeks != weeks.to_integral_value() or weeks < 1):
        faults.append(cell_problem("CELL_NOT_A_NUMBER", row.number, "weeks", row.texts["weeks"]))
    word = row.texts.get("state", "").strip()
    state = next((known_state for known_state in MEASURE_STATES if known_state == word), None)
    if word and state is None:
        faults.append(cell_problem("CELL_NO_OPTION", row.number, "state", word))
    texts = {name: row.texts.get(name, "").strip() for name in TEXTS}
    agreed = None if weeks is None or faults or int(weeks) == item.measure.weeks_likely else int(weeks)
    offer = Offer(
        cost=cost,
        source=texts["source"],
        dated=texts["dated"],
        owner=texts["owner"],
        provider=texts["provider"],
        product=texts["product"],
        weeks=agreed,
    )
    return offer, state, faults


def _figure(row: SheetRow, column: str, faults: list[Problem]) -> Decimal | None:
    text = row.texts.get(column, "").strip().translate(_DIGITS).replace(",", "")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0 or "e" in text.lower():
        faults.append(cell_problem("CELL_NOT_A_NUMBER", row.number, column, row.texts[column]))
        return None
    return value
