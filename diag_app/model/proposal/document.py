"""The whole document: cover, then every chapter that has data, in the order of the parts."""

from __future__ import annotations

from diag_app.forms.definition import Language
from diag_app.model.content import Chapter, Cover, Document
from diag_app.model.proposal.annex_answers import answers_annex
from diag_app.model.proposal.annex_evidence import evidence_annex
from diag_app.model.proposal.annex_method import method_annex
from diag_app.model.proposal.annex_register import register_annex
from diag_app.model.proposal.benefits import benefits_chapter
from diag_app.model.proposal.budget import budget_chapter
from diag_app.model.proposal.calculation import calculation
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.gap import gap_chapter
from diag_app.model.proposal.measures import measures_chapter
from diag_app.model.proposal.needs import need_chapters
from diag_app.model.proposal.pledge import pledge_chapter
from diag_app.model.proposal.production import production_chapter
from diag_app.model.proposal.profile import firm_kind, profile_chapter
from diag_app.model.proposal.rating import rating_chapter
from diag_app.model.proposal.risks import risks_chapter
from diag_app.model.proposal.roadmap import roadmap_chapter
from diag_app.model.proposal.scenarios import scenarios_chapter
from diag_app.model.proposal.summary import summary_chapter
from diag_app.model.proposal.survey import survey_chapter
from diag_app.model.proposal.voice import Voice
from diag_app.model.said import Translate


def build_document(*, facts: ProposalFacts, language: Language, translate: Translate) -> Document:
    """Return the proposal in one language; `translate` must speak the same one.

    A part without data is absent and its number stays free, so that numbers mean the same in every report.
    """
    voice = Voice(language=language, translate=translate)
    title = translate("Digital diagnosis report")
    name = facts.enterprise.profile.name
    demonstration = facts.enterprise.profile.is_demonstration
    return Document(
        language=language,
        title=translate("{firm}: {title}", firm=name, title=title),
        author=facts.consultant.firm,
        report_number=facts.report_number,
        issued_on=facts.issued_on,
        running_head=translate("{firm} | Diagnosis report", firm=name),
        pack_line=translate("Pack {pack}  digest {digest}", pack=facts.pack.reference, digest=facts.pack.digest[:8]),
        demonstration_mark=translate("DEMO: not a real firm") if demonstration else "",
        contents_title=translate("Contents"),
        continued=translate(" (continued)"),
        number_label=translate("Report no."),
        cover=cover(facts, voice, title),
        chapters=chapters(facts, voice),
        calculation=calculation(facts, voice),
    )


def chapters(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the chapters that have data."""
    return (
        summary_chapter(facts, voice),
        profile_chapter(facts, voice),
        *survey_chapter(facts, voice),
        *production_chapter(facts, voice),
        rating_chapter(facts, voice),
        scenarios_chapter(facts, voice),
        *gap_chapter(facts, voice),
        *need_chapters(facts, voice),
        *measures_chapter(facts, voice),
        *roadmap_chapter(facts, voice),
        *budget_chapter(facts, voice),
        *benefits_chapter(facts, voice),
        risks_chapter(facts, voice),
        pledge_chapter(facts, voice),
        answers_annex(facts, voice),
        *evidence_annex(facts, voice),
        *register_annex(facts, voice),
        method_annex(facts, voice),
    )


def cover(facts: ProposalFacts, voice: Voice, title: str) -> Cover:
    """Return the cover; its drawing is the firm's own board."""
    translate = voice.translate
    visited = facts.assessment.visited_on
    rows = (
        (translate("Report number"), facts.report_number),
        (translate("On site"), voice.days(visited) if visited else ""),
        (translate("Issued on"), voice.day(facts.issued_on)),
        (translate("Consultant"), facts.consultant.name),
        (translate("Method"), method_name(facts, voice)),
        (translate("Pack"), facts.pack.reference),
    )
    return Cover(
        title=title,
        firm=facts.enterprise.profile.name,
        facts=tuple(row for row in rows if row[1]),
        seal_label=translate("Seal of the issuer"),
        board=tuple((facts.scenario_level(item.scenario_id), item.is_constrained) for item in facts.pack.scenarios),
        issuer=facts.consultant.firm,
        service=translate("Digital diagnosis for small and medium firms"),
        tagline=firm_kind(facts, voice),
        board_note=translate(
            "The pattern is this firm's rating of {count} scenarios: a column for each, level 1 at the foot; see 6.1",
            count=len(facts.pack.scenarios),
        ),
        seal_note=translate("covers the date of issue"),
        verify_title=translate("Verify"),
        verify_text=translate(
            "The code holds the report number and the digest of the content; both agree with the record of issue."
        ),
        digest_label=translate("Content digest SHA-256"),
        disclaimer=translate(
            "Based on what the firm provided and what was seen on site. No promise of subsidy, credit or benefit."
        ),
    )


def method_name(facts: ProposalFacts, voice: Voice) -> str:
    """Return the title and number of the method's document."""
    title, number = voice.text(facts.pack.title), facts.pack.document.get("number", "")
    if not number:
        return voice.translate('"{title}"', title=title)
    return voice.translate('"{title}", {number}', title=title, number=number)
