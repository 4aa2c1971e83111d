"""Filling in a pre-visit workbook as a firm does, without knowing the code that made it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from diag_app.forms.answers import Answers
from diag_app.forms.definition import Language, Pack, QuestionKind

INPUTS = {"cover": 4, "profile": 4, "number": 4, "single": 5, "tick": 5, "scenario": 8, "contact": 3, "paper": 5}


def rows_of(book: Workbook) -> dict[str, tuple[str, int]]:
    """Return where each row to fill in stands: sheet and row, by its id."""
    found = {}
    for sheet in book.worksheets:
        if not sheet.title.startswith("_"):
            for (cell,) in sheet.iter_rows(min_col=1, max_col=1):
                if cell.value:
                    found[str(cell.value)] = (sheet.title, cell.row)
    return found


def filled(path: Path, cells: Mapping[str, Any]) -> Path:
    """Fill in cells of the workbook at `path`: by row id, or `row id/n` for the n-th input of a row."""
    book = openpyxl.load_workbook(path)
    rows = rows_of(book)
    for key, value in cells.items():
        row_id, _, slot = key.partition("/")
        sheet, row = rows[row_id]
        book[sheet].cell(row, INPUTS[row_id.partition(":")[0]] + int(slot or 0)).value = value
    book.save(path)
    return path


def cells_of(answers: Answers, pack: Pack, language: Language) -> dict[str, Any]:
    """Return the cells that a firm with these answers fills in: lists by their words, figures as numbers."""
    cells: dict[str, Any] = {}
    for number_id, value in answers.numbers.items():
        cells[f"number:{number_id}"] = int(value) if value == value.to_integral_value() else float(value)
    for question_id, keys in answers.options.items():
        question = pack.question(question_id)
        if question.kind is QuestionKind.SINGLE:
            cells[f"single:{question_id}"] = f"{keys[0]} {question.option(keys[0]).label.text(language)}"
        else:
            cells |= {f"tick:{question_id}:{key}": "✓" for key in keys}
    for scenario_id, answer in answers.scenarios.items():
        if answer.not_applicable is not None:
            cells[f"scenario:{scenario_id}"] = "不适用" if language == "zh" else "not applicable"
            cells[f"scenario:{scenario_id}/1"] = answer.not_applicable
        else:
            cells[f"scenario:{scenario_id}"] = str(answer.level)
    return cells


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()
