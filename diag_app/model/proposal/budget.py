"""Chapter 11: what the plan costs, measure by measure, with the source of every figure."""

from __future__ import annotations

from decimal import Decimal

from diag_app.model.content import Cell, Chapter, Column, Notice, Row, Table
from diag_app.model.plan import Offer, TakenPlan
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING
from diag_app.model.proposal.plan_words import measure_number, money, span
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.said import number_text


def budget_chapter(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the budget of the plan taken; absent while none is."""
    taken = facts.taken
    if taken is None or not taken.plan.measures:
        return ()
    translate, cost = voice.translate, taken.plan.cost
    budget = taken.chosen.wish.budget
    against = ""
    if budget is not None and not voice.bands:
        against = translate(
            "The budget named is {budget}: {likely} at the likely costs, {high} at the high ones.",
            budget=number_text(budget),
            likely=balance(budget - cost.likely, voice),
            high=balance(budget - cost.high, voice),
        )
    return (
        Chapter(
            number="11",
            origin="plan",
            name=translate("Budget"),
            finding=translate(
                "{range} (10k CNY), most likely {likely}", range=span(cost, voice), likely=voice.money(cost.likely)
            ),
            lead=voice.sentences([sources(facts, voice), against]),
            blocks=(
                cost_table(facts, voice, taken),
                Notice(
                    title=translate("No subsidy is reckoned with."),
                    text=translate(
                        "A subsidy depends on the rules of the city and is not estimated here; every figure stands "
                        "before subsidy."
                    ),
                    kind="estimate",
                ),
            ),
        ),
    )


def withholds_sources(facts: ProposalFacts) -> bool:
    """Return whether this copy names no source of a price; a price without one enters no plan."""
    return bool(facts.offers) and not any(item.offer.source for item in facts.offers)


def sources(facts: ProposalFacts, voice: Voice) -> str:
    """Return where the prices come from, or that this copy does not say it."""
    if withholds_sources(facts):
        return voice.translate("Each price has a source on record, which this copy does not name.")
    return voice.translate("Prices come from the sources named, not from this report.")


def balance(left: Decimal, voice: Voice) -> str:
    """Return what of a budget is left, or what it lacks."""
    if left < 0:
        return voice.translate("{amount} short", amount=number_text(-left))
    return voice.translate("{amount} left", amount=number_text(left))


def cost_table(facts: ProposalFacts, voice: Voice, taken: TakenPlan) -> Table:
    """Return low, likely and high of each measure with its source, day and owner."""
    translate, plan = voice.translate, taken.plan
    offers = {item.measure_id: item.offer for item in facts.offers}
    named = not withholds_sources(facts)
    rows = []
    for item in plan.measures:
        offer = offers.get(item.measure_id, Offer())
        source = voice.joined([offer.source, offer.dated, offer.owner]) or NOTHING
        rows.append(
            Row(
                cells=(
                    Cell(text=measure_number(plan, item.measure_id), tone="bold"),
                    Cell(text=voice.joined([voice.text(item.measure.label), offer.provider, offer.product])),
                    *cells(*money(item.cost, voice)),
                    *((Cell(text=source, tone="soft"),) if named else ()),
                ),
                origin=f"measure:{item.measure_id}",
            )
        )
    ends = ("",) if named else ()
    total = Row(cells=cells("", translate("All together"), *money(plan.cost, voice), *ends, tone="bold"), kind="total")
    figures = ((translate("Low"), 12), (translate("Likely"), 14), (translate("High"), 12))
    spare = 0 if named else 67  # what the sources would take
    return Table(
        caption=translate("Budget by measure (10k CNY)"),
        columns=(
            Column(head="", width_mm=11),
            Column(head=translate("Measure"), width_mm=50 + spare // 2),
            *(Column(head=head, width_mm=width + spare // 6, align="right") for head, width in figures),
            *((Column(head=translate("Source, date, who answers for it"), width_mm=67),) if named else ()),
        ),
        rows=(*rows, total),
    )
