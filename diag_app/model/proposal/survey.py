"""Chapter 4: what was done on site, with the notes and the pictures taken there."""

from __future__ import annotations

from diag_app.model.content import Block, Chapter, Column, Heading, Paragraph, Row, Table
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.visit import photo_grid, visit_blocks
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.survey import SurveyRecord


def survey_chapter(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the survey record; absent when there was neither visit, record, note nor evidence."""
    notes = {target: text for target, text in facts.assessment.notes.items() if text.strip()}
    if not (facts.assessment.visited_on or notes or facts.evidence or facts.survey != SurveyRecord()):
        return ()
    translate = voice.translate
    blocks: list[Block] = [record_table(facts, voice, len(notes)), *visit_blocks(facts, voice)]
    pictures = [
        item
        for item in facts.evidence
        if item.media_type.startswith("image/") and item.evidence_id != facts.survey.photo
    ]
    if notes:
        blocks += [Heading(text=translate("Notes taken on site")), *note_blocks(facts, voice, notes)]
    if pictures:
        blocks.append(photo_grid(pictures, voice))
    return (
        Chapter(
            number="4",
            origin="visit",
            name=translate("Survey record"),
            finding=finding(facts, voice),
            lead=translate(
                "Facts and sources only: what was seen, what was shown, what was said. No prices, no promises."
            ),
            blocks=tuple(blocks),
            new_page=False,
        ),
    )


def finding(facts: ProposalFacts, voice: Voice) -> str:
    """Return when and how long, and what was brought home."""
    days = facts.assessment.visited_on
    if not days:
        return voice.translate("Survey record: the days on site are not recorded")
    spent = voice.translate.plural("{count} day on site", "{count} days on site", len(set(days)))
    files = voice.translate.plural("{count} evidence file", "{count} evidence files", len(facts.evidence))
    full = voice.translate("{days}: {spent}, {files}", days=voice.days(days), spent=spent, files=files)
    return voice.head(full, voice.translate("{spent}, {files}", spent=spent, files=files))


def record_table(facts: ProposalFacts, voice: Voice, notes: int) -> Table:
    """Return the survey in figures."""
    translate, assessment = voice.translate, facts.assessment
    answered = sum(1 for _, score in facts.scored() if score.state != "missing")
    rated = len(facts.pack.scenarios) - len(facts.unrated())
    rows = (
        (
            translate("Days on site"),
            voice.days(assessment.visited_on) if assessment.visited_on else translate("not recorded"),
        ),
        (translate("Consultant"), voice.listed((facts.consultant.name, facts.consultant.firm))),
        (
            translate("Questions answered"),
            translate("{count} of {total}", count=answered, total=len(facts.pack.questions)),
        ),
        (translate("Scenarios rated"), translate("{count} of {total}", count=rated, total=len(facts.pack.scenarios))),
        (
            translate("Evidence files and notes"),
            translate("{files} files, {notes} notes", files=len(facts.evidence), notes=notes),
        ),
    )
    return Table(
        caption=translate("The survey in figures"),
        columns=(Column(head=translate("Entry"), width_mm=52), Column(head=translate("Content"), width_mm=114)),
        rows=tuple(Row(cells=cells(*row)) for row in rows),
    )


def note_blocks(facts: ProposalFacts, voice: Voice, notes: dict[str, str]) -> list[Block]:
    """Return each note under the question or scenario it belongs to, in the pack's order, as written."""
    names = {item.question_id: f"{item.question_id} {voice.text(item.name)}" for item in facts.pack.questions}
    names |= {item.scenario_id: voice.text(item.label) for item in facts.pack.scenarios}
    ordered = [target for target in names if target in notes] + sorted(
        target for target in notes if target not in names
    )
    blocks: list[Block] = []
    for target in ordered:
        blocks.append(Heading(text=names.get(target, target), level=3))
        blocks += [Paragraph(text=line) for line in notes[target].splitlines() if line.strip()]
    return blocks
