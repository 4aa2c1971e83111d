"""Codes of practice packs: what they extend, their rules, and rulings on what those rules find."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "PACK_KIND_WRONG": CodeText(
        "{location}: this is a practice pack, not a method.", "Name the method pack that it extends."
    ),
    "PACK_EXTENDS_UNKNOWN": CodeText(
        "{location}: the method pack {value} is not here.", "Install that pack first, or correct its id."
    ),
    "PACK_ID_TAKEN": CodeText("A pack of the other kind has the id {location}.", "Give the pack an id of its own."),
}
