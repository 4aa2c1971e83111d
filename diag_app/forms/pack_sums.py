"""Laws of a pack's figures: points and weights add up, bands cover 0 to 100, the level rule only rises."""

from __future__ import annotations

from decimal import Decimal

from diag_app.codec import plain_decimal
from diag_app.forms.definition import Question, QuestionKind, ShareDerivation, TrendDerivation
from diag_app.forms.pack_method import joined_bands
from diag_app.forms.pack_parts import PACK, QUESTIONS, RULE, Parts
from diag_app.forms.pack_table import Findings

HUNDRED = Decimal(100)
MOST_DECIMALS = 12
FEWEST_OPTIONS = 2


def check_points(question: Question, path: str, findings: Findings) -> None:
    """Report options whose points do not make up the question's maximum, and a "none" that earns or has no sense."""
    points = [option.points for option in question.options]
    best = sum(points, Decimal(0)) if question.kind is QuestionKind.MULTIPLE else max(points, default=Decimal(0))
    _check_sum(QUESTIONS, f"{path}.max_points", question.max_points, best, findings, over=path)
    if len(points) < FEWEST_OPTIONS:
        findings.unlawful(
            "PACK_COUNT", QUESTIONS, f"{path}.options", expected=f"≥ {FEWEST_OPTIONS}", found=str(len(points))
        )
    nones = [index for index, option in enumerate(question.options) if option.is_none]
    for position, index in enumerate(nones):
        is_lawful = question.kind is QuestionKind.MULTIPLE and not question.options[index].points and position == 0
        if not is_lawful:
            findings.unlawful("PACK_NONE", QUESTIONS, f"{path}.options[{index}].none", over=path)


def check_bands(question: Question, path: str, findings: Findings) -> None:
    """Report bands with gaps or overlaps or not covering 0 to 100, and derivations that cannot work."""
    derivation = question.derivation
    if derivation is not None and question.kind is not QuestionKind.SINGLE:
        findings.unlawful("PACK_DERIVES_MULTIPLE", QUESTIONS, f"{path}.kind")
    if isinstance(derivation, TrendDerivation) and derivation.decimals > MOST_DECIMALS:
        place = f"{path}.trend.decimals"
        findings.unlawful("PACK_NUMBER_TOO_LARGE", QUESTIONS, place, maximum=str(MOST_DECIMALS))
    if not isinstance(derivation, ShareDerivation):
        return
    place, end = f"{path}.share.bands", Decimal(0)
    for index, band in enumerate(joined_bands(derivation.bands)):
        begin = band.above if band.above is not None else Decimal(0)
        if begin != end:
            code = "PACK_BAND_GAP" if begin > end else "PACK_BAND_OVERLAP"
            _report_band(code, f"{place}[{index}].above", place, end, begin, findings)
        if band.up_to <= begin:
            _report_band("PACK_BAND_EMPTY", f"{place}[{index}].up_to", place, begin, band.up_to, findings)
        end = band.up_to
    if end != HUNDRED:
        _report_band("PACK_BAND_END", place, place, HUNDRED, end, findings)


def _report_band(code: str, path: str, over: str, expected: Decimal, found: Decimal, findings: Findings) -> None:
    findings.unlawful(code, QUESTIONS, path, over=over, expected=plain_decimal(expected), found=plain_decimal(found))


def check_weights(parts: Parts, findings: Findings) -> None:
    """Report weights that are not 100 per cent together, and points that do not follow from weights."""
    if not (findings.can_judge(PACK, "dimensions") and findings.can_judge(PACK, "indicators")):
        return
    scored = [item for item in parts.dimensions if item.max_points is not None]
    weights = (item.weight_pct or Decimal(0) for item in scored)
    _check_sum(PACK, "dimensions", HUNDRED, sum(weights, Decimal(0)), findings)
    for index, dimension in enumerate(parts.dimensions):
        place = f"dimensions[{index}]"
        if (dimension.max_points is None) != (dimension.weight_pct is None):
            key = "max_points" if dimension.max_points is None else "weight_pct"
            findings.unlawful("PACK_KEY_MISSING", PACK, f"{place}.{key}")
        if dimension.max_points is None:
            continue
        own = [item for item in parts.indicators if item.dimension_id == dimension.dimension_id]
        together = sum((item.weight_pct for item in own), Decimal(0))
        _check_sum(PACK, f"{place}.weight_pct", HUNDRED, together, findings)
        points = sum((item.max_points for item in own), Decimal(0))
        _check_sum(PACK, f"{place}.max_points", dimension.max_points, points, findings)
    _check_indicators(parts, findings)


def _check_indicators(parts: Parts, findings: Findings) -> None:
    whole = {item.dimension_id: item.max_points for item in parts.dimensions}
    for index, indicator in enumerate(parts.indicators):
        place = f"indicators[{index}]"
        weighted = indicator.weight_pct * (whole.get(indicator.dimension_id) or Decimal(0)) / HUNDRED
        if indicator.dimension_id in whole:
            _check_sum(PACK, f"{place}.max_points", weighted, indicator.max_points, findings)
        own = (item.max_points for item in parts.questions if item.indicator_id == indicator.indicator_id)
        if findings.can_judge(QUESTIONS, "questions"):
            _check_sum(PACK, f"{place}.max_points", indicator.max_points, sum(own, Decimal(0)), findings)


def _check_sum(
    file: str, path: str, expected: Decimal, found: Decimal, findings: Findings, *, over: str | None = None
) -> None:
    if expected != found:
        findings.unlawful(
            "PACK_SUM", file, path, over=over, expected=plain_decimal(expected), found=plain_decimal(found)
        )


def check_rule(parts: Parts, findings: Findings) -> None:
    """Report levels that are not numbered 1 up, bounds that fall from one level to the next or cannot be reached."""
    constrained = sum(scenario.is_constrained for scenario in parts.scenarios)
    reach = {"min_scenarios": Decimal(len(parts.scenarios)), "min_constrained": Decimal(constrained)}
    if findings.can_judge(PACK, "dimensions"):
        reach["min_score"] = sum((item.max_points or Decimal(0) for item in parts.dimensions), Decimal(0))
    conditions = parts.level_rule.conditions
    if not conditions:
        findings.unlawful("PACK_COUNT", RULE, "conditions", expected="≥ 1", found="0")
    for index, condition in enumerate(conditions):
        place = f"conditions[{index}]"
        if condition.level != index + 1:
            findings.unlawful("PACK_RULE_LEVEL", RULE, f"{place}.level", expected=str(index + 1))
        for key, most in reach.items():
            bound = Decimal(getattr(condition, key))
            if bound > most:
                findings.unlawful("PACK_RULE_REACH", RULE, f"{place}.{key}", maximum=plain_decimal(most))
            if index and bound < Decimal(getattr(conditions[index - 1], key)):
                findings.unlawful("PACK_RULE_FALLS", RULE, f"{place}.{key}", value=plain_decimal(bound))
        if condition.min_constrained > condition.min_scenarios:
            most = Decimal(condition.min_scenarios)
            findings.unlawful("PACK_RULE_REACH", RULE, f"{place}.min_constrained", maximum=plain_decimal(most))
