"""Measures and prices by Excel: written out, looked at when they come back, taken in as a whole or as wished."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError, Problem
from diag_app.files import read, write
from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.intake.measures_read import read_measures
from diag_app.intake.workbook_file import FILE_LIMIT
from diag_app.model.measure_sheet import (
    OWN_SHEET,
    MeasurePlan,
    SheetRow,
    cell_place,
    cell_problem,
    own_column,
    plan_import,
    read_own,
)
from diag_app.model.ops import Changes
from diag_app.model.own_measure import OwnMeasure, definition_of
from diag_app.model.plan import CaseMeasure, Offer
from diag_app.model.proposal.voice import Voice
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.measure import (
    definition_faults,
    find_catalogue,
    find_measures,
    own_measure,
    plain_offer,
    record_import,
)
from diag_app.operations.workspace import Workspace

COLUMN_OF_CODE = {"DATE_INVALID": "dated", "WEEKS_BEYOND": "weeks", "TEXT_TOO_LONG": "source"}  # else a price


@dataclass(frozen=True, kw_only=True)
class MeasureImport:
    """What was taken in: how many measures changed, and the cells that were left out."""

    changed: int
    problems: tuple[Problem, ...]
    changes: Changes | None = None


def export_measures(
    workspace: Workspace, assessment_id: str, language: Language, output: Path, *, progress: Progress = no_progress
) -> int:
    """Write all measures of the case with their prices to a workbook and return how many there are."""
    from diag_app.report.measure_workbook import measure_workbook  # noqa: PLC0415

    measures = find_measures(workspace, assessment_id)
    voice = Voice(language=language, translate=load_translator(language))
    day = workspace.clock.now().date().isoformat()
    progress(0, 1)
    write(output, measure_workbook(measures, voice, author=workspace.actor.firm, day=day))
    progress(1, 1)
    return len(measures)


def look_at_measures(
    workspace: Workspace, assessment_id: str, path: Path, *, progress: Progress = no_progress
) -> MeasurePlan:
    """Return what taking the workbook in would change and which cells cannot be taken; nothing is stored.

    Raises:
        DiagError: `WORKBOOK_…` for what is no workbook of measures.
    """
    progress(0, 1)
    found = read_measures(read(path, limit=FILE_LIMIT), path.name)
    progress(1, 1)
    measures = find_measures(workspace, assessment_id)
    own, own_problems = _own(workspace, assessment_id, found.own, measures)
    pack = assessment_pack(workspace, assessment_id)
    known = {item.measure_id: item for item in measures}
    for measure_id, said in own.items():
        measure = own_measure(definition_of(said, pack), pack)
        known[measure_id] = replace(known.get(measure_id, CaseMeasure(measure=measure, is_own=True)), measure=measure)
    plan = plan_import(found.prices, tuple(known.values()), (*found.problems, *own_problems))
    faults = [*plan.problems]
    offers: dict[str, Offer] = {}
    for measure_id, offer in plan.offers.items():
        try:
            offers[measure_id] = plain_offer(offer, measure_id)
        except DiagError as error:
            row = next(row.number for row in found.prices if row.texts.get("measure_id") == measure_id)
            place = cell_place(row, COLUMN_OF_CODE.get(error.code, "low"))
            faults.append(Problem(code=error.code, location=place, parameters=error.parameters))
    return MeasurePlan(own=own, offers=offers, states=plan.states, problems=tuple(faults))


def import_measures(
    workspace: Workspace,
    assessment_id: str,
    path: Path,
    *,
    without_faulty: bool = False,
    shown: MeasurePlan | None = None,
    progress: Progress = no_progress,
) -> MeasureImport:
    """Take the workbook in as one operation; with faulty cells only `without_faulty`, which leaves their rows out.

    Raises:
        DiagError: `WORKBOOK_CELLS` with every faulty cell, `MEASURES_CHANGED` where the plan `shown` is not what would
            be done now, or `WORKBOOK_…`; nothing was taken in then.
    """
    plan = look_at_measures(workspace, assessment_id, path, progress=progress)
    if shown is not None and plan != shown:
        raise DiagError("MEASURES_CHANGED", location=path.name)
    if plan.problems and not without_faulty:
        first = plan.problems[0]
        raise DiagError(
            "WORKBOOK_CELLS", location=first.location, problems=plan.problems, count=str(len(plan.problems))
        )
    changes = _record(workspace, assessment_id, plan)
    return MeasureImport(changed=plan.changes, problems=plan.problems, changes=changes)


def _record(workspace: Workspace, assessment_id: str, plan: MeasurePlan) -> Changes | None:
    pack = assessment_pack(workspace, assessment_id)
    definitions = {measure_id: definition_of(own, pack) for measure_id, own in plan.own.items()}
    if not plan.changes:
        return None
    return record_import(workspace, assessment_id, plan.offers, plan.states, definitions)


def _own(
    workspace: Workspace, assessment_id: str, rows: tuple[SheetRow, ...], measures: tuple[CaseMeasure, ...]
) -> tuple[dict[str, OwnMeasure], list[Problem]]:
    """Return the own measures that are new or said otherwise, and what is wrong with others, by cell.

    They may name each other as done before.
    """
    said, problems = read_own(rows)
    pack, catalogue = assessment_pack(workspace, assessment_id), find_catalogue(workspace, assessment_id)
    listed = {item.measure_id for item in catalogue.measures}
    definitions = {row: definition_of(own, pack) for row, own in said.items()}
    present = {item.measure_id: item.measure for item in measures}
    new = {own.measure_id: own_measure(definitions[row], pack) for row, own in said.items()}
    found: dict[str, OwnMeasure] = {}
    first: dict[str, str] = {}
    for row, own in said.items():
        faults = definition_faults(definitions[row], tuple({**present, **new}.values()), catalogue, pack)
        problems += [_in_cell(fault, row) for fault in faults]
        if own.measure_id in listed:
            problems.append(cell_problem("CELL_ID_TAKEN", row, "measure_id", own.measure_id, OWN_SHEET))
        elif own.measure_id in first:
            problems.append(cell_problem("CELL_TWICE", row, "measure_id", first[own.measure_id], OWN_SHEET))
        elif not faults and present.get(own.measure_id) != new[own.measure_id]:
            found[own.measure_id] = own
        first.setdefault(own.measure_id, cell_place(row, "measure_id", OWN_SHEET))
    return found, problems


def _in_cell(fault: Problem, row: int) -> Problem:
    """Return a fault of a definition as one of the cell that says it."""
    place = cell_place(row, own_column(fault.parameters.get("path", "")), OWN_SHEET)
    return replace(fault, location=place, parameters={**fault.parameters, "file": OWN_SHEET, "path": place})
