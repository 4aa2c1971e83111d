"""The owner's summary: two pages at most, whatever the case holds; what does not fit is counted, not squeezed."""

from __future__ import annotations

from dataclasses import replace

from diag_app.forms.definition import Confidence
from diag_app.model.calculators.definition import rounded
from diag_app.model.content import (
    Block,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Notice,
    Paragraph,
    RangeBar,
    RangeChart,
    Row,
    Table,
)
from diag_app.model.plan import TakenPlan
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import need_number
from diag_app.model.proposal.findings import next_level_card, support_card, weak_card
from diag_app.model.proposal.money import Shown, end_text, shown_figure, sourced
from diag_app.model.proposal.plan_words import measure_number, span, when, why_in
from diag_app.model.proposal.summary import (
    MOST_NEEDS,
    TITLE,
    WORDS,
    finding,
    first_needs,
    further_needs,
    lead,
    level_change,
    priority_text,
    standing_blocks,
)
from diag_app.model.proposal.voice import Voice, cells

FIRST_STEPS = 3


def owner_page(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return the first page: where the firm stands, and three findings."""
    found = (weak_card(facts, voice), next_level_card(facts, voice), support_card(facts, voice))
    unsourced = tuple(replace(card, source="") for card in found)  # their tables stand in another report
    return Chapter(
        number="",
        name=voice.translate("Owner's summary"),
        finding=finding(facts, voice),
        lead=lead(facts, voice),
        blocks=tuple(standing_blocks(facts, voice, rule_words(facts, voice), unsourced)),
    )


def rule_words(facts: ProposalFacts, voice: Voice) -> str:
    """Return that the level rule is not official, without naming an annex that this report does not have."""
    rule = facts.pack.level_rule
    if rule.confidence is Confidence.EXACT:
        return ""
    return voice.translate(
        "The level rule is {status} and not yet checked against the official text; the method note of the full report "
        "says more.",
        status=voice.confidence(rule.confidence),
    )


def owner_money(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the second page: money in and out, what to do first, what was wished for; absent without any of them."""
    translate = voice.translate
    steps = [*_money(facts, voice), *_first(facts, voice)]
    blocks = [*steps, *_needs(facts, voice)]
    if not blocks:
        return ()
    if not steps:
        name = translate("What the firm asks for")
        text = translate("No plan is taken and no benefit reckoned yet, so nothing is said here of money and time.")
        noted = (*blocks[1:], Paragraph(text=text, style="note"))  # the chapter's own name is the heading
        return (Chapter(number="", name=name, finding=name, lead="", blocks=noted),)
    name = translate("What it takes, and what comes back")
    notice = Notice(
        title=translate("These are estimates, not promises."),
        text=translate(
            "Money is shown before any subsidy. A benefit counts once it has been measured the way its baseline was."
        ),
        kind="estimate",
    )
    return (Chapter(number="", name=name, finding=_finding(facts, voice), lead="", blocks=(*blocks, notice)),)


def _finding(facts: ProposalFacts, voice: Voice) -> str:
    translate, taken = voice.translate, _plan(facts)
    if taken is None:
        return translate("What it takes, and what comes back")
    return translate(
        "{cost} (10k CNY) and {weeks} weeks lead to {level}",
        cost=span(taken.plan.cost, voice),
        weeks=_weeks(taken),
        level=voice.named_level(facts.pack, taken.plan.after.level),
    )


def _weeks(taken: TakenPlan) -> int:
    return taken.plan.weeks + taken.chosen.trial_weeks


def _plan(facts: ProposalFacts) -> TakenPlan | None:
    return facts.taken if facts.taken is not None and facts.taken.plan.measures else None


def _money(facts: ProposalFacts, voice: Voice) -> list[Block]:
    """Return investment and net benefit as ranges over one scale, and the payback as a figure."""
    translate, taken = voice.translate, _plan(facts)
    books = sourced(facts.books).of(*(need.need_id for need in facts.needs))
    benefit, payback = shown_figure(books, "net_benefit"), shown_figure(books, "payback")
    bars: list[RangeBar] = []
    figures: list[KeyFigure] = []
    if taken is not None:
        cost = taken.plan.cost
        text = f"{span(cost, voice)} ({voice.money(cost.likely)})"
        name = translate("Investment of the plan")
        ends = [voice.drawn(end) for end in (cost.low, cost.likely, cost.high)]
        bars.append(RangeBar(label=name, low=ends[0], likely=ends[1], high=ends[2], text=text))
        figures.append(KeyFigure(figure=span(cost, voice), label=translate("investment, 10k CNY, before subsidy")))
        figures.append(KeyFigure(figure=str(len(taken.plan.measures)), label=translate("measures in the plan")))
        figures.append(KeyFigure(figure=str(_weeks(taken)), label=translate("weeks, with the trial run")))
    if benefit is not None:
        bars.append(_bar(translate("Net benefit a year"), benefit, voice))
    if payback is not None:
        years = " / ".join(end_text(end, voice) for end in (payback.low, payback.likely, payback.high))
        figures.append(KeyFigure(figure=years, label=translate("payback in years: low / likely / high")))
    if not bars:
        return []
    note = translate("Bar: low to high; mark and brackets: most likely. Bounds follow from the sources named.")
    chart = Figure(chart=RangeChart(bars=tuple(bars)), note=note)
    shown: list[Block] = [KeyFigures(figures=tuple(figures))] if figures else []
    return [*shown, Heading(text=translate("Investment and return (10k CNY, without tax)")), chart]


def _bar(label: str, shown: Shown, voice: Voice) -> RangeBar:
    ends = [end for end in (shown.low, shown.likely, shown.high) if end is not None]  # a benefit has all three
    low, likely, high = (rounded(end, 2) for end in ends)
    said = [end_text(end, voice) for end in ends]
    return RangeBar(label=label, low=low, likely=likely, high=high, text=f"{said[0]}–{said[2]} ({said[1]})")


def _first(facts: ProposalFacts, voice: Voice) -> list[Block]:
    """Return the measures that start first, with why, when and for how much."""
    translate, taken = voice.translate, _plan(facts)
    if taken is None:
        return []
    rows = [
        Row(
            cells=(
                Cell(text=measure_number(taken.plan, item.measure_id), tone="bold"),
                *cells(
                    voice.clipped(voice.text(item.measure.label), TITLE),
                    voice.clipped(why_in(taken.plan, voice, item), WORDS),
                    when(taken, voice, item.start_week, item.end_week),
                    span(item.cost, voice),
                ),
            )
        )
        for item in taken.plan.measures[:FIRST_STEPS]
    ]
    table = Table(
        columns=(
            Column(head="", width_mm=13),
            Column(head=translate("What to do first"), width_mm=52),
            Column(head=translate("What is missed without it"), width_mm=44),
            Column(head=translate("When"), width_mm=34),
            Column(head=translate("10k CNY"), width_mm=23, align="right"),
        ),
        rows=tuple(rows),
    )
    return [Heading(text=translate("First steps")), table]


def _needs(facts: ProposalFacts, voice: Voice) -> list[Block]:
    """Return the needs the firm confirmed, in one line each; those that do not fit are counted."""
    translate = voice.translate
    if not facts.needs:
        return []
    rows = []
    for need in first_needs(facts, MOST_NEEDS):
        now = facts.scenario_level(need.scenario_id)
        rows.append(
            Row(
                cells=(
                    Cell(text=need_number(need.number), tone="bold"),
                    *cells(
                        voice.clipped(need.title, TITLE),
                        voice.clipped(need.owner_words, WORDS),
                        level_change(now, need.target_level),
                        priority_text(need.priority, voice),
                    ),
                )
            )
        )
    table = Table(
        columns=(
            Column(head="", width_mm=13),
            Column(head=translate("Need"), width_mm=48),
            Column(head=translate("In the owner's words"), width_mm=72),
            Column(head=translate("Level"), width_mm=16),
            Column(head=translate("Priority"), width_mm=17),
        ),
        rows=tuple(rows),
    )
    return [Heading(text=translate("Needs the firm confirmed")), table, *further_needs(facts, voice, MOST_NEEDS)]
