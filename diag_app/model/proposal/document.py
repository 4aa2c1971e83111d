"""The whole document: cover, then every chapter of its kind that has data, in the order of the template."""

from __future__ import annotations

from dataclasses import replace

from diag_app.codec import digest
from diag_app.forms.definition import Language
from diag_app.forms.logo import Logo
from diag_app.forms.report_template import ReportKind, ReportTemplate
from diag_app.model.audience import OWN_COPY, Audience
from diag_app.model.content import NO_COVER, Cover, Document
from diag_app.model.cover_logo import CoverLogo
from diag_app.model.proposal.calculation import calculation
from diag_app.model.proposal.copies import CopyFor, scrubbed, shown_pictures, withheld_facts, without_pictures
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.profile import firm_kind
from diag_app.model.proposal.references import numbered, pointing, ref, resolved
from diag_app.model.proposal.sections import chapters
from diag_app.model.proposal.voice import Voice
from diag_app.model.said import Translate


def build_document(
    *,
    facts: ProposalFacts,
    language: Language,
    translate: Translate,
    template: ReportTemplate,
    kind: ReportKind,
    copy: CopyFor | None = None,
) -> Document:
    """Return a report of `kind` in one language; `translate` must speak the same one.

    A part without data is absent and its number stays free, so that numbers mean the same in every report. A `copy` for
    others does not hold what its audience's profile withholds; without one the report is the firm's own.
    """
    audience = OWN_COPY if copy is None else copy.audience
    kind = replace(kind, sections=tuple(name for name in kind.sections if name not in audience.leaves_out))
    shown = withheld_facts(facts, audience, translate)
    voice = Voice(language=language, translate=translate, bands=audience.bands, sections=frozenset(kind.sections))
    document = _document(shown, voice, template, kind, audience)
    if copy is None or audience.is_own:
        return _settled(document, translate)
    pictured = without_pictures(document.chapters, shown_pictures(shown.evidence, audience))
    settled = _settled(replace(document, chapters=pictured), translate)
    return scrubbed(settled, copy.secrets, translate("[withheld]"))


def _settled(document: Document, translate: Translate) -> Document:
    """Return a document with its figures and tables numbered, and what its texts refer to named, as it now stands."""
    return resolved(replace(document, chapters=numbered(document.chapters, translate)), translate)


def _document(
    facts: ProposalFacts, voice: Voice, template: ReportTemplate, kind: ReportKind, audience: Audience
) -> Document:
    translate, label = voice.translate, audience.named(voice.language)
    title = voice.text(kind.title)
    name = facts.enterprise.profile.name
    demonstration = facts.enterprise.profile.is_demonstration
    head = translate("{firm} | {report}", firm=name, report=voice.text(kind.head))
    return Document(
        language=voice.language,
        title=translate("{firm}: {title}", firm=name, title=title),
        author=facts.consultant.firm,
        report_number=facts.report_number,
        issued_on=facts.issued_on,
        running_head=translate("{copy} | {head}", copy=label, head=head) if label else head,
        pack_line=pack_line(facts, voice, template),
        demonstration_mark=translate("DEMO: not a real firm") if demonstration else "",
        contents_title=translate("Contents") if kind.has_contents else "",
        continued=translate(" (continued)"),
        cover=replace(cover(facts, voice, template, title), audience=label) if kind.has_cover else NO_COVER,
        chapters=chapters(facts, voice, template, kind),
        number_label=translate("Report no."),
        calculation=calculation(facts, voice) if "answers" in kind.sections and not audience.bands else None,
        accent=template.branding.accent or "",
        most_pages=kind.most_pages or 0,
    )


def pack_line(facts: ProposalFacts, voice: Voice, template: ReportTemplate) -> str:
    """Return what a report is made after: the method's pack and the template, each with its digest."""
    return voice.translate(
        "Pack {pack}  digest {digest}  template {template}  digest {own}",
        pack=facts.pack.reference,
        digest=facts.pack.digest[:8],
        template=template.reference,
        own=template.digest[:8],
    )


def cover(facts: ProposalFacts, voice: Voice, template: ReportTemplate, title: str) -> Cover:
    """Return the cover; its drawing is the firm's own board."""
    translate, branding = voice.translate, template.branding
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
        issuer=facts.consultant.firm if branding.name is None else voice.text(branding.name),
        service=translate("Digital diagnosis for small and medium firms")
        if branding.service is None
        else voice.text(branding.service),
        tagline=firm_kind(facts, voice),
        board_note=board_note(len(facts.pack.scenarios), translate),
        seal_note=translate("covers the date of issue"),
        verify_title=translate("Verify"),
        verify_text=translate(
            "The code holds the report number and the digest of the content; both agree with the record of issue."
        ),
        digest_label=translate("Content digest SHA-256"),
        disclaimer=translate(
            "Based on what the firm provided and what was seen on site. No promise of subsidy, credit or benefit."
        )
        if branding.disclaimer is None
        else voice.text(branding.disclaimer),
        logo=cover_logo(branding.logo),
    )


def board_note(count: int, translate: Translate) -> str:
    """Return how the drawing of `count` scenarios on the cover is read."""
    return pointing(
        "scenarios",
        translate(
            "The pattern is this firm's rating of {count} scenarios: a column for each, level 1 at the foot; "
            "see {section}",
            count=count,
            section=ref("scenarios"),
        ),
        translate(
            "The pattern is this firm's rating of {count} scenarios: a column for each, level 1 at the foot",
            count=count,
        ),
    )


def cover_logo(logo: Logo | None) -> CoverLogo | None:
    """Return a template's logo as it stands in the tree."""
    if logo is None:
        return None
    sha256 = digest(logo.png) if logo.png else ""
    shapes = tuple((shape.fill, shape.segments) for shape in logo.shapes)
    return CoverLogo(width=logo.width, height=logo.height, sha256=sha256, shapes=shapes)


def method_name(facts: ProposalFacts, voice: Voice) -> str:
    """Return the title and number of the method's document."""
    title, number = voice.text(facts.pack.title), facts.pack.document.get("number", "")
    if not number:
        return voice.translate('"{title}"', title=title)
    return voice.translate('"{title}", {number}', title=title, number=number)
