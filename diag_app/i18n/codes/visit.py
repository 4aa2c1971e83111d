"""Codes of the visit: the fill-in sheet, the survey record, the interview guide, the pre-visit workbook."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "GUIDE_OVERLAP": CodeText(
        "{location}: track {track} is still with {other} then.",
        "Begin later, shorten one of the two, or change the track.",
    ),
    "GUIDE_BEYOND_END": CodeText(
        "{location} ends at minute {end}; the visit has {total}.", "Shorten the entry, or lengthen the visit."
    ),
    "GUIDE_ITEM_UNKNOWN": CodeText("The interview guide has no {location}.", "Use an id that the guide lists."),
    "GUIDE_MISSING": CodeText(
        "No practice pack has an interview guide for this method.", "Install a practice pack that has one."
    ),
    "PAPER_STATE_UNKNOWN": CodeText("{value} is not a state of a paper.", "Use one of {known}."),
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
