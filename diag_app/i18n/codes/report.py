"""Codes of the laid-out report."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "MISSING_GLYPH": CodeText(
        "{location}: the report font has no shape for the character {character}; □ and its number stand in its place.",
        "Write it another way where it must be read on paper; the stored text is unchanged.",
    ),
    "LABEL_CUT": CodeText(
        "{location}: the label “{text}” is too long for its drawing and ends in “…”.",
        "Shorten it; the full text stands in the tables of the report.",
    ),
    "PICTURE_UNREADABLE": CodeText(
        "{location}: the picture {label} could not be read; its place in the report is empty.",
        "Import the bundle that holds it, restore the evidence file (diag repair), or take the picture again.",
    ),
}
