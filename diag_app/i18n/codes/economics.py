"""Codes of units, calculators, assumptions and what is reckoned from them."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "UNIT_UNKNOWN": CodeText(
        "There is no unit {location}.", "Use a unit of the list, such as ten_k_cny, person or kwh."
    ),
    "UNIT_MIX": CodeText(
        "{given} cannot be reckoned as {wanted}: they do not measure the same thing.",
        "Give the figure in a unit that measures what is asked.",
    ),
    "RANGE_ORDER": CodeText(
        "Low {low}, likely {likely}, high {high} are not in order.", "Type them from the smallest to the largest."
    ),
    "AMOUNT_FACTORS": CodeText(
        "An amount takes at least one assumption, and each only once.", "Name the assumptions that are multiplied."
    ),
    "ASSUMPTION_UNKNOWN": CodeText(
        "The register has no assumption {location}.", "Add it to the register first, then use it."
    ),
    "RATE_IN_AMOUNT": CodeText(
        "The discount rate is also a factor of an amount.", "Record the interest as an assumption of its own."
    ),
    "YEARS_BEYOND": CodeText("{years} years cannot be looked at.", "Choose from 1 to {limit} years."),
    "ECONOMICS_TANGLED": CodeText(
        "{count} assumptions stand on both the cost and the benefit side; {limit} can be bounded exactly.",
        "Split some of them into one assumption for each side.",
    ),
    "FIGURE_WITHOUT_SOURCE": CodeText(
        "This figure has no source and cannot enter the proposal.",
        "Record source, date and owner of {label}; missing: {missing}.",
    ),
}
