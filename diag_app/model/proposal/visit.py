"""The visit in the survey chapter: days with times and places, who took part, what was done, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from diag_app.model.content import Block, Column, Heading, Paragraph, Photo, PhotoGrid, Row, Table
from diag_app.model.facts import Evidence
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import evidence_number, minute_text
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.survey import VisitDay


def visit_blocks(facts: ProposalFacts, voice: Voice) -> list[Block]:
    """Return what the record says: days with times and places, who took part, what was done, what came of it."""
    translate, survey = voice.translate, facts.survey
    blocks: list[Block] = []
    rows = [Row(cells=cells(voice.day(day.day), day_times(day), day.place)) for day in survey.days]
    if any(day.start or day.end or day.place for day in survey.days):
        columns = (
            Column(head=translate("Day"), width_mm=44),
            Column(head=translate("Hours"), width_mm=36),
            Column(head=translate("Where"), width_mm=86),
        )
        blocks.append(Table(caption=translate("When and where"), columns=columns, rows=tuple(rows)))
    if survey.people:
        sides = {"firm": translate("the firm"), "consultant": translate("the consultants")}
        people = [
            Row(cells=cells(person.name, person.role, sides[side]))
            for side in ("firm", "consultant")
            for person in survey.people
            if person.side == side
        ]
        columns = (
            Column(head=translate("Full name"), width_mm=44),
            Column(head=translate("Role"), width_mm=70),
            Column(head=translate("For whom"), width_mm=52),
        )
        blocks.append(Table(caption=translate("Who took part"), columns=columns, rows=tuple(people)))
    for title, text in ((translate("Agenda"), survey.agenda), (translate("What came of it"), survey.summary)):
        if text:
            lines = [Paragraph(text=line) for line in text.splitlines() if line.strip()]
            blocks += [Heading(text=title), *lines]
    group = [item for item in facts.evidence if item.evidence_id == survey.photo]
    if group:
        blocks.append(PhotoGrid(photos=(photo(group[0], voice),), caption=translate("Group photo")))
    return blocks


def day_times(day: VisitDay) -> str:
    """Return the times of a day: `09:00–16:30`, or the one that is known."""
    return "–".join(part for part in (day.start, day.end) if part)


def photo_grid(items: Sequence[Evidence], voice: Voice) -> PhotoGrid:
    """Return pictures from the site as one figure."""
    caption = voice.translate("Pictures from the site: number, time and digest")
    return PhotoGrid(photos=tuple(photo(item, voice) for item in items), caption=caption)


def photo(item: Evidence, voice: Voice) -> Photo:
    """Return one picture with its caption, time and digest."""
    digest = voice.translate("digest {digest}", digest=item.sha256[:12])
    return Photo(
        sha256=item.sha256,
        label=evidence_number(item.number),
        caption=item.caption or item.name,
        detail=voice.translate(
            "{when}  {digest}", when=minute_text(item.captured_at or item.received_at), digest=digest
        ),
        origin=f"evidence:{item.evidence_id}",
    )
