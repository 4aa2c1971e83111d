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
    "WORKBOOK_KIND": CodeText(
        "{location} is no Excel workbook (.xlsx).", "Choose the file that the firm sent back, saved as .xlsx."
    ),
    "WORKBOOK_LOCKED": CodeText(
        "{location} has a password, or is of the old kind .xls.", "Ask for it without a password, saved as .xlsx."
    ),
    "WORKBOOK_MACROS": CodeText(
        "{location} holds macros; nothing was read.", "Ask for the file saved as .xlsx without macros."
    ),
    "WORKBOOK_LINKS": CodeText(
        "{location} draws on other files; nothing was read.", "Ask for the file with plain values instead of links."
    ),
    "WORKBOOK_TOO_LARGE": CodeText(
        "{location} is far larger than the form.", "Ask for the form itself, without added sheets or pictures."
    ),
    "WORKBOOK_BROKEN": CodeText("{location} is damaged.", "Open and save it once more in Excel or WPS."),
    "WORKBOOK_NOT_OURS": CodeText(
        "{location} is no pre-visit workbook of this program.", "Choose the file that was made for this firm."
    ),
    "WORKBOOK_NEWER": CodeText(
        "{location} has form {format}, which this version does not know.", "Update the program, then take it in."
    ),
    "WORKBOOK_OTHER_CASE": CodeText(
        "{location} was made for another firm or another diagnosis.", "Open the case that it was made for."
    ),
    "WORKBOOK_OTHER_PACK": CodeText(
        "{location} asks the questions of {pack}, not of this diagnosis.", "Make a new workbook from this diagnosis."
    ),
    "WORKBOOK_CELLS": CodeText(
        "{count} cells cannot be read, the first at {location}. Nothing was taken in.",
        "Mend the cells named, or take in the rest without them.",
    ),
    "PLAN_KEY_UNKNOWN": CodeText(
        "{location} does not differ from what is recorded.", "Name one of the differences that the plan lists."
    ),
    "CELL_FORMULA": CodeText(
        "Sheet {sheet}, row {row}, column {column} holds a formula.", "Type the value instead of the formula."
    ),
    "CELL_ERROR": CodeText(
        "Sheet {sheet}, row {row}, column {column} holds the error {value}.", "Type the value that is meant."
    ),
    "CELL_MERGED": CodeText(
        "Sheet {sheet}, row {row}, column {column} is merged with other cells.", "Undo the merge and fill in each cell."
    ),
    "CELL_ROW_UNKNOWN": CodeText(
        "Sheet {sheet}, row {row} belongs to nothing in this diagnosis.", "Leave the hidden first column as it was."
    ),
    "CELL_TWICE": CodeText(
        "Sheet {sheet}, row {row}, column {column} answers again what stands at {value}.", "Keep one of the two."
    ),
    "CELL_NOT_A_NUMBER": CodeText(
        "Sheet {sheet}, row {row}, column {column}: {value} is no figure of zero or more.",
        "Type digits with at most one decimal point, in the unit of the row.",
    ),
    "CELL_FIGURE_IMPOSSIBLE": CodeText(
        "Sheet {sheet}, row {row}, column {column}: {value} cannot be right by itself or beside another figure.",
        "Check the figures of this sheet against each other.",
    ),
    "CELL_NO_OPTION": CodeText(
        "Sheet {sheet}, row {row}, column {column}: {value} is none of the options.",
        "Choose from the list of the cell.",
    ),
    "CELL_NO_TICK": CodeText(
        "Sheet {sheet}, row {row}, column {column}: {value} is no tick.", "Choose the tick, or clear the cell."
    ),
    "CELL_NONE_WITH_OTHERS": CodeText(
        "Sheet {sheet}, row {row}, column {column}: {value} cannot hold together.",
        "Tick either none of these, or those that hold.",
    ),
    "CELL_NO_LEVEL": CodeText(
        "Sheet {sheet}, row {row}, column {column}: {value} is no level.", "Choose 0 to 4, or not applicable."
    ),
    "CELL_REASON_MISSING": CodeText(
        "Sheet {sheet}, row {row}: not applicable, but no reason is given.", "Say why in the last column."
    ),
    "CELL_REASON_ALONE": CodeText(
        "Sheet {sheet}, row {row}, column {column}: a reason without a level.", "Choose not applicable, or clear it."
    ),
    "CELL_CONTACT_NAMELESS": CodeText(
        "Sheet {sheet}, row {row}: a contact without a name.", "Type the name, or clear the row."
    ),
    "CELL_NO_STATE": CodeText(
        "Sheet {sheet}, row {row}: it is not said whether the paper is ready.", "Choose from the list of the row."
    ),
    "CELL_PROFILE_INVALID": CodeText(
        "Sheet {sheet}, row {row}, column {column}: {value} cannot be right.",
        "Check it against the business licence and the books.",
    ),
    "TIME_INVALID": CodeText("{value} is not a time of day.", "Type hours and minutes, such as 09:30."),
    "TIMES_TURNED": CodeText("The visit ends at {end}, before it begins at {start}.", "Check the two times."),
    "PERSON_NAMELESS": CodeText("A person without a name cannot be recorded.", "Type the name."),
    "SIDE_UNKNOWN": CodeText("{location} is neither firm nor consultant.", "Use firm or consultant."),
    "SURVEY_TEXT_UNKNOWN": CodeText("{location} is no text of the survey record.", "Use agenda or summary."),
    "NOT_A_PICTURE": CodeText(
        "{location} is no picture among the evidence of this diagnosis.", "Choose a photo, or add one."
    ),
}
