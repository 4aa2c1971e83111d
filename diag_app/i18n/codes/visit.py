"""Codes of the visit: the fill-in sheet, the survey record, the interview guide, the pre-visit workbook."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "FILL_FIELD_UNKNOWN": CodeText(
        "The fill-in sheet has no field {location}.", "Use a field that `diag fill-in show` lists."
    ),
    "FILL_FIELD_EMPTY": CodeText(
        "{location} has no answer that could have been entered.", "Answer the question first, then tick the field."
    ),
    "SHEET_FORMAT_UNKNOWN": CodeText(
        "{location} is neither a PDF nor an Excel file.", "Choose a name that ends in .pdf or .xlsx."
    ),
}
