"""Laws of a measure catalogue: what is named exists, exclusions hold on both sides, no prerequisites in a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from diag_app.forms.definition import Pack, Question, QuestionKind
from diag_app.forms.measures import (
    Catalogue,
    Measure,
    NeedsChosen,
    NeedsLevel,
    NeedsLevels,
    NeedsMeasure,
    NeedsNumber,
    NeedsOption,
    NeedsOptionAtLeast,
    Requirement,
    required_measures,
)
from diag_app.forms.pack_laws import ID_SHAPE
from diag_app.forms.pack_table import Findings

Fault = tuple[str, str, Mapping[str, str]]  # code, place within the measure, parameters
LONGEST_WEEKS = 520


def check_measures(catalogue: Catalogue, method: Pack, file: str, findings: Findings) -> None:
    """Report every law that the measures break, each at its place in `file`."""
    seen: set[str] = set()
    for index, measure in enumerate(catalogue.measures):
        place = f"measures[{index}]"
        if measure.measure_id in seen:
            findings.unlawful("PACK_ID_TWICE", file, f"{place}.id", value=measure.measure_id)
        seen.add(measure.measure_id)
        for code, inner, parameters in measure_faults(measure, catalogue, method):
            findings.unlawful(code, file, f"{place}.{inner}", **parameters)
    for code, inner, parameters in relation_faults(catalogue.measures):
        findings.unlawful(code, file, inner, over="measures", **parameters)


def measure_faults(measure: Measure, catalogue: Catalogue, method: Pack) -> Iterator[Fault]:
    """Yield what is wrong with one measure, apart from its relations to others."""
    if not ID_SHAPE.fullmatch(measure.measure_id):
        yield "PACK_ID_SHAPE", "id", {"value": measure.measure_id}
    if not 0 < measure.weeks_low <= measure.weeks_high <= LONGEST_WEEKS:
        shown = {"low": str(measure.weeks_low), "high": str(measure.weeks_high), "limit": str(LONGEST_WEEKS)}
        yield "MEASURE_DURATION", "duration_weeks", shown
    scenarios = [scenario.scenario_id for scenario in method.scenarios]
    for index, scenario_id in enumerate(measure.scenario_ids):
        yield from _known(f"scenarios[{index}]", scenario_id, scenarios)
    yield from _tags(measure, catalogue)
    yield from _raise_faults(measure, method)
    for index, need in enumerate(measure.requires):
        for code, inner, parameters in _requirement_faults(need, method):
            yield code, f"requires[{index}].{inner}", parameters


def relation_faults(measures: Sequence[Measure]) -> Iterator[Fault]:
    """Yield what is wrong between measures: unknown ids, one-sided exclusions, prerequisites in a circle."""
    by_id = {measure.measure_id: measure for measure in measures}
    for index, measure in enumerate(measures):
        for place, need in enumerate(measure.requires):
            if isinstance(need, NeedsMeasure):
                yield from _known(f"measures[{index}].requires[{place}].measure", need.measure_id, by_id)
        for place, other in enumerate(measure.excludes):
            inner = f"measures[{index}].excludes[{place}]"
            yield from _known(inner, other, by_id)
            if other in by_id and measure.measure_id not in by_id[other].excludes:
                yield "MEASURE_EXCLUSION_ONE_SIDED", inner, {"measure": measure.measure_id, "other": other}
    for circle in requirement_circles(measures):
        index = next(place for place, measure in enumerate(measures) if measure.measure_id == circle[0])
        yield "MEASURE_CIRCLE", f"measures[{index}].requires", {"circle": " → ".join((*circle, circle[0]))}


def requirement_circles(measures: Sequence[Measure]) -> tuple[tuple[str, ...], ...]:
    """Return the circles of measures that name each other as finished before, each once, from its first measure."""
    needed = {measure.measure_id: required_measures(measure) for measure in measures}
    order = {measure_id: place for place, measure_id in enumerate(needed)}
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for start in needed:
        trail = _way_back(start, needed)
        if trail:
            first = min(range(len(trail)), key=lambda place: order[trail[place]])
            found.setdefault(frozenset(trail), (*trail[first:], *trail[:first]))
    return tuple(found.values())


def _way_back(start: str, needed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the shortest chain of prerequisites from `start` back to it; empty when there is none."""
    trails: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for trail in trails:
        for other in needed.get(trail[-1], ()):
            if other == start:
                return trail
            if other not in seen:
                seen.add(other)
                trails.append((*trail, other))
    return ()


