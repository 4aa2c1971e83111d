"""Codes of what is looked for in a report before it is issued."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "PROPOSAL_UNKNOWN": CodeText(
        "No issue of {location} is here to compare with.", "Take the number from the list of issues."
    ),
    "PROPOSAL_WARNINGS": CodeText(
        "{count} things would be printed as they are.", "Look at them, mend them, or issue the proposal with them."
    ),
    "REPORT_THIN": CodeText(
        "{unanswered} of {questions} questions are unanswered and {unrated} of {scenarios} scenarios unrated: the "
        "report says that this is too little for a level.",
        "Answer more first, or issue it as what is known so far.",
    ),
    "NEED_TARGET_REACHED": CodeText(
        "{location} aims at level {target}, and the scenario is rated {now} already.",
        "Set a higher target or correct the rating; a need that is met does not belong into a proposal.",
    ),
    "TEXT_UNRESOLVED": CodeText(
        "{location}: a text is not finished: “{text}”.", "Finish it where it is recorded, or take it out."
    ),
    "REFERENCE_DANGLES": CodeText(
        "{location}: a text leads to “{name}”, which this report does not have.",
        "Put that section into the template of the report, or word the text without it.",
    ),
    "NUMBER_TWICE": CodeText(
        "{location}: a chapter before it has the same number.", "Give one of them another number in the template."
    ),
    "PLACE_UNKNOWN": CodeText(
        "{location}: a text names {name}, which this report does not have: “{text}”.",
        "Word it without that number, or make clear which other document is meant.",
    ),
    "SECTION_EMPTY": CodeText(
        "{location}: nothing stands below “{name}”.", "Record what belongs there, or leave the section out."
    ),
    "TABLE_EMPTY": CodeText("{location}: {label} has no rows.", "Record what belongs there."),
    "CAPTION_MISSING": CodeText(
        "{location}: “{label}” has a number or a caption, but not both.", "Complete it in the template of the report."
    ),
    "PHOTO_UNCAPTIONED": CodeText(
        "{location}: the picture {label} has no caption.", "Say in a few words what it shows."
    ),
    "FINDING_FIGURE_UNKNOWN": CodeText(
        "{location}: the heading says {figure}, which stands nowhere else in the report: “{text}”.",
        "Compare it with the tables, and mend the one that is wrong.",
    ),
    "TEXT_UNTRANSLATED": CodeText(
        "{location}: {count} texts are in Chinese only, the first “{text}”.",
        "Add the English words where they are recorded; without them the Chinese is printed.",
    ),
    "OUTPUT_DIFFERS": CodeText(
        "{location}: “{text}” is in the report, but not in its file ({kind}, {language}).",
        "Nothing was issued. Shorten the text and try again; the diagnostics help to mend the program.",
    ),
}
