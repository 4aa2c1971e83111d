"""Codes of evidence: what is brought, edited, watched for and handed out."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "EVIDENCE_GROUP_TOO_LARGE": CodeText(
        "Up to {location} the files are larger than {limit} MB together. None was added.",
        "Add them in smaller groups.",
    ),
    "EVIDENCE_NO_PICTURE": CodeText(
        "{location} is no picture; it cannot be turned, drawn on or blacked out.",
        "Edit it in its own program and add the new file.",
    ),
    "EVIDENCE_NOT_HERE": CodeText(
        "The file of {location} is not here yet; it was not written.",
        "Take in the bundle that brings it, then export again.",
    ),
    "MARK_INVALID": CodeText(
        "The marks on {location} cannot be drawn: they are none, too many, or lie beside the picture.",
        "Draw them again.",
    ),
    "BOX_INVALID": CodeText(
        "The boxes on {location} hide nothing: they are none, too many, or lie beside the picture.",
        "Give left, top, width and height in per cent of the picture.",
    ),
    "FOLDER_NOT_EMPTY": CodeText(
        "{location} has files in it already. Nothing was written.", "Choose an empty folder, or a new one."
    ),
    "WATCH_TOO_MANY": CodeText(
        "{location} holds more than {limit} files and is not watched.",
        "Choose the folder that the camera writes to, such as DCIM.",
    ),
}
