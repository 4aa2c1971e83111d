"""Codes of the settings file and of the window itself."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "SETTINGS_INVALID": CodeText(
        "The settings in {location} cannot be read: {detail}. The defaults are used.",
        "Set language and name again; the workspace itself is not affected.",
    ),
}
