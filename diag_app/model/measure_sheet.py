"""The workbook of measures: a sheet of prices and one of own measures; what was read, and what it would change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from diag_app.errors import Problem
from diag_app.model.economics import Range, check_range
from diag_app.model.own_measure import OwnMeasure
from diag_app.model.plan import MEASURE_STATES, CaseMeasure, MeasureState, Offer

SHEET = "measures"
COLUMNS = (
    "measure_id", "name", "low", "likely", "high", "source", "dated", "owner", "provider", "product", "weeks", "state",
)  # fmt: skip
OWN_SHEET = "own"
OWN_COLUMNS = (
    "measure_id", "name", "scenario", "level", "question", "option", "requires", "weeks_low", "weeks_high", "evidence",
)  # fmt: skip
COLUMNS_OF: Mapping[str, tuple[str, ...]] = {SHEET: COLUMNS, OWN_SHEET: OWN_COLUMNS}
ENDS = ("low", "likely", "high")
TEXTS = ("source", "dated", "owner", "provider", "product")
FIRST_ROW = 3
_MOST_DIGITS = 4
_DIGITS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row of a sheet: its number, and the text of each column that holds something."""

    number: int
    texts: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return what a cell holds, without the blanks around it."""
        return self.texts.get(column, "").strip()


@dataclass(frozen=True, kw_only=True)
class SheetRows:
    """The rows of both sheets that could be read, and what is wrong with single cells."""

    prices: tuple[SheetRow, ...] = ()
    own: tuple[SheetRow, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasurePlan:
    """What taking a workbook in would change, and the cells that cannot be taken."""

    own: Mapping[str, OwnMeasure] = field(default_factory=dict)  # new, or said otherwise than in the case
    offers: Mapping[str, Offer] = field(default_factory=dict)
    states: Mapping[str, MeasureState | None] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def changes(self) -> int:
        """Return how many measures would change."""
        return len({*self.own, *self.offers, *self.states})


def cell_place(row: int, column: str, sheet: str = SHEET) -> str:
    """Return where a cell stands, as a person finds it: `measures!C5`."""
    return f"{sheet}!{_letter(column, sheet)}{row}"


def cell_problem(code: str, row: int, column: str, value: str = "", sheet: str = SHEET) -> Problem:
    """Return what is wrong with one cell, named by sheet, row and column."""
    return Problem(
        code=code,
        location=cell_place(row, column, sheet),
        parameters={"sheet": sheet, "row": str(row), "column": _letter(column, sheet), "value": value[:40]},
    )


def read_own(rows: tuple[SheetRow, ...]) -> tuple[dict[int, OwnMeasure], list[Problem]]:
    """Return the own measures by the number of their row; a row with a cell that is no figure is left out."""
    found: dict[int, OwnMeasure] = {}
    problems: list[Problem] = []
    for row in rows:
        faults: list[Problem] = []
        whole = {name: _whole(row, name, faults) for name in ("level", "weeks_low", "weeks_high")}
        problems += faults
        if not faults:
            found[row.number] = OwnMeasure(
                measure_id=row.text("measure_id"),
                name=row.text("name"),
                scenario_id=row.text("scenario"),
                level=whole["level"],
                question_id=row.text("question"),
                option=row.text("option"),
                requires=tuple(part.strip() for part in row.text("requires").split(",") if part.strip()),
                weeks_low=whole["weeks_low"] or 0,
                weeks_high=whole["weeks_high"] or 0,
                evidence=row.text("evidence"),
            )
    return found, problems


def own_text(own: OwnMeasure, column: str) -> str:
    """Return what a cell of an own measure holds."""
    texts = {
        "measure_id": own.measure_id,
        "name": own.name,
        "scenario": own.scenario_id,
        "level": "" if own.level is None else str(own.level),
        "question": own.question_id,
        "option": own.option,
        "requires": ", ".join(own.requires),
        "weeks_low": str(own.weeks_low),
        "weeks_high": str(own.weeks_high),
        "evidence": own.evidence,
    }
    return texts[column]


def own_column(place: str) -> str:
    """Return the column that a fault at `place` of a measure's definition is about."""
    starts = {
        "label": "name", "duration_weeks": "weeks_low", "scenarios": "scenario", "raises.levels": "level",
        "raises.options": "option", "requires": "requires", "evidence": "evidence",
    }  # fmt: skip
    inner = re.sub(r"^measures\[\d+\]\.", "", place)
    return next((column for start, column in starts.items() if inner.startswith(start)), "measure_id")


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
        if check_range(cost, cell_place(row.number, "low")):
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


def _whole(row: SheetRow, column: str, faults: list[Problem]) -> int | None:
    text = row.text(column).translate(_DIGITS).removesuffix(".0")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        faults.append(cell_problem("CELL_NOT_A_NUMBER", row.number, column, row.texts[column], OWN_SHEET))
        return None
    return int(text)


def _letter(column: str, sheet: str) -> str:
    return chr(ord("A") + COLUMNS_OF[sheet].index(column))
