"""The sheets that reckon the score again: figures, answers, scenarios, level; what is tinted may be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from diag_app.model.calculation import CalculatedQuestion, Calculation, CalculationWords
from diag_app.report.score_formulas import derived_option, shown_figure
from diag_app.report.workbook import Look, Tone, cell_at, dress, fit_row, new_sheet, put

_FIRST = 4  # row of the first entry
# widths of the columns, in characters
_FIGURES = (30.0, 48.0, 16.0, 12.0)
_ANSWERS = (8.0, 62.0, 9.0, 9.0, 14.0, 9.0, 9.0, 9.0)
_SCENARIOS = (8.0, 40.0, 12.0, 10.0)
_LEVEL = (8.0, 26.0, 13.0, 13.0, 16.0, 16.0, 16.0, 16.0, 10.0)


@dataclass(frozen=True, kw_only=True)
class ScoreSheets:
    """Where the results stand, as references that any sheet may use."""

    score: str
    level: str
    dimensions: Mapping[str, str]


def add_score_sheets(book: Workbook, calculation: Calculation, words: CalculationWords, look: Look) -> ScoreSheets:
    """Add the four sheets and return where score and level stand."""
    figures = _add_figures(book, calculation, words, look)
    points, dimensions = _add_answers(book, calculation, words, look, figures)
    levels = _add_scenarios(book, calculation, words, look)
    level = _add_level(book, calculation, words, look, points, levels)
    return ScoreSheets(score=points, level=level, dimensions=dimensions)


def _add_figures(book: Workbook, calculation: Calculation, words: CalculationWords, look: Look) -> dict[str, str]:
    """Add the figures and return the reference of each by its id."""
    sheet = _begun(
        book, words.figures, _FIGURES, (words.identifier, words.figure, words.value, words.unit), words, look
    )
    places = {}
    for row, number in enumerate(calculation.numbers, start=_FIRST):
        put(sheet, (row, 1), number.number_id, look, "soft")
        put(sheet, (row, 2), number.label, look)
        _number(sheet, (row, 3), number.value, look, "input")
        put(sheet, (row, 4), number.unit, look, "soft")
        fit_row(sheet, row, ((number.number_id, _FIGURES[0]), (number.label, _FIGURES[1])))
        places[number.number_id] = _elsewhere(sheet, f"C{row}")
    return places


def _add_answers(
    book: Workbook, calculation: Calculation, words: CalculationWords, look: Look, figures: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """Add the questions with their options and return where the score and each dimension's points stand."""
    heads = (
        words.identifier,
        words.question,
        words.points,
        words.chosen,
        words.figure,
        words.derived,
        words.counts,
        words.earned,
    )
    sheet = _begun(book, words.answers, _ANSWERS, heads, words, look)
    tick = DataValidation(type="list", formula1='"1"', allow_blank=True)
    sheet.add_data_validation(tick)
    row = _FIRST
    earned: dict[str, list[str]] = {}
    for question in calculation.questions:
        _question_row(sheet, row, question, look, figures)
        earned.setdefault(question.dimension_id, []).append(f"H{row}")
        _option_rows(sheet, row, question, look)
        tick.add(f"D{row + 1}:D{row + len(question.options)}")
        row += 1 + len(question.options)
    dimensions = {}
    for dimension_id, label, most in calculation.dimensions:
        row += 1
        _total(
            sheet, row, f"{label} / {most.normalize():f}", f"=SUM({','.join(earned.get(dimension_id, ['0']))})", look
        )
        dimensions[dimension_id] = _elsewhere(sheet, f"H{row}")
    first = row - len(calculation.dimensions) + 1
    _total(sheet, row + 1, words.score, f"=ROUND(SUM(H{first}:H{row}),6)", look)
    return _elsewhere(sheet, f"H{row + 1}"), dimensions


def _question_row(
    sheet: Worksheet, row: int, question: CalculatedQuestion, look: Look, figures: Mapping[str, str]
) -> None:
    put(sheet, (row, 1), question.question_id, look, "group")
    put(sheet, (row, 2), question.name, look, "group")
    for column in range(3, 9):
        put(sheet, (row, column), "", look, "group")
    if question.rule is not None:
        _formula(sheet, (row, 5), shown_figure(question.rule, figures), look, "group", form="0.####")
        _formula(sheet, (row, 6), derived_option(question.rule, figures, f"E{row}"), look, "group")
    last = row + len(question.options)
    _formula(sheet, (row, 8), f"=SUM(H{row + 1}:H{last})", look, "group")


