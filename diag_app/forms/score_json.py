"""The score object: a scorecard as JSON for other programs. Decimals are text without trailing zeros."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from diag_app.codec import plain_decimal
from diag_app.forms.scorecard import QuestionScore, Reason, Scorecard
from diag_app.forms.three_scores import ThreeScores


def scorecard_to_json(card: Scorecard) -> dict[str, Any]:
    """Return the score object; its required keys are fixed, see docs/pack-format.md for how points arise."""
    return {
        "pack": card.pack_id,
        "pack_version": card.pack_version,
        "score": plain_decimal(card.score),
        "dimensions": _figures(card.dimensions),
        "indicators": _figures(card.indicators),
        "questions": {item.question_id: _question(item) for item in card.questions},
        "level": card.level,
        "at_or_above": {str(level): count for level, count in card.at_or_above.items()},
        "constrained_at_or_above": {str(level): count for level, count in card.constrained_at_or_above.items()},
        "to_next": _to_next(card),
        "missing": list(card.missing),
        "completeness": {
            "answered": card.completeness.answered,
            "questions": card.completeness.questions,
            "rated": card.completeness.rated,
            "scenarios": card.completeness.scenarios,
        },
        "problems": [
            {"code": item.code, "location": item.location, "severity": item.severity.value} for item in card.problems
        ],
        "reasons": {reason.kind: _reason(reason) for reason in card.reasons},
    }


def three_scores_to_json(scores: ThreeScores) -> dict[str, Any]:
    """Return the score object of what is claimed with all three scores under `standings`."""
    return {
        **scorecard_to_json(scores.claimed),
        "standings": {
            "claimed": _counted(scores.claimed),
            "supported": _counted(scores.supported),
            "verified": _counted(scores.verified),
        },
    }


def _counted(card: Scorecard) -> dict[str, Any]:
    """Return score and level, and which answers do not count and why."""
    return {
        "score": plain_decimal(card.score),
        "level": card.level,
        "dimensions": _figures(card.dimensions),
        "at_or_above": {str(level): count for level, count in card.at_or_above.items()},
        "constrained_at_or_above": {str(level): count for level, count in card.constrained_at_or_above.items()},
        "to_next": _to_next(card),
        "set_aside": dict(card.set_aside),
    }


def _figures(figures: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: plain_decimal(value) for key, value in figures.items()}


def _to_next(card: Scorecard) -> dict[str, Any] | None:
    if card.to_next is None:
        return None
    return {
        "level": card.to_next.level,
        "points": plain_decimal(card.to_next.points),
        "scenarios": card.to_next.scenarios,
        "constrained": card.to_next.constrained,
    }


def _question(item: QuestionScore) -> dict[str, Any]:
    derived = item.derived
    return {
        "state": item.state,
        "options": list(item.options),
        "derived": None if derived is None else {"option": derived.option, "working": derived.working},
        "points": plain_decimal(item.points),
        "max_points": plain_decimal(item.max_points),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "kind": reason.kind,
        "ref": reason.ref,
        "value": _figure(reason.value),
        "maximum": _figure(reason.maximum),
        "required": _figure(reason.required),
        "holds": reason.holds,
        "detail": reason.detail,
        "clause": reason.clause,
        "children": [_reason(child) for child in reason.children],
    }


def _figure(value: Decimal | int | None) -> str | int | None:
    return plain_decimal(value) if isinstance(value, Decimal) else value
