"""The sheets of the pre-visit workbook. The first column is hidden and holds the id of each row to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from diag_app.codec import plain_decimal
from diag_app.forms.definition import Question, QuestionKind
from diag_app.model.previsit import CONTACT_ROWS, INPUT_COLUMNS, PROFILE_FIGURES, PROFILE_TEXTS
from diag_app.model.proposal.voice import Voice
from diag_app.report.previsit_making import Making
from diag_app.report.workbook import cell_at, dress, fit_row, new_sheet, protect, put

FIRST_ROW = 5


def cover_sheet(making: Making, name: str) -> None:
    """Say what the workbook is for, how it is filled in, and who did."""
    translate, look = making.voice.translate, making.look
    widths = (0.0, 5.0, 34.0, 56.0)
    sheet = new_sheet(making.book, name, widths)
    put(sheet, (1, 2), translate("Pre-visit workbook"), look, "title", wrap=False)
    sheet.row_dimensions[1].height = 34
    put(sheet, (2, 2), making.facts.profile.name, look, "group", wrap=False)
    facts = making.facts
    line = f"{facts.head.issuer} · {making.voice.day(facts.head.printed_on)} · {facts.pack.reference}"
    put(sheet, (3, 2), line.strip(" ·"), look, "soft", wrap=False)
    row = 5
    for number, text in enumerate(_instructions(making.voice), start=1):
        put(sheet, (row, 2), str(number), look, "bold")
        sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=4)
        put(sheet, (row, 3), text, look)
        dress(cell_at(sheet, row, 2), look, "bold")
        fit_row(sheet, row, [(text, widths[2] + widths[3])])
        row += 1
    row += 1
    for field_id, label in (
        ("filled_by", translate("Filled in by (name, post)")),
        ("filled_on", translate("Filled in on (year-month-day)")),
    ):
        _input_row(making, sheet, row, f"cover:{field_id}", label, "")
        row += 1
    protect(sheet)


def profile_sheet(making: Making, name: str) -> None:
    """Ask for the firm's facts; what is recorded stands there to be corrected."""
    translate = making.voice.translate
    widths = (0.0, 5.0, 34.0, 56.0)
    sheet = _sheet(
        making, name, translate("Facts of the firm; what is known stands here, correct what is wrong."), widths
    )
    _heads(making, sheet, ("", translate("Entry"), translate("Content")))
    profile = making.facts.profile
    row = FIRST_ROW
    for field_id, label in _profile_labels(making.voice).items():
        value = getattr(profile, field_id)
        text = plain_decimal(Decimal(value)) if isinstance(value, int | Decimal) else str(value or "")
        _input_row(making, sheet, row, f"profile:{field_id}", label, text, is_figure=field_id in PROFILE_FIGURES)
        fit_row(sheet, row, [(text, widths[3]), (label, widths[2])], least=34 if field_id in _LONG else 20)
        row += 1
    protect(sheet)


def figure_sheet(making: Making, name: str) -> None:
    """Ask for every figure, with its unit and the questions that it decides."""
    translate, look, voice = making.voice.translate, making.look, making.voice
    widths = (0.0, 5.0, 46.0, 20.0, 12.0, 34.0)
    lead = translate("Figures from your books. Leave a cell empty where a figure is not known: empty is not zero.")
    sheet = _sheet(making, name, lead, widths)
    _heads(making, sheet, ("", translate("Figure"), translate("Value"), translate("Unit"), translate("Question")))
    used: dict[str, list[str]] = {}
    for question in making.facts.pack.questions:
        for number_id in (*question.numbers, *question.more_numbers):
            used.setdefault(number_id, []).append(f"{question.number} {voice.text(question.name)}")
    for row, number in enumerate(making.facts.pack.numbers, start=FIRST_ROW):
        _input_row(making, sheet, row, f"number:{number.number_id}", voice.text(number.label), "", is_figure=True)
        put(sheet, (row, 5), voice.text(number.unit), look, "soft")
        served = voice.listed(used.get(number.number_id, ()))
        put(sheet, (row, 6), served, look, "soft")
        fit_row(sheet, row, [(voice.text(number.label), widths[2]), (served, widths[5])])
    protect(sheet)


