"""Words for how far a fact of a pack or a standard can be trusted."""

from __future__ import annotations

from diag_app.forms.definition import Confidence
from diag_app.i18n.translator import Translator, mark

CONFIDENCES = {
    Confidence.EXACT: mark("checked"),
    Confidence.SHORTENED: mark("shortened"),
    Confidence.RECONSTRUCTED: mark("reconstructed"),
    Confidence.AUTHORED: mark("written by us"),
    Confidence.MEMORY: mark("from memory"),
    Confidence.UNKNOWN: mark("not known"),
}


def confidence_word(confidence: Confidence, translate: Translator) -> str:
    """Return how far a fact of a pack or a standard can be trusted."""
    return translate(CONFIDENCES[confidence])
