"""The words of a derivation tree: title, detail and value of each kind of reason."""

from __future__ import annotations

from decimal import Decimal

from diag_app.forms.scorecard import Reason
from diag_app.i18n import Translator
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import level_name, plain_text, scenario_name, score_text


def reason_title(reason: Reason, case: CaseView, translate: Translator) -> str:
    """Return what the line is about."""
    language = translate.language
    pack = case.pack
    if reason.kind == "level":
        return _level_title(int(reason.value or 0), case, translate)
    if reason.kind == "next_level":
        return translate("Why not {level}", level=_level_title(int(reason.value or 0), case, translate))
    if reason.kind == "condition":
        return _condition_title(reason, translate)
    if reason.kind == "dimension":
        labels = {dimension.dimension_id: dimension.label for dimension in pack.dimensions}
        return labels[reason.ref].text(language)
    if reason.kind == "indicator":
        names = {indicator.indicator_id: indicator.label for indicator in pack.indicators}
        return names[reason.ref].text(language)
    if reason.kind == "question":
        return f"{reason.ref} {pack.question(reason.ref).name.text(language)}"
    return scenario_name(pack.scenario(reason.ref), language)


def reason_detail(reason: Reason, case: CaseView, translate: Translator) -> str:
    """Return the second column: the rule or the working with the figures put in."""
    if reason.kind == "level":
        return translate("the highest level whose three conditions are all met")
    if reason.kind == "next_level":
        unmet = sum(child.holds is False for child in reason.children)
        return translate.plural("{count} condition not met", "{count} conditions not met", unmet)
    if reason.kind == "condition":
        return _condition_detail(reason, case, translate)
    if reason.kind == "dimension":
        return translate("weight {weight}", weight=plain_text(reason.maximum or 0))
    if reason.kind == "indicator":
        return _indicator_detail(reason, case, translate)
    if reason.clause.endswith((".no_evidence", ".not_ticked")):
        return _set_aside_detail(reason, translate)
    if reason.kind == "question":
        return _question_detail(reason, case, translate)
    return _scenario_detail(reason, case, translate)


def reason_value(reason: Reason, translate: Translator) -> str:
    """Return the right column: the figure, `n / m` where there is a maximum, what is short where it does not hold."""
    if reason.kind in ("level", "next_level"):
        return ""
    if reason.value is None:
        return "–"
    if reason.kind == "condition":
        return _condition_value(reason, translate)
    if reason.kind == "scenario":
        return str(reason.value)
    score = score_text(Decimal(reason.value))
    return score if reason.maximum is None else f"{score} / {plain_text(reason.maximum)}"


def _level_title(level: int, case: CaseView, translate: Translator) -> str:
    if level == 0:
        return translate("No level")
    return translate("Level {level} {name}", level=level, name=level_name(case.pack, level, translate.language))


def _condition_title(reason: Reason, translate: Translator) -> str:
    bound = plain_text(reason.required or 0)
    if reason.ref == "score":
        return translate("Points ≥ {bound}", bound=bound)
    if reason.ref == "constrained":
        return translate("of them constrained ★ ≥ {bound}", bound=bound)
    level = reason.clause.split(".")[1]
    return translate("Scenarios at level {level} or above ≥ {bound}", level=level, bound=bound)


def _condition_detail(reason: Reason, case: CaseView, translate: Translator) -> str:
    scored = [item.label.text(translate.language) for item in case.pack.dimensions if item.max_points is not None]
    if reason.ref == "score":
        return " + ".join(scored)
    scenarios = case.pack.scenarios
    if reason.ref == "constrained":
        count = sum(scenario.is_constrained for scenario in scenarios)
        return translate("of {count} constrained scenarios", count=count)
    return translate("of {count} scenarios", count=len(scenarios))


def _condition_value(reason: Reason, translate: Translator) -> str:
    value, required = Decimal(reason.value or 0), Decimal(reason.required or 0)
    if reason.holds is False:
        short = required - value
        return translate("{figure} short", figure=score_text(short) if reason.ref == "score" else plain_text(short))
    return score_text(value) if reason.ref == "score" else plain_text(value)


def _indicator_detail(reason: Reason, case: CaseView, translate: Translator) -> str:
    owner = next(item for item in case.pack.indicators if item.indicator_id == reason.ref)
    whole = next(item for item in case.pack.dimensions if item.dimension_id == owner.dimension_id).max_points
    share = plain_text((owner.max_points * 100 / whole).quantize(Decimal("0.01"))) if whole else "0"
    return translate("weight {share} %", share=share)


def _set_aside_detail(reason: Reason, translate: Translator) -> str:
    answer = reason.detail
    if reason.kind == "scenario":
        answer = translate("level {figure}", figure=reason.detail)
    if reason.clause.endswith(".no_evidence"):
        return translate("{answer} does not count: without the evidence it needs", answer=answer)
    return translate("{answer} does not count: not verified in review", answer=answer)


def _question_detail(reason: Reason, case: CaseView, translate: Translator) -> str:
    score = case.card.question(reason.ref)
    chosen = " + ".join(score.options)
    if score.state == "missing":
        return translate("no answer, 0 points")
    if score.derived is None:
        return translate("chosen: {options}", options=chosen)
    derived = f"{score.derived.working} → {score.derived.option}"
    if score.state == "chosen" and score.options != (score.derived.option,):
        return translate("{working}; chosen by hand: {options}", working=derived, options=chosen)
    return derived


def _scenario_detail(reason: Reason, case: CaseView, translate: Translator) -> str:
    answer = case.assessment.answers.scenarios.get(reason.ref)
    if answer is None:
        return translate("no level recorded, counts as 0")
    if answer.level is None:
        return translate("not applicable, counts as 0: {reason}", reason=answer.not_applicable or "")
    criteria = {criterion.level: criterion.text for criterion in case.pack.scenario(reason.ref).criteria}
    return criteria[answer.level].text(translate.language) if answer.level in criteria else translate("not started")
