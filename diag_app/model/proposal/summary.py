"""The page the owner reads: where the firm stands, three findings, the needs."""

from __future__ import annotations

from decimal import Decimal

from diag_app.forms.definition import Confidence
from diag_app.model.content import (
    Block,
    Card,
    Cards,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    Table,
)
from diag_app.model.facts import PRIORITIES, ScenarioNeed
from diag_app.model.proposal.charts import condition_bars, ladder
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, need_number, points_text
from diag_app.model.proposal.findings import is_thin, next_level_card, support_card, weak_card
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.said import number_text

MOST_NEEDS = 6  # that a summary names; the others are counted
TITLE, WORDS, MORE_WORDS = 24, 40, 60  # han characters that a cell of a summary may hold


def summary_chapter(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return the summary."""
    found = (weak_card(facts, voice), next_level_card(facts, voice), support_card(facts, voice))
    blocks = standing_blocks(facts, voice, rule_status(facts, voice), found)
    if facts.needs:
        blocks += [Heading(text=voice.translate("Needs the firm confirmed")), needs_table(facts, voice)]
        blocks += further_needs(facts, voice, MOST_NEEDS)
    return Chapter(
        number="",
        name=voice.translate("Summary"),
        finding=finding(facts, voice),
        lead=lead(facts, voice),
        blocks=tuple(blocks),
    )


def standing_blocks(facts: ProposalFacts, voice: Voice, status: str, found: tuple[Card, ...]) -> list[Block]:
    """Return where the firm stands, what was `found`, and what the next level lacks; `status` is that of the rule."""
    blocks: list[Block] = [
        key_figures(facts, voice),
        Figure(chart=ladder(facts, voice), note=score_line(facts, voice, status)),
        Heading(text=voice.translate("Three findings")),
        Cards(cards=found),
    ]
    if facts.scorecard.to_next:
        level = facts.scorecard.to_next.level
        blocks += [
            Heading(text=voice.translate("What {level} still lacks", level=voice.level(level))),
            Figure(chart=condition_bars(facts, voice, level)),
        ]
    return blocks


def finding(facts: ProposalFacts, voice: Voice) -> str:
    """Return the answer to "where do we stand" in one sentence."""
    card, translate = facts.scorecard, voice.translate
    if is_thin(facts):
        return translate("Too little is answered to tell a level")
    now = voice.named_level(facts.pack, card.level)
    if card.to_next is None:
        return translate("Now at {level}: the highest level", level=now)
    gap, following = voice.gap(card.to_next), voice.level(card.to_next.level)
    if card.level == 0:
        return translate("No level reached yet; {gap} short of {next}", gap=gap, next=following)
    return translate("Now at {level}; {gap} short of {next}", level=now, gap=gap, next=following)


def lead(facts: ProposalFacts, voice: Voice) -> str:
    """Return how much is answered where that is too little for a level; else nothing."""
    if not is_thin(facts):
        return ""
    questions, scenarios = len(facts.pack.questions), len(facts.pack.scenarios)
    return voice.translate(
        "Answered: {answered} of {questions} questions, {rated} of {scenarios} scenarios. What is missing counts as 0: "
        "the figures say what is recorded, not where the firm stands.",
        answered=questions - len(facts.unanswered()),
        questions=questions,
        rated=scenarios - len(facts.unrated()),
        scenarios=scenarios,
    )


def key_figures(facts: ProposalFacts, voice: Voice) -> KeyFigures:
    """Return level, score and what is missing as four figures."""
    card, translate = facts.scorecard, voice.translate
    total = number_text(sum((item.max_points or Decimal(0) for item in facts.pack.dimensions), Decimal(0)))
    score = KeyFigure(figure=points_text(card.score), label=translate("score of {total}", total=total))
    if card.to_next is None:
        top = max(card.at_or_above)
        return KeyFigures(
            figures=(
                KeyFigure(
                    figure=translate("Level {level}", level=card.level), label=translate("now, the highest level")
                ),
                score,
                KeyFigure(
                    figure=str(card.at_or_above[top]), label=translate("scenarios at {level}", level=voice.level(top))
                ),
                KeyFigure(figure=str(card.constrained_at_or_above[top]), label=translate("constrained among them")),
            )
        )
    gap = card.to_next
    return KeyFigures(
        figures=(
            KeyFigure(
                figure=translate("Level {now} → {next}", now=card.level, next=gap.level),
                label=translate("now → next level"),
            ),
            score,
            KeyFigure(
                figure=points_text(gap.points),
                label=translate("points missing to {level}", level=voice.level(gap.level)),
                tone="signal" if gap.points else "plain",
            ),
            KeyFigure(
                figure=str(max(gap.scenarios, gap.constrained)),
                label=translate("scenarios missing, {count} constrained", count=gap.constrained),
                tone="signal" if gap.scenarios or gap.constrained else "plain",
            ),
        )
    )


def score_line(facts: ProposalFacts, voice: Voice, status: str) -> str:
    """Return how the score adds up, how the scenarios stand, and the `status` of the rule."""
    card, translate = facts.scorecard, voice.translate
    scored = [item for item in facts.pack.dimensions if item.max_points is not None]
    parts = " + ".join(f"{voice.text(item.label)} {points_text(card.dimensions[item.dimension_id])}" for item in scored)
    maxima = " / ".join(number_text(item.max_points or 0) for item in scored)
    sentences = [
        translate("Score {score} = {parts} (of {maxima}).", score=points_text(card.score), parts=parts, maxima=maxima)
    ]
    levels = [level for level in (card.level, facts.target_level) if level]
    sentences += [
        translate(
            "At {level} or above: {count} scenarios, {constrained} constrained.",
            level=voice.level(level), count=card.at_or_above[level], constrained=card.constrained_at_or_above[level],
        )
        for level in levels
    ]  # fmt: skip
    return voice.sentences([*sentences, status])


def rule_status(facts: ProposalFacts, voice: Voice) -> str:
    """Return the sentence that the level rule is not official, or nothing when it is."""
    if facts.pack.level_rule.confidence is Confidence.EXACT:
        return ""
    status = voice.confidence(facts.pack.level_rule.confidence)
    return pointing(
        "method",
        voice.translate(
            "The level rule is {status} and not yet checked against the official text; see {annex}.",
            status=status,
            annex=ref("method"),
        ),
        voice.translate("The level rule is {status} and not yet checked against the official text.", status=status),
    )


def first_needs(facts: ProposalFacts, most: int) -> tuple[ScenarioNeed, ...]:
    """Return the needs that a summary names: those that must be met before the others, each in the recorded order."""
    return tuple(sorted(facts.needs, key=lambda need: PRIORITIES.index(need.priority))[:most])


def further_needs(facts: ProposalFacts, voice: Voice, shown: int) -> list[Block]:
    """Return how many needs a summary does not name."""
    rest = len(facts.needs) - shown
    if rest <= 0:
        return []
    more = voice.translate.plural("and {count} further need", "and {count} further needs", rest)
    return [Paragraph(text=more, style="note")]


def needs_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return the first needs in one line each; the whole words stand with each need."""
    translate = voice.translate
    rows = []
    for need in first_needs(facts, MOST_NEEDS):
        scenario = facts.pack.scenario_of_need(need.scenario_id)
        now = facts.scenario_level(need.scenario_id)
        rows.append(
            Row(
                cells=(
                    Cell(text=need_number(need.number), tone="bold"),
                    *cells(
                        voice.clipped(need.title, TITLE),
                        voice.clipped(need.owner_words, MORE_WORDS) or NOTHING,
                        f"{voice.text(scenario.label)}{'★' if scenario.is_constrained else ''}",
                        level_change(now, need.target_level),
                        priority_text(need.priority, voice),
                    ),
                ),
                origin=f"need:{need.need_id}",
            )
        )
    return Table(
        columns=(
            Column(head="", width_mm=14),
            Column(head=translate("Need"), width_mm=36),
            Column(head=translate("In the owner's words"), width_mm=56),
            Column(head=translate("Scenario"), width_mm=29),
            Column(head=translate("Level"), width_mm=15),
            Column(head=translate("Priority"), width_mm=16),
        ),
        rows=tuple(rows),
    )


def level_change(now: int | None, target: int | None) -> str:
    """Return `1 → 3`; a dash stands for what is not applicable or not set."""
    return f"{NOTHING if now is None else now} → {NOTHING if target is None else target}"


def priority_text(priority: str, voice: Voice) -> str:
    """Return the word for a need's priority."""
    words = {"must": voice.translate("must"), "should": voice.translate("should"), "could": voice.translate("could")}
    return words[priority]