def _known(place: str, value: str, known: Collection[str]) -> Iterator[Fault]:
    if value not in known:
        yield "PACK_ID_UNKNOWN", place, {"value": value}


def _tags(measure: Measure, catalogue: Catalogue) -> Iterator[Fault]:
    for kind in ("deployment", "technology", "benefits"):
        for index, tag in enumerate(getattr(measure, kind)):
            yield from _known(f"{kind}[{index}]", tag, catalogue.vocabulary.get(kind, {}))
    if measure.depth is not None:
        yield from _known("depth", measure.depth, catalogue.vocabulary.get("depth", {}))


def _raise_faults(measure: Measure, method: Pack) -> Iterator[Fault]:
    levels = [condition.level for condition in method.level_rule.conditions]
    raised: set[str] = set()
    for index, item in enumerate(measure.raises.levels):
        place = f"raises.levels[{index}]"
        yield from _scenario(f"{place}.scenario", item.scenario_id, method)
        if item.to != item.from_at_most + 1 or item.to not in levels:
            yield "MEASURE_STEP", place, {"from": str(item.from_at_most), "to": str(item.to)}
        if item.scenario_id in raised:
            yield "PACK_ID_TWICE", f"{place}.scenario", {"value": item.scenario_id}
        raised.add(item.scenario_id)
    for question_id, options in measure.raises.options.items():
        place = f"raises.options.{question_id}"
        yield from _question(place, question_id, QuestionKind.MULTIPLE, method)
        for index, option in enumerate(options):
            yield from _option(f"{place}[{index}]", question_id, option, method, may_be_none=False)
    for question_id, option in measure.raises.options_at_least.items():
        place = f"raises.options_at_least.{question_id}"
        yield from _question(place, question_id, QuestionKind.SINGLE, method)
        yield from _option(place, question_id, option, method)


def _requirement_faults(need: Requirement, method: Pack) -> Iterator[Fault]:
    match need:
        case NeedsLevel():
            yield from _scenario("level.scenario", need.scenario_id, method)
            yield from _level("level.at_least", need.at_least, method)
        case NeedsLevels():
            for index, scenario_id in enumerate(need.scenario_ids):
                yield from _scenario(f"count_levels.scenarios[{index}]", scenario_id, method)
            yield from _level("count_levels.level_at_least", need.level_at_least, method)
        case NeedsOption():
            yield from _question("option.question", need.question_id, QuestionKind.MULTIPLE, method)
            yield from _option("option.option", need.question_id, need.option, method, may_be_none=False)
        case NeedsOptionAtLeast():
            yield from _question("option_at_least.question", need.question_id, QuestionKind.SINGLE, method)
            yield from _option("option_at_least.option", need.question_id, need.option, method)
        case NeedsChosen():
            yield from _question("count_chosen.question", need.question_id, QuestionKind.MULTIPLE, method)
        case NeedsNumber():
            yield from _known("number.key", need.number_id, [number.number_id for number in method.numbers])


def _scenario(place: str, scenario_id: str, method: Pack) -> Iterator[Fault]:
    yield from _known(place, scenario_id, [scenario.scenario_id for scenario in method.scenarios])


def _level(place: str, level: int, method: Pack) -> Iterator[Fault]:
    known = [condition.level for condition in method.level_rule.conditions]
    if level not in known:
        yield "PACK_ID_UNKNOWN", place, {"value": str(level)}


def _question(place: str, question_id: str, kind: QuestionKind, method: Pack) -> Iterator[Fault]:
    found = _find(question_id, method)
    if found is None:
        yield "PACK_ID_UNKNOWN", place, {"value": question_id}
    elif found.kind is not kind:
        yield "MEASURE_QUESTION_KIND", place, {"value": question_id, "expected": kind.value}


def _option(place: str, question_id: str, key: str, method: Pack, *, may_be_none: bool = True) -> Iterator[Fault]:
    found = _find(question_id, method)
    if found is not None:
        yield from _known(place, key, [item.key for item in found.options if may_be_none or not item.is_none])


def _find(question_id: str, method: Pack) -> Question | None:
    return next((question for question in method.questions if question.question_id == question_id), None)
