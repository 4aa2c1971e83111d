"""An own measure as plainly as a person fills it in: one scenario, one question, measures before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from diag_app.forms.definition import Pack, QuestionKind
from diag_app.forms.measures import Measure, required_measures


@dataclass(frozen=True, kw_only=True)
class OwnMeasure:
    """What the consultant says of a measure that no catalogue has; price and provider are recorded as for others."""

    measure_id: str
    name: str
    scenario_id: str = ""
    level: int | None = None  # that the scenario is raised to, from the one below
    question_id: str = ""
    option: str = ""  # of the question, that the measure gains or reaches
    requires: tuple[str, ...] = ()  # measures finished before
    weeks_low: int = 1
    weeks_high: int = 1
    evidence: str = ""  # what shows at acceptance that it works


def definition_of(own: OwnMeasure, pack: Pack) -> dict[str, Any]:
    """Return the measure in the shape of a catalogue's entry; what does not exist is left for the laws to refuse."""
    levels = (
        [] if own.level is None else [{"scenario": own.scenario_id, "from_at_most": own.level - 1, "to": own.level}]
    )
    raises: dict[str, Any] = {"levels": levels} if levels else {}
    if own.question_id:
        multiple = {item.question_id for item in pack.questions if item.kind is QuestionKind.MULTIPLE}
        if own.question_id in multiple:
            raises["options"] = {own.question_id: [own.option]}
        else:
            raises["options_at_least"] = {own.question_id: own.option}
    found: dict[str, Any] = {
        "id": own.measure_id,
        "label": {"zh": own.name, "en": own.name},
        "duration_weeks": {"low": own.weeks_low, "high": own.weeks_high},
        "scenarios": [own.scenario_id] if own.scenario_id else [],
        "raises": raises,
        "requires": [{"measure": other} for other in own.requires],
        "evidence": [{"zh": own.evidence, "en": own.evidence}] if own.evidence else [],
    }
    return {key: value for key, value in found.items() if value not in ([], {})}


def own_from(measure: Measure) -> OwnMeasure | None:
    """Return an own measure as it was filled in; null when it says more than can be filled in so.

    Filled in are one language's words, which stand for both; a measure that is worded in each says more.
    """
    levels, raises = measure.raises.levels, measure.raises
    options = [(key, option) for key, gained in raises.options.items() for option in gained]
    options += list(raises.options_at_least.items())
    requires = required_measures(measure)
    scenarios = measure.scenario_ids
    is_worded_twice = any(text.zh != text.en for text in (measure.label, *measure.evidence))
    has_more = (
        max(len(scenarios), len(levels), len(options), len(measure.evidence)) > 1
        or len(requires) < len(measure.requires)
        or measure.excludes + measure.deployment + measure.technology + measure.benefits + measure.ready_first
        or measure.depth is not None
        or any(item.scenario_id not in scenarios for item in levels)
        or is_worded_twice
    )
    if has_more:
        return None
    question_id, option = options[0] if options else ("", "")
    return OwnMeasure(
        measure_id=measure.measure_id,
        name=measure.label.zh,
        scenario_id=next(iter(scenarios), ""),
        level=levels[0].to if levels else None,
        question_id=question_id,
        option=option,
        requires=requires,
        weeks_low=measure.weeks_low,
        weeks_high=measure.weeks_high,
        evidence=measure.evidence[0].zh if measure.evidence else "",
    )
