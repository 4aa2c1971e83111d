"""The form of a need: fields, preconditions and tags, checked against what the practice packs ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import reduce
from typing import Any

from diag_app.errors import DiagError, Problem, refuse
from diag_app.forms.definition import Pack
from diag_app.forms.need_details import NeedDetails, NeedField, NeedForms
from diag_app.forms.need_values import Value, check_value, stored_value, value_from
from diag_app.forms.practice_need_forms import NEED_FORMS
from diag_app.model.calculators.calculate import calculate
from diag_app.model.facts import BaselineMetric, PreconditionState
from diag_app.model.ops import Changes
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.same_facts import record_facts
from diag_app.operations.texts import long, one_line
from diag_app.operations.workspace import Workspace, known

NONE = NeedForms()


def need_forms(workspace: Workspace, pack: Pack) -> NeedForms:
    """Return what the practice packs say about the need forms of `pack`; nothing where none says anything."""
    return reduce(NeedForms.joined, (found.content for found in workspace.practice(pack, NEED_FORMS)), NONE)


def record_field(workspace: Workspace, need_id: str, field_id: str, value: Value | None) -> Changes:
    """Record one field of the need's form, and of others that ask for the same fact; null and what is empty clear it.

    Raises:
        DiagError: `FIELD_UNKNOWN`, `FIELD_KIND`, `FIELD_OPTION_UNKNOWN`, `FIELD_COLUMN_UNKNOWN`, `FIELD_ROWS`,
            `FIGURE_BEYOND`, `NUMBER_NEGATIVE`, `TEXT_TOO_LONG`.
    """
    view = known(workspace, need_id, "need")
    forms = need_forms(workspace, assessment_pack(workspace, view.parent or ""))
    stored = _stored(_field(forms.details(view.value("form_id", "")), field_id), value)
    with workspace.store.operation("record_field", view.case) as operation:
        record_facts(workspace, operation, view, {f"field:{field_id}": stored}, forms)
    return operation.changes


def record_precondition(
    workspace: Workspace, need_id: str, precondition_id: str, state: PreconditionState | None
) -> Changes:
    """Record how far a precondition is met; null says that nobody has looked yet.

    Raises:
        DiagError: `FIELD_UNKNOWN`, `TEXT_TOO_LONG`.
    """
    view = known(workspace, need_id, "need")
    [(register, value)] = precondition_registers(_details(workspace, need_id), {precondition_id: state}).items()
    with workspace.store.operation("record_precondition", view.case) as operation:
        if value is None:
            operation.clear(need_id, register)
        else:
            operation.set(need_id, register, value)
    return operation.changes


def entry_registers(details: NeedDetails, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields given in a need file as {register: value}; what does not fit the form is refused."""
    registers = {}
    for field_id, value in given.items():
        field = _field(details, field_id)
        plain = value_from(field, _as_stored(value))
        if plain is None and value is not None:
            raise DiagError("FIELD_KIND", location=f"form.{field_id}", expected=field.kind)
        registers[f"field:{field_id}"] = _stored(field, plain)
    return registers


def precondition_registers(
    details: NeedDetails, given: Mapping[str, PreconditionState | None]
) -> dict[str, dict[str, Any] | None]:
    """Return the states as {register: value}; a precondition that the form does not ask is refused."""
    asked = {item.precondition_id for item in details.preconditions}
    registers: dict[str, dict[str, Any] | None] = {}
    for key, state in given.items():
        if key not in asked:
            raise DiagError("FIELD_UNKNOWN", location=f"preconditions.{key[:40]}")
        note = "" if state is None else long(state.note, f"preconditions.{key}")
        registers[f"precondition:{key}"] = None if state is None else {"state": state.state, "note": note}
    return registers


def check_tags(forms: NeedForms, tags: Mapping[str, Iterable[str]]) -> None:
    """Refuse with `TAG_UNKNOWN` the tags that no practice pack lists."""
    listed: Mapping[str, Mapping[str, Any]] = {
        "depths": forms.depths,
        "technologies": forms.technologies,
        "benefits": forms.benefits,
    }
    refuse(
        tuple(
            Problem(code="TAG_UNKNOWN", location=name, parameters={"value": tag[:40]})
            for name, chosen in tags.items()
            for tag in chosen
            if tag not in listed[name]
        )
    )


def worked_out(forms: NeedForms, metric: BaselineMetric, place: str) -> Decimal | None:
    """Return the metric's value, taken from its working where it has one.

    Raises:
        DiagError: what the calculator refuses; `UNIT_MIX` where it counts in another unit than the metric;
            `WORKING_DISAGREES` where a value is given that is not the one worked out.
    """
    if metric.working is None:
        return metric.value
    result = calculate(metric.working)
    use = forms.metrics.get(metric.metric_id)
    if use is not None and use.unit != result.unit:
        raise DiagError("UNIT_MIX", location=place, given=result.unit, wanted=use.unit)
    if metric.value is not None and metric.value != result.value:
        raise DiagError("WORKING_DISAGREES", location=place, value=str(metric.value), found=str(result.value))
    return result.value


def _details(workspace: Workspace, need_id: str) -> NeedDetails:
    view = known(workspace, need_id, "need")
    pack = assessment_pack(workspace, view.parent or "")
    return need_forms(workspace, pack).details(view.value("form_id", ""))


def _field(details: NeedDetails, field_id: str) -> NeedField:
    for field in details.fields:
        if field.field_id == field_id:
            return field
    raise DiagError("FIELD_UNKNOWN", location=f"form.{field_id[:40]}")


def _stored(field: NeedField, value: Value | None) -> Any:
    refuse(check_value(field, value))
    place = f"form.{field.field_id}"
    if isinstance(value, str):
        return stored_value(long(value, place))
    if isinstance(value, tuple):
        for row in value:
            for cell in row.values() if isinstance(row, Mapping) else ():
                long(cell if isinstance(cell, str) else "", place)
    return stored_value(value)


def _as_stored(value: Any) -> Any:
    """Return a value of a JSON file as the store has it: figures as text."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return [_as_stored(item) for item in value]
    if isinstance(value, dict):
        return {one_line(key): _as_stored(item) for key, item in value.items()}
    return value
