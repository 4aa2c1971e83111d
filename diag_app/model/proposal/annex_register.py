"""Annex C: every assumption once, with its range, source, date and owner, and where it is used."""

from __future__ import annotations

from dataclasses import replace

from diag_app.model.content import Cell, Chapter, Column, Row, Table
from diag_app.model.economics import Assumption, uses_of
from diag_app.model.economics_words import role_names
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, need_number
from diag_app.model.proposal.money import assumption_number, range_text
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.voice import Voice


def register_annex(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the register; absent when nothing is assumed. What lacks source, date or owner says so."""
    found = tuple(facts.books.assumptions.values())
    prices = prices_of(facts, voice) if "budget" in voice.sections else ()  # they are nothing but the budget's
    everything = (*found, *prices)
    if not everything:
        return ()
    translate = voice.translate
    owners = len({item.owner for item in everything if item.owner})
    finding = translate.plural("{count} assumption", "{count} assumptions", len(everything))
    tables = [register_table(facts, voice, found)] if found else []
    tables += [price_table(facts, voice, prices)] if prices else []
    return (
        Chapter(
            number="C",
            origin="needs",
            name=translate("Assumption register"),
            finding=voice.joined([finding, translate.plural("{count} owner", "{count} owners", owners)]),
            lead=translate("Each figure stands here once, however often it is used. Whoever owns it answers for it."),
            blocks=tuple(tables),
        ),
    )


def register_table(facts: ProposalFacts, voice: Voice, found: tuple[Assumption, ...]) -> Table:
    """Return the register as a table."""
    translate = voice.translate
    return Table(
        caption=translate("Assumptions: low / likely / high"),
        columns=(
            Column(head="", width_mm=12),
            Column(head=translate("Figure"), width_mm=42),
            Column(head=translate("Range"), width_mm=38),
            Column(head=translate("Source, date, owner"), width_mm=46),
            Column(head=translate("Used in"), width_mm=28),
        ),
        rows=(*(_row(item, assumption_number(item.number), _uses(facts, voice, item), voice) for item in found),),
    )


def price_table(facts: ProposalFacts, voice: Voice, prices: tuple[Assumption, ...]) -> Table:
    """Return the prices of the measures in the plan, which are assumptions like any other."""
    translate = voice.translate
    base = register_table(facts, voice, ())
    uses = pointing("budget", ref("budget"), translate("budget"))
    return replace(
        base,
        caption=translate("Prices of the measures in the plan: low / likely / high"),
        rows=tuple(_row(item, f"P-{item.number:02d}", uses, voice) for item in prices),
    )


def prices_of(facts: ProposalFacts, voice: Voice) -> tuple[Assumption, ...]:
    """Return the prices recorded of the plan's measures, each by the name of its measure."""
    priced = (item for item in facts.offers if item.offer.cost is not None)
    found = ((item.assumption(number), item.measure.label) for number, item in enumerate(priced, start=1))
    return tuple(replace(price, label=voice.text(label)) for price, label in found if price is not None)


def _row(item: Assumption, number: str, uses: str, voice: Voice) -> Row:
    return Row(
        cells=(
            Cell(text=number, tone="bold"),
            Cell(text=item.label),
            Cell(text=range_text(item, voice)),
            _basis(item, voice),
            Cell(text=uses, tone="soft"),
        )
    )


def _basis(item: Assumption, voice: Voice) -> Cell:
    known = voice.joined(part for part in (item.source, item.dated, item.owner) if part)
    if not item.missing:
        return Cell(text=known)
    return Cell(text=voice.joined([known, voice.translate("no source, date or owner: not counted")]), tone="signal")


def _uses(facts: ProposalFacts, voice: Voice, item: Assumption) -> str:
    names, numbers = role_names(voice.translate), {need.need_id: need.number for need in facts.needs}
    places = [
        f"{need_number(numbers[use.subject_id])} {names[use.role]}"
        for use in uses_of(item.assumption_id, facts.books.amounts)
        if use.subject_id in numbers
    ]
    if facts.books.terms.rate_id == item.assumption_id:
        places.append(voice.translate("discounting"))
    return voice.joined(places) or NOTHING
