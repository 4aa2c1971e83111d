"""The scored part of a pack, read from its tables: dimensions, numbers, questions, scenarios, level rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from diag_app.forms.definition import (
    Band,
    Criterion,
    Dimension,
    Indicator,
    LevelCondition,
    LevelRule,
    LocalText,
    NumberField,
    Option,
    Question,
    QuestionKind,
    Scenario,
    ScenarioGroup,
    ShareDerivation,
    TrendDerivation,
)
from diag_app.forms.pack_table import Table


def read_document(table: Table) -> dict[str, str]:
    """Return what the pack says about the document it follows."""
    document = table.table("document")
    return {key: document.text(key) for key in document.content}


def read_dimensions(table: Table) -> tuple[Dimension, ...]:
    """Return the dimensions; one without points is rated by scenario levels only."""
    return tuple(
        Dimension(
            dimension_id=entry.text("id"),
            label=entry.local("label", "label"),
            weight_pct=entry.optional_decimal("weight_pct"),
            max_points=entry.optional_decimal("max_points"),
            points_confidence=entry.confidence("points", "points_confidence"),
        )
        for entry in table.tables("dimensions")
    )


def read_indicators(table: Table) -> tuple[Indicator, ...]:
    """Return the indicators."""
    return tuple(
        Indicator(
            indicator_id=entry.text("id"),
            dimension_id=entry.text("dimension"),
            label=entry.local("label", "label"),
            short=entry.local("short", "short"),
            weight_pct=entry.decimal("weight_pct"),
            max_points=entry.decimal("max_points"),
            points_confidence=entry.confidence("points", "points_confidence"),
        )
        for entry in table.tables("indicators")
    )


def read_numbers(table: Table) -> tuple[NumberField, ...]:
    """Return the figures asked of the enterprise."""
    return tuple(
        NumberField(
            number_id=entry.text("id"),
            label=entry.local("label", "number"),
            unit=entry.local("unit", "unit"),
            maximum=entry.optional_decimal("maximum"),
            not_above=entry.optional_text("not_above"),
        )
        for entry in table.tables("numbers")
    )


def read_questions(table: Table, dimensions: Mapping[str, str]) -> tuple[Question, ...]:
    """Return the questions in order; `dimensions` maps indicator ids to dimension ids."""
    questions = []
    for number, entry in enumerate(table.tables("questions"), start=1):
        indicator_id = entry.text("indicator")
        questions.append(
            Question(
                question_id=entry.text("id"),
                number=number,
                dimension_id=dimensions.get(indicator_id, ""),
                indicator_id=indicator_id,
                name=entry.local("name", "name"),
                label=entry.local("label", "label"),
                kind=_kind(entry),
                max_points=entry.decimal("max_points"),
                options=tuple(_option(option) for option in entry.tables("options")),
                numbers=entry.texts("numbers"),
                more_numbers=entry.texts("more_numbers"),
                derivation=_derivation(entry),
                guidance=entry.optional_local("guidance", "guidance"),
                points_confidence=entry.confidence("points", "points_confidence"),
            )
        )
    return tuple(questions)


def read_groups(table: Table) -> tuple[ScenarioGroup, ...]:
    """Return the scenario groups."""
    return tuple(
        ScenarioGroup(group_id=entry.text("id"), label=entry.local("label", "label"))
        for entry in table.tables("groups")
    )


def read_level_heads(table: Table) -> tuple[LocalText, ...]:
    """Return the heads of the level columns, from level 1."""
    return tuple(entry.both("level_head") for entry in table.tables("level_heads"))


def read_scenarios(table: Table) -> tuple[Scenario, ...]:
    """Return the scenarios in order; a criterion's level is its place in the list."""
    return tuple(
        Scenario(
            scenario_id=entry.text("id"),
            number=number,
            group_id=entry.text("group"),
            label=entry.local("label", "label"),
            short=entry.local("short", "short"),
            is_constrained=_one_of(entry, "kind", ("constrained", "guiding")) == "constrained",
            criteria=tuple(
                Criterion(level=level, text=criterion.both("criterion"))
                for level, criterion in enumerate(entry.tables("criteria"), start=1)
            ),
            note=entry.optional_local("note", "note"),
            kind_confidence=entry.confidence("kind", "kind_confidence"),
        )
        for number, entry in enumerate(table.tables("scenarios"), start=1)
    )


