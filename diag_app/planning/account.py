"""A set of measures as a plan that can be read: order, weeks, phases, what each adds, and why it is in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from diag_app.forms.answers import Answers
from diag_app.forms.measures import Measure
from diag_app.forms.raising import answers_after, present_level
from diag_app.forms.scorecard import Scorecard
from diag_app.forms.scoring import score
from diag_app.model.economics import Range
from diag_app.model.plan import LevelChange, Plan, PlannedMeasure, Standing, WhyIn, total
from diag_app.planning.schedule import depends_on, predecessors, spans
from diag_app.planning.task import Task

MOST_PHASES = 3
NOTHING = Decimal(0)


def make_plan(
    task: Task,
    measures: Mapping[str, Measure],
    costs: Mapping[str, Range],
    chosen: Collection[str],
    level: int,
    *,
    pinned: Collection[str] = (),
) -> Plan:
    """Return `chosen` as a plan to `level`, scored anew by the pack's own scoring as it proceeds."""
    found = spans(task, chosen)
    waits = predecessors(task, chosen)
    order = sorted(found, key=lambda name: (found[name].start, found[name].end))
    phases = _phases(order, waits)
    before = score(task.pack, task.answers)
    planned, answers, card = [], task.answers, before
    for name in order:
        raised = answers_after(task.pack, answers, [measures[name]])
        now = score(task.pack, raised)
        planned.append(
            PlannedMeasure(
                measure=measures[name],
                cost=costs[name],
                start_week=found[name].start,
                end_week=found[name].end,
                phase=phases[name],
                waits_for=waits[name],
                points=now.score - card.score,
                scenarios=_changes(measures[name], answers, raised),
                questions=_questions(card, now),
                after=_standing(now, level),
                why=_why(task, measures, order, name, level, is_pinned=name in pinned),
            )
        )
        answers, card = raised, now
    return Plan(
        level=level,
        measures=tuple(planned),
        before=_standing(before, level),
        after=_standing(card, level),
        cost=total(item.cost for item in planned),
        stuck=tuple(name for name in chosen if name not in found),
    )


def _phases(order: Sequence[str], waits: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return each measure's phase: one more than the latest it waits for, three at most."""
    phases: dict[str, int] = {}
    for name in order:
        phases[name] = min(MOST_PHASES, 1 + max((phases[other] for other in waits[name]), default=0))
    return phases


def _standing(card: Scorecard, level: int) -> Standing:
    return Standing(
        level=card.level,
        score=card.score,
        scenarios=card.at_or_above.get(level, 0),
        constrained=card.constrained_at_or_above.get(level, 0),
    )


def _changes(measure: Measure, before: Answers, after: Answers) -> tuple[LevelChange, ...]:
    scenario_ids = (item.scenario_id for item in measure.raises.levels)
    changes = (
        LevelChange(scenario_id=key, before=present_level(before, key), after=present_level(after, key))
        for key in scenario_ids
    )
    return tuple(change for change in changes if change.before != change.after)


def _questions(before: Scorecard, after: Scorecard) -> tuple[str, ...]:
    return tuple(
        now.question_id for was, now in zip(before.questions, after.questions, strict=True) if was.points != now.points
    )


def _why(
    task: Task, measures: Mapping[str, Measure], order: Sequence[str], name: str, level: int, *, is_pinned: bool
) -> WhyIn:
    """Return what is short of the level's condition when everything but `name` is done, and what could not start."""
    others = [measures[other] for other in order if other != name]
    card = score(task.pack, answers_after(task.pack, task.answers, others))
    condition, standing = task.condition(level), _standing(card, level)
    return WhyIn(
        points=max(NOTHING, condition.min_score - standing.score),
        scenarios=max(0, condition.min_scenarios - standing.scenarios),
        constrained=max(0, condition.min_constrained - standing.constrained),
        prerequisite_of=depends_on(task, order, name),
        is_pinned=is_pinned,
    )
