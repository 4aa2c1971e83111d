"""Chapter 5: products, process, equipment and software, as recorded on site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from diag_app.model.content import Block, Chapter, Heading, Paragraph
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.voice import Voice

_MOST_SHARES = 2  # that fit a heading


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
    if not blocks:
        return ()
    name = translate("Products, process, equipment, software")
    missing = [head for head, text in parts if not text.strip()]
    lead = translate("As recorded on site, in the firm's own terms; not rated here.")
    if missing:
        lead = translate("Not recorded: {names}.", names=voice.listed(missing))
    return (
        Chapter(
            number="5",
            name=name,
            finding=finding(facts, voice, name),
            lead=voice.sentences((lead, *_workings(facts, voice))),
            blocks=tuple(blocks),
            new_page=False,
            origin="enterprise",
        ),
    )


def finding(facts: ProposalFacts, voice: Voice, name: str) -> str:
    """Return the shares that follow from the figures given, as many as fit, or the chapter's name."""
    shares = [
        voice.translate("{name} {share}", name=name, share=working.rpartition("=")[2].strip())
        for name, working in _shares(facts, voice)
    ]
    candidates = [voice.listed(shares[:count]) for count in range(len(shares), 0, -1)]
    return voice.head(*candidates, name)


def _workings(facts: ProposalFacts, voice: Voice) -> Iterator[str]:
    """Yield how each share was worked out: copies without the annex of answers say it nowhere else."""
    for name, working in _shares(facts, voice):
        yield voice.translate("{name}: {working}.", name=name, working=working)


def _shares(facts: ProposalFacts, voice: Voice) -> tuple[tuple[str, str], ...]:
    """Return the first questions whose answer follows from a share of two figures, each with its working."""
    found = (
        (voice.text(question.name), score.derived.working)
        for question, score in facts.scored()
        if score.derived is not None and "%" in score.derived.working
    )
    return tuple(islice(found, _MOST_SHARES))
