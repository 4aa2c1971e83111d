"""Chapter 14: who stands for what, and where they sign."""

from __future__ import annotations

from diag_app.model.content import Chapter, SignatureBoxes, TermList
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.voice import Voice


def pledge_chapter(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return the truth pledge with boxes for the firm, the consultant and the issuer."""
    translate = voice.translate
    firm, consultant, issuer = translate("The firm"), translate("The consultant"), translate("The issuer")
    sign, date = translate("Signature"), translate("Date")
    return Chapter(
        number="14",
        name=translate("Truth pledge and signatures"),
        finding=translate("What each side stands for"),
        lead=translate(
            "Holds for report {number}. Any change after signing needs new signatures.", number=facts.report_number
        ),
        blocks=(
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
                        translate(
                            "The rating follows the method and version named in annex D. "
                            "No subsidy, credit or benefit is promised."
                        ),
                    ),
                )
            ),
            SignatureBoxes(
                boxes=((firm, True, sign, date), (consultant, False, sign, date), (issuer, True, sign, date)),
                seal_label=translate("Seal"),
            ),
        ),
        new_page=False,
    )
