"""The loose ends of the chain that were left so, each with the reason typed for it."""

from __future__ import annotations

from diag_app.model.chain import NO_PLAN, Chain, Orphan
from diag_app.model.content import Cell, Column, Row, Table
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import need_number
from diag_app.model.proposal.voice import Voice


def has_measures(facts: ProposalFacts) -> bool:
    """Return whether the proposal has a chapter of measures, which then tells the loose ends."""
    return facts.taken is not None and bool(facts.taken.plan.measures)


def loose_ends(facts: ProposalFacts, voice: Voice) -> tuple[Table, ...]:
    """Return the table of what is loose and why it is left so; nothing when nothing is."""
    chain = facts.chain
    excused = [] if chain is None else [orphan for orphan in chain.orphans if orphan.reason]
    return () if chain is None or not excused else (_table(facts, voice, chain, excused),)


def _table(facts: ProposalFacts, voice: Voice, chain: Chain, excused: list[Orphan]) -> Table:
    translate = voice.translate
    items = {link.need.need_id: f"{need_number(link.need.number)} {link.need.title}" for link in chain.links}
    items |= {item.measure_id: voice.text(item.measure.label) for item in facts.offers}
    items[NO_PLAN] = translate("All needs")
    words = {
        "needs_without_plan": translate("no path taken yet"),
        "need_without_words": translate("no words of the owner"),
        "need_without_measure": translate("no measure in this plan"),
        "measure_without_gap": translate("serves no need and no gap"),
        "measure_without_evidence": translate("no acceptance evidence named"),
        "cost_without_source": translate("price without source"),
        "benefit_without_criterion": translate("benefit without criterion"),
    }
    rows = [
        Row(
            cells=(
                Cell(text=items.get(orphan.item, orphan.item), tone="bold"),
                Cell(text=words[orphan.kind]),
                Cell(text=orphan.reason),
            )
        )
        for orphan in excused
    ]
    return Table(
        caption=translate("Loose ends, and why they are left so"),
        columns=(
            Column(head=translate("What"), width_mm=48),
            Column(head=translate("Loose end"), width_mm=36),
            Column(head=translate("Reason"), width_mm=82),
        ),
        rows=tuple(rows),
    )
