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
    "CALCULATOR_UNKNOWN": CodeText("There is no calculator {location}.", "Use one of those that the list names."),
    "INPUT_UNKNOWN": CodeText("The calculator asks no {location}.", "Take it out, or correct its name."),
    "INPUT_MISSING": CodeText("{location} is not filled in.", "Type the figure; until then nothing is calculated."),
    "DIVISOR_ZERO": CodeText("{location} is zero; nothing can be divided by it.", "Check the count."),
    "PART_ABOVE_WHOLE": CodeText("{location} does not fit under {whole}.", "Check both figures and their units."),
    "RATE_ABOVE_FULL": CodeText(
        "{location} comes out above 100 %.", "Check the figures; for a performance, the ideal cycle time."
    ),
    "TAG_UNKNOWN": CodeText("{location}: there is no {value}.", "Use one of the tags that the practice pack lists."),
    "WORKING_DISAGREES": CodeText(
        "{location} is {value}, but its working gives {found}.", "Leave the value out, or take the working away."
    ),
    "FIELD_KIND": CodeText("{location} takes {expected}, nothing else.", "Give a value of that kind."),
    "FIELD_UNKNOWN": CodeText("The form has no {location}.", "Use an id that the form lists."),
    "FIELD_OPTION_UNKNOWN": CodeText("{location} has no option {option}.", "Use one of the options the form lists."),
    "FIELD_COLUMN_UNKNOWN": CodeText("{location} has no column {column}.", "Use one of the columns the form lists."),
    "FIELD_ROWS": CodeText("{location} has {count} rows; {limit} are allowed.", "Keep the rows that matter."),
    "RANGE_ORDER": CodeText(
        "Low {low}, likely {likely}, high {high} are not in order.", "Type them from the smallest to the largest."
    ),
    "AMOUNT_FACTORS": CodeText(
        "An amount takes at least one assumption, and each only once.", "Name the assumptions that are multiplied."
    ),
    "ASSUMPTION_UNKNOWN": CodeText(
        "The register has no assumption {location}.", "Add it to the register first, then use it."
    ),
    "ASSUMPTION_IN_USE": CodeText(
        "{label} is still used in {count} places.", "Take it out of those amounts first; the register lists them."
    ),
    "LABEL_MISSING": CodeText("The figure has no name.", "Say in a few words what it is."),
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
