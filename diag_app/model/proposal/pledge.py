"""Chapter 14: who stands for what, and where they sign."""

from __future__ import annotations

from diag_app.model.content import Cell, Chapter, Column, Row, SignatureBoxes, Table, TermList
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import points_text
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.voice import Voice


def pledge_chapter(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return the truth pledge with boxes for the firm, the consultant and the issuer."""
    translate = voice.translate
    firm, consultant, issuer = translate("Firm"), translate("Consultant"), translate("Issuer")
    sign, date = translate("Signature"), translate("Date")
    return Chapter(
        number="14",
        name=translate("Truth pledge and signatures"),
        finding=translate("What each side stands for"),
        lead=translate(
            "Holds for report {number}. Any change after signing needs new signatures.", number=facts.report_number
        ),
        blocks=(
            signed_table(facts, voice),
            TermList(
                items=(
                    (
                        firm,
                        translate(
                            "The documents and figures given are true and complete and agree with the records. "
                            "The purpose of the rating is known."
                        ),
                    ),
                    (
                        consultant,
                        translate(
                            "What is recorded was seen or measured on site or stated by the firm. "
                            "What was not measured, not answered or not supported is said to be so."
                        ),
                    ),
                    (
                        issuer,
                        pointing(
                            "method",
                            translate(
                                "The rating follows the method and version named in {annex}. "
                                "No subsidy, credit or benefit is promised.",
                                annex=ref("method"),
                            ),
                            translate(
                                "The rating follows {pack}. No subsidy, credit or benefit is promised.",
                                pack=facts.pack.reference,
                            ),
                        ),
                    ),
                )
            ),
            SignatureBoxes(
                boxes=((firm, True, sign, date), (consultant, False, sign, date), (issuer, True, sign, date)),
                seal_label=translate("Seal"),
            ),
        ),
    )


def signed_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return what the signatures are for."""
    translate, card = voice.translate, facts.scorecard
    level = voice.named_level(facts.pack, card.level) if card.level else translate("no level")
    unanswered = voice.listed(f"{item.question_id} {voice.text(item.name)}" for item in facts.unanswered())
    rows = (
        (translate("Report number"), facts.report_number),
        (translate("Enterprise"), facts.enterprise.profile.name),
        (translate("Result"), translate("{points} points, {level}", points=points_text(card.score), level=level)),
        (translate("Not answered"), unanswered or translate("none")),
        (
            translate("Evidence"),
            translate.plural("{count} evidence file", "{count} evidence files", len(facts.evidence)),
        ),
        (translate("Needs"), voice.listed(need.title for need in facts.needs) or translate("none")),
        (
            translate("Pack"),
            translate("{pack}, digest {digest}", pack=facts.pack.reference, digest=facts.pack.digest[:24]),
        ),
    )
    return Table(
        caption=translate("What is signed"),
        columns=(Column(head=translate("Entry"), width_mm=40), Column(head=translate("Content"), width_mm=126)),
        rows=tuple(Row(cells=(Cell(text=name, tone="soft"), Cell(text=value))) for name, value in rows),
    )
