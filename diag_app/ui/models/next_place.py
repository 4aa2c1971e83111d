"""Where work on a firm goes on: the first thing that is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.forms.definition import Pack
from diag_app.forms.scorecard import Scorecard
from diag_app.i18n.translator import Translator
from diag_app.model.facts import Assessment
from diag_app.operations.enterprise import EnterpriseSummary


@dataclass(frozen=True, kw_only=True)
class NextPlace:
    """A page and its item, why to go there, and the words of the button that goes there."""

    page: str
    item: str | None
    reason: str
    action: str


def next_place(
    firm: EnterpriseSummary,
    assessment: Assessment | None,
    card: Scorecard | None,
    pack: Pack | None,
    translate: Translator,
) -> NextPlace:
    """Return the first open thing in the order of the work: diagnosis, scenarios, needs, proposal, delivery."""
    if assessment is None or card is None or pack is None:
        return NextPlace(
            page="diagnosis",
            item=None,
            reason=translate("No diagnosis has been begun."),
            action=translate("Begin the diagnosis"),
        )
    if card.missing:
        question = pack.question(card.missing[0])
        name = f"{question.question_id} {question.name.text(translate.language)}"
        return NextPlace(
            page="diagnosis",
            item=question.question_id,
            reason=translate("{name} has no answer yet.", name=name),
            action=translate("Open at {place}", place=question.question_id),
        )
    open_scenarios = len(pack.scenarios) - len(assessment.answers.scenarios)
    if open_scenarios > 0:
        return NextPlace(
            page="board",
            item=None,
            reason=translate.plural(
                "{count} scenario has no level yet.", "{count} scenarios have no level yet.", open_scenarios
            ),
            action=translate("Open the scenarios"),
        )
    return _after_diagnosis(firm, translate)


def _after_diagnosis(firm: EnterpriseSummary, translate: Translator) -> NextPlace:
    if not firm.needs:
        return NextPlace(
            page="needs", item=None, reason=translate("No need is recorded yet."), action=translate("Open the needs")
        )
    if not firm.proposals:
        return NextPlace(
            page="proposal",
            item=None,
            reason=translate("The proposal has not been issued."),
            action=translate("Open the proposal"),
        )
    return NextPlace(
        page="delivery",
        item=None,
        reason=translate("What is recorded has no receipt yet."),
        action=translate("Open the delivery"),
    )
