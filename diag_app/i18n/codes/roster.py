"""Codes of rosters of firms, and of tables from outside."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "TABLE_ENCODING": CodeText(
        "{location} is neither an Excel workbook nor text in UTF-8 or GB 18030.", "Save it as .xlsx or .csv."
    ),
    "TABLE_BROKEN": CodeText("{location} cannot be read from row {row} on.", "Save it as .xlsx or .csv once more."),
    "TABLE_TOO_LARGE": CodeText(
        "{location} has more than {rows} rows, or far too many columns.", "Divide it into several files."
    ),
    "ROSTER_EMPTY": CodeText("{location} holds nothing.", "Choose the file that holds the firms."),
    "ROSTER_NO_HEADINGS": CodeText(
        "{location} has no row of headings with the name of the enterprise.",
        "Head the columns, for example: 企业名称, 统一社会信用代码, 从业人员, 营业收入（万元）.",
    ),
    "ROSTER_CHANGED": CodeText(
        "{location} or the firms here have changed since the plan was shown; nothing was taken in.",
        "Choose the file once more and look at what it says now.",
    ),
    "ROSTER_COLUMN_UNKNOWN": CodeText(
        "Column {column} “{value}” is not known and is skipped.", "Change its heading if it is to be taken in."
    ),
    "ROSTER_COLUMN_TWICE": CodeText(
        "Column {column} “{value}” says what an earlier column says and is skipped.", "Keep one of the two."
    ),
    "ROSTER_UNIT_ASSUMED": CodeText(
        "Column {column} “{value}” names no unit; it is read as people or 10,000 CNY.",
        "Name the unit in the heading, such as 万元.",
    ),
    "ROSTER_INDUSTRY_UNKNOWN": CodeText(
        "Row {row}, column {column}: {value} is no manufacturing division of GB/T 4754-2017; the firm is taken in "
        "without it.",
        "Choose the industry in the firm's profile.",
    ),
    "ROSTER_NOT_WHOLE": CodeText(
        "Row {row}, column {column}: {value} is no whole number of people.", "Type a whole number."
    ),
    "ROSTER_SEVERAL_HERE": CodeText(
        "Row {row}: {count} firms here are called {value}.", "Add the credit code, so that it is clear which is meant."
    ),
    "ROSTER_ROW_TWICE": CodeText(
        "Row {row} is the same firm as row {first} and is left out.", "Keep one of the two rows."
    ),
}
