"""The sections that reports are put together from, by the ids that templates name them by, and a template's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from diag_app.forms.definition import LocalText
from diag_app.forms.report_pack import FIELD, LEADING, Vocabulary
from diag_app.forms.report_template import OwnSection, ReportKind, ReportTemplate, SectionChange
from diag_app.model.content import Chapter, Paragraph
from diag_app.model.proposal.annex_answers import answers_annex
from diag_app.model.proposal.annex_evidence import digests_section, evidence_annex, pictures_section
from diag_app.model.proposal.annex_method import method_annex
from diag_app.model.proposal.annex_register import register_annex
from diag_app.model.proposal.benefits import benefits_chapter
from diag_app.model.proposal.budget import budget_chapter
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import points_text
from diag_app.model.proposal.gap import gap_chapter
from diag_app.model.proposal.measures import measures_chapter
from diag_app.model.proposal.needs import need_chapters
from diag_app.model.proposal.owner import owner_money, owner_page
from diag_app.model.proposal.pledge import pledge_chapter
from diag_app.model.proposal.production import production_chapter
from diag_app.model.proposal.profile import profile_chapter
from diag_app.model.proposal.rating import rating_chapter
from diag_app.model.proposal.references import ref
from diag_app.model.proposal.risks import risks_chapter
from diag_app.model.proposal.roadmap import roadmap_chapter
from diag_app.model.proposal.scenarios import scenarios_chapter
from diag_app.model.proposal.summary import summary_chapter
from diag_app.model.proposal.survey import survey_chapter
from diag_app.model.proposal.visit_record import visit_record
from diag_app.model.proposal.voice import Voice

Chapters = tuple[Chapter, ...]
Make = Callable[[ProposalFacts, Voice], Chapters]


def _always(make: Callable[[ProposalFacts, Voice], Chapter]) -> Make:
    """Return a section that is never absent."""
    return lambda facts, voice: (make(facts, voice),)


SECTIONS: Mapping[str, Make] = MappingProxyType(
    {
        "summary": _always(summary_chapter),
        "owner_page": _always(owner_page),
        "owner_money": owner_money,
        "profile": _always(profile_chapter),
        "survey": survey_chapter,
        "visit_record": _always(visit_record),
        "production": production_chapter,
        "rating": _always(rating_chapter),
        "scenarios": _always(scenarios_chapter),
        "gap": gap_chapter,
        "needs": need_chapters,
        "measures": measures_chapter,
        "roadmap": roadmap_chapter,
        "budget": budget_chapter,
        "benefits": benefits_chapter,
        "risks": _always(risks_chapter),
        "pledge": _always(pledge_chapter),
        "answers": _always(answers_annex),
        "evidence_pictures": pictures_section,
        "evidence": evidence_annex,
        "evidence_digests": digests_section,
        "register": register_annex,
        "method": _always(method_annex),
    }
)

# What a template's own texts may name; nothing that a copy for others withholds.
FIELDS: Mapping[str, Callable[[ProposalFacts, Voice], str]] = MappingProxyType(
    {
        "report_number": lambda facts, _: facts.report_number,
        "issued_on": lambda facts, voice: voice.day(facts.issued_on),
        "issuer": lambda facts, _: facts.consultant.firm,
        "firm": lambda facts, _: facts.enterprise.profile.name,
        "score": lambda facts, _: points_text(facts.scorecard.score),
        "level": lambda facts, voice: voice.level_name(facts.pack, facts.scorecard.level),
        "pack": lambda facts, _: facts.pack.reference,
    }
)

VOCABULARY = Vocabulary(sections=frozenset(SECTIONS), fields=frozenset(FIELDS))


def chapters(facts: ProposalFacts, voice: Voice, template: ReportTemplate, kind: ReportKind) -> Chapters:
    """Return the chapters of a kind of report that have data, in the template's order and words."""
    found: list[Chapter] = []
    for section in kind.sections:
        if section in template.own:
            found.append(_own(template.own[section], facts, voice))
        else:
            change = template.changes.get(section)
            made = [replace(chapter, anchor=section) for chapter in SECTIONS[section](facts, voice)]
            found += (
                made
                if change is None
                else [_changed(chapter, change, facts, voice) for chapter in _moved(made, change)]
            )
    return tuple(found)


def _moved(made: list[Chapter], change: SectionChange) -> list[Chapter]:
    """Return the chapters of a section under its other number, those below the first (`8.1`) with it."""
    if change.number is None or not made:
        return made
    stands = made[0].number
    return [replace(chapter, number=change.number + chapter.number.removeprefix(stands)) for chapter in made]


def _own(section: OwnSection, facts: ProposalFacts, voice: Voice) -> Chapter:
    name = voice.text(section.name)
    return Chapter(
        number=section.number,
        name=name,
        finding=name if section.finding is None else _filled(voice.text(section.finding), facts, voice),
        lead="" if section.lead is None else _filled(voice.text(section.lead), facts, voice),
        blocks=tuple(Paragraph(text=_filled(voice.text(text), facts, voice)) for text in section.paragraphs),
        new_page=section.new_page,
        anchor=section.section_id,
    )


def _changed(chapter: Chapter, change: SectionChange, facts: ProposalFacts, voice: Voice) -> Chapter:
    def said(text: LocalText | None, stands: str) -> str:
        return stands if text is None else _filled(voice.text(text), facts, voice)

    return replace(
        chapter,
        name=said(change.name, chapter.name),
        finding=said(change.finding, chapter.finding),
        lead=said(change.lead, chapter.lead),
    )


def _filled(text: str, facts: ProposalFacts, voice: Voice) -> str:
    """Return a template's text with the facts it names; what a fact says is never read as a field again."""

    def said(found: re.Match[str]) -> str:
        name = found[1]
        return ref(name.removeprefix(LEADING)) if name.startswith(LEADING) else FIELDS[name](facts, voice)

    return FIELD.sub(said, text)
