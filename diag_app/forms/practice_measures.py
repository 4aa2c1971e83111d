"""The measure catalogue of a practice pack, read strictly from `measures.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from diag_app.forms.definition import LocalText, Pack
from diag_app.forms.measure_laws import check_measures
from diag_app.forms.measures import (
    COMPARISONS,
    Catalogue,
    Comparison,
    LevelRaise,
    Measure,
    NeedsChosen,
    NeedsLevel,
    NeedsLevels,
    NeedsMeasure,
    NeedsNumber,
    NeedsOption,
    NeedsOptionAtLeast,
    Raises,
    Requirement,
)
from diag_app.forms.pack_table import Table
from diag_app.forms.practice import Part

VOCABULARY = ("deployment", "depth", "technology", "benefits")
MEASURE_MARKS = frozenset({"label", "tag", "duration", "evidence"})
EVERY = "all"


def read_measures(table: Table, method: Pack) -> Catalogue:
    """Return the catalogue in `table` and note every fault of form and law; ids are those of `method`."""
    catalogue = Catalogue(
        vocabulary=_vocabulary(table), measures=tuple(read_measure(item, method) for item in table.tables("measures"))
    )
    check_measures(catalogue, method, table.file, table.findings)
    return catalogue


def read_measure(entry: Table, method: Pack) -> Measure:
    """Return one measure of a catalogue."""
    weeks = entry.table("duration_weeks")
    low, high = weeks.integer("low"), weeks.integer("high")
    confidence = weeks.confidence("duration")
    weeks.close()
    return Measure(
        measure_id=entry.text("id"),
        label=entry.local("label", "label"),
        scenario_ids=entry.texts("scenarios"),
        raises=_raises(entry),
        requires=_requirements(entry, method),
        excludes=entry.texts("excludes"),
        weeks_low=low,
        weeks_high=high,
        weeks_confidence=confidence,
        deployment=entry.texts("deployment"),
        depth=entry.optional_text("depth"),
        technology=entry.texts("technology"),
        benefits=entry.texts("benefits"),
        evidence=_texts(entry, "evidence"),
        ready_first=_texts(entry, "ready_first"),
    )


MEASURES_PART: Part[Catalogue] = Part(file="measures.toml", marks=MEASURE_MARKS, read=read_measures)


def _vocabulary(table: Table) -> dict[str, dict[str, LocalText]]:
    named, found = table.table("vocabulary"), {}
    for kind in VOCABULARY:
        tags = named.table(kind)
        found[kind] = {tag: tags.local(tag, "tag") for tag in tags.content}
        tags.close()
    named.close()
    return found


def _texts(entry: Table, key: str) -> tuple[LocalText, ...]:
    return tuple(text.both("evidence") for text in entry.tables(key)) if entry.has(key) else ()


def _raises(entry: Table) -> Raises:
    if not entry.has("raises"):
        return Raises()
    table = entry.table("raises")
    raises = Raises(
        levels=tuple(_level_raise(item) for item in table.tables("levels")) if table.has("levels") else (),
        options=_named(table, "options", lambda options, key: options.texts(key, required=True)),
        options_at_least=_named(table, "options_at_least", lambda options, key: options.text(key)),
    )
    table.close()
    return raises


def _level_raise(table: Table) -> LevelRaise:
    return LevelRaise(
        scenario_id=table.text("scenario"), from_at_most=table.integer("from_at_most"), to=table.integer("to")
    )


def _named(table: Table, key: str, read: Callable[[Table, str], Any]) -> dict[str, Any]:
    if not table.has(key):
        return {}
    named = table.table(key)
    found = {name: read(named, name) for name in named.content}
    named.close()
    return found


def _requirements(entry: Table, method: Pack) -> tuple[Requirement, ...]:
    everything = tuple(scenario.scenario_id for scenario in method.scenarios)
    return tuple(
        need
        for table in (entry.tables("requires") if entry.has("requires") else ())
        if (need := _requirement(table, everything)) is not None
    )


def _requirement(table: Table, everything: tuple[str, ...]) -> Requirement | None:
    kinds = [kind for kind in KINDS if table.has(kind)]
    if len(kinds) != 1:
        table.taken.update(table.content)
        table.fault("MEASURE_REQUIREMENT", "", known=", ".join(KINDS))
        return None
    kind = kinds[0]
    if kind == "measure":
        return NeedsMeasure(measure_id=table.text(kind))
    inner = table.table(kind)
    need = _levels(inner, everything) if kind == "count_levels" else _READERS[kind](inner)
    inner.close()
    return need


def _levels(table: Table, everything: tuple[str, ...]) -> Requirement:
    if table.content.get("scenarios") == EVERY:
        table.taken.add("scenarios")
        scenario_ids = everything
    else:
        scenario_ids = table.texts("scenarios", required=True)
    level, least = table.integer("level_at_least"), table.integer("at_least")
    return NeedsLevels(scenario_ids=scenario_ids, level_at_least=level, at_least=least)


def _number(table: Table) -> Requirement:
    word = table.text("op")
    if word and word not in COMPARISONS:
        table.fault("PACK_WORD", "op", value=word, expected=", ".join(COMPARISONS))
    comparison: Comparison = next((known for known in COMPARISONS if known == word), "ge")
    return NeedsNumber(number_id=table.text("key"), comparison=comparison, value=table.decimal("value"))


_READERS: Mapping[str, Callable[[Table], Requirement]] = {
    "level": lambda table: NeedsLevel(scenario_id=table.text("scenario"), at_least=table.integer("at_least")),
    "option": lambda table: NeedsOption(question_id=table.text("question"), option=table.text("option")),
    "option_at_least": lambda table: NeedsOptionAtLeast(
        question_id=table.text("question"), option=table.text("option")
    ),
    "count_chosen": lambda table: NeedsChosen(question_id=table.text("question"), at_least=table.integer("at_least")),
    "number": _number,
}
KINDS = ("measure", "count_levels", *_READERS)
