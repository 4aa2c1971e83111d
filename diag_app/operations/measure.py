"""The measures of a case: the catalogue's and the consultant's own, their prices, and what the owner says of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from diag_app.codec import digest, load_json
from diag_app.errors import DiagError, Problem, refuse
from diag_app.files import read
from diag_app.forms.definition import Confidence, Language, Pack
from diag_app.forms.measure_laws import measure_faults, relation_faults
from diag_app.forms.measures import Catalogue, Measure
from diag_app.forms.pack_table import Findings, Table
from diag_app.forms.practice_measures import MEASURE_MARKS, MEASURES_PART, read_measure
from diag_app.i18n import LANGUAGES
from diag_app.model.economics import check_range
from diag_app.model.ops import Changes, EntityView
from diag_app.model.plan import MEASURE_STATES, CaseMeasure, MeasureState, Offer
from diag_app.model.plan_reading import (
    COST,
    PROVIDER,
    STATE,
    WEEKS,
    offer_from,
    offer_registers,
    recorded_measures,
    state_from,
)
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.texts import check_figure, short
from diag_app.operations.workspace import ANSWERS_LIMIT, Workspace, known
from diag_app.storage.operation import Operation

MEASURE_LIMIT = 1_000_000
MOST_WEEKS = 520


def find_catalogue(workspace: Workspace, assessment_id: str) -> Catalogue:
    """Return the measures of all practice packs that extend the assessment's method; the first of an id counts."""
    parts = workspace.practice(assessment_pack(workspace, assessment_id), MEASURES_PART)
    measures: dict[str, Measure] = {}
    vocabulary: dict[str, dict[str, Any]] = {}
    for part in parts:
        for measure in part.content.measures:
            measures.setdefault(measure.measure_id, measure)
        for kind, tags in part.content.vocabulary.items():
            vocabulary[kind] = {**tags, **vocabulary.get(kind, {})}
    return Catalogue(measures=tuple(measures.values()), vocabulary=vocabulary)


def find_measures(
    workspace: Workspace, assessment_id: str, language: Language | None = None
) -> tuple[CaseMeasure, ...]:
    """Return the catalogue's measures, then the case's own, each with what the case has recorded of it."""
    catalogue = find_catalogue(workspace, assessment_id)
    records = recorded_measures(workspace.store.entities("measure", parent=assessment_id))
    listed = tuple(_case_measure(measure, records.get(measure.measure_id), language) for measure in catalogue.measures)
    pack = assessment_pack(workspace, assessment_id)
    own = ((view, _readable_measure(view.value("definition"), pack)) for view in records.values())
    return (*listed, *(_case_measure(one, view, language, is_own=True) for view, one in own if one is not None))


def record_offer(workspace: Workspace, assessment_id: str, measure_id: str, offer: Offer) -> Changes:
    """Record what the consultant brings for a measure: price with its source, provider, product, weeks.

    Raises:
        DiagError: `MEASURE_UNKNOWN`, `RANGE_ORDER`, `FIGURE_BEYOND`, `DATE_INVALID`, `WEEKS_BEYOND`, `TEXT_TOO_LONG`.
    """
    return record_offers(workspace, assessment_id, {measure_id: offer})


def record_offers(workspace: Workspace, assessment_id: str, offers: Mapping[str, Offer]) -> Changes:
    """Record the offers for several measures as one operation; refused whole when one is wrong."""
    view = known(workspace, assessment_id, "assessment", to_change=True)
    _check_known(workspace, assessment_id, offers)
    plain = {measure_id: plain_offer(offer, measure_id) for measure_id, offer in offers.items()}
    with workspace.store.operation("record_measure_offers", view.case) as operation:
        records = _records(workspace, assessment_id)
        for measure_id, offer in plain.items():
            entity_id = _entity(operation, assessment_id, measure_id, records)
            _record_offer(operation, entity_id, offer)
    return operation.changes


def record_import(
    workspace: Workspace,
    assessment_id: str,
    offers: Mapping[str, Offer],
    states: Mapping[str, MeasureState | None],
    definitions: Mapping[str, Mapping[str, Any]],
) -> Changes:
    """Record own measures, offers and states that came in one workbook, as one operation."""
    view = known(workspace, assessment_id, "assessment", to_change=True)
    _check_known(workspace, assessment_id, {key: None for key in (*offers, *states) if key not in definitions})
    with workspace.store.operation("import_measures", view.case) as operation:
        records = _records(workspace, assessment_id)
        for measure_id in dict.fromkeys((*definitions, *offers, *states)):
            entity_id = _entity(operation, assessment_id, measure_id, records)
            if measure_id in definitions:
                operation.set(entity_id, "definition", dict(definitions[measure_id]))
            if measure_id in offers:
                _record_offer(operation, entity_id, offers[measure_id])
            if measure_id in states:
                operation.set(entity_id, STATE, states[measure_id])
    return operation.changes