def question_sheet(making: Making, name: str) -> None:
    """Ask the scored questions: one choice from a list, several by a tick at each option."""
    translate = making.voice.translate
    widths = (0.0, 5.0, 12.0, 64.0, 30.0)
    lead = translate("Single questions: choose from the list. Several choices: a tick at each option that holds.")
    sheet = _sheet(making, name, lead, widths)
    _heads(making, sheet, (translate("No."), "", translate("Question and options"), translate("Answer")))
    row = FIRST_ROW
    for question in making.facts.pack.questions:
        row = _question(making, sheet, row, question, widths)
    protect(sheet)


def scenario_sheet(making: Making, name: str) -> None:
    """Ask for each scenario's level, the criteria beside it."""
    translate, look, voice, pack = making.voice.translate, making.look, making.voice, making.facts.pack
    widths = (0.0, 5.0, 20.0, 30.0, 30.0, 30.0, 30.0, 12.0, 24.0)
    lead = translate(
        "The highest level whose words hold on your floor today. 0 where level 1 is not met. "
        "Where a scenario does not exist in your firm: not applicable, and why."
    )
    sheet = _sheet(making, name, lead, widths, landscape=True)
    levels = tuple(voice.level(level) for level in range(1, 5))
    _heads(making, sheet, (translate("No."), translate("Scenario"), *levels, translate("Level"), translate("Why not")))
    for row, scenario in enumerate(pack.scenarios, start=FIRST_ROW):
        _id(making, sheet, row, f"scenario:{scenario.scenario_id}")
        put(sheet, (row, 2), str(scenario.number), look, "bold")
        put(sheet, (row, 3), f"{voice.text(scenario.label)}{'★' if scenario.is_constrained else ''}", look, "bold")
        criteria = [voice.text(criterion.text) for criterion in scenario.criteria]
        for column, text in enumerate(criteria, start=4):
            put(sheet, (row, column), text, look, "soft")
        level, reason = INPUT_COLUMNS["scenario"]
        dress(cell_at(sheet, row, level), look, "input")
        dress(cell_at(sheet, row, reason), look, "input")
        making.choose(sheet, cell_at(sheet, row, level).coordinate, making.levels())
        fit_row(sheet, row, [(text, 30.0) for text in criteria], least=34)
    protect(sheet)


def contact_sheet(making: Making, name: str) -> None:
    """Ask for the people to talk to."""
    translate, look = making.voice.translate, making.look
    sheet = _sheet(making, name, translate("Whom we may talk to on the visit."), (0.0, 5.0, 26.0, 34.0, 30.0))
    _heads(making, sheet, (translate("No."), translate("Full name"), translate("Post"), translate("Phone")))
    for number in range(1, CONTACT_ROWS + 1):
        row = FIRST_ROW + number - 1
        _id(making, sheet, row, f"contact:{number}")
        put(sheet, (row, 2), str(number), look, "soft")
        for column in INPUT_COLUMNS["contact"]:
            dress(cell_at(sheet, row, column), look, "input")
        sheet.row_dimensions[row].height = 22
    protect(sheet)


def paper_sheet(making: Making, name: str) -> None:
    """List the papers to have ready, each with its state."""
    translate, look, voice, guide = making.voice.translate, making.look, making.voice, making.facts.guide
    if guide is None:
        return
    widths = (0.0, 5.0, 54.0, 24.0, 16.0, 32.0)
    lead = translate("Papers to have ready on the day. Do not send them; we look at them on site.")
    sheet = _sheet(making, name, lead, widths)
    heads = (translate("No."), translate("Paper"), translate("Who has it"), translate("State"), translate("Remark"))
    _heads(making, sheet, heads)
    for row, paper in enumerate(guide.papers, start=FIRST_ROW):
        _id(making, sheet, row, f"paper:{paper.item_id}")
        put(sheet, (row, 2), str(row - FIRST_ROW + 1), look, "soft")
        put(sheet, (row, 3), voice.text(paper.text), look)
        put(sheet, (row, 4), voice.text(guide.role(paper.role_id).label), look, "soft")
        state, remark = INPUT_COLUMNS["paper"]
        dress(cell_at(sheet, row, state), look, "input")
        dress(cell_at(sheet, row, remark), look, "input")
        making.choose(sheet, cell_at(sheet, row, state).coordinate, making.states())
        fit_row(sheet, row, [(voice.text(paper.text), widths[2])])
    protect(sheet)


