"""Chapter 8: the needs, each with the owner's words and the baseline measured or not."""

from __future__ import annotations

from collections import Counter

from diag_app.model.calculators.words import working_lines
from diag_app.model.content import (
    Block,
    Card,
    Cards,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
)
from diag_app.model.facts import PRIORITIES, BaselineMetric, ScenarioNeed
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, need_number
from diag_app.model.proposal.loose_ends import has_measures, loose_ends
from diag_app.model.proposal.need_details import detail_blocks
from diag_app.model.proposal.summary import level_change, priority_text
from diag_app.model.proposal.voice import Voice, cells, half_widths

CARD_WIDTH = 260  # half-width characters that a card of a quarter of the width holds in a third of a page


def need_chapters(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the overview and one section for each need; absent when there is none."""
    if not facts.needs:
        return ()
    translate = voice.translate
    counted = Counter(need.priority for need in facts.needs)
    by_priority = [
        translate("{count} {priority}", count=counted[priority], priority=priority_text(priority, voice))
        for priority in PRIORITIES
        if counted[priority]
    ]
    total = translate.plural("{count} need", "{count} needs", len(facts.needs))
    overview = Chapter(
        number="8",
        origin="needs",
        name=translate("Needs by scenario"),
        finding=translate("{total}: {priorities}", total=total, priorities=voice.listed(by_priority)),
        lead=translate("Confirmed with the firm. What was not measured says so and counts as nothing, not as zero."),
        blocks=(
            overview_table(facts, voice),
            *(() if has_measures(facts) else loose_ends(facts, voice)),
        ),
    )
    sections = tuple(need_section(facts, voice, need, index) for index, need in enumerate(facts.needs, start=1))
    return (overview, *sections)


def overview_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return the needs with scenario, levels, barrier and how much of the baseline is measured."""
    translate = voice.translate
    rows = []
    for need in facts.needs:
        scenario = facts.pack.scenario_of_need(need.scenario_id)
        baseline = baseline_of(facts, need)
        measured = sum(1 for _, metric in baseline if metric is not None and metric.value is not None)
        rows.append(
            Row(
                cells=(
                    Cell(text=need_number(need.number), tone="bold"),
                    *cells(
                        need.title,
                        f"{voice.text(scenario.label)}{'★' if scenario.is_constrained else ''}",
                        level_change(facts.scenario_level(need.scenario_id), need.target_level),
                        priority_text(need.priority, voice),
                        barrier_text(need, voice),
                    ),
                    Cell(
                        text=translate("{count} of {total}", count=measured, total=len(baseline)),
                        tone="plain" if measured == len(baseline) else "signal",
                    ),
                ),
                origin=f"need:{need.need_id}",
            )
        )
    return Table(
        caption=translate("The needs, and how much of each baseline is measured"),
        columns=(
            Column(head="", width_mm=13),
            Column(head=translate("Need"), width_mm=44),
            Column(head=translate("Scenario"), width_mm=35),
            Column(head=translate("Level"), width_mm=16),
            Column(head=translate("Priority"), width_mm=16),
            Column(head=translate("Barrier"), width_mm=20),
            Column(head=translate("Measured"), width_mm=22),
        ),
        rows=tuple(rows),
    )


def need_section(facts: ProposalFacts, voice: Voice, need: ScenarioNeed, index: int) -> Chapter:
    """Return one need: the owner's words, pain, wish and barrier in one row, the baseline below."""
    translate = voice.translate
    scenario = facts.pack.scenario_of_need(need.scenario_id)
    number = need_number(need.number)
    now = facts.scenario_level(need.scenario_id)
    scenario_name = voice.text(scenario.label)
    change = level_change(now, need.target_level)
    full = translate("{title}: {scenario} {change}", title=need.title, scenario=scenario_name, change=change)
    short = translate("{title}: {scenario} {change}", title=number, scenario=scenario_name, change=change)
    lead = [
        translate("Process: {process}", process=need.process) if need.process else "",
        asked(facts, voice, need),
    ]
    cards = need_cards(need, voice)
    fits = all(half_widths(text) <= CARD_WIDTH for card in cards for text in card.paragraphs)
    flowing: list[Block] = []
    if fits:
        flowing += [Cards(cards=cards)] if cards else []
    else:
        for card in cards:
            flowing.append(Heading(text=card.title, level=3))
            flowing += [Paragraph(text=text) for text in card.paragraphs]
    return Chapter(
        number=f"8.{index}",
        origin=f"need:{need.need_id}",
        name=translate("Need {number} {title}", number=number, title=need.title),
        finding=voice.head(full, short),
        lead=voice.joined(lead),
        blocks=(
            *flowing,
            baseline_table(facts, voice, need),
            *detail_blocks(facts, voice, need),
        ),
        new_page=False,
    )


def asked(facts: ProposalFacts, voice: Voice, need: ScenarioNeed) -> str:
    """Return the criterion of the target level, or nothing when no target is set."""
    scenario = facts.pack.scenario_of_need(need.scenario_id)
    found = [item for item in scenario.criteria if item.level == need.target_level]
    if not found:
        return ""
    return voice.translate(
        "{level} asks: {criterion}",
        level=voice.translate("Level {level}", level=need.target_level),
        criterion=voice.text(found[0].text),
    )


def baseline_of(facts: ProposalFacts, need: ScenarioNeed) -> list[tuple[str, BaselineMetric | None]]:
    """Return the metrics of the need's form and those recorded beside it, with what was recorded."""
    recorded = {metric.metric_id: metric for metric in need.metrics}
    ids = dict.fromkeys((*facts.pack.asked_metrics(need.form_id), *recorded))
    return [(metric_id, recorded.get(metric_id)) for metric_id in ids]


def baseline_table(facts: ProposalFacts, voice: Voice, need: ScenarioNeed) -> Table:
    """Return the baseline: value with unit, then formula, period and source."""
    translate = voice.translate
    rows = []
    for metric_id, metric in baseline_of(facts, need):
        definition = facts.pack.metric(metric_id)
        basis = [translate("Formula: {formula}", formula=voice.text(definition.formula))]
        if metric is not None:
            basis += [text for text in (metric.period, metric.source) if text]
            if metric.working is not None:
                basis += working_lines(metric.working, translate)
            cited = [item for item in facts.evidence if item.evidence_id in metric.evidence]
            basis += [voice.cited(cited)] if cited else []
        rows.append(
            Row(
                cells=(
                    Cell(text=voice.text(definition.label)),
                    voice.measured(definition, metric),
                    Cell(text=voice.joined(basis), tone="soft"),
                )
            )
        )
    return Table(
        caption=translate("Baseline before any change"),
        columns=(
            Column(head=translate("Metric"), width_mm=40),
            Column(head=translate("Value"), width_mm=32, align="right"),
            Column(head=translate("Definition, period, source"), width_mm=94),
        ),
        rows=tuple(rows),
    )


def need_cards(need: ScenarioNeed, voice: Voice) -> tuple[Card, ...]:
    """Return what was said, as cards; what was not recorded has none."""
    translate = voice.translate
    barrier = translate("Barrier: {barrier}", barrier=barrier_text(need, voice))
    texts = (
        (translate("In the owner's words"), translate('"{words}"', words=need.owner_words) if need.owner_words else ""),
        (translate("Pain"), need.pain),
        (translate("Wish"), need.wish),
        (barrier, need.barrier_reason),
    )
    return tuple(
        Card(title=title, paragraphs=tuple(line for line in text.splitlines() if line.strip()))
        for title, text in texts
        if text
    )


def barrier_text(need: ScenarioNeed, voice: Voice) -> str:
    """Return why the firm has not moved yet."""
    words = {
        "unwilling": voice.translate("unwilling"),
        "afraid": voice.translate("afraid"),
        "unable": voice.translate("unable"),
    }
    return words.get(need.barrier or "", NOTHING)
