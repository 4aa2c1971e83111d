"""Codes of bundles in parts, and of encrypted ones."""

from diag_app.i18n.codes.text import CodeText

_OTHER_KEY = "Name the file with the secret key, or ask the sender to encrypt it to your public key."

CODES = {
    "AGE_DAMAGED": CodeText(
        "{location} is damaged: the encryption tells that a byte has changed or its end is missing.",
        "Copy the file again, or have it sent again. Nothing was taken from it.",
    ),
    "AGE_NOT_FOR_US": CodeText("{location} was encrypted to others; no key that is here opens it.", _OTHER_KEY),
    "BUNDLE_ENCRYPTED": CodeText("{location} is encrypted, and no key is here to open it.", _OTHER_KEY),
    "FACTS_LEFT_OUT": CodeText(
        "The bundle has no tables of assessments by {location}, which is not installed or cannot be read here; "
        "their answers are in it.",
        "Install the method and export again where the receiver reads the tables.",
    ),
    "FILES_ABSENT": CodeText(
        "{count} files of the case are not on this computer, {location} among them.",
        "Import the other parts of the bundle they came in, or write without them (--without-absent): a receipt "
        "names them, and they go along once they are here.",
    ),
    "FILES_WAITING": CodeText(
        "{here} of {all} files of {firm} are here.",
        "Import the other parts of the bundle; nothing is lost in between.",
    ),
    "NOTHING_NEW": CodeText(
        "Nothing is new since the last receipt.", "Export everything (--full) if you want the whole of it once more."
    ),
    "PART_DISAGREES": CodeText(
        "The parts of {location} are not those that were sealed together.", "Ask the sender to export the bundle again."
    ),
    "CASE_BASE_MISSING": CodeText(
        "Of the case ({location}) only later changes have come; what they change is not here, so none is shown.",
        "Ask the sender for a bundle with everything (--full); what came is kept until then.",
    ),
    "PART_FIRST_MISSING": CodeText(
        "The answers of the case ({location}) are not here; they are in part 1 of the bundle.",
        "Import part 1; the files that came are kept until then.",
    ),
    "PART_FOREIGN": CodeText(
        "{location} and other files belong to different bundles.", "See that every part of each bundle is there."
    ),
    "PART_MISSING": CodeText(
        "Of {of} parts these were not among the files ({location}): {parts}.",
        "Import them as well, unless you did before.",
    ),
    "PORTAL_HELD_BACK": CodeText(
        "Item {location} of the firm file is held back: it speaks of a password.",
        "Take the password out, or leave the item to be typed on the platform.",
    ),
    "PORTAL_ITEM_OPEN": CodeText(
        "Item {location} of the firm file is open.", "Type it, or mark a file as final for it."
    ),
    "PORTAL_ITEM_UNKNOWN": CodeText(
        "The firm file has no item {location} of this kind.", "See the list of items (diag portal show)."
    ),
    "PORTAL_NEVER_SENT": CodeText(
        "Item {location} holds addresses and passwords and is never handed on.", "Leave it to the firm itself."
    ),
    "PORTAL_SECRET": CodeText(
        "The words for item {location} speak of a password; they were not stored.", "Leave passwords out."
    ),
    "PART_REFUSED": CodeText(
        "{location} was not taken in ({found}); the other parts were.", "Copy this part again, or have it sent again."
    ),
    "PART_TWICE": CodeText("Part {part} of {of} came twice ({location}).", "Nothing to do: it was taken in once."),
}
