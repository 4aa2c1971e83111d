"""The part `need_forms.toml` of a practice pack, read strictly: every fault is found at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator

from diag_app.forms.definition import Pack
from diag_app.forms.need_details import (
    Acceptance,
    FieldColumn,
    FieldKind,
    FieldOption,
    MetricUse,
    NeedDetails,
    NeedField,
    NeedForms,
    NeedRisk,
    Precondition,
)
from diag_app.forms.pack_advice import read_texts
from diag_app.forms.pack_table import Table
from diag_app.forms.practice import Part

FILE = "need_forms.toml"
MARKS = frozenset(
    {"label", "option", "why", "formula", "unit", "precondition", "acceptance", "risk", "solution", "tag"}
)
CHOOSING = (FieldKind.CHOICE, FieldKind.MULTIPLE)
CELLS = tuple(kind for kind in FieldKind if kind is not FieldKind.TABLE)


def read_need_forms(table: Table, method: Pack) -> NeedForms:
    """Return the details of the method's need forms; what the method does not know is a fault."""
    units, depths = read_texts(table, "units", "unit"), read_texts(table, "depths", "tag")
    metric_ids = {metric.metric_id for metric in method.metrics}
    form_ids = {form.form_id for form in method.need_forms}
    metrics: dict[str, MetricUse] = {}
    for entry in table.tables("metrics"):
        metric_id, unit = entry.text("id"), entry.text("unit")
        _known(entry, "id", [metric_id], metric_ids)
        _known(entry, "unit", [unit], units)
        metrics[metric_id] = MetricUse(unit=unit, calculator=entry.optional_text("calculator"))
    forms = []
    for entry in table.tables("forms"):
        form = _form(entry, units, depths, metric_ids, {item.question_id for item in method.questions})
        _known(entry, "id", [form.form_id], form_ids)
        forms.append(form)
    _check_fields(table, forms)
    return NeedForms(
        units=units,
        depths=depths,
        technologies=read_texts(table, "technologies", "tag"),
        benefits=read_texts(table, "benefits", "tag"),
        metrics=metrics,
        forms={form.form_id: form for form in forms},
    )


NEED_FORMS: Part[NeedForms] = Part(file=FILE, marks=MARKS, read=read_need_forms)


def _form(
    entry: Table,
    units: Container[str],
    depths: Container[str],
    metric_ids: Container[str],
    question_ids: Container[str],
) -> NeedDetails:
    return NeedDetails(
        form_id=entry.text("id"),
        fields=tuple(_field(item, units, question_ids) for item in _listed(entry, "fields")),
        preconditions=tuple(_precondition(item, depths) for item in _listed(entry, "preconditions")),
        acceptance=tuple(_acceptance(item, metric_ids) for item in _listed(entry, "acceptance")),
        risks=tuple(_risk(item) for item in _listed(entry, "risks")),
        solutions=tuple(item.both("solution") for item in _listed(entry, "solutions")),
    )


def _field(entry: Table, units: Container[str], question_ids: Container[str]) -> NeedField:
    kind = _kind(entry, tuple(FieldKind))
    unit, questions = entry.optional_text("unit"), entry.texts("questions")
    _known(entry, "unit", [unit] if unit else [], units)
    _known(entry, "questions", questions, question_ids)
    columns = tuple(_column(item) for item in _listed(entry, "columns"))
    _fitting(entry, "columns", given=bool(columns), wanted=kind is FieldKind.TABLE)
    _once(entry, "columns", [column.column_id for column in columns])
    return NeedField(
        field_id=entry.text("id"),
        kind=kind,
        label=entry.local("label", "label"),
        why=entry.local("why", "why"),
        unit=unit,
        formula=entry.optional_local("formula", "formula"),
        inputs=entry.texts("inputs"),
        same_as=entry.optional_text("same_as"),
        questions=questions,
        options=_options(entry, kind),
        columns=columns,
    )


def _column(entry: Table) -> FieldColumn:
    kind = _kind(entry, CELLS)
    return FieldColumn(
        column_id=entry.text("id"), kind=kind, label=entry.local("label", "label"), options=_options(entry, kind)
    )


def _options(entry: Table, kind: FieldKind) -> tuple[FieldOption, ...]:
    options = tuple(
        FieldOption(option_id=item.text("id"), label=item.both("option")) for item in _listed(entry, "options")
    )
    _fitting(entry, "options", given=bool(options), wanted=kind in CHOOSING)
    _once(entry, "options", [option.option_id for option in options])
    return options


def _precondition(entry: Table, depths: Container[str]) -> Precondition:
    depth = entry.text("depth")
    _known(entry, "depth", [depth], depths)
    return Precondition(precondition_id=entry.text("id"), depth=depth, text=entry.local("text", "precondition"))


def _acceptance(entry: Table, metric_ids: Container[str]) -> Acceptance:
    metric_id = entry.optional_text("metric")
    _known(entry, "metric", [metric_id] if metric_id else [], metric_ids)
    return Acceptance(
        acceptance_id=entry.text("id"),
        metric_id=metric_id,
        what=entry.local("what", "acceptance"),
        verified_by=entry.local("verified_by", "acceptance"),
        evidence=entry.local("evidence", "acceptance"),
    )


def _risk(entry: Table) -> NeedRisk:
    return NeedRisk(
        risk_id=entry.text("id"), risk=entry.local("risk", "risk"), response=entry.local("response", "risk")
    )


def _check_fields(table: Table, forms: Iterable[NeedDetails]) -> None:
    """Note forms, fields, preconditions and acceptance criteria named twice, and fields that read unknown ones."""
    listed = list(forms)
    fields = [item for form in listed for item in form.fields]
    known = {item.field_id for item in fields}
    _once(table, "forms", [form.form_id for form in listed])
    _once(table, "forms", [item.field_id for item in fields])
    _once(table, "forms", [item.precondition_id for form in listed for item in form.preconditions])
    _once(table, "forms", [item.acceptance_id for form in listed for item in form.acceptance])
    for item in fields:
        wanted = (*item.inputs, *([item.same_as] if item.same_as else []))
        _known(table, "forms", wanted, known)


def _kind(entry: Table, allowed: tuple[FieldKind, ...]) -> FieldKind:
    word = entry.text("kind")
    if word and word not in allowed:
        entry.fault("PACK_WORD", "kind", value=word, expected=", ".join(allowed))
    return next((kind for kind in allowed if kind == word), FieldKind.TEXT)


def _listed(entry: Table, key: str) -> Iterator[Table]:
    """Yield the tables under `key`, none where the key is not there."""
    return entry.tables(key) if entry.has(key) else iter(())


def _known(entry: Table, key: str, found: Iterable[str], known: Container[str]) -> None:
    for value in found:
        if value and value not in known:
            entry.findings.unlawful("PACK_ID_UNKNOWN", entry.file, entry.at(key), value=value)


def _once(entry: Table, key: str, found: Iterable[str]) -> None:
    for value, count in Counter(found).items():
        if value and count > 1:
            entry.findings.unlawful("PACK_ID_TWICE", entry.file, entry.at(key), value=value)


def _fitting(entry: Table, key: str, *, given: bool, wanted: bool) -> None:
    if wanted and not given:
        entry.fault("PACK_KEY_MISSING", key)
    elif given and not wanted:
        entry.fault("PACK_KEY_UNKNOWN", key)