def _option_rows(sheet: Worksheet, head: int, question: CalculatedQuestion, look: Look) -> None:
    last = head + len(question.options)
    for row, option in enumerate(question.options, start=head + 1):
        put(sheet, (row, 1), option.key, look, "soft")
        put(sheet, (row, 2), option.label, look)
        _number(sheet, (row, 3), option.points, look)
        _number(sheet, (row, 4), Decimal(1) if option.is_chosen else None, look, "input")
        counts = f"=IF(COUNT(D${head + 1}:D${last})>0,IF(D{row}=1,1,0),IF(F${head}=A{row},1,0))"
        _formula(sheet, (row, 7), counts, look)
        _formula(sheet, (row, 8), f"=C{row}*G{row}", look)
        fit_row(sheet, row, ((option.label, _ANSWERS[1]),))


def _add_scenarios(book: Workbook, calculation: Calculation, words: CalculationWords, look: Look) -> tuple[str, str]:
    """Add the scenarios and return the references of their levels and of what marks the constrained ones."""
    heads = (words.identifier, words.scenario, words.constrained, words.level)
    sheet = _begun(book, words.scenarios, _SCENARIOS, heads, words, look)
    last = _FIRST + len(calculation.scenarios) - 1
    allowed = DataValidation(type="whole", operator="between", formula1="0", formula2=str(len(calculation.levels)))
    allowed.add(f"D{_FIRST}:D{last}")
    sheet.add_data_validation(allowed)
    for row, scenario in enumerate(calculation.scenarios, start=_FIRST):
        put(sheet, (row, 1), str(row - _FIRST + 1), look, "soft")
        put(sheet, (row, 2), scenario.label, look)
        put(sheet, (row, 3), "★" if scenario.is_constrained else "", look)
        _number(sheet, (row, 4), Decimal(scenario.level), look, "input")
    return _elsewhere(sheet, f"$D${_FIRST}:$D${last}"), _elsewhere(sheet, f"$C${_FIRST}:$C${last}")


def _add_level(
    book: Workbook,
    calculation: Calculation,
    words: CalculationWords,
    look: Look,
    score: str,
    scenarios: tuple[str, str],
) -> str:
    """Add the conditions of each level, whether they hold, and the level; return where that stands."""
    heads = (
        words.level,
        words.name,
        *(f"{part} {end}" for part in (words.score, words.scenarios, words.constrained) for end in ("≥", "=")),
        words.holds,
    )
    sheet = _begun(book, words.result, _LEVEL, heads, words, look)
    levels, stars = scenarios
    row = _FIRST
    for row, bounds in enumerate(calculation.levels, start=_FIRST):
        _number(sheet, (row, 1), Decimal(bounds.level), look, "bold")
        put(sheet, (row, 2), bounds.name, look)
        _number(sheet, (row, 3), bounds.min_score, look)
        _formula(sheet, (row, 4), f"={score}", look, form="0.00####")
        _number(sheet, (row, 5), Decimal(bounds.min_scenarios), look)
        _formula(sheet, (row, 6), f'=COUNTIF({levels},">="&A{row})', look)
        _number(sheet, (row, 7), Decimal(bounds.min_constrained), look)
        _formula(sheet, (row, 8), f'=COUNTIFS({levels},">="&A{row},{stars},"★")', look)
        _formula(sheet, (row, 9), f"=IF(AND(D{row}>=C{row},F{row}>=E{row},H{row}>=G{row}),A{row},0)", look)
    put(sheet, (row + 2, 2), words.level, look, "bold")
    _formula(sheet, (row + 2, 9), f"=MAX(I{_FIRST}:I{row})", look, "bold")
    return _elsewhere(sheet, f"I{row + 2}")


def _begun(
    book: Workbook, name: str, widths: Sequence[float], heads: Sequence[str], words: CalculationWords, look: Look
) -> Worksheet:
    sheet = new_sheet(book, name, widths, landscape=True)
    put(sheet, (1, 1), name, look, "title", wrap=False)
    put(sheet, (2, 1), words.note, look, "soft", wrap=False)
    for column, head in enumerate(heads, start=1):
        put(sheet, (_FIRST - 1, column), head, look, "head")
    sheet.freeze_panes = f"A{_FIRST}"
    sheet.print_title_rows = f"{_FIRST - 1}:{_FIRST - 1}"
    return sheet


def _total(sheet: Worksheet, row: int, label: str, formula: str, look: Look) -> None:
    put(sheet, (row, 2), label, look, "bold")
    _formula(sheet, (row, 8), formula, look, "bold", form="0.00####")


def _number(sheet: Worksheet, place: tuple[int, int], value: Decimal | None, look: Look, tone: Tone = "body") -> None:
    cell = cell_at(sheet, *place)
    cell.value = value
    dress(cell, look, tone, right=True)
    cell.number_format = "General"


def _formula(
    sheet: Worksheet, place: tuple[int, int], formula: str, look: Look, tone: Tone = "body", *, form: str = "General"
) -> None:
    cell = cell_at(sheet, *place)
    cell.value = formula
    dress(cell, look, tone, right=True)
    cell.number_format = form


def _elsewhere(sheet: Worksheet, place: str) -> str:
    return f"{quote_sheetname(sheet.title)}!{place}"
