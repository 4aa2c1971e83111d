"""Codes of files, folders and text read from outside."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "DISK_FULL": CodeText(
        "The disk is full; {location} was not written. Nothing was changed.",
        "Free some space or choose another disk, then try again.",
    ),
    "READ_ONLY": CodeText(
        "{location} lies on a read-only disk. Nothing was changed.",
        "Choose a folder that can be written, or remove the write protection.",
    ),
    "NO_ACCESS": CodeText(
        "The system does not allow access to {location}.",
        "Choose another folder, or ask for the right to use this one.",
    ),
    "FILE_TOO_LARGE": CodeText(
        "{location} would be larger than this disk allows.",
        "Choose a disk with another file system (NTFS, exFAT, ext4).",
    ),
    "NOT_FOUND": CodeText("{location} does not exist.", "Check the name and the folder."),
    "MEDIUM_GONE": CodeText(
        "The disk or stick that {location} was to be written to is gone. Nothing was changed here.",
        "Plug it in again and repeat; what is on it from this attempt is of no use.",
    ),
    "NOT_A_FILE": CodeText("{location} is no file but a folder or a device.", "Choose a file, or another name for it."),
    "NOT_A_FOLDER": CodeText(
        "{location} cannot be used as a folder: a file stands in its way.", "Choose another folder or another name."
    ),
    "PATH_TOO_LONG": CodeText("The name {location} is too long for this disk.", "Choose a shorter name or folder."),
    "INPUT_TOO_LARGE": CodeText(
        "{location} is larger than {limit} MB and was not read.", "Check that it is the right file."
    ),
    "HOME_UNKNOWN": CodeText(
        "The system does not say where your files are kept.", "Set the variable HOME to a folder of your own."
    ),
    "FILE_FAILED": CodeText("{location} could not be used: {detail}.", "Check the disk or the stick and try again."),
    "JSON_INVALID": CodeText(
        "{location} is not valid JSON: {detail}.", "Mend the file at the place named, or export it again."
    ),
    "SHAPE_INVALID": CodeText(
        "{location} has a wrong shape: {detail}.", "Compare the file with the documented format."
    ),
}
