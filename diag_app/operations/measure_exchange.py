"""Measures and prices by Excel: written out, looked at when they come back, taken in as a whole or as wished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from diag_app.errors import DiagError, Problem
from diag_app.files import read, write
from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.intake.measures_read import read_measures
from diag_app.intake.workbook_file import FILE_LIMIT
from diag_app.model.measure_sheet import MeasurePlan, plan_import
from diag_app.model.ops import Changes
from diag_app.model.plan import Offer
from diag_app.model.proposal.voice import Voice
from diag_app.operations.measure import find_measures, plain_offer, record_import
from diag_app.operations.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class MeasureImport:
    """What was taken in: how many measures changed, and the cells that were left out."""

    changed: int
    problems: tuple[Problem, ...]
    changes: Changes | None = None


def export_measures(workspace: Workspace, assessment_id: str, language: Language, output: Path) -> int:
    """Write all measures of the case with their prices to a workbook and return how many there are."""
    from diag_app.report.measure_workbook import measure_workbook  # noqa: PLC0415

    measures = find_measures(workspace, assessment_id)
    voice = Voice(language=language, translate=load_translator(language))
    day = workspace.clock.now().date().isoformat()
    write(output, measure_workbook(measures, voice, author=workspace.actor.firm, day=day))
    return len(measures)


def look_at_measures(workspace: Workspace, assessment_id: str, path: Path) -> MeasurePlan:
    """Return what taking the workbook in would change and which cells cannot be taken; nothing is stored.

    Raises:
        DiagError: `WORKBOOK_…` for what is no workbook of measures.
    """
    rows, problems = read_measures(read(path, limit=FILE_LIMIT), path.name)
    plan = plan_import(rows, find_measures(workspace, assessment_id), problems)
    faults = [*plan.problems]
    offers: dict[str, Offer] = {}
    for measure_id, offer in plan.offers.items():
        try:
            offers[measure_id] = plain_offer(offer, measure_id)
        except DiagError as error:
            faults.append(Problem(code=error.code, location=error.location, parameters=error.parameters))
    return MeasurePlan(offers=offers, states=plan.states, problems=tuple(faults))


def import_measures(
    workspace: Workspace, assessment_id: str, path: Path, *, without_faulty: bool = False
) -> MeasureImport:
    """Take the workbook in as one operation; with faulty cells only `without_faulty`, which leaves their rows out.

    Raises:
        DiagError: `WORKBOOK_CELLS` with every faulty cell, or `WORKBOOK_…`; nothing was taken in then.
    """
    plan = look_at_measures(workspace, assessment_id, path)
    if plan.problems and not without_faulty:
        first = plan.problems[0]
        raise DiagError(
            "WORKBOOK_CELLS", location=first.location, problems=plan.problems, count=str(len(plan.problems))
        )
    changes = _record(workspace, assessment_id, plan)
    return MeasureImport(changed=plan.changes, problems=plan.problems, changes=changes)


def _record(workspace: Workspace, assessment_id: str, plan: MeasurePlan) -> Changes | None:
    offers: Mapping[str, Offer] = plan.offers
    return record_import(workspace, assessment_id, offers, plan.states) if plan.changes else None
