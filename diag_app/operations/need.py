"""Scenario needs with their measured baselines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from dataclasses import fields as fields_in
from pathlib import Path
from typing import Any

from diag_app.codec import load_json, structure, unstructure
from diag_app.errors import DiagError, refuse
from diag_app.files import read
from diag_app.forms.definition import Language, NeedForm, Pack
from diag_app.forms.need_details import NeedForms
from diag_app.forms.validation import check_level
from diag_app.model.facts import Barrier, BaselineMetric, PreconditionState, Priority, ScenarioNeed
from diag_app.model.ops import Changes, EntityView
from diag_app.model.reading import NEED_TAGS, NEED_TEXTS, metric_value, needs_from
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.need_form import (
    check_tags,
    entry_registers,
    need_forms,
    precondition_registers,
    worked_out,
)
from diag_app.operations.same_facts import facts_known, record_facts
from diag_app.operations.texts import check_figure, long, short
from diag_app.operations.workspace import ANSWERS_LIMIT, Workspace, known

NOTHING: Mapping[str, Any] = {}


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
    training: str = ""
    depths: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NeedFile:
    """The shape of the file that `diag need add` reads."""

    fields: NeedFields
    metrics: tuple[BaselineMetric, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict)  # field id of the form -> value
    preconditions: Mapping[str, PreconditionState] = field(default_factory=dict)


def add_need(
    workspace: Workspace,
    assessment_id: str,
    form_id: str,
    fields: NeedFields,
    metrics: tuple[BaselineMetric, ...] = (),
    *,
    form: Mapping[str, Any] = NOTHING,
    preconditions: Mapping[str, PreconditionState] = NOTHING,
) -> str:
    """Record a need under one of the pack's forms, with its baseline, as one operation; return its id.

    Facts of the form that another need has recorded already are taken over where `form` does not name them.

    Raises:
        DiagError: `NEED_FORM_UNKNOWN`, `METRIC_UNKNOWN`, `LEVEL_UNKNOWN`, `FIGURE_BEYOND`, `TEXT_TOO_LONG`,
            `TAG_UNKNOWN`; of the form's fields and preconditions what `record_field` refuses; of a working what its
            calculator refuses.
    """
    case = known(workspace, assessment_id, "assessment", to_change=True).case
    pack = assessment_pack(workspace, assessment_id)
    need_form, forms = _form(pack, form_id), need_forms(workspace, pack)
    named = _plain(replace(fields, title=fields.title or need_form.label.zh), forms)
    values = {
        "form_id": form_id,
        "scenario_id": need_form.scenario_id,
        **_registers(named),
        **{f"metric:{metric.metric_id}": _metric(workspace, pack, metric) for metric in metrics},
        **facts_known(workspace, assessment_id, forms.details(form_id), forms),
        **entry_registers(forms.details(form_id), form),
        **precondition_registers(forms.details(form_id), preconditions),
    }
    with workspace.store.operation("add_need", case) as operation:
        need_id = operation.create("need", parent=assessment_id)
        for register, value in values.items():
            if value is not None:
                operation.set(need_id, register, value)
    return need_id


def add_need_file(workspace: Workspace, assessment_id: str, form_id: str, path: Path) -> str:
    """Record the need in a JSON file and return its id.

    Its shape is `{"fields": {…}, "metrics": [{…}], "form": {field: value}, "preconditions": {id: {"state", "note"}}}`;
    only `fields` must be there.
    """
    content = structure(load_json(read(path, limit=ANSWERS_LIMIT), location=path.name), NeedFile, location=path.name)
    return add_need(
        workspace,
        assessment_id,
        form_id,
        content.fields,
        content.metrics,
        form=content.form,
        preconditions=content.preconditions,
    )


def load_need(workspace: Workspace, need_id: str, language: Language | None = None) -> ScenarioNeed:
    """Return one need; `ENTITY_UNKNOWN` when there is none such."""
    view = known(workspace, need_id, "need", to_change=True)
    return next(need for need in find_needs(workspace, view.parent or "", language) if need.need_id == need_id)


def set_need_file(workspace: Workspace, need_id: str, path: Path) -> Changes:
    """Record what a need file says over what is stored, as one operation; what it does not name stays."""
    need = load_need(workspace, need_id)
    given = load_json(read(path, limit=ANSWERS_LIMIT), location=path.name)
    if isinstance(given, dict) and isinstance(given.get("fields", {}), dict):
        given = {**given, "fields": {**unstructure(fields_of(need)), **given.get("fields", {})}}
    content = structure(given, NeedFile, location=path.name)
    pack = assessment_pack(workspace, need.assessment_id)
    forms = need_forms(workspace, pack)
    details = forms.details(need.form_id)
    values = {
        **_registers(_plain(content.fields, forms)),
        **{f"metric:{metric.metric_id}": _metric(workspace, pack, metric) for metric in content.metrics},
        **entry_registers(details, content.form),
        **precondition_registers(details, content.preconditions),
    }
    return _record(workspace, need_id, "set_need", values, forms)


def update_need(workspace: Workspace, need_id: str, fields: NeedFields) -> Changes:
    """Record what differs between `fields` and what is stored."""
    view = known(workspace, need_id, "need")
    forms = need_forms(workspace, assessment_pack(workspace, view.parent or ""))
    return _record(workspace, need_id, "update_need", _registers(_plain(fields, forms)), forms)


def fields_of(need: ScenarioNeed) -> NeedFields:
    """Return what can be changed of a need besides its form and its baseline."""
    return NeedFields(**{item.name: getattr(need, item.name) for item in fields_in(NeedFields)})


def _record(workspace: Workspace, need_id: str, name: str, values: Mapping[str, Any], forms: NeedForms) -> Changes:
    view = known(workspace, need_id, "need")
    with workspace.store.operation(name, view.case) as operation:
        record_facts(workspace, operation, view, values, forms)
    return operation.changes


def remove_need(workspace: Workspace, need_id: str) -> Changes:
    """Take a need off the list; undo brings it back."""
    view = known(workspace, need_id, "need")
    with workspace.store.operation("remove_need", view.case) as operation:
        operation.delete(need_id)
    return operation.changes


def find_needs(workspace: Workspace, assessment_id: str, language: Language | None = None) -> tuple[ScenarioNeed, ...]:
    """Return the assessment's needs in order of entry, each baseline in the order of its form."""
    views = workspace.store.entities("need", parent=assessment_id, include_deleted=True)
    return _needs(assessment_pack(workspace, assessment_id), views, language)