def record_measure_state(
    workspace: Workspace, assessment_id: str, measure_id: str, state: MeasureState | None
) -> Changes:
    """Record that a measure is done already, fixed in the plan (pinned) or out of it (excluded); null takes it back."""
    view = known(workspace, assessment_id, "assessment", to_change=True)
    _check_known(workspace, assessment_id, (measure_id,))
    if state is not None and state not in MEASURE_STATES:
        raise DiagError("MEASURE_STATE_UNKNOWN", location=str(state)[:40], known=", ".join(MEASURE_STATES))
    with workspace.store.operation("record_measure_state", view.case) as operation:
        records = _records(workspace, assessment_id)
        operation.set(_entity(operation, assessment_id, measure_id, records), STATE, state)
    return operation.changes


def add_own_measure(workspace: Workspace, assessment_id: str, definition: Mapping[str, Any]) -> str:
    """Add a measure that no catalogue has, in the shape of a catalogue's entry; return its id.

    Raises:
        DiagError: `MEASURE_INVALID` with every fault, among them prerequisites in a circle.
    """
    view = known(workspace, assessment_id, "assessment", to_change=True)
    refuse_faults(workspace, assessment_id, definition)
    with workspace.store.operation("add_own_measure", view.case) as operation:
        records = _records(workspace, assessment_id)
        entity_id = _entity(operation, assessment_id, str(definition["id"]), records)
        operation.set(entity_id, "definition", dict(definition))
    return str(definition["id"])


def add_own_measure_file(workspace: Workspace, assessment_id: str, path: Path) -> str:
    """Add the own measure in a JSON file and return its id; `SHAPE_INVALID` for what is no object."""
    content = load_json(read(path, limit=ANSWERS_LIMIT), location=path.name)
    if not isinstance(content, dict):
        raise DiagError("SHAPE_INVALID", location=path.name, detail="{ }")
    return add_own_measure(workspace, assessment_id, content)


def remove_own_measure(workspace: Workspace, assessment_id: str, measure_id: str) -> Changes:
    """Take an own measure off the case; what was recorded of its price comes back with it by undo.

    Raises:
        DiagError: `MEASURE_NOT_OWN` for what the case has not added itself.
    """
    view = known(workspace, assessment_id, "assessment", to_change=True)
    own = {item.measure_id: item.entity_id for item in find_measures(workspace, assessment_id) if item.is_own}
    entity_id = own.get(measure_id)
    if entity_id is None:
        raise DiagError("MEASURE_NOT_OWN", location=measure_id[:80])
    with workspace.store.operation("remove_own_measure", view.case) as operation:
        operation.clear(entity_id, "definition")
    return operation.changes


def refuse_faults(workspace: Workspace, assessment_id: str, definition: Mapping[str, Any]) -> None:
    """Refuse a definition that is no sound measure beside those of the case."""
    present = tuple(item.measure for item in find_measures(workspace, assessment_id))
    catalogue, pack = find_catalogue(workspace, assessment_id), assessment_pack(workspace, assessment_id)
    faults = definition_faults(definition, present, catalogue, pack)
    name = str(definition.get("id", ""))[:80]
    if not faults and name in {item.measure_id for item in catalogue.measures}:
        raise DiagError("MEASURE_ID_TAKEN", location=name)
    if faults:
        raise DiagError("MEASURE_INVALID", location=name, problems=faults, count=str(len(faults)))


def definition_faults(
    definition: Mapping[str, Any], present: Sequence[Measure], catalogue: Catalogue, pack: Pack
) -> tuple[Problem, ...]:
    """Return what is wrong with a definition by itself, and beside the measures that are there."""
    findings = Findings()
    table = _table(definition, findings)
    measure = read_measure(table, pack)
    table.close()
    if findings.problems:
        return tuple(findings.problems)
    others = [item for item in present if item.measure_id != measure.measure_id]
    here = f"measures[{len(others)}]"
    relations = (fault for fault in relation_faults([*others, measure]) if fault[1].startswith(here))
    return tuple(
        Problem(code=code, location=place, parameters={"file": measure.measure_id, "path": place, **parameters})
        for code, place, parameters in (*measure_faults(measure, catalogue, pack), *relations)
    )


