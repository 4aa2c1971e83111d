"""The pre-visit workbook, written: a cover, the profile, figures, questions, scenarios, contacts, papers."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook

from diag_app.model.previsit import FORMAT, LIST_SHEET, MANIFEST_SHEET
from diag_app.model.proposal.voice import Voice
from diag_app.report.previsit_making import Making, PrevisitFacts
from diag_app.report.previsit_sheets import (
    contact_sheet,
    cover_sheet,
    figure_sheet,
    paper_sheet,
    profile_sheet,
    question_sheet,
    scenario_sheet,
)
from diag_app.report.workbook import put, saved


def previsit_workbook(facts: PrevisitFacts, voice: Voice) -> bytes:
    """Return the workbook as .xlsx in one language; only its tinted cells can be written to."""
    book = Workbook()
    book.remove(book.worksheets[0])
    making = Making(book=book, voice=voice, facts=facts)
    translate = voice.translate
    sheets = [
        (translate("Read me"), cover_sheet),
        (translate("Profile"), profile_sheet),
        (translate("Figures"), figure_sheet),
        (translate("Questions"), question_sheet),
        (translate("Scenarios"), scenario_sheet),
        (translate("Contacts"), contact_sheet),
        *([(translate("Papers"), paper_sheet)] if facts.guide is not None else []),
    ]
    hidden = book.create_sheet(LIST_SHEET)
    for name, make in sheets:
        make(making, name)
    manifest = book.create_sheet(MANIFEST_SHEET)
    for row, (key, value) in enumerate(_manifest(facts, voice).items(), start=1):
        put(manifest, (row, 1), key, making.look)
        put(manifest, (row, 2), value, making.look)
    book.move_sheet(hidden, offset=len(book.worksheets))
    for sheet in (hidden, manifest):
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True
    book.active = 0
    title = f"{facts.profile.name} {translate('Pre-visit workbook')}"
    return saved(book, title=title, author=facts.head.issuer, day=facts.head.printed_on)


def _manifest(facts: PrevisitFacts, voice: Voice) -> Mapping[str, str]:
    return {
        "format": FORMAT,
        "assessment": facts.assessment_id,
        "pack": facts.pack.reference,
        "digest": facts.pack.digest,
        "language": voice.language,
    }
