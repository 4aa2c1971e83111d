"""Facts that several need forms ask for: recorded in one need, they stand in the others too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from diag_app.forms.need_details import NeedDetails, NeedForms, holds_same_fact
from diag_app.model.ops import EntityView
from diag_app.operations.workspace import Workspace
from diag_app.storage.operation import Operation

FIELD = "field:"


def facts_known(workspace: Workspace, assessment_id: str, details: NeedDetails, forms: NeedForms) -> dict[str, Any]:
    """Return what needs with other forms say already of the facts that a form asks for: {register: value}."""
    found: dict[str, Any] = {}
    for need in workspace.store.entities("need", parent=assessment_id):
        for here, there in _shared(details, forms.details(need.value("form_id", ""))):
            value = need.value(there)
            if value is not None:
                found[here] = value
    return found


def record_facts(
    workspace: Workspace, operation: Operation, need: EntityView, values: Mapping[str, Any], forms: NeedForms
) -> None:
    """Set or clear registers of a need, and wherever needs with other forms hold the same facts."""
    details = forms.details(need.value("form_id", ""))
    places = [(need.entity_id, register, value) for register, value in values.items()]
    for other in workspace.store.entities("need", parent=need.parent):
        shared = _shared(details, forms.details(other.value("form_id", "")))
        places += [(other.entity_id, there, values[here]) for here, there in shared if here in values]
    for entity_id, register, value in places:
        if value is None:
            operation.clear(entity_id, register)
        else:
            operation.set(entity_id, register, value)


def _shared(details: NeedDetails, others: NeedDetails) -> Iterator[tuple[str, str]]:
    """Yield the registers of the facts that two different forms share."""
    if details == others:
        return
    for field in details.fields:
        for other in others.fields:
            if holds_same_fact(field, other):
                yield f"{FIELD}{field.field_id}", f"{FIELD}{other.field_id}"
