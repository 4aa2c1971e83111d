"""The visit record: what both sides confirm before the consultant leaves, with room for their signatures."""

from __future__ import annotations

from dataclasses import replace

from diag_app.codec import canonical_json, digest
from diag_app.model.actor import Actor
from diag_app.model.content import (
    Block,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Row,
    SignatureBoxes,
    Table,
)
from diag_app.model.content_texts import texts_of
from diag_app.model.drawn_signature import DrawnInBox
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING
from diag_app.model.proposal.profile import size_text
from diag_app.model.proposal.references import numbered
from diag_app.model.proposal.three_scores import position_text, target_name, views_text
from diag_app.model.proposal.visit import day_times
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.said import number_text


def visit_record(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return facts and disagreements of the visit, without conclusion or price."""
    translate = voice.translate
    blocks: list[Block] = [basics_table(facts, voice)]
    if facts.survey.days:
        blocks.append(course_table(facts, voice))
    blocks.append(matters_table(facts, voice))
    lines = [Paragraph(text=line) for line in facts.survey.summary.splitlines() if line.strip()]
    blocks += [Heading(text=translate("What came of it")), *lines] if lines else []
    return Chapter(
        number="",
        name=translate("Visit record"),
        finding=finding(facts, voice),
        lead=translate("Gone through by both sides before leaving: facts and reservations, no conclusion or price."),
        blocks=(
            *blocks,
            Heading(text=translate("Truth statement")),
            Paragraph(text=statement(voice)),
            boxes(facts, voice),
        ),
    )


def finding(facts: ProposalFacts, voice: Voice) -> str:
    """Return when the visit was and how many people took part."""
    days, people = facts.assessment.visited_on, len(facts.survey.of("firm"))
    if not days:
        return voice.translate("The days on site are not recorded")
    spent = voice.translate.plural("{count} day on site", "{count} days on site", len(set(days)))
    heard = voice.translate.plural("{count} person of the firm", "{count} people of the firm", people)
    return voice.translate("{days}: {spent}, {heard}", days=voice.days(days), spent=spent, heard=heard)


def basics_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return who was where, two entries a row."""
    translate, profile = voice.translate, facts.enterprise.profile
    staff = "" if profile.employees is None else translate("{count} people", count=number_text(profile.employees))
    consultants = [person.name for person in facts.survey.of("consultant")] or [facts.consultant.name]
    entries = [
        (translate("Enterprise"), profile.name),
        (translate("Unified social credit code"), profile.uscc or ""),
        (translate("Address"), profile.address or ""),
        (translate("Size and staff"), voice.joined((size_text(facts, voice), staff))),
        (translate("Consultant"), voice.listed(consultants)),
        (
            translate("On the firm's side"),
            voice.listed(_person(item.name, item.role) for item in facts.survey.of("firm")),
        ),
        (translate("Pack"), facts.pack.reference),
        (translate("Record number"), facts.report_number),
    ]
    missing = Cell(text=translate("not provided"), tone="signal")
    rows = []
    for (left, left_text), (right, right_text) in zip(entries[::2], entries[1::2], strict=True):
        row = ((left, left_text), (right, right_text))
        rows.append(
            Row(
                cells=tuple(
                    cell
                    for name, text in row
                    for cell in (Cell(text=name, tone="soft"), Cell(text=text) if text else missing)
                )
            )
        )
    widths = (22.0, 58.0, 28.0, 58.0)
    return Table(
        caption=translate("Who and where"),
        columns=tuple(Column(head="", width_mm=width) for width in widths),
        rows=tuple(rows),
    )


def course_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return each day with its hours, place, and the evidence taken on it."""
    translate = voice.translate
    rows = []
    for day in facts.survey.days:
        taken = [item for item in facts.evidence if (item.captured_at or item.received_at).startswith(day.day)]
        rows.append(
            Row(cells=cells(voice.day(day.day), day_times(day) or NOTHING, day.place or NOTHING, voice.cited(taken)))
        )
    return Table(
        caption=translate("Course of the visit"),
        columns=(
            Column(head=translate("Day"), width_mm=30),
            Column(head=translate("Hours"), width_mm=24),
            Column(head=translate("Where"), width_mm=56),
            Column(head=translate("Evidence of the day"), width_mm=56),
        ),
        rows=tuple(rows),
    )


def matters_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return what the sides agreed on or see differently, and what was left open."""
    translate = voice.translate
    matters: list[tuple[Cell, ...]] = []
    for views in facts.views:
        if views.differ:
            ruling = views.ruling
            handled = translate("counts as {answer}", answer=position_text(views.agreed))
            reason = ruling.reason if ruling is not None and ruling.holds else translate("no ruling yet")
            said = Cell(text=translate("Reservation: {views}", views=views_text(facts, voice, views)), tone="signal")
            matters.append(
                (Cell(text=target_name(facts, voice, views.target)), said, Cell(text=voice.joined((handled, reason))))
            )
    for question in facts.unanswered():
        name = Cell(text=f"{question.question_id} {voice.text(question.name)}")
        matters.append(
            (name, Cell(text=translate("not answered"), tone="signal"), Cell(text=translate("counts as 0 points")))
        )
    for scenario in facts.unrated():
        name = Cell(text=voice.text(scenario.label))
        matters.append(
            (name, Cell(text=translate("not rated"), tone="signal"), Cell(text=translate("counts as level 0")))
        )
    if not matters:
        matters.append((Cell(text=translate("All answers")), Cell(text=translate("agreed")), Cell(text=NOTHING)))
    return Table(
        caption=translate("Confirmed on the spot, and reservations"),
        columns=(
            Column(head="", width_mm=8),
            Column(head=translate("Matter"), width_mm=40),
            Column(head=translate("The firm's view"), width_mm=54),
            Column(head=translate("What happens with it"), width_mm=64),
        ),
        rows=tuple(
            Row(cells=(Cell(text=str(number), tone="bold"), *matter)) for number, matter in enumerate(matters, start=1)
        ),
    )


def record_digest(facts: ProposalFacts, voice: Voice) -> str:
    """Return the digest of what the record says, whoever issues it, when, and under which number."""
    nobody = Actor(name="", firm="", device="")
    record = visit_record(replace(facts, report_number="", consultant=nobody), voice)
    return said_digest(*numbered((record,), voice.translate))


def said_digest(chapter: Chapter) -> str:
    """Return the digest of what a chapter says, however it is laid out and whatever is drawn in it."""
    return digest(canonical_json([chapter.finding, chapter.lead, *texts_of(chapter)]))


def statement(voice: Voice) -> str:
    """Return what both sides confirm by signing."""
    return voice.translate(
        "The firm confirms: what it provided is true and complete and its figures agree with the records; it knows "
        "that the result serves the diagnosis and applications. The consultant confirms: everything recorded was seen "
        "or measured on site or provided by the firm, each with its source; nothing was promised about subsidy, credit "
        "or benefit."
    )


def boxes(facts: ProposalFacts, voice: Voice) -> SignatureBoxes:
    """Return the boxes of the three sides, with what was drawn in them on this record as it reads."""
    translate = voice.translate
    places = {"firm": 0, "consultant": 1}
    drawn = tuple(
        DrawnInBox(box=places[item.signer], strokes=item.strokes, text=f"{item.name} {item.at[:10]}")
        for item in facts.signatures
        if item.holds
    )
    sign, date = translate("Signature"), translate("Date")
    return SignatureBoxes(
        boxes=(
            (translate("Representative of the firm"), True, sign, date),
            (translate("Consultant"), False, sign, date),
            (translate("Issuer"), True, sign, date),
        ),
        seal_label=translate("Seal"),
        drawn=drawn,
    )


def _person(name: str, role: str) -> str:
    return f"{name} ({role})" if role else name
