"""What a firm states in the pre-visit workbook, understood against the pack; what cannot be read has code and place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from diag_app.errors import Problem
from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.definition import LocalText, Pack, Question, QuestionKind
from diag_app.forms.validation import check_number, check_option_choice
from diag_app.model.previsit import (
    PROFILE_FIGURES,
    Place,
    RawCell,
    RawWorkbook,
    is_tick,
    plain,
    read_figure,
    read_letter,
    read_level,
    read_state,
)

Value = str | Decimal | tuple[str, ...] | ScenarioAnswer
NO_UNIT = LocalText(zh="", en="")
_KINDS = {"formula": "CELL_FORMULA", "error": "CELL_ERROR", "merged": "CELL_MERGED"}
_MONEY = LocalText(zh="万元", en="10k CNY")
_PEOPLE = LocalText(zh="人", en="people")


@dataclass(frozen=True, kw_only=True)
class Stated:
    """One thing the firm states; the key is `number:…`, `answer:…`, `scenario:…`, `profile:…` and so on."""

    key: str
    value: Value
    place: Place


@dataclass(frozen=True, kw_only=True)
class Statement:
    """All that could be read, in the order of the workbook, and what could not."""

    stated: tuple[Stated, ...]
    problems: tuple[Problem, ...]


def read_statement(raw: RawWorkbook, pack: Pack, paper_ids: Iterable[str]) -> Statement:
    """Return what the cells mean; a cell that is surely nothing else is named by code, sheet, row and column."""
    reading = _Reading(pack=pack, paper_ids=frozenset(paper_ids))
    for cell in raw.cells:
        reading.take(cell)
    reading.close()
    return Statement(stated=tuple(reading.stated.values()), problems=tuple(reading.problems))


@dataclass(kw_only=True)
class _Reading:
    """The cells read so far. Cells of one row, and ticks of one question, come together in `close`."""

    pack: Pack
    paper_ids: frozenset[str]
    stated: dict[str, Stated] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, dict[int, RawCell]] = field(default_factory=dict)
    ticks: dict[str, dict[str, Place]] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)

    def take(self, cell: RawCell) -> None:
        kind, _, rest = cell.row_id.partition(":")
        if cell.kind in _KINDS:
            self.refuse(_KINDS[cell.kind], cell)
            return
        readers: Mapping[str, Callable[[RawCell, str], None]] = {
            "cover": self.text,
            "profile": self.profile,
            "number": self.number,
            "single": self.single,
            "tick": self.tick,
        }
        if kind in readers:
            readers[kind](cell, rest)
        elif kind in ("scenario", "contact", "paper"):
            self.rows.setdefault(cell.row_id, {})[cell.slot] = cell
        else:
            self.refuse("CELL_ROW_UNKNOWN", cell)

    def close(self) -> None:
        for question_id, places in self.ticks.items():
            self.choice(question_id, places)
        for row_id, cells in self.rows.items():
            kind, _, rest = row_id.partition(":")
            row: Callable[[dict[int, RawCell], str], None]
            row = {"scenario": self.scenario, "contact": self.contact, "paper": self.paper}[kind]
            row(cells, rest)
        self.check_figures()

    def text(self, cell: RawCell, _rest: str) -> None:
        self.state(cell.row_id, cell.text.strip(), cell.place)

    def profile(self, cell: RawCell, name: str) -> None:
        if name not in PROFILE_FIGURES:
            self.text(cell, name)
            return
        value = self.figure(cell, _PEOPLE if name == "employees" else _MONEY)
        if value is not None and name == "employees" and value != value.to_integral_value():
            self.refuse("CELL_NOT_A_NUMBER", cell)
        elif value is not None:
            self.state(cell.row_id, value, cell.place)

    def number(self, cell: RawCell, number_id: str) -> None:
        known = next((item for item in self.pack.numbers if item.number_id == number_id), None)
        if known is None:
            self.refuse("CELL_ROW_UNKNOWN", cell)
            return
        value = self.figure(cell, known.unit)
        if value is not None:
            self.state(cell.row_id, value, cell.place)

    def single(self, cell: RawCell, question_id: str) -> None:
        question = self.question(cell, question_id, QuestionKind.SINGLE)
        if question is None:
            return
        key = read_letter(cell.text, question)
        if key is None:
            self.refuse("CELL_NO_OPTION", cell)
        else:
            self.state(f"answer:{question_id}", (key,), cell.place)

    def tick(self, cell: RawCell, rest: str) -> None:
        question_id, _, key = rest.partition(":")
        question = self.question(cell, question_id, QuestionKind.MULTIPLE)
        if question is None:
            return
        if not is_tick(cell.text):
            self.spoiled.add(question_id)
            self.refuse("CELL_NO_TICK", cell)
        elif key not in {option.key for option in question.options}:
            self.refuse("CELL_ROW_UNKNOWN", cell)
        else:
            self.ticks.setdefault(question_id, {})[key] = cell.place

    def choice(self, question_id: str, places: Mapping[str, Place]) -> None:
        """State a multiple choice whole, or not at all: half a choice is another answer."""
        question = self.pack.question(question_id)
        keys = tuple(option.key for option in question.options if option.key in places)
        first = places[keys[0]]
        if question_id in self.spoiled:
            return
        if check_option_choice(question, keys):
            self.problems.append(_problem("CELL_NONE_WITH_OTHERS", first, " ".join(keys)))
        else:
            self.state(f"answer:{question_id}", keys, first)

    def scenario(self, cells: Mapping[int, RawCell], scenario_id: str) -> None:
        cell, reason = cells.get(0), cells.get(1)
        if scenario_id not in {item.scenario_id for item in self.pack.scenarios}:
            self.refuse("CELL_ROW_UNKNOWN", cell or cells[1])
        elif cell is None:
            self.refuse("CELL_REASON_ALONE", cells[1])
        else:
            level = read_level(cell.text)
            if level is None:
                self.refuse("CELL_NO_LEVEL", cell)
            elif level != "not_applicable":
                self.state(cell.row_id, ScenarioAnswer(level=level), cell.place)
            elif reason is None:
                self.refuse("CELL_REASON_MISSING", cell)
            else:
                self.state(cell.row_id, ScenarioAnswer(not_applicable=reason.text.strip()), cell.place)

    def contact(self, cells: Mapping[int, RawCell], _rest: str) -> None:
        first = next(iter(cells.values()))
        name, role, phone = (plain(cells[slot].text) if slot in cells else "" for slot in range(3))
        if name:
            self.state(first.row_id, (name, role, phone), first.place)
        else:
            self.refuse("CELL_CONTACT_NAMELESS", first)

    def paper(self, cells: Mapping[int, RawCell], paper_id: str) -> None:
        first = next(iter(cells.values()))
        state = read_state(cells[0].text) if 0 in cells else None
        if paper_id not in self.paper_ids:
            self.refuse("CELL_ROW_UNKNOWN", first)
        elif state is None:
            self.refuse("CELL_NO_STATE", first)
        else:
            remark = plain(cells[1].text) if 1 in cells else ""
            self.state(first.row_id, (state, remark), first.place)

    def check_figures(self) -> None:
        """Refuse figures that are impossible by themselves or beside each other."""
        numbers = {
            item.key.removeprefix("number:"): item.value
            for item in self.stated.values()
            if item.key.startswith("number:") and isinstance(item.value, Decimal)
        }
        for number_id in tuple(numbers):
            for problem in check_number(self.pack, numbers, number_id):
                found = self.stated.pop(problem.location.replace("numbers.", "number:"), None)
                if found is not None:
                    self.problems.append(_problem("CELL_FIGURE_IMPOSSIBLE", found.place, str(found.value)))

    def figure(self, cell: RawCell, unit: LocalText) -> Decimal | None:
        value = None if cell.kind == "date" else read_figure(cell.text, unit)
        if value is None:
            self.refuse("CELL_NOT_A_NUMBER", cell)
        return value

    def question(self, cell: RawCell, question_id: str, kind: QuestionKind) -> Question | None:
        found = next((item for item in self.pack.questions if item.question_id == question_id), None)
        if found is None or found.kind is not kind:
            self.refuse("CELL_ROW_UNKNOWN", cell)
            return None
        return found

    def state(self, key: str, value: Value, place: Place) -> None:
        if key in self.stated:
            self.problems.append(_problem("CELL_TWICE", place, str(self.stated[key].place)))
        elif value != "":
            self.stated[key] = Stated(key=key, value=value, place=place)

    def refuse(self, code: str, cell: RawCell) -> None:
        self.problems.append(_problem(code, cell.place, plain(cell.text)))


def _problem(code: str, place: Place, value: str) -> Problem:
    parameters = {"sheet": place.sheet, "row": str(place.row), "column": place.column, "value": value[:80]}
    return Problem(code=code, location=str(place), parameters=parameters)
