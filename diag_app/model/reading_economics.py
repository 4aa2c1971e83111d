"""Assumptions, amounts and terms read from entity views, and as they are stored."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from diag_app.forms.definition import Language
from diag_app.model.economics import Amount, Assumption, Books, Range, Terms
from diag_app.model.ops import EntityView
from diag_app.model.reading import spoken


def assumption_value(found: Assumption) -> dict[str, Any]:
    """Return an assumption as its one register holds it."""
    return {
        "label": found.label,
        "unit": found.unit,
        "low": format(found.range.low, "f"),
        "likely": format(found.range.likely, "f"),
        "high": format(found.range.high, "f"),
        "source": found.source,
        "dated": found.dated,
        "owner": found.owner,
    }


def assumptions_from(views: Iterable[EntityView], language: Language | None = None) -> tuple[Assumption, ...]:
    """Return an assessment's assumptions numbered from 1 in order of entry; deleted ones keep their number free."""
    return tuple(
        _assumption(view, number, spoken(view, "assumption", language, None))
        for number, view in enumerate(views, start=1)
        if not view.is_deleted and view.value("assumption") is not None
    )


def amount_value(amount: Amount) -> dict[str, Any]:
    """Return an amount as its one register holds it."""
    return {
        "subject": amount.subject_id,
        "role": amount.role,
        "label": amount.label,
        "factors": list(amount.factors),
    }


def amounts_from(views: Iterable[EntityView], language: Language | None = None) -> tuple[Amount, ...]:
    """Return an assessment's amounts in order of entry."""
    stored = ((view, spoken(view, "amount", language, None)) for view in views if not view.is_deleted)
    return tuple(
        Amount(
            amount_id=view.entity_id,
            subject_id=value["subject"],
            role=value["role"],
            label=value["label"],
            factors=tuple(value["factors"]),
        )
        for view, value in stored
        if value is not None
    )


def terms_value(terms: Terms) -> dict[str, Any] | None:
    """Return the terms as an assessment's register holds them; null where none are set."""
    if terms == Terms():
        return None
    return {"rate": terms.rate_id, "years": terms.years}


def terms_from(view: EntityView) -> Terms:
    """Return the terms recorded of an assessment."""
    stored = view.value("terms", {"rate": None, "years": None})
    return Terms(rate_id=stored["rate"], years=stored["years"])


def books_from(
    assessment: EntityView,
    assumptions: Iterable[EntityView],
    amounts: Iterable[EntityView],
    language: Language | None = None,
) -> Books:
    """Return the books of an assessment.

    An amount whose assumption was erased or deleted elsewhere is left out: nothing can be reckoned from half of it.
    """
    known = {found.assumption_id: found for found in assumptions_from(assumptions, language)}
    terms = terms_from(assessment)
    if terms.rate_id not in known:
        terms = Terms(years=terms.years)
    whole = (amount for amount in amounts_from(amounts, language) if known.keys() >= set(amount.factors))
    return Books(amounts=tuple(whole), assumptions=known, terms=terms)


def _assumption(view: EntityView, number: int, value: dict[str, Any]) -> Assumption:
    return Assumption(
        assumption_id=view.entity_id,
        number=number,
        label=value["label"],
        unit=value["unit"],
        range=Range(low=Decimal(value["low"]), likely=Decimal(value["likely"]), high=Decimal(value["high"])),
        source=value["source"],
        dated=value["dated"],
        owner=value["owner"],
    )
