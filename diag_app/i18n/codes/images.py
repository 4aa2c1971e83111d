"""Codes of photos and other pictures."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "IMAGE_UNREADABLE": CodeText(
        "{location} is no picture that can be read: it is damaged, cut short or of another kind.",
        "Take the photo again, or copy the file once more from the camera.",
    ),
    "IMAGE_KIND": CodeText(
        "{location} is a {kind} picture, which cannot be shown or printed here.",
        "Save it as JPEG and add that; phones have a setting for it.",
    ),
    "IMAGE_TOO_LARGE": CodeText(
        "{location} has more than {limit} million pixels and was not read.",
        "Save the picture smaller and add it again.",
    ),
}
