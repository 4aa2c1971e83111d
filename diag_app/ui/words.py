"""Words for codes of the model that several pages show."""

from __future__ import annotations

from decimal import Decimal

from diag_app.errors import DiagError, Problem
from diag_app.i18n.translator import Translator, mark

SIZE_CLASSES = {
    "large": mark("large"),
    "medium": mark("medium"),
    "small": mark("small"),
    "micro": mark("micro"),
}
METRICS = {
    "sector": mark("sector"),
    "employees": mark("employees"),
    "revenue_10k_cny": mark("revenue"),
    "assets_10k_cny": mark("total assets"),
}
CONFIDENCES = {  # by the value of `Confidence`, whose module the first paint does not wait for
    "exact": mark("checked"),
    "shortened": mark("shortened"),
    "reconstructed": mark("reconstructed"),
    "authored": mark("written by us"),
    "memory": mark("from memory"),
    "unknown": mark("not known"),
}
OPERATIONS = {
    "add_enterprise": mark("firm added"),
    "update_enterprise": mark("profile"),
    "import_roster": mark("roster taken in"),
    "save_contact": mark("contact"),
    "remove_contact": mark("contact removed"),
    "start_assessment": mark("diagnosis started"),
    "record_answer": mark("answer"),
    "record_number": mark("figure"),
    "record_scenario": mark("scenario level"),
    "record_note": mark("note"),
    "record_visit": mark("visit"),
    "load_answers": mark("answers file"),
    "complete_assessment": mark("diagnosis completed"),
    "add_evidence": mark("evidence added"),
    "remove_evidence": mark("evidence removed"),
    "link_evidence": mark("evidence linked"),
    "unlink_evidence": mark("evidence unlinked"),
    "caption_evidence": mark("caption"),
    "date_evidence": mark("date of evidence"),
    "keep_place": mark("place of a picture"),
    "rotate_evidence": mark("picture turned"),
    "annotate_evidence": mark("marks drawn"),
    "redact_evidence": mark("blacked out"),
    "add_need": mark("need added"),
    "update_need": mark("need"),
    "remove_need": mark("need removed"),
    "record_metric": mark("metric"),
    "remove_metric": mark("metric removed"),
    "record_measure_offers": mark("price"),
    "import_measures": mark("prices from Excel"),
    "record_measure_state": mark("measure"),
    "add_own_measure": mark("own measure"),
    "remove_own_measure": mark("own measure removed"),
    "choose_plan": mark("plan taken"),
    "excuse_orphan": mark("reason for a loose end"),
    "drop_plan": mark("plan dropped"),
    "issue_proposal": mark("proposal issued"),
    "sign_proposal": mark("proposal signed"),
    "overrule_finding": mark("explanation of a finding"),
    "take_back_overruling": mark("explanation taken back"),
    "record_entered": mark("entered in the official system"),
    "type_portal_item": mark("item of the firm file"),
    "mark_final": mark("final file for the platform"),
    "record_guide_tick": mark("guide"),
    "record_paper": mark("paper"),
    "record_visit_day": mark("day on site"),
    "remove_visit_day": mark("day on site removed"),
    "save_participant": mark("person on the visit"),
    "remove_participant": mark("person removed"),
    "record_survey_text": mark("survey record"),
    "record_group_photo": mark("group photo"),
    "take_previsit": mark("workbook taken in"),
    "record_translation": mark("translation"),
    "tick_answer": mark("verified"),
    "untick_answer": mark("verification taken back"),
    "add_comment": mark("comment"),
    "resolve_comment": mark("comment settled"),
    "reopen_comment": mark("comment opened again"),
    "return_for_correction": mark("returned for correction"),
    "report_correction": mark("correction reported"),
    "record_said": mark("view of a role"),
    "rule": mark("ruling"),
    "hand_over": mark("case handed over"),
    "take_over": mark("case taken over"),
    "agree_same": mark("agreed to be one firm"),
    "agree_not_same": mark("agreed to be two firms"),
    "upgrade_assessment": mark("moved to another version of the method"),
    "settle_conflict": mark("conflict decided"),
}


def size_word(size_class: str | None, translate: Translator) -> str:
    """Return the size class in words, or an empty text where figures are missing."""
    return translate(SIZE_CLASSES[size_class]) if size_class in SIZE_CLASSES else ""


def scale_word(is_above_scale: bool | None, translate: Translator) -> str:
    """Return whether the firm is above or below scale, or an empty text where that is not known."""
    if is_above_scale is None:
        return ""
    return translate("above-scale") if is_above_scale else translate("below-scale")


def money_words(amount_10k_cny: Decimal, translate: Translator) -> str:
    """Return an amount of money in the unit each language counts in: `6,240 万元`, `62.4 million CNY`."""
    if translate.language == "zh":
        return translate("{amount} × 10,000 CNY", amount=f"{amount_10k_cny:,f}")
    return translate("{amount} million CNY", amount=f"{(amount_10k_cny / 100).normalize():,f}")


def problem_words(problem: Problem | DiagError, translate: Translator) -> str:
    """Return what happened and what to do; Chinese sentences stand without a space between them."""
    space = "" if translate.language == "zh" else " "
    return f"{translate.problem(problem)}{space}{translate.remedy(problem)}"


def operation_word(operation: str, translate: Translator) -> str:
    """Return what an operation did in one or two words; an unknown name as it is."""
    return translate(OPERATIONS[operation]) if operation in OPERATIONS else operation


def metric_word(metric: str, translate: Translator) -> str:
    """Return what a figure of the size standard is called."""
    return translate(METRICS[metric])


def confidence_word(confidence: str, translate: Translator) -> str:
    """Return how far a fact of a pack or a standard can be trusted."""
    return translate(CONFIDENCES[confidence])
