"""Codes of the audit trail and of erasing."""

from diag_app.i18n.codes.text import CodeText

_TELL = "Keep a copy of the workspace folder and tell the person who is responsible for its data."

CODES = {
    "AUDIT_DAMAGED": CodeText("The row {location} of the audit trail is no longer as it was written.", _TELL),
    "AUDIT_BROKEN": CodeText("The row {location} of the audit trail does not follow the one before it.", _TELL),
    "AUDIT_CUT": CodeText(
        "When {location} was sealed the audit trail had {seq} rows; some of them are missing now.", _TELL
    ),
    "AUDIT_REWRITTEN": CodeText(
        "The row {seq} of the audit trail is not the one that stood there when {location} was sealed.", _TELL
    ),
    "AUDIT_OTHER": CodeText(
        "{location} was sealed in another workspace; it says nothing about the audit trail of this one.",
        "Compare the trail with a bundle of this workspace.",
    ),
    "AUDIT_UNSEEN": CodeText(
        "{location} carries no end of an audit trail; it was written by an older version of this program.",
        "Compare the trail with a newer bundle.",
    ),
    "NOT_ERASABLE": CodeText(
        "{location} cannot be erased: other facts are read by it.",
        "Erase the fields that hold what must go, or remove the item.",
    ),
    "NOTHING_TO_ERASE": CodeText(
        "{location} holds nothing that could be erased.", "Check the id and the name of the field."
    ),
    "REASON_MISSING": CodeText("Erasing needs a reason; it stays on record.", "Say who asked for it, and why."),
    "REASON_TELLS": CodeText(
        "The reason repeats what is to be erased from {location}. Nothing was changed.",
        "Give the reason without the words that must go.",
    ),
    "ERASED_BY_IMPORT": CodeText(
        "{actor} erased {location}; what was here of it is gone too. Backups made before still hold it.",
        "Look at it, then make a new backup and delete the older ones.",
    ),
    "ERASURE_UNFINISHED": CodeText(
        "Erased values may still lie in free parts of {location}, or in backups.",
        "Close all windows of the workspace and open it again; see that the disk has room.",
    ),
    "ISSUED_HOLDS_ERASED": CodeText(
        "The issued proposal {number} still shows what was erased.",
        "To erase its files here too, repeat with --with-issued. Copies that were handed over stay with their owners.",
    ),
    "EVIDENCE_SHARED": CodeText(
        "The file {location} stays: other evidence is the same file.", "Erase the other evidence too where it must go."
    ),
    "BACKUP_ERASED": CodeText(
        "The backup {location} held what was erased and was removed.",
        "Where it was the only one, make a new backup. Copies on other disks are yours to delete.",
    ),
    "COPY_HOLDS_ERASED": CodeText(
        "The second copy in {location} still holds what was erased.",
        "Plug its disk in and bring the second copy up to date; that clears it. Delete the copy of a moved workspace.",
    ),
    "EXPORT_HOLDS_ERASED": CodeText(
        "The bundle {location}, written {when}, holds what was erased.",
        "Delete the file where it still lies, and tell its receiver.",
    ),
}