def has_needs(workspace: Workspace, assessment_id: str) -> bool:
    """Tell whether the assessment has a need."""
    return bool(workspace.store.entities("need", parent=assessment_id))


def find_needs_in_both(
    workspace: Workspace, assessment_id: str, pack: Pack, language: Language
) -> tuple[tuple[ScenarioNeed, ...], tuple[ScenarioNeed, ...]]:
    """Return the needs with their texts in `language`, and as they were said, from one reading.

    `pack` is the assessment's.
    """
    views = workspace.store.entities("need", parent=assessment_id, include_deleted=True)
    return _needs(pack, views, language), _needs(pack, views, None)


def _needs(pack: Pack, views: tuple[EntityView, ...], language: Language | None) -> tuple[ScenarioNeed, ...]:
    return tuple(replace(need, metrics=_ordered(pack, need)) for need in needs_from(views, language))


def record_metric(workspace: Workspace, need_id: str, metric: BaselineMetric) -> Changes:
    """Record one baseline metric; a null value says that it was not measured."""
    view = known(workspace, need_id, "need")
    value = _metric(workspace, assessment_pack(workspace, view.parent or ""), metric)
    with workspace.store.operation("record_metric", view.case) as operation:
        operation.set(need_id, f"metric:{metric.metric_id}", value)
    return operation.changes


def remove_metric(workspace: Workspace, need_id: str, metric_id: str) -> Changes:
    """Take a metric off the need's baseline."""
    view = known(workspace, need_id, "need")
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
    registers |= {name: list(getattr(fields, name)) or None for name in NEED_TAGS}
    return registers


def _form(pack: Pack, form_id: str) -> NeedForm:
    try:
        return pack.need_form(form_id)
    except KeyError:
        raise DiagError("NEED_FORM_UNKNOWN", location=form_id) from None


def _metric(workspace: Workspace, pack: Pack, metric: BaselineMetric) -> dict[str, Any]:
    """Return the value of the metric's register; an unknown metric or an impossible figure is refused."""
    place = f"metrics.{metric.metric_id}"
    try:
        pack.metric(metric.metric_id)
    except KeyError:
        raise DiagError("METRIC_UNKNOWN", location=metric.metric_id) from None
    refuse(check_figure(metric.value, place, may_be_negative=True))
    cited = [known(workspace, evidence_id, "evidence") for evidence_id in metric.evidence]
    evidence = tuple(view.entity_id for view in cited if not view.is_deleted)
    value = worked_out(need_forms(workspace, pack), metric, place)
    period, source = short(metric.period, place), short(metric.source, place)
    return metric_value(replace(metric, value=value, period=period, source=source, evidence=evidence))


def _plain(fields: NeedFields, forms: NeedForms) -> NeedFields:
    """Return the fields with plain texts; `LEVEL_UNKNOWN`, `TEXT_TOO_LONG`, `TAG_UNKNOWN` are raised here."""
    check_tags(forms, {name: getattr(fields, name) for name in NEED_TAGS})
    if fields.target_level is not None:
        refuse(check_level(fields.target_level, "target_level"))
    words: dict[str, Any] = {
        name: long(getattr(fields, name), name) for name in ("owner_words", "process", "pain", "wish", "training")
    }
    title, reason = short(fields.title, "title"), long(fields.barrier_reason, "barrier_reason")
    return replace(fields, **words, title=title, barrier_reason=reason)


def _ordered(pack: Pack, need: ScenarioNeed) -> tuple[BaselineMetric, ...]:
    """Return the baseline in the order of the form; a metric that the pack does not define is left out."""
    defined = {metric.metric_id for metric in pack.metrics}
    order = {metric_id: place for place, metric_id in enumerate(pack.asked_metrics(need.form_id))}
    known_here = (metric for metric in need.metrics if metric.metric_id in defined)
    return tuple(sorted(known_here, key=lambda metric: (order.get(metric.metric_id, len(order)), metric.metric_id)))
