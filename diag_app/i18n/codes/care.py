"""Codes of looking after a workspace: one window, own identity, copies, drill, damage and repair."""

from diag_app.i18n.codes.text import CodeText

_REPAIR = "Repair it from a backup or a bundle that holds it."

CODES = {
    "WORKSPACE_OPEN_ELSEWHERE": CodeText(
        "{location} is open in another window: {who}, since {since}.",
        "Close that window to write here. Until then everything can be read.",
    ),
    "REPLICA_NEW": CodeText(
        "{location} is a copy, or was restored. It now writes under an identity of its own; nothing was changed.",
        "Nothing needs to be done. What was recorded before can no longer be undone step by step.",
    ),
    "NO_BACKUP": CodeText(
        "There is no copy of {location} yet.", "Take a snapshot, or choose a folder for the second copy."
    ),
    "BACKUP_HAS_MORE": CodeText(
        "The copy holds records of {location} that the workspace has lost ({count} in the copy).",
        "Run the check, and repair from this copy.",
    ),
    "SECOND_COPY_NONE": CodeText(
        "There is no second copy on another disk.",
        "Choose a folder on a stick or another disk, on the page about safety.",
    ),
    "SECOND_COPY_MISSING": CodeText(
        "The folder of the second copy, {location}, is not there.", "Plug the disk in. Work goes on without it."
    ),
    "SECOND_COPY_OLD": CodeText(
        "The second copy in {location} has not been brought up to date for a week.", "Bring it up to date."
    ),
    "DRILL_DUE": CodeText(
        "Whether a copy brings {location} back has not been tried for a month.", "Run the drill; it changes nothing."
    ),
    "DRILL_FAILED": CodeText(
        "The last drill found {location} damaged.", "Make a new copy, run the drill again, and keep the workspace."
    ),
    "ANSWER_DAMAGED": CodeText(
        "The record of {item} of {firm} is no longer as it was written; what is shown there may be wrong.",
        _REPAIR,
    ),
    "EVIDENCE_RECORD_DAMAGED": CodeText(
        "The entry of the evidence file {item} of {firm} is no longer as it was written.",
        _REPAIR,
    ),
    "NEED_DAMAGED": CodeText(
        "The need {item} of {firm} is no longer as it was written.",
        _REPAIR,
    ),
    "REPORT_RECORD_DAMAGED": CodeText(
        "The record of the issued proposal {item} of {firm} is no longer as it was written.",
        _REPAIR,
    ),
    "FIRM_RECORD_DAMAGED": CodeText(
        "A record of {firm} ({item}) is no longer as it was written.",
        _REPAIR,
    ),
    "EVIDENCE_DAMAGED": CodeText(
        "The evidence file {item} of {firm}, for {targets}, is no longer as it was stored.",
        _REPAIR,
    ),
    "EVIDENCE_MISSING": CodeText(
        "The evidence file {item} of {firm}, for {targets}, is not in this workspace.",
        _REPAIR,
    ),
    "REPORT_DAMAGED": CodeText(
        "The issued file {item} of {firm} is no longer as it was issued.",
        _REPAIR,
    ),
    "REPORT_MISSING": CodeText(
        "The issued file {item} of {firm} is not in this workspace.",
        _REPAIR,
    ),
}
