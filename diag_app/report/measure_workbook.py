"""All measures of a case as a workbook: prices, sources and providers to be typed in by others, and own measures."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from diag_app.model.measure_sheet import COLUMNS, ENDS, FIRST_ROW, OWN_COLUMNS, OWN_SHEET, SHEET, TEXTS, own_text
from diag_app.model.own_measure import own_from
from diag_app.model.plan import CaseMeasure
from diag_app.model.proposal.voice import Voice
from diag_app.report.workbook import Look, new_sheet, put, saved

OWN_FIGURES = ("level", "weeks_low", "weeks_high")
OWN_WIDTHS = (20.0, 38.0, 20.0, 14.0, 14.0, 14.0, 30.0, 12.0, 12.0, 38.0)
WIDTHS = (26.0, 38.0, 10.0, 10.0, 10.0, 30.0, 13.0, 16.0, 24.0, 24.0, 9.0, 12.0)


def measure_workbook(measures: tuple[CaseMeasure, ...], voice: Voice, *, author: str, day: str) -> bytes:
    """Return the workbook as .xlsx; figures are numbers in 10,000 CNY, everything else is text."""
    translate = voice.translate
    book = Workbook()
    book.remove(book.worksheets[0])
    look, page = Look(), new_sheet(book, SHEET, WIDTHS, landscape=True)
    title = translate("Measures and prices")
    put(page, (1, 1), translate("{title}; prices in 10k CNY", title=title), look, "title", wrap=False)
    heads = {
        "measure_id": translate("Id"),
        "name": translate("Measure"),
        "low": translate("Low"),
        "likely": translate("Likely"),
        "high": translate("High"),
        "source": translate("Source"),
        "dated": translate("Date of the source"),
        "owner": translate("Who answers for it"),
        "provider": translate("Provider"),
        "product": translate("Product"),
        "weeks": translate("Weeks"),
        "state": "done / pinned / excluded",
    }
    for column, name in enumerate(COLUMNS, start=1):
        put(page, (FIRST_ROW - 1, column), heads[name], look, "head")
    for row, item in enumerate(measures, start=FIRST_ROW):
        for column, name in enumerate(COLUMNS, start=1):
            put(page, (row, column), _value(item, name, voice), look, right=name in (*ENDS, "weeks"))
    _freeze(page)
    _own_sheet(book, look, measures, voice)
    return saved(book, title=title, author=author, day=day)


def _own_sheet(book: Workbook, look: Look, measures: tuple[CaseMeasure, ...], voice: Voice) -> None:
    """Add the sheet in which own measures are said; one that says more than its columns hold is not in it."""
    translate = voice.translate
    page = new_sheet(book, OWN_SHEET, OWN_WIDTHS, landscape=True)
    title = translate("Own measures: one in each row; scenario, question, option and measures by their ids")
    put(page, (1, 1), title, look, "title", wrap=False)
    heads = {
        "measure_id": translate("Id"),
        "name": translate("Name"),
        "scenario": translate("Scenario"),
        "level": translate("Raises the scenario to"),
        "question": translate("Raises the question"),
        "option": translate("to the option"),
        "requires": translate("Done before it"),
        "weeks_low": translate("At least, weeks"),
        "weeks_high": translate("At most, weeks"),
        "evidence": translate("Evidence at acceptance"),
    }
    for column, name in enumerate(OWN_COLUMNS, start=1):
        put(page, (FIRST_ROW - 1, column), heads[name], look, "head")
    said = (own_from(item.measure) for item in measures if item.is_own)
    for row, own in enumerate((own for own in said if own is not None), start=FIRST_ROW):
        for column, name in enumerate(OWN_COLUMNS, start=1):
            put(page, (row, column), own_text(own, name), look, right=name in OWN_FIGURES)
    _freeze(page)


def _freeze(page: Worksheet) -> None:
    page.freeze_panes = f"C{FIRST_ROW}"
    page.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"


def _value(item: CaseMeasure, name: str, voice: Voice) -> str:
    cost = item.offer.cost
    if name in ENDS:
        return "" if cost is None else f"{getattr(cost, name):f}"
    if name in TEXTS:
        return str(getattr(item.offer, name))
    texts = {
        "measure_id": item.measure_id,
        "name": voice.text(item.measure.label),
        "weeks": str(item.weeks),
        "state": item.state or "",
    }
    return texts[name]
