"""Chapter 10: the roadmap with its phases, the trial run in which evidence is collected, and the budget by phase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from diag_app.model.content import BarChart, Cell, Chapter, Column, Figure, GanttChart, GanttRow, Row, Table
from diag_app.model.plan import TakenPlan
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING
from diag_app.model.proposal.plan_words import measure_number, measure_numbers, span, when
from diag_app.model.proposal.voice import Voice, cells

MOST_ROWS = 34  # of a roadmap on one page, some of two lines
DAYS_IN_WEEK, MONTHS = 7, 12
MONTH_WEEKS = Decimal("4.348")


def roadmap_chapter(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the roadmap of the plan taken; absent while none is."""
    taken = facts.taken
    if taken is None or not taken.plan.measures:
        return ()
    translate, plan = voice.translate, taken.plan
    weeks = plan.weeks + taken.chosen.trial_weeks
    start = taken.chosen.start_on
    return (
        Chapter(
            number="10",
            origin="plan",
            name=translate("Roadmap"),
            finding=translate(
                "{weeks} weeks in {phases} phases, then {trial} weeks of trial run",
                weeks=plan.weeks,
                phases=len(plan.phases),
                trial=taken.chosen.trial_weeks,
            ),
            lead=voice.sentences(
                [
                    translate("Each measure starts as soon as what it waits for is finished."),
                    translate("The plan starts on {day}.", day=voice.day(start)) if start else "",
                    translate("In the trial run the evidence for acceptance is collected."),
                ]
            ),
            blocks=(
                *roadmap_figures(voice, gantt(voice, taken, weeks)),
                Figure(
                    caption=translate("Budget by phase (10k CNY, likely; low to high beside it)"),
                    chart=phase_bars(voice, taken),
                ),
                phase_table(voice, taken),
            ),
        ),
    )


def roadmap_figures(voice: Voice, chart: GanttChart) -> tuple[Figure, ...]:
    """Return the roadmap, parted between phases where a page does not hold it at its own size."""
    translate = voice.translate
    caption = translate("Roadmap (solid: paid work; outline: the firm's own trial run)")
    parts = parted(chart.rows)
    if len(parts) == 1:
        return (Figure(caption=caption, chart=chart),)
    return tuple(
        Figure(
            caption=translate("{caption}, part {number} of {count}", caption=caption, number=number, count=len(parts)),
            chart=replace(chart, rows=rows),
        )
        for number, rows in enumerate(parts, start=1)
    )


def parted(rows: Sequence[GanttRow]) -> list[tuple[GanttRow, ...]]:
    """Return the rows in parts of at most `MOST_ROWS`: whole phases, or one that is longer with its head again."""
    phases: list[list[GanttRow]] = []
    for row in rows:
        if row.kind == "phase" or not phases:
            phases.append([])
        elif len(phases[-1]) == MOST_ROWS:
            phases.append([replace(phases[-1][0], detail="")])
        phases[-1].append(row)
    parts: list[tuple[GanttRow, ...]] = []
    for phase in phases:
        if parts and len(parts[-1]) + len(phase) <= MOST_ROWS:
            parts[-1] = (*parts[-1], *phase)
        else:
            parts.append(tuple(phase))
    return parts


def gantt(voice: Voice, taken: TakenPlan, weeks: int) -> GanttChart:
    """Return phases and measures over the months."""
    translate, plan = voice.translate, taken.plan
    rows: list[GanttRow] = []
    for phase in plan.phases:
        name = translate("Phase {number}", number=phase.number)
        rows.append(
            GanttRow(
                label=name,
                detail=voice.money(phase.cost.likely),
                start=phase.start_week,
                end=phase.end_week,
                kind="phase",
            )
        )
        rows += [
            GanttRow(
                label=f"{measure_number(plan, item.measure_id)} {voice.text(item.measure.label)}",
                detail=voice.money(item.cost.likely),
                start=item.start_week,
                end=item.end_week,
            )
            for item in phase.measures
        ]
    if taken.chosen.trial_weeks:
        trial = translate("Trial run, evidence")
        rows.append(GanttRow(label=trial, detail=NOTHING, start=plan.weeks, end=weeks, kind="outline"))
    return GanttChart(
        rows=tuple(rows),
        length=weeks,
        marks=month_marks(taken.chosen.start_on, weeks),
        label_head=translate("Work"),
        detail_head=translate("10k CNY"),
    )


def month_marks(start_on: str, weeks: int) -> tuple[tuple[Decimal, str], ...]:
    """Return where each month begins, by calendar where a day of start is set, else counted from 1."""
    if not start_on:
        count = int(Decimal(weeks) / MONTH_WEEKS) + 1
        return tuple((MONTH_WEEKS * number, str(number + 1)) for number in range(count))
    start = day = date.fromisoformat(start_on)
    marks: list[tuple[Decimal, str]] = []
    while day < start + timedelta(weeks=weeks):
        marks.append((Decimal((day - start).days) / DAYS_IN_WEEK, f"{day.month:02d}"))
        day = date(day.year + day.month // MONTHS, day.month % MONTHS + 1, 1)
    return tuple(marks)


def phase_bars(voice: Voice, taken: TakenPlan) -> BarChart:
    """Return the likely cost of each phase beside its range."""
    translate, phases = voice.translate, taken.plan.phases
    most = max(voice.drawn(phase.cost.high) for phase in phases)
    return BarChart(
        bars=tuple(
            (
                translate("Phase {number}", number=phase.number),
                voice.drawn(phase.cost.likely),
                most,
                f"{voice.money(phase.cost.likely)} ({span(phase.cost, voice)})",
            )
            for phase in phases
        )
    )


def phase_table(voice: Voice, taken: TakenPlan) -> Table:
    """Return the phases with their time, measures and the evidence that closes each."""
    translate, plan = voice.translate, taken.plan
    rows = []
    for phase in plan.phases:
        closing = max(phase.measures, key=lambda item: item.end_week)
        evidence = voice.joined(voice.text(text) for text in closing.measure.evidence)
        rows.append(
            Row(
                cells=(
                    Cell(text=translate("Phase {number}", number=phase.number), tone="bold"),
                    *cells(
                        when(taken, voice, phase.start_week, phase.end_week),
                        measure_numbers(plan, voice, (item.measure_id for item in phase.measures)),
                        evidence or NOTHING,
                    ),
                )
            )
        )
    return Table(
        caption=translate("Phases: when each ends, and what shows that it has"),
        columns=(
            Column(head=translate("Phase"), width_mm=16),
            Column(head=translate("Time"), width_mm=32),
            Column(head=translate("Measures"), width_mm=40),
            Column(head=translate("Evidence of the last measure"), width_mm=78),
        ),
        rows=tuple(rows),
    )
