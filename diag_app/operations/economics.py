"""The assumption register of an assessment, and the costs and benefits made of its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from diag_app.errors import DiagError, refuse
from diag_app.forms.definition import Language
from diag_app.model.economics import (
    Amount,
    Assumption,
    Books,
    Range,
    Terms,
    check_amount,
    check_range,
    check_terms,
    uses_of,
)
from diag_app.model.ops import Changes, EntityView
from diag_app.model.reading_economics import amount_value, assumption_value, books_from, terms_value
from diag_app.model.units import unit
from diag_app.operations.texts import check_figure, short
from diag_app.operations.workspace import Workspace, known

SUBJECTS = ("need", "measure")  # what a cost or benefit may belong to


def books_of(workspace: Workspace, assessment_id: str, language: Language | None = None) -> Books:
    """Return the assessment's assumptions, amounts and terms; the amounts of a removed need count for nothing."""
    entities = workspace.store.entities
    books = books_from(
        known(workspace, assessment_id, "assessment"),
        entities("assumption", parent=assessment_id, include_deleted=True),
        entities("amount", parent=assessment_id),
        language,
    )
    subjects = {view.entity_id for kind in SUBJECTS for view in entities(kind, parent=assessment_id)}
    return replace(books, amounts=tuple(item for item in books.amounts if item.subject_id in subjects))


def add_assumption(workspace: Workspace, assessment_id: str, assumption: Assumption) -> str:
    """Enter a figure in the register and return its id; `assumption_id` and `number` are given here.

    Raises:
        DiagError: `UNIT_UNKNOWN`, `RANGE_ORDER`, `NUMBER_NEGATIVE`, `FIGURE_BEYOND`, `DATE_INVALID`, `TEXT_TOO_LONG`,
            `LABEL_MISSING`.
    """
    case = known(workspace, assessment_id, "assessment", to_change=True).case
    value = assumption_value(_checked(assumption))
    with workspace.store.operation("add_assumption", case) as operation:
        assumption_id = operation.create("assumption", parent=assessment_id)
        operation.set(assumption_id, "assumption", value)
    return assumption_id


def update_assumption(workspace: Workspace, assumption: Assumption) -> Changes:
    """Record an assumption anew; an amount that uses it must still measure money.

    Raises:
        DiagError: what `add_assumption` refuses; `UNIT_MIX` where an amount would no longer be money.
    """
    view = known(workspace, assumption.assumption_id, "assumption", to_change=True)
    checked, books = _checked(assumption), books_of(workspace, view.parent or "")
    changed = {**books.assumptions, assumption.assumption_id: checked}
    for amount in books.amounts:
        if assumption.assumption_id in amount.factors:
            check_amount(amount, changed)
    check_terms(books.terms, replace(books, assumptions=changed))
    with workspace.store.operation("update_assumption", view.case) as operation:
        operation.set(assumption.assumption_id, "assumption", assumption_value(checked))
    return operation.changes


def remove_assumption(workspace: Workspace, assumption_id: str) -> Changes:
    """Take a figure off the register; `ASSUMPTION_IN_USE` while an amount or the terms use it."""
    view = known(workspace, assumption_id, "assumption", to_change=True)
    books = books_of(workspace, view.parent or "")
    count = len(uses_of(assumption_id, books.amounts)) + (books.terms.rate_id == assumption_id)
    if count:
        label = books.assumptions[assumption_id].label
        raise DiagError("ASSUMPTION_IN_USE", location=assumption_id, label=label, count=str(count))
    with workspace.store.operation("remove_assumption", view.case) as operation:
        operation.delete(assumption_id)
    return operation.changes


def add_amount(workspace: Workspace, assessment_id: str, amount: Amount) -> str:
    """Record a cost or benefit of a need or a measure of this assessment and return its id.

    Raises:
        DiagError: `ENTITY_UNKNOWN`, `AMOUNT_FACTORS`, `ASSUMPTION_UNKNOWN`, `UNIT_MIX`, `RATE_IN_AMOUNT`,
            `TEXT_TOO_LONG`, `LABEL_MISSING`.
    """
    case = known(workspace, assessment_id, "assessment", to_change=True).case
    checked = _checked_amount(workspace, assessment_id, amount)
    with workspace.store.operation("add_amount", case) as operation:
        amount_id = operation.create("amount", parent=assessment_id)
        operation.set(amount_id, "amount", amount_value(checked))
    return amount_id


