"""Codes of measures and plans."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "MEASURE_REQUIREMENT": CodeText(
        "{file}, {path}: a prerequisite must be exactly one of: {known}.",
        "Name one kind of prerequisite for each entry.",
    ),
    "MEASURE_DURATION": CodeText(
        "{file}, {path}: {low} to {high} weeks is no duration; from 1 to {limit} weeks, low before high.",
        "Correct the weeks.",
    ),
    "MEASURE_STEP": CodeText(
        "{file}, {path}: a raise goes up one level of the rule, not from {from} to {to}.",
        "Let it go from at most one level below: that takes in every level under it.",
    ),
    "MEASURE_QUESTION_KIND": CodeText(
        "{file}, {path}: question {value} is not of the kind “{expected}”.",
        "Use options for multiple choices and options_at_least for single ones.",
    ),
    "MEASURE_EXCLUSION_ONE_SIDED": CodeText(
        "{file}, {path}: {measure} excludes {other}, but not the other way round.", "State it on both sides."
    ),
    "MEASURE_CIRCLE": CodeText(
        "{file}, {path}: these wait for each other in a circle: {circle}.", "Take one of these prerequisites out."
    ),
}
