"""Scenario needs with their measured baselines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from diag_app.codec import load_json, structure
from diag_app.errors import DiagError
from diag_app.files import read
from diag_app.forms.definition import Language, NeedForm, Pack
from diag_app.model.facts import Barrier, BaselineMetric, Priority, ScenarioNeed
from diag_app.model.ops import Changes
from diag_app.model.reading import NEED_TEXTS, metric_value, needs_from
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class NeedFields:
    """What is recorded of a need besides its form; texts as the enterprise put them."""

    title: str = ""
    owner_words: str = ""
    process: str = ""
    pain: str = ""
    wish: str = ""
    barrier: Barrier | None = None
    barrier_reason: str = ""
    priority: Priority = "should"
    target_level: int | None = None


@dataclass(frozen=True, kw_only=True)
class NeedFile:
    """The shape of the file that `diag need add` reads."""

    fields: NeedFields
    metrics: tuple[BaselineMetric, ...] = ()


def add_need(
    workspace: Workspace, assessment_id: str, form_id: str, fields: NeedFields, metrics: tuple[BaselineMetric, ...] = ()
) -> str:
    """Record a need under one of the pack's forms, with its baseline, as one operation; return its id.

    Raises:
        DiagError: `NEED_FORM_UNKNOWN`, `METRIC_UNKNOWN`, `LEVEL_UNKNOWN`.
    """
    pack = assessment_pack(workspace, assessment_id)
    form = _form(pack, form_id)
    case = workspace.store.entity(assessment_id).case
    named = replace(fields, title=fields.title or form.label.zh)
    with workspace.store.operation("add_need", case) as operation:
        need_id = operation.create("need", parent=assessment_id)
        values = {"form_id": form_id, "scenario_id": form.scenario_id, **_registers(named)}
        for register, value in values.items():
            if value is not None:
                operation.set(need_id, register, value)
        for metric in metrics:
            _check_metric(pack, metric.metric_id)
            operation.set(need_id, f"metric:{metric.metric_id}", metric_value(metric))
    return need_id


def add_need_file(workspace: Workspace, assessment_id: str, form_id: str, path: Path) -> str:
    """Record the need in a JSON file of the shape `{"fields": {…}, "metrics": [{…}]}` and return its id."""
    content = structure(load_json(read(path), location=path.name), NeedFile, location=path.name)
    return add_need(workspace, assessment_id, form_id, content.fields, content.metrics)


def update_need(workspace: Workspace, need_id: str, fields: NeedFields) -> Changes:
    """Record what differs between `fields` and what is stored."""
    view = workspace.store.entity(need_id)
    with workspace.store.operation("update_need", view.case) as operation:
        for register, value in _registers(fields).items():
            if value is None:
                operation.clear(need_id, register)
            else:
                operation.set(need_id, register, value)
    return operation.changes


def remove_need(workspace: Workspace, need_id: str) -> Changes:
    """Take a need off the list; undo brings it back."""
    view = workspace.store.entity(need_id)
    with workspace.store.operation("remove_need", view.case) as operation:
        operation.delete(need_id)
    return operation.changes


def find_needs(workspace: Workspace, assessment_id: str, language: Language | None = None) -> tuple[ScenarioNeed, ...]:
    """Return the assessment's needs in order of entry, each baseline in the order of its form."""
    pack = assessment_pack(workspace, assessment_id)
    needs = needs_from(workspace.store.entities("need", parent=assessment_id, include_deleted=True), language)
    return tuple(replace(need, metrics=_ordered(pack, need)) for need in needs)


def record_metric(workspace: Workspace, need_id: str, metric: BaselineMetric) -> Changes:
    """Record one baseline metric; a null value says that it was not measured."""
    view = workspace.store.entity(need_id)
    _check_metric(assessment_pack(workspace, view.parent or ""), metric.metric_id)
    with workspace.store.operation("record_metric", view.case) as operation:
        operation.set(need_id, f"metric:{metric.metric_id}", metric_value(metric))
    return operation.changes


def remove_metric(workspace: Workspace, need_id: str, metric_id: str) -> Changes:
    """Take a metric off the need's baseline."""
    view = workspace.store.entity(need_id)
    with workspace.store.operation("remove_metric", view.case) as operation:
        operation.clear(need_id, f"metric:{metric_id}")
    return operation.changes


def _registers(fields: NeedFields) -> dict[str, Any]:
    has_barrier = fields.barrier is not None or fields.barrier_reason
    registers: dict[str, Any] = {
        name: getattr(fields, name) or None for name in NEED_TEXTS if name not in ("form_id", "scenario_id")
    }
    registers["barrier"] = {"kind": fields.barrier, "reason": fields.barrier_reason} if has_barrier else None
    registers["priority"] = fields.priority
    registers["target_level"] = fields.target_level
    return registers


def _form(pack: Pack, form_id: str) -> NeedForm:
    try:
        return pack.need_form(form_id)
    except KeyError:
        raise DiagError("NEED_FORM_UNKNOWN", location=form_id) from None


def _check_metric(pack: Pack, metric_id: str) -> None:
    try:
        pack.metric(metric_id)
    except KeyError:
        raise DiagError("METRIC_UNKNOWN", location=metric_id) from None


def _ordered(pack: Pack, need: ScenarioNeed) -> tuple[BaselineMetric, ...]:
    order = {metric_id: place for place, metric_id in enumerate(pack.need_form(need.form_id).metric_ids)}
    return tuple(sorted(need.metrics, key=lambda metric: (order.get(metric.metric_id, len(order)), metric.metric_id)))
