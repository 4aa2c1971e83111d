"""The figures behind the score, for the workbook that reckons it again."""

from __future__ import annotations

from diag_app.model.calculation import Calculation, CalculationWords, calculation_of
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.voice import Voice


def calculation(facts: ProposalFacts, voice: Voice) -> Calculation:
    """Return what the assessment's score follows from, in the voice's language."""
    translate = voice.translate
    words = CalculationWords(
        figures=translate("Figures"),
        answers=translate("Answers"),
        scenarios=translate("Scenarios"),
        result=translate("Level"),
        note=translate("Tinted cells may be changed: score and level follow. The issued report does not."),
        identifier=translate("Id"),
        figure=translate("Figure"),
        value=translate("Value"),
        unit=translate("Unit"),
        question=translate("Question or option"),
        points=translate("Points"),
        chosen=translate("Chosen"),
        derived=translate("Derived"),
        counts=translate("Counts"),
        earned=translate("Earned"),
        scenario=translate("Scenario"),
        constrained=translate("Constrained"),
        level=translate("Level"),
        name=translate("Name"),
        holds=translate("Holds"),
        score=translate("Score"),
    )
    return calculation_of(facts.pack, facts.assessment.answers, voice.language, words)
