"""Codes of merging: what cannot be decided, or not so."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "CONFLICT_GONE": CodeText(
        "There is nothing to decide about {location} any more.",
        "Somebody decided it, or undid what stood against it. Look at the list again.",
    ),
    "CONFLICT_SIDE_UNKNOWN": CodeText(
        "{location} is none of the values that stand here.", "Choose one of those listed."
    ),
    "SIDE_NOT_HERE": CodeText(
        "The value of {location} was left out of this copy or erased, so it cannot be taken.",
        "Have the whole bundle sent, or take another value.",
    ),
    "CONFLICT_NOT_TEXT": CodeText(
        "{location} is no text that can be joined from two.", "Take one of the values, or enter another at its place."
    ),
}
