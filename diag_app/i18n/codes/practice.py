"""Codes of practice packs: what they extend, their rules, and rulings on what those rules find."""

from diag_app.i18n.codes.text import CodeText

_REMEDY = "Mend the pack's file at the place named; docs/pack-format.md describes each key."

CODES = {
    "PACK_KIND_WRONG": CodeText(
        "{location}: this is a practice pack, not a method.", "Name the method pack that it extends."
    ),
    "PACK_EXTENDS_UNKNOWN": CodeText(
        "{location}: the method pack {value} is not here.", "Install that pack first, or correct its id."
    ),
    "PACK_CONDITION": CodeText(
        "{location} is no condition.", "A condition is one word of {expected}, and what it applies to."
    ),
    "PACK_CHOICE": CodeText("{location}: one of {expected} belongs here.", _REMEDY),
    "PACK_BOUNDS": CodeText("{location} lies outside {minimum} to {maximum}.", _REMEDY),
    "PACK_RULE_USES": CodeText(
        "{location}: the rule compares {found}, not {value}.", "Name under uses exactly what the condition looks at."
    ),
    "PACK_RULE_QUIET": CodeText(
        "{location}: the rule {value} does not fire on its own document.", "Correct the condition or the document."
    ),
    "PACK_RULE_FIRES": CodeText(
        "{location}: the rule {value} fires on this document.",
        "Correct the condition or the document: fires_on fires its own rule alone, silent_on fires none.",
    ),
    "FINDING_UNKNOWN": CodeText(
        "Nothing of the name {location} is found in the assessment now, or more than one thing.",
        "See diag assessment check; where two packs have a rule of one id, write PACK:RULE.",
    ),
    "FINDING_NOT_OVERRULED": CodeText("{location} has not been explained.", "Nothing was changed."),
    "OVERRULING_REASON_MISSING": CodeText(
        "{location} can stand only with a reason.", "Write what explains the answers."
    ),
    "PRACTICE_UNREADABLE": CodeText(
        "The practice pack {location} does not fit {method} ({place}); what it adds is left out.",
        "Run diag pack check on it, and install a version that fits.",
    ),
    "PACK_ID_TAKEN": CodeText("A pack of the other kind has the id {location}.", "Give the pack an id of its own."),
}
