"""Codes of bundles: what is wrong with one, and what stopped one from being written."""

from diag_app.i18n.codes.text import CodeText

_AGAIN = "Ask the sender to export the bundle again. Nothing was taken from this one."
_WARN = "Do not use this bundle; it was not made by this program. Ask the sender for another one."

CODES = {
    # The file as a whole
    "NOT_A_BUNDLE": CodeText("{location} is not a bundle.", "Choose a bundle file that was exported here."),
    "BUNDLE_TORN": CodeText(
        "{location} ends early or its end is damaged.", "Copy the file again, or have it sent again."
    ),
    "BUNDLE_EXTRA_DATA": CodeText("{location} has bytes before, between or after what belongs to the bundle.", _AGAIN),
    "BUNDLE_NOT_CANONICAL": CodeText("{location} is not written the way bundles are; a bit has changed.", _AGAIN),
    "BUNDLE_TOO_LARGE": CodeText(
        "{location} is larger than {limit} MB, the most a bundle may hold.", "Export fewer enterprises at a time."
    ),
    "BUNDLE_TOO_MANY_ENTRIES": CodeText("{location} holds more than {limit} files.", _AGAIN),
    "BUNDLE_NEWER": CodeText(
        "The bundle ({location}) was made by a newer edition; reading it takes format {needed}.",
        "Update the program, then open the bundle again. Nothing was taken from it.",
    ),
    # One file in it
    "ENTRY_ABSOLUTE": CodeText("{location} in the bundle has an absolute path as its name.", _WARN),
    "ENTRY_BACKSLASH": CodeText("{location} in the bundle has a backslash in its name.", _WARN),
    "ENTRY_CASE_CLASH": CodeText("{location} in the bundle differs from another name only in capitals.", _WARN),
    "ENTRY_CHANGED": CodeText("{location} in the bundle is not what was sealed: its digest differs.", _AGAIN),
    "ENTRY_COMPRESSED": CodeText("{location} in the bundle is compressed; bundles store files as they are.", _WARN),
    "ENTRY_CONTROL": CodeText("{location} in the bundle has signs in its name that do not show.", _WARN),
    "ENTRY_DRIVE": CodeText("{location} in the bundle names a drive.", _WARN),
    "ENTRY_DUPLICATE": CodeText("{location} stands twice in the bundle.", _WARN),
    "ENTRY_ENCRYPTED": CodeText("{location} in the bundle is marked as encrypted by a ZIP password.", _WARN),
    "ENTRY_FETCH": CodeText("{location} in the bundle asks for files to be fetched from elsewhere.", _WARN),
    "ENTRY_FOREIGN": CodeText("{location} does not belong in a bundle.", _WARN),
    "ENTRY_LINK": CodeText("{location} in the bundle is a link or a folder, not a file.", _WARN),
    "ENTRY_MISSING": CodeText("{location} is listed but is not in the bundle.", _AGAIN),
    "ENTRY_NUL": CodeText("{location} in the bundle has a name cut by a null sign.", _WARN),
    "ENTRY_OVERLAP": CodeText("{location} in the bundle lies over another file.", _WARN),
    "ENTRY_PARENT": CodeText("{location} in the bundle leads out of its folder.", _WARN),
    "ENTRY_RESERVED": CodeText("{location} in the bundle has a name that Windows reserves.", _WARN),
    "ENTRY_STREAM": CodeText("{location} in the bundle names a hidden stream.", _WARN),
    "ENTRY_TOO_LARGE": CodeText("{location} in the bundle is larger than {limit} kB.", _AGAIN),
    "ENTRY_UNLISTED": CodeText("{location} is in the bundle but no manifest lists it.", _WARN),
    "TAG_INVALID": CodeText("{location} in the bundle is not as the format asks.", _AGAIN),
    # The signature and what it states
    "SIGNATURE_MISSING": CodeText("The bundle carries no signature ({location}).", _AGAIN),
    "SIGNATURE_INVALID": CodeText("The signature of the bundle ({location}) does not fit what it signs.", _AGAIN),
    "SIGNER_UNKNOWN": CodeText(
        "{name} signed the bundle with a key that is not known here ({keyid}).",
        "Compare the key with the sender before you rely on who sent it.",
    ),
    "STATEMENT_INVALID": CodeText("The statement of the bundle ({location}) is not as the format asks.", _AGAIN),
    "STATEMENT_DISAGREES": CodeText(
        "The statement of the bundle ({location}) says something else about {field} than the content.", _AGAIN
    ),
    # Ops
    "OPS_ALTERED": CodeText("The entry {location} has been altered: its id does not fit.", _AGAIN),
    "OPS_INVALID": CodeText("The entry {location} is not as the format asks.", _AGAIN),
    "OPS_LINE_TOO_LONG": CodeText("The entry {location} is too long.", _AGAIN),
    "OPS_MISPLACED": CodeText("The entry {location} is not where its number belongs.", _AGAIN),
    "OPS_NEWER": CodeText(
        "The entry {location} was written by a newer edition.",
        "Update the program, then open the bundle again. Nothing was taken from it.",
    ),
    "OPS_TOO_DEEP": CodeText("The entry {location} is nested too deep.", _AGAIN),
    "OPS_TOO_MANY": CodeText("The bundle has more than {limit} entries ({location}).", _AGAIN),
    "OPS_VALUE_ALTERED": CodeText("The value of the entry {location} has been altered.", _AGAIN),
    # Writing
    "BUNDLE_EMPTY": CodeText("There is nothing to export yet.", "Add an enterprise or an answer first."),
    "BUNDLE_UNVERIFIED": CodeText(
        "{location} was not written: what came back from the disk differs ({found}).",
        "Try another disk or stick. Nothing was changed.",
    ),
    "SOURCE_CHANGED": CodeText(
        "The file {location} no longer is what was recorded; the bundle was not written.",
        "Run the check of the workspace; it names what is damaged.",
    ),
    "SPACE_SHORT": CodeText(
        "{location} was not written. The disk has {free} MB left, {needed} MB are needed. Nothing was changed.",
        "Free some space or choose another disk, then try again.",
    ),
}
