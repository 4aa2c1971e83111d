"""Codes of report kinds, templates, copies for others, and drawn signatures."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "KIND_UNKNOWN": CodeText("There is no kind of report named {location}.", "Use one of {known}."),
    "TEMPLATE_UNKNOWN": CodeText(
        "There is no report template named {location}.", "Install it with the packs, or use the house's own."
    ),
    "FORMAT_UNSUITED": CodeText("A report of the kind {kind} is not written as {location}.", "Use {known}."),
    "REPORT_TOO_LONG": CodeText(
        "{location} has {pages} pages, and may have {most}.", "Shorten the texts, or issue a longer kind of report."
    ),
    "AUDIENCE_UNKNOWN": CodeText("There is no audience named {location}.", "Use one of {known}."),
    "COPY_EMPTY": CodeText(
        "Nothing of a report of the kind {kind} is left for {location}.",
        "Choose another kind, or the firm's own report.",
    ),
    "REPORT_EMPTY": CodeText(
        "Nothing is recorded yet that this kind of report ({kind}) shows.",
        "Record it first; an evidence annex shows the evidence of the case. Or choose another kind.",
    ),
    "COPY_LEAKS": CodeText(
        "{location} still holds what this copy withholds: {kind}.",
        "Take it out of the text where it was written, or issue another copy.",
    ),
    "SIGNING_SIDE_UNKNOWN": CodeText("There is no signer named {location}.", "Use one of {known}."),
    "SIGNER_NAMELESS": CodeText("It is not said who signs.", "Type the name of the person who signs."),
    "SIGNATURE_EMPTY": CodeText("Nothing that can be kept was drawn for {location}.", "Draw the signature once more."),
    "PACK_COLOUR": CodeText("{location} is {value}, not a colour.", "Write it as # and six hexadecimal digits."),
    "PACK_CONTRAST": CodeText(
        "{location}: the contrast on white paper is {found}, less than {least}.", "Choose a darker colour."
    ),
    "PACK_LOGO": CodeText(
        "{location} is no logo that can be taken ({reason}).",
        "Use a PNG of at most 1600 pixels a side, or an SVG of plainly filled shapes; 256 KB at most.",
    ),
    "PACK_FIELD_UNKNOWN": CodeText(
        "{location}: a text names {value}, which is no field.",
        "Name one of {known} between braces, and no other braces.",
    ),
    "PACK_TEXT_LONG": CodeText("{location}: the text is longer than {maximum} characters.", "Shorten it, or part it."),
}
