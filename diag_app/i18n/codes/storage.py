"""Codes of the store: opening, saving, evidence, undo, import, backup, check."""

from diag_app.i18n.codes.text import CodeText

_RESTORE = "Keep the folder as it is, make a copy of it, and restore the newest backup into a new folder."

CODES = {
    "STORE_MISSING": CodeText(
        "There is no workspace in {location}.", "Check the folder, or create a workspace there first."
    ),
    "STORE_EXISTS": CodeText("{location} already holds a workspace.", "Choose an empty folder."),
    "STORE_NEWER": CodeText(
        "{location} was written by a newer version of this program (format {found}; this version knows {known}).",
        "Install the newer version. Nothing was changed.",
    ),
    "STORE_UNREADABLE": CodeText(
        "{location} is not a workspace of this program, or the passphrase does not fit.",
        "Check the folder and the passphrase. Nothing was changed.",
    ),
    "STORE_UNSAFE": CodeText(
        "The disk of {location} cannot keep a workspace safe against power cuts ({detail}).",
        "Move the workspace to a disk of this machine, not to a network drive.",
    ),
    "STORE_BUSY": CodeText(
        "Another window or program is writing to {location}. Nothing was changed.",
        "Wait until it has finished, then try again.",
    ),
    "STORE_DAMAGED": CodeText("{location} is damaged: {detail}.", _RESTORE),
    "STORE_FAILED": CodeText(
        "The system could not read or write {location}: {detail}. Nothing was changed.",
        "Check the disk, then try again.",
    ),
    "ENTITY_UNKNOWN": CodeText("There is nothing with the id {location}.", "Check the id in the list it comes from."),
    "ENTITY_DELETED": CodeText("{location} was deleted and cannot be changed.", "Undo the deletion first."),
    "TEXT_INVALID": CodeText(
        "The text for {location} holds half of a character and cannot be stored.",
        "Enter the text again, or paste it from another program.",
    ),
    "NOTHING_TO_UNDO": CodeText("There is nothing to undo.", "Issued proposals and imports cannot be undone."),
    "NOTHING_TO_REDO": CodeText("There is nothing to redo.", "Redo works until something new is recorded."),
    "BLOB_MISSING": CodeText(
        "The evidence file {location} is not in this workspace.",
        "Import the bundle that holds it, or add the file again.",
    ),
    "BLOB_DAMAGED": CodeText(
        "The evidence file {location} is no longer as it was stored.", "Restore it from a backup or a bundle."
    ),
    "BACKUP_DAMAGED": CodeText("The backup {location} is damaged: {detail}.", "Use another backup."),
    "OP_INVALID": CodeText(
        "A record from {location} has a wrong shape ({detail}) and was not taken in.",
        "Ask the sender to export the bundle again.",
    ),
    "OP_VALUE_ALTERED": CodeText(
        "The value of the record {location} is not the one that was recorded; it was left out.",
        "Ask the sender to export the bundle again.",
    ),
    "OP_FORK": CodeText(
        "Two machines wrote under the same identity {location}: the number {seq} stands twice. Both were kept.",
        "Tell the sender that the workspace was copied; a copy must be restored from a backup.",
    ),
    "OP_GAP": CodeText(
        "Records of {location} between the numbers {last} and {seq} have not arrived.",
        "Import the earlier bundle of this sender.",
    ),
    "OP_CHAIN_BROKEN": CodeText(
        "The record {seq} of {location} does not follow the one before it. It was kept.",
        "Ask the sender to check the workspace.",
    ),
    "OP_NEWER": CodeText(
        "The record {location} comes from a newer version of this program ({kind}, format {version}). It was kept.",
        "Install the newer version to see it.",
    ),
    "OP_MISSHAPEN": CodeText(
        "What {actor} wrote into “{register}” of {entity} (case {case}, record {location}) is nothing that can stand "
        "there. It was kept, but nothing is read from it.",
        "Ask the sender what was meant, and enter it here.",
    ),
    "OP_CLOCK": CodeText(
        "The clock of {actor} is more than a day ahead (record {location}). The record was kept.",
        "Ask the sender to set the clock.",
    ),
    "OP_DAMAGED": CodeText("The record {location} is no longer as it was written.", _RESTORE),
    "PROJECTION_DIFFERS": CodeText(
        "What is shown of {location} is not what was recorded.", "Let the tables be computed anew from the records."
    ),
}
