"""How measures of a plan are said: numbers, money, months, what each raises and why it is in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from diag_app.model.economics import Range
from diag_app.model.plan import Plan, PlannedMeasure, TakenPlan
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, points_text
from diag_app.model.proposal.voice import Voice

LEAST_ROW = 3  # measures in a row that are cited as first to last


def measure_number(plan: Plan, measure_id: str) -> str:
    """Return the number a measure is cited by, in the order of the plan; questions have numbers without a dash."""
    return f"M-{plan.measure_ids.index(measure_id) + 1:02d}"


def measure_numbers(plan: Plan, voice: Voice, measure_ids: Iterable[str]) -> str:
    """Return the numbers of several measures in order; three or more in a row as first to last."""
    rows: list[list[int]] = []
    for place in sorted(plan.measure_ids.index(measure_id) for measure_id in measure_ids):
        if rows and rows[-1][-1] == place - 1:
            rows[-1].append(place)
        else:
            rows.append([place])
    shown = [row if len(row) < LEAST_ROW else [row[0], row[-1]] for row in rows]
    between = ["–" if len(row) >= LEAST_ROW else voice.translate(", ") for row in rows]
    names = ([measure_number(plan, plan.measure_ids[place]) for place in row] for row in shown)
    return voice.listed(gap.join(row) for gap, row in zip(between, names, strict=True))


def money(cost: Range, voice: Voice) -> tuple[str, str, str]:
    """Return low, likely and high as figures, or as the bands they lie in."""
    return voice.money(cost.low), voice.money(cost.likely), voice.money(cost.high)


def span(cost: Range, voice: Voice) -> str:
    """Return low to high as one text."""
    return voice.span(cost.low, cost.high)


def raised(facts: ProposalFacts, voice: Voice, item: PlannedMeasure) -> str:
    """Return what a measure raises: scenarios with their levels, else questions."""
    parts = []
    for change in item.scenarios:
        scenario = facts.pack.scenario(change.scenario_id)
        star = "★" if scenario.is_constrained else ""
        parts.append(f"{voice.text(scenario.short)}{star} {change.before} → {change.after}")
    return voice.listed(parts) or voice.listed(item.questions) or NOTHING


def why_in(plan: Plan, voice: Voice, item: PlannedMeasure) -> str:
    """Return what the plan lacks without a measure."""
    translate, why = voice.translate, item.why
    parts = []
    if why.constrained:
        parts.append(
            translate.plural(
                "{count} constrained scenario short", "{count} constrained scenarios short", why.constrained
            )
        )
    elif why.scenarios:
        parts.append(translate.plural("{count} scenario short", "{count} scenarios short", why.scenarios))
    if why.points:
        parts.append(translate("{points} points short", points=points_text(why.points)))
    if why.prerequisite_of:
        names = measure_numbers(plan, voice, why.prerequisite_of)
        parts.append(translate("{measures} cannot start", measures=names))
    if why.is_pinned:
        parts.append(translate("fixed by the owner"))
    return voice.joined(parts) or NOTHING


def when(taken: TakenPlan, voice: Voice, start: int, end: int) -> str:
    """Return weeks as months where a day of start is set, one where they lie in it, else as weeks."""
    if not taken.chosen.start_on:
        return voice.translate("weeks {first}–{last}", first=start + 1, last=end)
    first = date.fromisoformat(taken.chosen.start_on) + timedelta(weeks=start)
    last = date.fromisoformat(taken.chosen.start_on) + timedelta(weeks=end, days=-1)
    months = dict.fromkeys(f"{day.year}-{day.month:02d}" for day in (first, last))
    return " – ".join(months)
