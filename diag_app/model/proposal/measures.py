"""Chapter 9: the measures of the plan taken, what each adds and why it is in, and the chain from words to evidence."""

from __future__ import annotations

from decimal import Decimal

from diag_app.model.chain import Chain, Link
from diag_app.model.content import Block, Cell, Chapter, Column, Figure, Row, Table, Waterfall
from diag_app.model.plan import Plan, PlannedMeasure, TakenPlan
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, need_number, points_text
from diag_app.model.proposal.gap import axis_from
from diag_app.model.proposal.loose_ends import has_measures, loose_ends
from diag_app.model.proposal.plan_words import measure_number, measure_numbers, raised, span, why_in
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.voice import Voice, cells

MOST_COLUMNS = 6
FIRST_CRITERIA = 2


def measures_chapter(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the plan taken; absent while none is."""
    taken, chain = facts.taken, facts.chain
    if taken is None or chain is None or not has_measures(facts):
        return ()
    translate, plan = voice.translate, taken.plan
    blocks: list[Block] = [steps_figure(facts, voice, taken), measure_table(facts, voice, taken)]
    blocks.append(chain_table(facts, voice, taken, chain))
    blocks += [*loose_ends(facts, voice), evidence_table(voice, taken)]
    return (
        Chapter(
            number="9",
            origin="plan",
            name=translate("Measures"),
            finding=translate(
                "{count} measures lead to {level}",
                count=len(plan.measures),
                level=voice.named_level(facts.pack, plan.after.level),
            ),
            lead=translate(
                "The cheapest path to {level} on the prices named; every measure is there because without it the level "
                "is missed or another measure cannot start. Durations and types are written by us, not official.",
                level=voice.level(plan.level),
            ),
            blocks=tuple(blocks),
        ),
    )


def steps_figure(facts: ProposalFacts, voice: Voice, taken: TakenPlan) -> Figure:
    """Return the score from now to after the plan, the largest additions first."""
    translate, plan = voice.translate, taken.plan
    condition = facts.pack.level_rule.conditions[plan.level - 1]
    additions = largest_steps(facts, voice, plan)
    return Figure(
        caption=translate(
            "From {before} to {after} points (broken axis)",
            before=points_text(plan.before.score),
            after=points_text(plan.after.score),
        ),
        chart=Waterfall(
            start=(translate("now\nscore"), plan.before.score),
            additions=additions,
            end_label=translate("after\nall measures"),
            threshold=(translate("Level {level}", level=plan.level), condition.min_score),
            axis_from=axis_from(plan.before.score),
        ),
        note=translate(
            "{level}: {scenarios} of {asked} scenarios and {constrained} of {asked_constrained} constrained ones. "
            "Questions on results count as they stand now.",
            level=translate("Level {level}", level=plan.level),
            scenarios=plan.after.scenarios,
            asked=condition.min_scenarios,
            constrained=plan.after.constrained,
            asked_constrained=condition.min_constrained,
        ),
    )


def largest_steps(facts: ProposalFacts, voice: Voice, plan: Plan) -> tuple[tuple[str, Decimal], ...]:
    """Return what the measures add, the largest first and the rest together; by phase where the rest is most of it."""
    gains = sorted((item for item in plan.measures if item.points), key=lambda item: -item.points)
    steps = [
        (f"{question_names(facts, voice, item)}\n{measure_number(plan, item.measure_id)}", item.points)
        for item in gains
    ]
    if len(steps) <= MOST_COLUMNS:
        return tuple(steps)
    first, rest = steps[: MOST_COLUMNS - 1], steps[MOST_COLUMNS - 1 :]
    others = sum((gain for _, gain in rest), Decimal(0))
    if others > sum((gain for _, gain in first), Decimal(0)):
        return tuple(
            (
                voice.translate("Phase {number}", number=phase.number)
                + "\n"
                + voice.translate.plural("{count} measure", "{count} measures", len(phase.measures)),
                sum((item.points for item in phase.measures), Decimal(0)),
            )
            for phase in plan.phases
        )
    return (*first, (voice.translate("{count} more measures", count=len(rest)), others))


def question_names(facts: ProposalFacts, voice: Voice, item: PlannedMeasure) -> str:
    """Return the name of the question whose points a measure raises; of several, which no column holds, the ids."""
    if len(item.questions) > 1:
        return voice.listed(item.questions)
    return voice.listed(voice.text(facts.pack.question(key).name) for key in item.questions)


def measure_table(facts: ProposalFacts, voice: Voice, taken: TakenPlan) -> Table:
    """Return every measure with what it raises, adds and costs, and what is missed without it."""
    translate, plan = voice.translate, taken.plan
    rows = [
        Row(
            cells=(
                Cell(text=measure_number(plan, item.measure_id), tone="bold"),
                *cells(
                    voice.text(item.measure.label),
                    raised(facts, voice, item),
                    f"+{points_text(item.points)}" if item.points else NOTHING,
                    voice.money(item.cost.likely),
                    str(item.end_week - item.start_week),
                    why_in(plan, voice, item),
                ),
            ),
            origin=f"measure:{item.measure_id}",
        )
        for item in plan.measures
    ]
    total = Row(
        cells=cells(
            "",
            translate("All together"),
            "",
            f"+{points_text(plan.after.score - plan.before.score)}",
            voice.money(plan.cost.likely),
            str(plan.weeks),
            "",
            tone="bold",
        ),
        kind="total",
    )
    return Table(
        caption=translate("Measures in the order they start (likely cost in 10k CNY, duration in weeks)"),
        columns=(
            Column(head="", width_mm=12),
            Column(head=translate("Measure"), width_mm=46),
            Column(head=translate("Raises"), width_mm=32),
            Column(head=translate("Points"), width_mm=15, align="right"),
            Column(head=translate("Cost"), width_mm=13, align="right"),
            Column(head=translate("Weeks"), width_mm=13, align="right"),
            Column(head=translate("Without it"), width_mm=35),
        ),
        rows=(*rows, total),
    )


def chain_table(facts: ProposalFacts, voice: Voice, taken: TakenPlan, chain: Chain) -> Table:
    """Return the chain: one row for each need; what serves the gap alone is said below."""
    translate = voice.translate
    rows = [chain_row(facts, voice, taken, link) for link in chain.links]
    names = measure_numbers(taken.plan, voice, (item.measure_id for item in chain.gap_measures))
    return Table(
        caption=translate("The chain: need, scenario, measures, cost, criterion and evidence to collect"),
        columns=(
            Column(head=translate("Need, in the owner's words"), width_mm=44),
            Column(head=translate("Scenario"), width_mm=24),
            Column(head=translate("Measures"), width_mm=18),
            Column(head=translate("Cost, benefit"), width_mm=24),
            Column(head=translate("Criterion and evidence at acceptance"), width_mm=56),
        ),
        rows=tuple(rows),
        note=translate(
            "For the gap to level {level} alone: {measures}; their evidence is in {table}.",
            level=taken.plan.level,
            measures=names,
            table=ref("measures.evidence"),
        )
        if names
        else "",
    )


def chain_row(facts: ProposalFacts, voice: Voice, taken: TakenPlan, link: Link) -> Row:
    """Return one need with what follows from it."""
    translate, need = voice.translate, link.need
    scenario = facts.pack.scenario_of_need(need.scenario_id)
    star = "★" if scenario.is_constrained else ""
    now, target = facts.scenario_level(need.scenario_id), need.target_level
    step = f" {NOTHING if now is None else now} → {target}" if target is not None else ""
    measures = measure_numbers(taken.plan, voice, (item.measure_id for item in link.measures))
    reckoned = pointing(
        "benefits", translate("benefit: {chapter}", chapter=ref("benefits")), translate("benefit reckoned")
    )
    benefit = reckoned if link.has_benefit else translate("benefit not reckoned")
    criteria = voice.joined(
        f"{voice.text(item.what)} ({voice.text(item.evidence)})" for item in link.criteria[:FIRST_CRITERIA]
    )
    words = translate('"{words}"', words=need.owner_words) if need.owner_words else need.title
    return Row(
        cells=(
            Cell(text=f"{need_number(need.number)} {words}"),
            Cell(text=f"{voice.text(scenario.short)}{star}{step}"),
            Cell(text=measures or translate("none"), tone="plain" if measures else "signal"),
            Cell(text=voice.joined([span(link.cost, voice) if measures else "", benefit])),
            Cell(text=criteria or NOTHING),
        ),
        origin=f"need:{need.need_id}",
    )


def evidence_table(voice: Voice, taken: TakenPlan) -> Table:
    """Return what has to be ready before each measure, and which evidence shows at acceptance that it works."""
    translate = voice.translate
    rows = [
        Row(
            cells=(
                Cell(text=measure_number(taken.plan, item.measure_id), tone="bold"),
                Cell(text=voice.text(item.measure.label)),
                Cell(text=voice.joined(voice.text(text) for text in item.measure.ready_first) or NOTHING),
                Cell(text=voice.joined(voice.text(text) for text in item.measure.evidence) or NOTHING),
            ),
            origin=f"measure:{item.measure_id}",
        )
        for item in taken.plan.measures
    ]
    return Table(
        caption=translate("What must be ready first, and the evidence to collect"),
        anchor="measures.evidence",
        columns=(
            Column(head="", width_mm=12),
            Column(head=translate("Measure"), width_mm=46),
            Column(head=translate("Ready first"), width_mm=46),
            Column(head=translate("Evidence at acceptance"), width_mm=62),
        ),
        rows=tuple(rows),
    )