def _question(making: Making, sheet: Worksheet, row: int, question: Question, widths: Sequence[float]) -> int:
    look, voice = making.look, making.voice
    is_single = question.kind is QuestionKind.SINGLE
    kind = voice.translate("one choice") if is_single else voice.translate("several choices")
    label = voice.text(question.label)
    for column, text in ((2, str(question.number)), (3, kind), (4, label), (5, "")):
        put(sheet, (row, column), text, look, "group")
    fit_row(sheet, row, [(label, widths[3])])
    options = tuple(voice.option(option) for option in question.options)
    if is_single:
        _id(making, sheet, row, f"single:{question.question_id}")
        cell = cell_at(sheet, row, INPUT_COLUMNS["single"][0])
        dress(cell, look, "input")
        making.choose(sheet, cell.coordinate, options)
    for option, text in zip(question.options, options, strict=True):
        row += 1
        put(sheet, (row, 4), text, look, "body")
        put(sheet, (row, 3), "", look)
        fit_row(sheet, row, [(text, widths[3])])
        if not is_single:
            _id(making, sheet, row, f"tick:{question.question_id}:{option.key}")
            cell = cell_at(sheet, row, INPUT_COLUMNS["tick"][0])
            dress(cell, look, "input")
            making.choose(sheet, cell.coordinate, making.ticks())
    sheet.row_dimensions[row + 1].height = 8
    return row + 2


def _sheet(making: Making, name: str, lead: str, widths: Sequence[float], *, landscape: bool = False) -> Worksheet:
    sheet = new_sheet(making.book, name, widths, landscape=landscape)
    put(sheet, (1, 2), name, making.look, "title", wrap=False)
    sheet.row_dimensions[1].height = 30
    sheet.merge_cells(start_row=2, start_column=2, end_row=2, end_column=len(widths))
    put(sheet, (2, 2), lead, making.look, "soft")
    fit_row(sheet, 2, [(lead, sum(widths))])
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"
    return sheet


def _heads(making: Making, sheet: Worksheet, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, start=2):
        put(sheet, (FIRST_ROW - 1, column), text, making.look, "head")
    sheet.row_dimensions[FIRST_ROW - 1].height = 20


def _input_row(
    making: Making, sheet: Worksheet, row: int, row_id: str, label: str, value: str, *, is_figure: bool = False
) -> None:
    """Write a label and the cell beside it; a figure may be typed as a number, and only as one that is not negative."""
    _id(making, sheet, row, row_id)
    put(sheet, (row, 3), label, making.look)
    cell = cell_at(sheet, row, INPUT_COLUMNS[row_id.partition(":")[0]][0])
    if not is_figure:
        put(sheet, (row, cell.column), value, making.look, "input")
        return
    cell.value = None if not value else float(value)
    dress(cell, making.look, "input", right=True)
    cell.number_format = "General"
    rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    rule.showErrorMessage = True
    rule.errorTitle = making.voice.translate("Not a number")
    rule.error = making.voice.translate("Type digits, with a point for decimals.")
    sheet.add_data_validation(rule)
    rule.add(cell.coordinate)


def _id(making: Making, sheet: Worksheet, row: int, row_id: str) -> None:
    put(sheet, (row, 1), row_id, making.look, "soft", wrap=False)


def _instructions(voice: Voice) -> tuple[str, ...]:
    translate = voice.translate
    return (
        translate("Fill in the tinted cells; the other cells are locked. Excel, WPS and LibreOffice all do."),
        translate("Where there is a list, choose from it; where there are boxes, choose the tick."),
        translate("Leave empty what you do not know. We ask on site; nothing here is judged."),
        translate("Do not add or move rows, do not type formulas, do not rename the sheets."),
        translate("What you state counts as your own statement; the consultant looks at the evidence on site."),
        translate("No passwords, no personal data of workers, no customer names."),
        translate("Save the file in the same format (.xlsx) and send it back the way you received it."),
    )


def _profile_labels(voice: Voice) -> dict[str, str]:
    translate = voice.translate
    labels = {
        "name": translate("Name"),
        "uscc": translate("Credit code"),
        "address": translate("Address"),
        "founded_on": translate("Founded"),
        "products": translate("Products"),
        "processes": translate("Process"),
        "equipment": translate("Equipment"),
        "software": translate("Software"),
        "employees": translate("Employees"),
        "revenue_10k_cny": f"{translate('Revenue of the last year')} ({translate('10,000 CNY')})",
        "assets_10k_cny": f"{translate('Total assets')} ({translate('10,000 CNY')})",
    }
    order = (*PROFILE_TEXTS[:4], *PROFILE_FIGURES, *PROFILE_TEXTS[4:])
    return {field_id: labels[field_id] for field_id in order}


_LONG = ("products", "processes", "equipment", "software")
