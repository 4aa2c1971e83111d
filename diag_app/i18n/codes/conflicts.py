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
        "The value of {location} was left out of this copy or erased, or cannot be read, so it cannot be taken.",
        "Have the whole bundle sent, or take another value.",
    ),
    "SAME_AS_ITSELF": CodeText("{location} cannot be the same as itself.", "Name two different enterprises."),
    "STATE_DIFFERS": CodeText(
        "Of {location} both laptops have records with the same numbers, yet not the same state. Nothing was lost here.",
        "Export the whole case on both laptops and take it in on both; then look at `diag check`.",
    ),
    "NEEDS_NEWER": CodeText(
        "The case holds records of a newer version of this program (format {format}). They are kept and passed on.",
        "Install the newer version before you issue from this case.",
    ),
    "UPGRADE_SAME": CodeText("The assessment has {location} already.", "There is nothing to move."),
    "UPGRADE_NO_WAY": CodeText(
        "No pack here says how answers to {earlier} are read in {location}.",
        "Install the pack with its `upgrade.toml`, or start another assessment.",
    ),
    "ANSWER_EARLIER": CodeText(
        "{location} was answered in an earlier version of the method and has no place in this one. It is kept.",
        "Answer anew where the method asks for it now.",
    ),
    "CONFLICT_NOT_TEXT": CodeText(
        "{location} is no text that can be joined from two.", "Take one of the values, or enter another at its place."
    ),
}
