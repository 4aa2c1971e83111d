"""Codes of review: ticks, comments, roles and rulings, completion, hand-over."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "TICK_NO_ANSWER": CodeText("{location} has no answer to verify.", "Answer it first."),
    "TICK_NO_EVIDENCE": CodeText(
        "{location} has {found} of {needed} pieces of evidence. It was not ticked.",
        "Add evidence at the answer, then verify it.",
    ),
    "COMMENT_EMPTY": CodeText("The comment on {location} has no words.", "Type what is to be looked at."),
    "REASON_NEEDED": CodeText("{location} needs a reason.", "Type why; it stays on record beside it."),
    "NOT_RETURNED": CodeText("The assessment was not returned for correction.", "There is nothing to report."),
    "ROLE_UNKNOWN": CodeText("There is no role {location}.", "Use one of the roles listed, such as owner or quality."),
    "NOTHING_TO_RULE": CodeText(
        "Nobody says anything else on {location}; there is nothing to rule on.", "Record first what each role says."
    ),
    "RULING_NO_ANSWER": CodeText("{location} has no answer yet to rule for.", "Say which answer the ruling is for."),
    "DISAGREEMENT_OPEN": CodeText(
        "{location}: {agreeing} of {asked} roles say what was agreed, and no ruling stands.",
        "Rule on it with a reason, or correct the answer.",
    ),
    "CORRECTION_OPEN": CodeText(
        "{by} returned the assessment, and no correction was reported.", "Correct it, then report the correction."
    ),
    "HOLDER_MISSING": CodeText("Nobody is named to take the case.", "Type the name of the colleague who gets it."),
    "NOT_OFFERED": CodeText(
        "The case was not handed over by anybody else; there is nothing to take over.",
        "Import the bundle that the colleague handed over.",
    ),
    "CASE_HANDED_OVER": CodeText(
        "The case was handed over to {holder} on {day}. What is changed here meanwhile is merged later.",
        "Wait until it is back, or go on: nothing is lost, both sides are kept.",
    ),
    "CASE_WITH_ANOTHER": CodeText(
        "{holder} has had the case since {day}. What is changed here meanwhile is merged later.",
        "Wait until it is back, or go on: nothing is lost, both sides are kept.",
    ),
    "CONTRADICTION_OPEN": CodeText(
        "{location} by the rules needs an explanation and has none.",
        "Correct one of the answers, or explain with a reason why both may stand.",
    ),
    "COMPLETION_BLOCKED": CodeText(
        "The assessment was not completed: {count} points are open ({location}).", "Settle each of the points listed."
    ),
}
