"""The fill-in sheet as a workbook: a sheet for each module, one row for each field."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from diag_app.forms.definition import Pack
from diag_app.model.fill_in import FillField, FillItem, FillModule, FillSheet
from diag_app.model.fill_in_document import (
    SheetHead,
    entered_words,
    field_label,
    field_texts,
    field_unit,
    item_title,
    module_title,
)
from diag_app.model.proposal.voice import Voice
from diag_app.report.workbook import Look, Tone, fit_row, new_sheet, put, saved

WIDTHS = (14.0, 26.0, 34.0, 16.0, 10.0, 54.0, 24.0)
VALUE_COLUMN = 4
FIRST_ROW = 4
_SHEET_NAME = 31  # characters a sheet's name may have
_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")


def fill_in_workbook(sheet: FillSheet, pack: Pack, head: SheetHead, voice: Voice) -> bytes:
    """Return the sheet as .xlsx; every value is a text, exactly as it is to be typed."""
    book = Workbook()
    book.remove(book.worksheets[0])
    look = Look()
    for module in sheet.modules:
        name = module_title(module, pack, voice).translate(_NOT_IN_NAMES)[:_SHEET_NAME]
        page = new_sheet(book, name or module.dimension_id, WIDTHS, landscape=True)
        _head(page, module, pack, head, voice, look)
        row = FIRST_ROW
        for item in module.items:
            for field in item.fields:
                _row(page, row, item, field, pack, voice, look)
                row += 1
        page.freeze_panes = f"A{FIRST_ROW}"
        page.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"
    title = f"{head.firm} {voice.translate('Fill-in sheet for the official system')}"
    return saved(book, title=title, author=head.issuer, day=head.printed_on)


def _head(page: Worksheet, module: FillModule, pack: Pack, head: SheetHead, voice: Voice, look: Look) -> None:
    translate = voice.translate
    put(page, (1, 1), module_title(module, pack, voice), look, "title", wrap=False)
    page.row_dimensions[1].height = 28
    line = f"{head.firm} · {pack.reference} · {head.printed_on}"
    if head.is_demonstration:
        line += f" · {translate('DEMO: not a real firm')}"
    put(page, (2, 1), line, look, "soft", wrap=False)
    heads = (
        translate("Id"),
        translate("Question or scenario"),
        translate("Field"),
        translate("Enter"),
        translate("Unit"),
        translate("In words"),
        translate("Entered"),
    )
    for column, text in enumerate(heads, start=1):
        put(page, (FIRST_ROW - 1, column), text, look, "head")
    page.row_dimensions[FIRST_ROW - 1].height = 20


def _row(page: Worksheet, row: int, item: FillItem, field: FillField, pack: Pack, voice: Voice, look: Look) -> None:
    words = list(field_texts(field, pack, voice))
    if field.is_derived:
        words.append(voice.translate("from the figures above"))
    texts = (
        field.field_id,
        item_title(item, pack, voice),
        field_label(field, pack, voice),
        field.value,
        field_unit(field, pack, voice),
        "\n".join(words),
        entered_words(field, voice),
    )
    for column, text in enumerate(texts, start=1):
        tone: Tone = "soft" if column in (1, 6) else "bold" if column == VALUE_COLUMN else "body"
        put(page, (row, column), text, look, "signal" if column == len(texts) and field.has_lapsed else tone)
    fit_row(page, row, zip(texts, WIDTHS, strict=True))
