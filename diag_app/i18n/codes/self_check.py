"""Codes of the self-check: is this installation whole, and does it work on this machine."""

from diag_app.i18n.codes.text import CodeText

_INSTALL_AGAIN = "Install the app again; the data are not touched by that."

CODES = {
    "INSTALLED_FILE_CHANGED": CodeText("The installed file {location} is missing or was changed.", _INSTALL_AGAIN),
    "LIBRARY_MISSING": CodeText("The library {location} does not load.", _INSTALL_AGAIN),
    "FONT_MISSING": CodeText("The font {location} is missing.", _INSTALL_AGAIN),
    "SCORE_WRONG": CodeText("The demonstration was scored {location}, which is wrong.", _INSTALL_AGAIN),
    "DISK_NEARLY_FULL": CodeText(
        "Only {free} MB are free on the disk of the data.", "Make room, or keep the workspace on another disk."
    ),
    "DISK_SLOW": CodeText(
        "One save takes {milliseconds} ms on this disk.",
        "Keep the workspace on the machine's own disk; use the stick for copies.",
    ),
    "CLOCK_BEHIND": CodeText(
        "The clock of this machine says {location}, which is before this app was made.", "Set the clock."
    ),
    "NO_PRINTER": CodeText("The system names no printer.", "Set one up to print; PDF files are written without one."),
}
