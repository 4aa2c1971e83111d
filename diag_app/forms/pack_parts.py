"""All tables of a pack as read, before its laws are checked and the parts are joined into a pack."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from diag_app.forms import pack_advice, pack_method
from diag_app.forms.definition import (
    Confidence,
    Demands,
    Dimension,
    Indicator,
    LevelRule,
    LocalText,
    Metric,
    NeedForm,
    NumberField,
    OpenItem,
    Question,
    Scenario,
    ScenarioGroup,
    ShareDerivation,
)
from diag_app.forms.pack_table import Findings, Table, open_table

PACK, QUESTIONS, SCENARIOS, RULE = "pack.toml", "questions.toml", "scenarios.toml", "level_rule.toml"
EVIDENCE, NEEDS, ITEMS = "evidence.toml", "needs.toml", "open_items.toml"
UPGRADE = "upgrade.toml"  # where answers to the version before have their place; a pack may be without it
FORMAT = 1
METHOD, PRACTICE, REPORT = "method", "practice", "report"  # the kinds of pack

# The kinds of field whose confidence each file declares.
MARKS: Mapping[str, frozenset[str]] = {
    PACK: frozenset({"english", "title", "label", "short", "points"}),
    QUESTIONS: frozenset(
        {"name", "label", "option", "points", "bands", "rounding", "formula", "number", "unit", "guidance"}
    ),
    SCENARIOS: frozenset({"label", "short", "kind", "criterion", "note", "level_head"}),
    RULE: frozenset({"rule", "name", "basis"}),
    EVIDENCE: frozenset({"demand", "evidence", "kind"}),
    NEEDS: frozenset({"label", "formula", "method", "prompt", "unit"}),
    ITEMS: frozenset({"text"}),
}


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the files of a pack say, file by file."""

    pack_id: str
    version: str
    title: LocalText
    document: Mapping[str, str]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    numbers: tuple[NumberField, ...]
    questions: tuple[Question, ...]
    groups: tuple[ScenarioGroup, ...]
    level_heads: tuple[LocalText, ...]
    scenarios: tuple[Scenario, ...]
    level_rule: LevelRule
    evidence_kinds: Mapping[str, LocalText]
    question_evidence: Mapping[str, pack_advice.Hints]
    scenario_evidence: Mapping[str, Mapping[str, pack_advice.Hints]]
    demands: Demands
    metrics: tuple[Metric, ...]
    need_forms: tuple[NeedForm, ...]
    open_items: tuple[OpenItem, ...]


def read_parts(files: Mapping[str, bytes], findings: Findings) -> Parts | None:
    """Return what the pack's files say with every fault of form in `findings`; null when a file cannot be read."""
    kind = pack_kind(files)
    if kind != METHOD:
        findings.unlawful("PACK_KIND_WRONG", PACK, "kind", value=kind)
        return None
    contents = _contents(files, findings)
    if contents is None:
        return None
    tables = {name: open_table(name, contents[name], findings, marks) for name, marks in MARKS.items()}
    english = tables[PACK].marks.get("english", Confidence.UNKNOWN)
    tables = {name: replace(table, english=english) for name, table in tables.items()}
    parts = _parts(tables)
    for table in tables.values():
        table.close()
    return parts


def pack_kind(files: Mapping[str, bytes]) -> str:
    """Return `practice` or `report` where the head says so, else `method`; one that cannot be read is a method's."""
    content = toml_content(PACK, files, Findings()) or {}
    return next((kind for kind in (PRACTICE, REPORT) if content.get("kind") == kind), METHOD)


def toml_content(name: str, files: Mapping[str, bytes], findings: Findings) -> dict[str, Any] | None:
    """Return what stands in the file `name`, decimals exact; null after noting that it is missing or no TOML."""
    if name not in files:
        findings.unreadable("PACK_FILE_MISSING", name, "")
        return None
    try:
        return tomllib.loads(files[name].decode(), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        findings.unreadable("PACK_SYNTAX", name, "", detail=str(error))
        return None


def _contents(files: Mapping[str, bytes], findings: Findings) -> dict[str, dict[str, Any]] | None:
    contents: dict[str, dict[str, Any]] = {}
    for name in sorted({*MARKS, *files} - {UPGRADE}):
        if name not in MARKS:
            findings.unreadable("PACK_FILE_UNKNOWN", name, "")
        elif (content := toml_content(name, files, findings)) is not None:
            contents[name] = content
    return contents if len(contents) == len(MARKS) else None


def _parts(tables: Mapping[str, Table]) -> Parts:
    pack, questions, scenarios = tables[PACK], tables[QUESTIONS], tables[SCENARIOS]
    evidence, needs = tables[EVIDENCE], tables[NEEDS]
    if pack.integer("format") != FORMAT:
        pack.findings.unlawful("PACK_FORMAT", PACK, "format", expected=str(FORMAT))
    indicators = pack_method.read_indicators(pack)
    return Parts(
        pack_id=pack.text("id"),
        version=pack.text("version"),
        title=pack.local("title", "title"),
        document=pack_method.read_document(pack),
        dimensions=pack_method.read_dimensions(pack),
        indicators=indicators,
        numbers=pack_method.read_numbers(questions),
        questions=pack_method.read_questions(
            questions, {indicator.indicator_id: indicator.dimension_id for indicator in indicators}
        ),
        groups=pack_method.read_groups(scenarios),
        level_heads=pack_method.read_level_heads(scenarios),
        scenarios=pack_method.read_scenarios(scenarios),
        level_rule=pack_method.read_level_rule(tables[RULE]),
        evidence_kinds=pack_advice.read_texts(evidence, "kinds", "kind"),
        question_evidence=pack_advice.read_question_evidence(evidence),
        scenario_evidence=pack_advice.read_scenario_evidence(evidence),
        demands=pack_advice.read_demands(evidence),
        metrics=pack_advice.read_metrics(needs, pack_advice.read_texts(needs, "units", "unit")),
        need_forms=pack_advice.read_need_forms(needs),
        open_items=pack_advice.read_open_items(tables[ITEMS]),
    )


def complete_questions(parts: Parts) -> tuple[Question, ...]:
    """Return the questions with their evidence and with the lower bounds of their bands."""
    completed = []
    for question in parts.questions:
        derivation = question.derivation
        if isinstance(derivation, ShareDerivation):
            derivation = replace(derivation, bands=pack_method.joined_bands(derivation.bands))
        evidence = parts.question_evidence.get(question.question_id, ())
        completed.append(replace(question, derivation=derivation, evidence=evidence))
    return tuple(completed)


def complete_scenarios(parts: Parts) -> tuple[Scenario, ...]:
    """Return the scenarios with their evidence in each cell."""
    completed = []
    for scenario in parts.scenarios:
        cells = parts.scenario_evidence.get(scenario.scenario_id, {})
        criteria = tuple(
            replace(criterion, evidence=cells.get(f"level_{criterion.level}", ())) for criterion in scenario.criteria
        )
        completed.append(replace(scenario, criteria=criteria))
    return tuple(completed)