def update_amount(workspace: Workspace, amount: Amount) -> Changes:
    """Record an amount anew; what `add_amount` refuses is refused."""
    view = known(workspace, amount.amount_id, "amount", to_change=True)
    checked = _checked_amount(workspace, view.parent or "", amount)
    with workspace.store.operation("update_amount", view.case) as operation:
        operation.set(amount.amount_id, "amount", amount_value(checked))
    return operation.changes


def remove_amount(workspace: Workspace, amount_id: str) -> Changes:
    """Take a cost or benefit away; the assumptions behind it stay in the register."""
    view = known(workspace, amount_id, "amount", to_change=True)
    with workspace.store.operation("remove_amount", view.case) as operation:
        operation.delete(amount_id)
    return operation.changes


def set_figure(workspace: Workspace, assessment_id: str, amount: Amount, assumption: Assumption) -> str:
    """Enter a figure and the cost or benefit that it makes, as one operation; return the amount's id.

    The amount is the figure alone, or multiplied with the assumptions that `amount.factors` names already.

    Raises:
        DiagError: what `add_assumption` and `add_amount` refuse.
    """
    case = known(workspace, assessment_id, "assessment", to_change=True).case
    checked = _checked(assumption)
    books = books_of(workspace, assessment_id)
    new = {**books.assumptions, "new": replace(checked, assumption_id="new")}
    plain = _checked_amount(
        workspace, assessment_id, replace(amount, factors=(*amount.factors, "new")), replace(books, assumptions=new)
    )
    with workspace.store.operation("set_figure", case) as operation:
        assumption_id = operation.create("assumption", parent=assessment_id)
        operation.set(assumption_id, "assumption", assumption_value(checked))
        amount_id = operation.create("amount", parent=assessment_id)
        operation.set(amount_id, "amount", amount_value(replace(plain, factors=(*amount.factors, assumption_id))))
    return amount_id


def set_terms(workspace: Workspace, assessment_id: str, terms: Terms) -> Changes:
    """Record the discount rate and the years looked at; empty terms clear them.

    Raises:
        DiagError: `ASSUMPTION_UNKNOWN`, `UNIT_MIX`, `RATE_IN_AMOUNT`, `YEARS_BEYOND`.
    """
    view = known(workspace, assessment_id, "assessment", to_change=True)
    check_terms(terms, books_of(workspace, assessment_id))
    value = terms_value(terms)
    with workspace.store.operation("set_terms", view.case) as operation:
        if value is None:
            operation.clear(assessment_id, "terms")
        else:
            operation.set(assessment_id, "terms", value)
    return operation.changes


def economics_views(workspace: Workspace, assessment_id: str) -> tuple[EntityView, ...]:
    """Return the entities that the books are read from, for what depends on their state."""
    entities = workspace.store.entities
    return (*entities("assumption", parent=assessment_id), *entities("amount", parent=assessment_id))


def _checked(assumption: Assumption) -> Assumption:
    unit(assumption.unit)
    found: Range = assumption.range
    for name in ("low", "likely", "high"):
        refuse(check_figure(getattr(found, name), name))
    refuse(check_range(found, "range"))
    if assumption.dated:
        _check_day(assumption.dated)
    label = short(assumption.label, "label")
    if not label:
        raise DiagError("LABEL_MISSING", location="label")
    return replace(
        assumption, label=label, source=short(assumption.source, "source"), owner=short(assumption.owner, "owner")
    )


def _check_day(dated: str) -> None:
    try:
        date.fromisoformat(dated)
    except ValueError:
        raise DiagError("DATE_INVALID", location="dated", value=dated[:40]) from None


def _checked_amount(workspace: Workspace, assessment_id: str, amount: Amount, books: Books | None = None) -> Amount:
    subject = workspace.store.entity(amount.subject_id)
    if subject.is_deleted or subject.parent != assessment_id or subject.kind not in SUBJECTS:
        raise DiagError("ENTITY_UNKNOWN", location=amount.subject_id)
    books = books or books_of(workspace, assessment_id)
    check_amount(amount, books.assumptions)
    check_terms(books.terms, replace(books, amounts=(*books.amounts, amount)))
    label = short(amount.label, "label")
    if not label:
        raise DiagError("LABEL_MISSING", location="label")
    return replace(amount, label=label)
