"""Chapter 7: what lies between the firm and the next level; open points, not a plan."""

from __future__ import annotations

from decimal import Decimal

from diag_app.forms.definition import LevelCondition, Scenario
from diag_app.forms.scorecard import ToNext
from diag_app.model.content import Block, Cell, Chapter, Column, Figure, Row, Table, Waterfall
from diag_app.model.proposal.charts import condition_bars
from diag_app.model.proposal.facts import ProposalFacts, Step
from diag_app.model.proposal.figures import NOTHING, points_text
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.said import number_text

MOST_ADDITIONS = 6  # columns that fit beside start and end; the rest is one column
AXIS_STEP = 5


def gap_chapter(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the gap to the next level; absent at the highest."""
    gap = facts.scorecard.to_next
    if gap is None:
        return ()
    translate = voice.translate
    condition = facts.pack.level_rule.conditions[gap.level - 1]
    blocks: list[Block] = []
    if gap.points:
        blocks.append(waterfall(facts, voice, condition))
    blocks.append(
        Figure(
            caption=translate("The three conditions: full length is what the level asks"),
            chart=condition_bars(facts, voice, gap.level),
        )
    )
    steps = facts.steps()
    if steps:
        blocks.append(step_table(voice, steps))
    below = scenarios_below(facts, gap.level)
    if below:
        blocks.append(scenario_table(facts, voice, gap, below))
    level = voice.level(gap.level)
    return (
        Chapter(
            number="7",
            origin="diagnosis",
            name=translate("Gap to the next level"),
            finding=translate("{gap} short of {next}", gap=voice.gap(gap), next=level),
            lead=translate(
                "{level} asks {points} points and {scenarios} scenarios at that level, {constrained} constrained.",
                level=translate("Level {level}", level=gap.level),
                points=number_text(condition.min_score),
                scenarios=condition.min_scenarios,
                constrained=condition.min_constrained,
            ),
            blocks=tuple(blocks),
        ),
    )


def waterfall(facts: ProposalFacts, voice: Voice, condition: LevelCondition) -> Figure:
    """Return the largest next steps, one after the other, until the threshold is passed."""
    translate, score, threshold = voice.translate, facts.scorecard.score, condition.min_score
    steps = [step for step in facts.steps() if step.gain > 0]
    taken: list[Step] = []
    total = score
    while total < threshold and len(taken) < len(steps):
        taken.append(steps[len(taken)])
        total += taken[-1].gain
    additions = [(f"{voice.text(step.question.name)}\n{step.question.question_id}", step.gain) for step in taken]
    if len(additions) > MOST_ADDITIONS:
        rest = additions[MOST_ADDITIONS - 1 :]
        name = translate("{count} more questions", count=len(rest))
        additions = [*additions[: MOST_ADDITIONS - 1], (name, sum((gain for _, gain in rest), Decimal(0)))]
    note = translate("Open points of the largest next steps, in order of size; not a plan, and no cost is known.")
    if total < threshold:
        note = translate(
            "All next steps together give {total}, below {threshold}. The rest lies beyond one step or in results.",
            total=points_text(total),
            threshold=number_text(threshold),
        )
    return Figure(
        caption=translate("Where the missing points lie: the largest next steps, not a plan (points; broken axis)"),
        chart=Waterfall(
            start=(translate("now\nscore"), score),
            additions=tuple(additions),
            end_label=translate("sum\nif all are reached"),
            threshold=(translate("Level {level}", level=condition.level), threshold),
            axis_from=axis_from(score),
        ),
        note=voice.sentences([note, translate("Questions on results count as they stand.")]),
    )


def axis_from(score: Decimal) -> Decimal:
    """Return a round figure below the score at which the axis can begin; 0 for small scores."""
    return max(Decimal(0), (score // AXIS_STEP - 1) * AXIS_STEP)


def step_table(voice: Voice, steps: tuple[Step, ...]) -> Table:
    """Return every question with open points: what is there, what the next step earns, what it asks."""
    translate = voice.translate
    return Table(
        caption=translate("Open points by question, the largest next step first (points)"),
        columns=(
            Column(head="", width_mm=9),
            Column(head=translate("Question"), width_mm=33),
            Column(head=translate("Score"), width_mm=14, align="right"),
            Column(head=translate("Max"), width_mm=13, align="right"),
            Column(head=translate("Next step"), width_mm=19, align="right"),
            Column(head=translate("What it asks"), width_mm=78),
        ),
        rows=tuple(step_row(voice, step) for step in steps),
    )


def step_row(voice: Voice, step: Step) -> Row:
    """Return one question with open points."""
    translate, question, score = voice.translate, step.question, step.score
    asks = voice.joined(voice.option(question.option(key)) for key in step.missing)
    if step.is_result:
        asks = translate("a change of results, counted when it is there")
    if score.state == "missing":
        asks = translate("not answered; {asks}", asks=asks)
    return Row(
        cells=(
            *cells(
                question.question_id,
                voice.text(question.name),
                points_text(score.points),
                number_text(score.max_points),
            ),
            Cell(
                text=NOTHING if step.is_result else f"+{points_text(step.gain)}",
                tone="plain" if step.is_result else "bold",
            ),
            Cell(text=asks),
        ),
        origin=f"question:{question.question_id}",
    )


def scenarios_below(facts: ProposalFacts, level: int) -> list[tuple[int, Scenario]]:
    """Return the scenarios below `level` with theirs, the nearest first and constrained ones before the others."""
    below = [
        (now, scenario)
        for scenario in facts.pack.scenarios
        if (now := facts.scenario_level(scenario.scenario_id)) is not None and now < level
    ]
    return sorted(below, key=lambda pair: (-pair[0], not pair[1].is_constrained, pair[1].number))


def scenario_table(facts: ProposalFacts, voice: Voice, gap: ToNext, below: list[tuple[int, Scenario]]) -> Table:
    """Return the scenarios below the next level with what it asks of each."""
    translate = voice.translate
    rows = []
    for level, scenario in below:
        criterion = next(item for item in scenario.criteria if item.level == gap.level)
        needs = voice.listed(f"N-{need.number:02d}" for need in facts.needs_for(scenario.scenario_id))
        rows.append(
            Row(
                cells=(
                    Cell(text=f"{voice.text(scenario.label)}{'★' if scenario.is_constrained else ''}", tone="bold"),
                    *cells(str(level), voice.text(criterion.text), needs or NOTHING),
                ),
                origin=f"scenario:{scenario.scenario_id}",
            )
        )
    return Table(
        caption=translate("Scenarios below {level}, the nearest first", level=voice.level(gap.level)),
        columns=(
            Column(head=translate("Scenario"), width_mm=37),
            Column(head=translate("Now"), width_mm=13, align="right"),
            Column(head=translate("What {level} asks", level=voice.level(gap.level)), width_mm=96),
            Column(head=translate("Need"), width_mm=20),
        ),
        rows=tuple(rows),
        note=pointing(
            "method",
            translate(
                "★ constrained: counts for both conditions. The criteria are shortened; see {annex}.",
                annex=ref("method"),
            ),
            translate("★ constrained: counts for both conditions. The criteria are shortened."),
        ),
    )
