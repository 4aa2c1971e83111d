"""Chapter 5: products, process, equipment and software as recorded, and the figures the firm gave."""

from __future__ import annotations

from diag_app.model.content import Block, Chapter, Column, Heading, Paragraph, Row, Table
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import number_text
from diag_app.model.proposal.voice import Labels, Voice, cells


def production_chapter(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the chapter; absent when nothing of it was recorded."""
    translate, profile = voice.translate, facts.enterprise.profile
    parts = (
        (translate("Products"), profile.products),
        (translate("Process"), profile.processes),
        (translate("Equipment"), profile.equipment),
        (translate("Software"), profile.software),
    )
    blocks: list[Block] = []
    for head, text in parts:
        lines = [line for line in text.splitlines() if line.strip()]
        if lines:
            blocks += [Heading(text=head), *(Paragraph(text=line) for line in lines)]
    if facts.assessment.answers.numbers:
        blocks.append(number_table(facts, voice))
    if not blocks:
        return ()
    name = translate("Products, process, equipment, software")
    missing = [head for head, text in parts if not text.strip()]
    lead = translate("As recorded on site, in the firm's own terms; not rated here.")
    if missing:
        lead = translate("Not recorded: {names}.", names=voice.listed(missing))
    return (Chapter(number="5", name=name, finding=finding(facts, voice, name), lead=lead, blocks=tuple(blocks)),)


def finding(facts: ProposalFacts, voice: Voice, name: str) -> str:
    """Return the shares that follow from the figures given, as many as fit, or the chapter's name."""
    shares = [
        voice.translate(
            "{name} {share}", name=voice.text(question.name), share=score.derived.working.rpartition("=")[2].strip()
        )
        for question, score in facts.scored()
        if score.derived is not None and "%" in score.derived.working
    ]
    candidates = [voice.listed(shares[:count]) for count in (2, 1) if len(shares) >= count]
    return voice.head(*candidates, name)


def number_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return every recorded figure with its unit and the questions it serves, in the pack's order."""
    translate, numbers = voice.translate, facts.assessment.answers.numbers
    used: dict[str, list[str]] = {}
    for question in facts.pack.questions:
        for number_id in question.numbers:
            used.setdefault(number_id, []).append(question.question_id)
    rows = [
        Row(
            cells=cells(
                voice.text(field.label),
                number_text(numbers[field.number_id]),
                voice.text(field.unit),
                " ".join(used.get(field.number_id, ())),
            )
        )
        for field in facts.pack.numbers
        if field.number_id in numbers
    ]
    return Table(
        label=Labels(voice, "5").table(),
        caption=translate("Figures the firm gave, and the questions they decide"),
        columns=(
            Column(head=translate("Figure"), width_mm=80),
            Column(head=translate("Value"), width_mm=30, align="right"),
            Column(head=translate("Unit"), width_mm=26),
            Column(head=translate("Question"), width_mm=30),
        ),
        rows=tuple(rows),
        note=translate("Stated by the firm; evidence stands in annex B where it was shown."),
    )
