"""How a case stands, in one line."""

from __future__ import annotations

from diag_app.i18n import Translator
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import level_name, score_text


def standing_words(case: CaseView, translate: Translator) -> str:
    """Return level, score, what is missing to the next level, and how much needs explanation."""
    card = case.card
    name = level_name(case.pack, card.level, translate.language)
    parts = [f"{name} {score_text(card.score)}".strip()]
    if card.to_next is not None:
        parts.append(
            translate(
                "to level {level}: {points} points, {scenarios} scenarios, ★ {constrained}",
                level=card.to_next.level,
                points=score_text(card.to_next.points),
                scenarios=card.to_next.scenarios,
                constrained=card.to_next.constrained,
            )
        )
    if card.problems:
        parts.append(translate("Needs explanation: {count}", count=len(card.problems)))
    return " · ".join(parts)
