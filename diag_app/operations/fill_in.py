"""The fill-in sheet of an assessment: shown, ticked as it is typed into the official system, printed, exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError
from diag_app.files import write
from diag_app.forms.definition import Language, Pack
from diag_app.forms.scoring import score
from diag_app.i18n import load_translator
from diag_app.model.fill_in import Entered, FillSheet, fill_in_sheet
from diag_app.model.fill_in_document import SheetHead, fill_in_document
from diag_app.model.json_shape import read_as
from diag_app.model.ops import Changes
from diag_app.model.proposal.voice import Voice
from diag_app.model.reading import ENTERED, assessment_from
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.rendering import Rendered
from diag_app.operations.workspace import Workspace, known


@dataclass(frozen=True, kw_only=True)
class FillIn:
    """The sheet as it stands, with its pack and what stands at its head."""

    sheet: FillSheet
    pack: Pack
    head: SheetHead


def load_fill_in(workspace: Workspace, assessment_id: str, language: Language) -> FillIn:
    """Return the sheet of an assessment as it stands now, names in `language`."""
    view = known(workspace, assessment_id, "assessment")
    assessment = assessment_from(view, language)
    pack = workspace.pack(assessment.pack)
    profile = load_enterprise(workspace, assessment.enterprise_id, language).profile
    entered = {
        register.removeprefix(ENTERED): read_as(Entered, shown.value)
        for register, shown in view.registers.items()
        if register.startswith(ENTERED) and shown.value is not None
    }
    head = SheetHead(
        firm=profile.name,
        issuer=workspace.actor.firm,
        reference=assessment_id[-6:].upper(),
        printed_on=workspace.clock.now().date().isoformat(),
        is_demonstration=profile.is_demonstration,
    )
    sheet = fill_in_sheet(pack, assessment.answers, score(pack, assessment.answers), entered)
    return FillIn(sheet=sheet, pack=pack, head=head)


def record_entered(
    workspace: Workspace, assessment_id: str, field_ids: Sequence[str], *, is_entered: bool = True
) -> Changes:
    """Tick fields as typed into the official system today with the values they have now, or take the ticks away.

    Raises:
        DiagError: `FILL_FIELD_UNKNOWN`; `FILL_FIELD_EMPTY` for a field that has no value to type.
    """
    view = known(workspace, assessment_id, "assessment", to_change=True)
    fields = {field.field_id: field for field in load_fill_in(workspace, assessment_id, "zh").sheet.fields()}
    for field_id in field_ids:
        if field_id not in fields:
            raise DiagError("FILL_FIELD_UNKNOWN", location=field_id)
        if is_entered and not fields[field_id].value:
            raise DiagError("FILL_FIELD_EMPTY", location=field_id)
    today = workspace.clock.now().date().isoformat()
    with workspace.store.operation("record_entered", view.case) as operation:
        for field_id in field_ids:
            tick = {"on": today, "value": fields[field_id].value} if is_entered else None
            operation.set(assessment_id, f"{ENTERED}{field_id}", tick)
    return operation.changes


def render_fill_in(
    workspace: Workspace, assessment_id: str, language: Language, *, progress: Progress = no_progress
) -> Rendered:
    """Return the sheet as PDF, as it stands now."""
    found = load_fill_in(workspace, assessment_id, language)
    voice = Voice(language=language, translate=load_translator(language))
    progress(1, 2)
    rendered = workspace.renderer(fill_in_document(found.sheet, found.pack, found.head, voice), {})
    progress(2, 2)
    return rendered


def write_fill_in(
    workspace: Workspace, assessment_id: str, language: Language, path: Path, *, progress: Progress = no_progress
) -> Path:
    """Write the sheet to `path`, as PDF or as Excel by the name's ending, and return the path.

    Raises:
        DiagError: `SHEET_FORMAT_UNKNOWN` for another ending, or a file code.
    """
    kind = path.suffix.lower()
    if kind == ".pdf":
        write(path, render_fill_in(workspace, assessment_id, language, progress=progress).pdf)
    elif kind == ".xlsx":
        from diag_app.report.fill_in_workbook import fill_in_workbook  # noqa: PLC0415

        found = load_fill_in(workspace, assessment_id, language)
        voice = Voice(language=language, translate=load_translator(language))
        write(path, fill_in_workbook(found.sheet, found.pack, found.head, voice))
        progress(1, 1)
    else:
        raise DiagError("SHEET_FORMAT_UNKNOWN", location=path.name)
    return path
