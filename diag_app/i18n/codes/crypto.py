"""Codes of keys and signatures."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "KEY_INVALID": CodeText(
        "{location} holds no signing key that can be used.", "Put the key back from a backup of the workspace."
    ),
    "ENVELOPE_INVALID": CodeText(
        "The signature file {location} is damaged.",
        "Ask whoever gave you the file for it again. Nothing was taken from this one.",
    ),
    "ENVELOPE_TYPE": CodeText(
        "The signature file {location} signs something else than {expected}.",
        "Ask whoever gave you the file for it again. Nothing was taken from this one.",
    ),
}
