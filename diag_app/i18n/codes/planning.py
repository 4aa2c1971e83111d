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
    "MEASURE_UNKNOWN": CodeText("There is no measure {location}.", "Take an id from the list of measures."),
    "MEASURE_UNPRICED": CodeText(
        "{location} has no price that somebody answers for, and cannot enter a plan.",
        "Record price, source, day and who answers for it.",
    ),
    "MEASURE_STATE_UNKNOWN": CodeText("{location} is nothing a measure can be.", "Use one of: {known}."),
    "MEASURE_INVALID": CodeText("The measure {location} has {count} faults.", "Correct the places named."),
    "MEASURE_ID_TAKEN": CodeText(
        "The catalogue has a measure {location} already.", "Give your own measure another id."
    ),
    "MEASURES_CHANGED": CodeText(
        "{location} or the measures here have changed since it was looked at; nothing was taken in.",
        "Choose the file once more and look at what it says now.",
    ),
    "CELL_ID_TAKEN": CodeText(
        "Sheet {sheet}, row {row}, column {column}: the catalogue has a measure {value} already.",
        "Give your own measure another id.",
    ),
    "MEASURE_NOT_OWN": CodeText(
        "{location} is no measure of your own.", "Leave it out of the plan; what the catalogue has cannot be removed."
    ),
    "PRICE_BEYOND": CodeText(
        "{location}: a price is at most {limit} (10k CNY) with {places} decimals.", "Type the price again."
    ),
    "WEEKS_BEYOND": CodeText("{location}: {value} weeks is beyond 1 to {limit}.", "Type the weeks again."),
    "MONTHS_BEYOND": CodeText("{value} months is beyond 1 to {limit}.", "Type the months again."),
    "PLAN_WISH_EMPTY": CodeText("Neither a level nor a budget was named.", "Name at least one of them."),
    "NEEDS_WITHOUT_PLAN": CodeText(
        "No path is taken yet. Needs without a measure: {item}.",
        "Take a path, or type once why there is none: on the path page, or with --without-path REASON when issuing.",
    ),
    "NEED_WITHOUT_MEASURE": CodeText(
        "{item} has no measure in the path.",
        "Type a reason on the path page or with diag chain excuse, or add a measure.",
    ),
    "NEED_WITHOUT_WORDS": CodeText(
        "{item} has no words of the owner.",
        "Write down what the owner said, or type a reason on the path page or with diag chain excuse.",
    ),
    "MEASURE_WITHOUT_GAP": CodeText(
        "{item} serves no need and no gap.",
        "Take it out of the path, or type a reason on the path page or with diag chain excuse.",
    ),
    "MEASURE_WITHOUT_EVIDENCE": CodeText(
        "{item} names no evidence for acceptance.",
        "Name it in the measure, or type a reason on the path page or with diag chain excuse.",
    ),
    "COST_WITHOUT_SOURCE": CodeText(
        "The price of {item} has no source and cannot enter the proposal.",
        "Record source, date and owner, or take another plan.",
    ),
    "BENEFIT_WITHOUT_CRITERION": CodeText(
        "The benefit of {item} has no criterion for acceptance.",
        "Name one, or type a reason on the path page or with diag chain excuse.",
    ),
    "ORPHAN_UNKNOWN": CodeText(
        "{location} is no loose end of this case.", "Take one from the list; its kind is one of: {known}."
    ),
    "PLAN_UNSOUND": CodeText(
        "The plan taken no longer reaches its level on the answers of now.", "Open the path and take a plan again."
    ),
}
