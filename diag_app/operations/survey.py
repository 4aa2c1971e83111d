"""The survey record of an assessment: days, people, agenda, summary, group photo; each change stored by itself."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from diag_app.errors import DiagError
from diag_app.files import read
from diag_app.forms.definition import Language
from diag_app.images import sniff_media_type
from diag_app.model.ops import Changes
from diag_app.model.survey import AGENDA, GROUP_PHOTO, SUMMARY, VISIT_DAY, Side, SurveyRecord, survey_from
from diag_app.operations.evidence import NewEvidence, bring_evidence_files, find_evidence
from diag_app.operations.texts import long, one_line, short
from diag_app.operations.workspace import Workspace, known
from diag_app.storage.operation import Operation

TEXTS = {"agenda": AGENDA, "summary": SUMMARY}
SIDES: tuple[Side, ...] = ("firm", "consultant")
PHOTO_LIMIT = 64 * 1024**2
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")


def load_survey(workspace: Workspace, assessment_id: str, language: Language | None = None) -> SurveyRecord:
    """Return the survey record of an assessment."""
    view = known(workspace, assessment_id, "assessment")
    return survey_from(view, workspace.store.entities("participant", parent=assessment_id), language)


def record_visit_day(
    workspace: Workspace, assessment_id: str, day: str, *, start: str = "", end: str = "", place: str = ""
) -> Changes:
    """Record a day on site with its times and place; a day recorded already is changed.

    Raises:
        DiagError: `DATE_INVALID`, `TIME_INVALID`, `TIMES_TURNED` where it ends before it begins, `TEXT_TOO_LONG`.
    """
    iso = _day(day)
    times = {"start": _time(start), "end": _time(end)}
    if times["start"] and times["end"] and times["end"] <= times["start"]:
        raise DiagError("TIMES_TURNED", location=iso, start=times["start"], end=times["end"])
    view = known(workspace, assessment_id, "assessment", to_change=True)
    days = sorted({*view.value("visited_on", ()), iso})
    with workspace.store.operation("record_visit_day", view.case) as operation:
        operation.set(assessment_id, "visited_on", days)
        operation.set(assessment_id, f"{VISIT_DAY}{iso}", {**times, "place": short(place, "place")})
    return operation.changes


def remove_visit_day(workspace: Workspace, assessment_id: str, day: str) -> Changes:
    """Take a day off the record, with its times and place."""
    view = known(workspace, assessment_id, "assessment", to_change=True)
    days = [other for other in view.value("visited_on", ()) if other != day]
    with workspace.store.operation("remove_visit_day", view.case) as operation:
        operation.set(assessment_id, "visited_on", days or None)
        operation.clear(assessment_id, f"{VISIT_DAY}{day}")
    return operation.changes


def save_participant(
    workspace: Workspace, assessment_id: str, *, name: str, role: str, side: Side, participant_id: str | None = None
) -> Changes:
    """Add a person who took part, or change one; name, role and side belong together.

    Raises:
        DiagError: `PERSON_NAMELESS`, `SIDE_UNKNOWN`, `TEXT_TOO_LONG`.
    """
    person = {"name": short(name, "name"), "role": short(role, "role"), "side": side}
    if not person["name"]:
        raise DiagError("PERSON_NAMELESS", location=participant_id or assessment_id)
    if side not in SIDES:
        raise DiagError("SIDE_UNKNOWN", location=one_line(side)[:40])
    view = known(workspace, assessment_id, "assessment", to_change=True)
    if participant_id is not None:
        known(workspace, participant_id, "participant", to_change=True)
    with workspace.store.operation("save_participant", view.case) as operation:
        entity = participant_id or operation.create("participant", parent=assessment_id)
        operation.set(entity, "participant", person)
    return operation.changes


def remove_participant(workspace: Workspace, participant_id: str) -> Changes:
    """Take a person off the record; undo brings them back."""
    view = known(workspace, participant_id, "participant")
    with workspace.store.operation("remove_participant", view.case) as operation:
        operation.delete(participant_id)
    return operation.changes


def record_survey_text(workspace: Workspace, assessment_id: str, which: str, text: str) -> Changes:
    """Record the agenda or the summary; an empty text clears it. Raises `SURVEY_TEXT_UNKNOWN`, `TEXT_TOO_LONG`."""
    if which not in TEXTS:
        raise DiagError("SURVEY_TEXT_UNKNOWN", location=which[:40])
    view = known(workspace, assessment_id, "assessment", to_change=True)
    with workspace.store.operation("record_survey_text", view.case) as operation:
        operation.set(assessment_id, TEXTS[which], long(text, which).strip() or None)
    return operation.changes


def record_group_photo(workspace: Workspace, assessment_id: str, evidence_id: str | None) -> Changes:
    """Name a picture among the evidence as the group photo; null names none. Raises `NOT_A_PICTURE`."""
    pictures = {item.evidence_id for item in find_evidence(workspace, assessment_id) if item.picture_sha256}
    if evidence_id is not None and evidence_id not in pictures:
        raise DiagError("NOT_A_PICTURE", location=evidence_id)
    view = known(workspace, assessment_id, "assessment", to_change=True)
    with workspace.store.operation("record_group_photo", view.case) as operation:
        operation.set(assessment_id, GROUP_PHOTO, evidence_id)
    return operation.changes


def add_group_photo(workspace: Workspace, assessment_id: str, path: Path, *, caption: str = "") -> Changes:
    """Add a picture as evidence that supports no answer, named as the group photo in the same operation.

    Raises:
        DiagError: `NOT_A_PICTURE`, `IMAGE_…`, or a file code.
    """
    file = NewEvidence(name=path.name, data=read(path, limit=PHOTO_LIMIT), targets=(), caption=caption)
    if not sniff_media_type(file.data, file.name).startswith("image/"):
        raise DiagError("NOT_A_PICTURE", location=file.name)

    def name_it(operation: Operation, item: str) -> None:
        operation.set(assessment_id, GROUP_PHOTO, item)

    return bring_evidence_files(workspace, assessment_id, [file], also=name_it).changes


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise DiagError("DATE_INVALID", location="visited_on", value=text[:40]) from None


def _time(text: str) -> str:
    short_text = text.strip()
    if not short_text:
        return ""
    found = _TIME.fullmatch(short_text)
    if found is None:
        raise DiagError("TIME_INVALID", location="visit", value=short_text[:40])
    return f"{int(found[1]):02d}:{found[2]}"
