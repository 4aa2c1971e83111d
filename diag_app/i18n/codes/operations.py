"""Codes of what a person does: facts, evidence, needs, packs, proposals, and the command line itself."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "NAME_MISSING": CodeText("The enterprise has no name.", "Type the name as it stands on the business licence."),
    "NUMBER_NEGATIVE": CodeText("{location} is {value}, below zero.", "Type a figure of zero or more."),
    "FIGURE_BEYOND": CodeText(
        "{location} is {value}; no enterprise has such a figure.", "Check the unit and the number of digits."
    ),
    "SECTOR_UNKNOWN": CodeText(
        "The size standard has no sector {value}.", "Use one of its sectors, such as industry or software."
    ),
    "DATE_INVALID": CodeText("{value} is not a day.", "Type the day as year-month-day, such as 2026-03-12."),
    "USCC_ALREADY_HERE": CodeText(
        "{name} is already here with this credit code.", "Open that enterprise, or check the code on the licence."
    ),
    "PACK_UNKNOWN": CodeText("There is no pack {location}.", "Install the pack, or choose one that is listed."),
    "PACK_CHANGED": CodeText(
        "The pack {location} is not the one this assessment was started with.",
        "Install the original pack again; a published version is never edited.",
    ),
    "PACK_VERSION_TAKEN": CodeText(
        "{location} is already installed with other contents.", "Give the changed pack a new version number."
    ),
    "PACK_FILE_INVALID": CodeText(
        "{location} is not a ZIP file of TOML files only.", "Choose the pack's folder, or a ZIP of its TOML files."
    ),
    "TEXT_TOO_LONG": CodeText(
        "The text at {location} has {length} characters; {limit} are allowed.",
        "Shorten it, or add the full text as an evidence file.",
    ),
    "TARGET_UNKNOWN": CodeText(
        "{location} is neither a question nor a scenario of this assessment.", "Use an id such as B3 or quality."
    ),
    "FILE_EMPTY": CodeText("{location} is empty.", "Copy the file again from the camera or the phone."),
    "EVIDENCE_TOO_LARGE": CodeText(
        "{location} is larger than {limit} MB.", "Shorten the recording or reduce the file."
    ),
    "NEED_FORM_UNKNOWN": CodeText("The pack has no need form {location}.", "Choose a form that the pack lists."),
    "METRIC_UNKNOWN": CodeText("The pack has no metric {location}.", "Choose a metric that the pack lists."),
    "PROPOSAL_BLOCKED": CodeText(
        "The proposal was not issued: {count} problems block it.", "Open the problems listed and mend them."
    ),
    "FACTS_CHANGED": CodeText(
        "Another window changed the facts while {location} was being made. Nothing was issued.",
        "Look at what changed, then issue again.",
    ),
    "OUTPUT_FOLDER_MISSING": CodeText(
        "There is no folder {location}. Nothing was written.", "Put the stick in, or make the folder first."
    ),
    "OUTPUT_IN_WORKSPACE": CodeText(
        "{location} lies in the workspace itself. Nothing was written.", "Choose a folder outside the workspace."
    ),
    "OUTPUT_TAKEN": CodeText(
        "{location} is another file and no bundle; it was not replaced.", "Choose another name for the bundle."
    ),
    "PROPOSAL_SUPERSEDED": CodeText(
        "Facts have changed since {number} was issued.", "Issue again when the newer facts are to count."
    ),
    "PROPOSAL_NOT_ISSUED": CodeText(
        "{location} is not, byte for byte, a file issued from this workspace.",
        "Compare it with the issued files listed under the proposal.",
    ),
    "FOLDER_IN_USE": CodeText("There is a workspace in {location} already.", "Choose an empty folder."),
    "FORMAT_UNKNOWN": CodeText("This edition cannot write {format}.", "Use pdf, or pdf,docx,xlsx."),
    "LANGUAGE_UNKNOWN": CodeText("{value} is not a report language.", "Use zh, en, or zh,en."),
    "AMOUNT_INVALID": CodeText("{value} is not a number.", "Type digits with at most one decimal point."),
    "NO_DISPLAY": CodeText(
        "There is no screen here to show the window on.",
        "Start it on a desktop, or use a command: diag --help lists them.",
    ),
    "INTERRUPTED": CodeText("Stopped by the keyboard.", "What was saved before is saved; give the command again."),
    "OUTPUT_FAILED": CodeText(
        "The answer could not be printed: {detail}.", "Check where the output goes. What the command saved is saved."
    ),
    "USAGE": CodeText("{detail}", "See the command with --help."),
    "INTERNAL": CodeText(
        "The program met a fault of its own. Nothing was lost and nothing was sent.",
        "The details are in {location}; pass them on to whoever maintains the program.",
    ),
}