def plain_offer(offer: Offer, location: str) -> Offer:
    """Return the offer with plain texts; what cannot be is refused."""
    if offer.cost is not None:
        for name in ("low", "likely", "high"):
            refuse(check_figure(getattr(offer.cost, name), f"{location}.{name}"))
        refuse(check_range(offer.cost, location))
        if offer.cost.high > MEASURE_LIMIT or any(
            int(end.as_tuple().exponent) < -_MOST_PLACES for end in (offer.cost.low, offer.cost.likely, offer.cost.high)
        ):
            raise DiagError("PRICE_BEYOND", location=location, limit=str(MEASURE_LIMIT), places=str(_MOST_PLACES))
    if offer.weeks is not None and not 0 < offer.weeks <= MOST_WEEKS:
        raise DiagError("WEEKS_BEYOND", location=location, value=str(offer.weeks), limit=str(MOST_WEEKS))
    if offer.dated:
        _check_day(offer.dated, location)
    texts: dict[str, Any] = {
        name: short(getattr(offer, name), location) for name in ("source", "owner", "provider", "product")
    }
    return replace(offer, **texts)


_MOST_PLACES = 6


def _check_day(day: str, location: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise DiagError("DATE_INVALID", location=location, value=day[:40]) from None


def _check_known(workspace: Workspace, assessment_id: str, measure_ids: Mapping[str, Any] | tuple[str, ...]) -> None:
    here = {item.measure_id for item in find_measures(workspace, assessment_id)}
    for measure_id in measure_ids:
        if measure_id not in here:
            raise DiagError("MEASURE_UNKNOWN", location=measure_id[:80])


def _records(workspace: Workspace, assessment_id: str) -> Mapping[str, EntityView]:
    """Return the records by measure id, also those that undo took away: their ids are taken."""
    return recorded_measures(workspace.store.entities("measure", parent=assessment_id, include_deleted=True))


def _entity(operation: Operation, assessment_id: str, measure_id: str, records: Mapping[str, EntityView]) -> str:
    """Return the record of a measure, made when there is none; its id is the same on every machine."""
    if measure_id in records:
        found = records[measure_id]
        if found.is_deleted:
            operation.undelete(found.entity_id)
            for register in (COST, PROVIDER, WEEKS, STATE, "definition"):  # what undo took away stays away
                operation.clear(found.entity_id, register)
        return found.entity_id
    entity_id = f"measure-{digest(f'{assessment_id} {measure_id}'.encode())[:32]}"
    operation.create("measure", entity=entity_id, parent=assessment_id)
    operation.set(entity_id, "measure_id", measure_id)
    return entity_id


def _case_measure(
    measure: Measure, view: EntityView | None, language: Language | None, *, is_own: bool = False
) -> CaseMeasure:
    if view is None:
        return CaseMeasure(measure=measure)
    offer = offer_from(view, language)
    return CaseMeasure(measure=measure, offer=offer, state=state_from(view), is_own=is_own, entity_id=view.entity_id)


def _record_offer(operation: Operation, entity_id: str, offer: Offer) -> None:
    for register, value in offer_registers(offer).items():
        operation.set(entity_id, register, value)
        for language in LANGUAGES:  # words in another language said what no longer stands
            operation.clear(entity_id, f"{register}@{language}")


def _readable_measure(definition: Mapping[str, Any] | None, pack: Pack) -> Measure | None:
    """Return the measure of a definition that has its form; what a newer app may have added to it is no fault."""
    if definition is None:
        return None
    findings = Findings()
    measure = read_measure(_table(definition, findings), pack)
    return measure if all(problem.code == "PACK_KEY_UNKNOWN" for problem in findings.problems) else None


def own_measure(definition: Mapping[str, Any], pack: Pack) -> Measure:
    """Return the measure that a definition describes."""
    return read_measure(_table(definition, Findings()), pack)


def _table(definition: Mapping[str, Any], findings: Findings) -> Table:
    marks = dict.fromkeys(MEASURE_MARKS, Confidence.AUTHORED)
    return Table(
        file="measure", path="", content=definition, findings=findings, marks=marks, english=Confidence.AUTHORED
    )