def read_level_rule(table: Table) -> LevelRule:
    """Return the level rule."""
    return LevelRule(
        conditions=tuple(
            LevelCondition(
                level=entry.integer("level"),
                name=entry.local("name", "name"),
                min_score=entry.decimal("min_score"),
                min_scenarios=entry.integer("min_scenarios"),
                min_constrained=entry.integer("min_constrained"),
            )
            for entry in table.tables("conditions")
        ),
        confidence=table.confidence("rule", "rule_confidence"),
        basis=table.local("basis", "basis"),
    )


def _one_of(table: Table, key: str, words: tuple[str, ...]) -> str:
    word = table.text(key)
    if word and word not in words:
        table.fault("PACK_WORD", key, value=word, expected=", ".join(words))
    return word


def _kind(table: Table) -> QuestionKind:
    word = _one_of(table, "kind", tuple(QuestionKind))
    return QuestionKind(word) if word in set(QuestionKind) else QuestionKind.SINGLE


def _option(table: Table) -> Option:
    return Option(
        key=table.text("key"),
        label=table.both("option"),
        points=table.decimal("points"),
        is_none=table.flag("none"),
    )


def _derivation(table: Table) -> ShareDerivation | TrendDerivation | None:
    if table.has("share") and table.has("trend"):
        table.fault("PACK_TWO_DERIVATIONS", "trend")
    found: ShareDerivation | TrendDerivation | None = None
    if table.has("share"):
        share = table.table("share")
        found = _share(share)
        share.close()
    if table.has("trend"):
        trend = table.table("trend")
        found = _trend(trend)
        trend.close()
    return found


def _share(table: Table) -> ShareDerivation:
    return ShareDerivation(
        numerator=table.text("numerator"),
        denominator=table.text("denominator"),
        bands=tuple(_band(band) for band in table.tables("bands")),
        formula=table.local("formula", "formula"),
        yearly=_yearly(table),
        confidence=table.confidence("bands"),
    )


def _band(table: Table) -> Band:
    return Band(key=table.text("key"), above=table.optional_decimal("above"), up_to=table.decimal("up_to"))


def _yearly(table: Table) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for index, pair in enumerate(table.take("yearly", list, "array of array", [], required=False)):
        match pair:
            case [str(numerator), str(denominator)]:
                pairs.append((numerator, denominator))
            case _:
                table.fault("PACK_TYPE", f"yearly[{index}]", expected="[id, id]")
    return tuple(pairs)


def _trend(table: Table) -> TrendDerivation:
    return TrendDerivation(
        last=_figure(table, "last"),
        previous=_figure(table, "previous"),
        decimals=table.integer("decimals"),
        unit=table.local("unit", "unit"),
        up=table.text("up"),
        flat=table.text("flat"),
        down=table.text("down"),
        formula=table.local("formula", "formula"),
        confidence=table.confidence("rounding"),
    )


def _figure(table: Table, key: str) -> tuple[str, str | None]:
    match table.texts(key, required=True):
        case (number,):
            return number, None
        case (numerator, denominator):
            return numerator, denominator
    table.fault("PACK_TYPE", key, expected="[id] / [id, id]")
    return "", None


def joined_bands(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """Return `bands` with each lower bound that was left out set to the upper bound of the band before."""
    joined: list[Band] = []
    before: Decimal | None = None
    for band in bands:
        joined.append(replace(band, above=before) if band.above is None else band)
        before = band.up_to
    return tuple(joined)
