"""Chapter 6: the score by indicator, and the conditions of each level."""

from __future__ import annotations

from decimal import Decimal

from diag_app.forms.definition import Dimension, LevelCondition
from diag_app.model.content import (
    Cell,
    Chapter,
    Column,
    Figure,
    RadarChart,
    Row,
    SideBySide,
    Table,
    Tone,
)
from diag_app.model.proposal.charts import ladder
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import points_text, share_text
from diag_app.model.proposal.findings import STANDING_OUT, is_thin, weakest
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.summary import rule_status
from diag_app.model.proposal.three_scores import three_score_figures
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.said import number_text

WEAK = Decimal("0.45")  # a share below is marked


def rating_chapter(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return the rating: scores, radar, ladder and level conditions."""
    translate = voice.translate
    indicators = SideBySide(left=(indicator_table(facts, voice),), right=(radar(facts, voice),), left_mm=83)
    steps = Figure(
        caption=translate("The ladder: a level needs all three conditions at once"),
        chart=ladder(facts, voice),
    )
    return Chapter(
        number="6",
        origin="diagnosis",
        name=translate("Rating"),
        finding=finding(facts, voice),
        lead=lead(facts, voice),
        blocks=(three_score_figures(facts, voice), indicators, steps, condition_table(facts, voice)),
    )


def finding(facts: ProposalFacts, voice: Voice) -> str:
    """Return score, level, and what is weakest."""
    translate, card = voice.translate, facts.scorecard
    points, level = points_text(card.score), voice.named_level(facts.pack, card.level)
    if card.level == 0:
        level = translate("no level")
    plain = translate("{points} points, {level}", points=points, level=level)
    if is_thin(facts):
        return voice.head(translate("{plain}: too little is answered", plain=plain), plain)
    names = [voice.text(item.label) for item in weakest(facts)]
    if not names:
        return plain
    if len(names) > STANDING_OUT:
        many = translate("{plain}: {count} indicators equally low", plain=plain, count=len(names))
        return voice.head(many, plain)
    full = translate(
        "{points} points, {level}: weakest in {names}", points=points, level=level, names=voice.both(names)
    )
    short = translate("{points} points: weakest in {names}", points=points, names=voice.both(names))
    return voice.head(full, short, plain)


def lead(facts: ProposalFacts, voice: Voice) -> str:
    """Return the dimensions, and what is not part of the score."""
    scored = [
        voice.translate(
            "{name} {points} of {maximum}",
            name=voice.text(item.label),
            points=points_text(facts.scorecard.dimensions[item.dimension_id]),
            maximum=number_text(item.max_points),
        )
        for item in facts.pack.dimensions
        if item.max_points is not None
    ]
    rated = [voice.text(item.label) for item in facts.pack.dimensions if item.max_points is None]
    sentences = [voice.translate("{list}.", list=voice.listed(scored))]
    if rated:
        names = voice.listed(rated)
        sentences.append(
            pointing(
                "scenarios",
                voice.translate(
                    "{names} earns no points; it is rated by scenarios ({section}).",
                    names=names,
                    section=ref("scenarios"),
                ),
                voice.translate("{names} earns no points; it is rated by scenarios.", names=names),
            )
        )
    return voice.sentences(sentences)


def indicator_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return the indicators under their dimensions, with shares as bars."""
    translate, card = voice.translate, facts.scorecard
    rows: list[Row] = []
    for dimension in facts.pack.dimensions:
        if dimension.max_points is not None:
            rows.append(
                score_row(
                    voice.text(dimension.label), dimension.max_points, card.dimensions[dimension.dimension_id], "group"
                )
            )
            rows += indicator_rows(facts, voice, dimension)
    total = sum((item.max_points or Decimal(0) for item in facts.pack.dimensions), Decimal(0))
    rows.append(score_row(translate("Total"), total, card.score, "total"))
    return Table(
        caption=translate("Score by indicator, points"),
        anchor="rating.indicators",
        columns=(
            Column(head=translate("Indicator"), width_mm=34),
            Column(head=translate("Max"), width_mm=9, align="right"),
            Column(head=translate("Score"), width_mm=13, align="right"),
            Column(head=translate("Share"), width_mm=13, align="right"),
            Column(head="", width_mm=14),
        ),
        rows=tuple(rows),
    )


def score_row(name: str, maximum: Decimal, points: Decimal, kind: str) -> Row:
    """Return the row of a dimension or of the total."""
    texts = (name, number_text(maximum), points_text(points), share_text(points, maximum), "")
    return Row(cells=cells(*texts, tone="bold"), kind="group" if kind == "group" else "total")


def indicator_rows(facts: ProposalFacts, voice: Voice, dimension: Dimension) -> list[Row]:
    """Return the rows of a dimension's indicators."""
    rows = []
    for item in facts.pack.indicators:
        if item.dimension_id == dimension.dimension_id:
            points = facts.scorecard.indicators[item.indicator_id]
            share = points / item.max_points
            tone: Tone = "signal" if share < WEAK else "plain"
            rows.append(
                Row(
                    cells=(
                        *cells(voice.text(item.label), number_text(item.max_points), points_text(points)),
                        Cell(text=share_text(points, item.max_points), tone=tone),
                        Cell(bar=share, tone=tone),
                    )
                )
            )
    return rows


def radar(facts: ProposalFacts, voice: Voice) -> Figure:
    """Return the indicators' shares as a radar."""
    spokes = tuple(
        (voice.text(item.short), facts.scorecard.indicators[item.indicator_id] / item.max_points)
        for item in facts.pack.indicators
    )
    weak = sum(1 for _, share in spokes if share < WEAK)
    note = voice.translate.plural(
        "{count} indicator below {share}% is bold and ochre.",
        "{count} indicators below {share}% are bold and ochre.",
        weak,
        share=number_text(WEAK * 100),
    )
    return Figure(
        caption=voice.translate("Share of the points, all points = 100%"),
        chart=RadarChart(spokes=spokes, weak_below=WEAK),
        width_mm=81,
        note=note if weak else "",
    )


def condition_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return for each level what it asks, what is there, and what is missing."""
    translate = voice.translate
    conditions = facts.pack.level_rule.conditions
    return Table(
        caption=translate("What each level asks, and where the firm stands"),
        anchor="rating.conditions",
        columns=(
            Column(head=translate("Level"), width_mm=27),
            Column(head=translate("Score S"), width_mm=43),
            Column(head=translate("Scenarios at that level N"), width_mm=39),
            Column(head=translate("Constrained C"), width_mm=36),
            Column(head=translate("Result"), width_mm=21),
        ),
        rows=tuple(condition_row(facts, voice, condition) for condition in conditions),
        note=voice.sentences(
            (
                pointing(
                    "answers",
                    translate(
                        "Source: the answers in {annex}; exact arithmetic, nothing is rounded before the level is "
                        "decided.",
                        annex=ref("answers"),
                    ),
                    translate("Source: the answers; exact arithmetic, nothing is rounded before the level is decided."),
                ),
                rule_status(facts, voice),
                translate("How much evidence an answer needs is a rule of the program, not of the official method."),
            )
        ),
    )


def condition_row(facts: ProposalFacts, voice: Voice, condition: LevelCondition) -> Row:
    """Return one level of the condition table."""
    translate, card = voice.translate, facts.scorecard
    have_points = points_text(card.score)
    have = (card.at_or_above[condition.level], card.constrained_at_or_above[condition.level])
    asked = (condition.min_scenarios, condition.min_constrained)
    lacking_points = condition.min_score - card.score
    checks = [
        state(
            voice,
            number_text(condition.min_score),
            have_points,
            points_text(lacking_points) if lacking_points > 0 else "",
        ),
        *(
            state(voice, str(wanted), str(there), str(wanted - there) if wanted > there else "")
            for wanted, there in zip(asked, have, strict=True)
        ),
    ]
    holds = all(cell.tone == "plain" for cell in checks)
    result = Cell(text=translate("met"), tone="plain") if holds else Cell(text=translate("not met"), tone="signal")
    if condition.level == card.level:
        result = Cell(text=translate("met: the level"), tone="bold")
    name = Cell(text=f"{condition.level} {voice.text(condition.name)}", tone="bold")
    return Row(cells=(name, *checks, result), kind="marked" if condition.level == card.level else "plain")


def state(voice: Voice, asked: str, have: str, missing: str) -> Cell:
    """Return one condition: what is asked, what is there, what is missing."""
    if not missing:
        return Cell(text=voice.translate("≥ {asked}; now {have}", asked=asked, have=have))
    text = voice.translate("≥ {asked}; now {have}, short {missing}", asked=asked, have=have, missing=missing)
    return Cell(text=text, tone="signal")
