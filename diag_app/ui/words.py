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


def metric_word(metric: str, translate: Translator) -> str:
    """Return what a figure of the size standard is called."""
    return translate(METRICS[metric])


def confidence_word(confidence: str, translate: Translator) -> str:
    """Return how far a fact of a pack or a standard can be trusted."""
    return translate(CONFIDENCES[confidence])
