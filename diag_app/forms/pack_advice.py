"""The advice in a pack, read from its tables: typical evidence, need forms with their metrics, open items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from diag_app.forms.definition import Confidence, Demands, EvidenceHint, LocalText, Metric, NeedForm, OpenItem
from diag_app.forms.pack_table import NO_TEXT, Table

Better = Literal["lower", "higher", "target", "context"]
BETTER: tuple[Better, ...] = ("lower", "higher", "target", "context")
Hints = tuple[EvidenceHint, ...]


def read_texts(table: Table, key: str, mark: str) -> dict[str, LocalText]:
    """Return the texts in both languages listed by name under `key`."""
    named = table.table(key)
    texts = {name: named.local(name, mark) for name in named.content}
    named.close()
    return texts


def read_question_evidence(table: Table) -> dict[str, Hints]:
    """Return the evidence hints by question id."""
    named = table.table("questions")
    hints = {question_id: _hints(named, question_id) for question_id in named.content}
    named.close()
    return hints


def read_scenario_evidence(table: Table) -> dict[str, dict[str, Hints]]:
    """Return the evidence hints by scenario id and cell name (`level_1`, …)."""
    named = table.table("scenarios")
    found: dict[str, dict[str, Hints]] = {}
    for scenario_id in named.content:
        cells = named.table(scenario_id)
        found[scenario_id] = {cell: _hints(cells, cell) for cell in cells.content}
        cells.close()
    named.close()
    return found


def read_demands(table: Table) -> Demands:
    """Return how much evidence answers need before they count as supported."""
    named = table.table("demands")
    items = named.table("items") if named.has("items") else None
    demands = Demands(
        question=named.integer("question"),
        option=named.integer("option"),
        scenario=named.integer("scenario"),
        items={} if items is None else {target: items.integer(target) for target in items.content},
        confidence=table.marks.get("demand", Confidence.UNKNOWN),
    )
    for read in filter(None, (items, named)):
        read.close()
    return demands


def read_metrics(table: Table, units: Mapping[str, LocalText]) -> tuple[Metric, ...]:
    """Return the baseline metrics with their units spelled out."""
    return tuple(
        Metric(
            metric_id=entry.text("id"),
            label=entry.local("label", "label"),
            unit=_unit(entry, units),
            better=_better(entry),
            formula=entry.local("formula", "formula"),
            method=entry.local("method", "method"),
            period=entry.local("period", "method"),
            source=entry.local("source", "method"),
        )
        for entry in table.tables("metrics")
    )


def read_need_forms(table: Table) -> tuple[NeedForm, ...]:
    """Return the need forms."""
    return tuple(
        NeedForm(
            form_id=entry.text("id"),
            scenario_id=entry.text("scenario"),
            also_serves=entry.texts("also_serves"),
            label=entry.local("label", "label"),
            metric_ids=entry.texts("metrics", required=True),
            prompts=tuple(prompt.both("prompt") for prompt in entry.tables("prompts")),
        )
        for entry in table.tables("forms")
    )


def read_open_items(table: Table) -> tuple[OpenItem, ...]:
    """Return what has not been checked against the official text."""
    return tuple(
        OpenItem(
            item_id=entry.text("id"),
            text=entry.local("text", "text"),
            status=entry.status("status"),
            effect=entry.local("effect", "text"),
        )
        for entry in table.tables("items")
    )


def _hints(table: Table, key: str) -> Hints:
    return tuple(
        EvidenceHint(text=entry.both("evidence"), kind=entry.text("kind"), options=entry.texts("options"))
        for entry in table.tables(key)
    )


def _unit(entry: Table, units: Mapping[str, LocalText]) -> LocalText:
    unit_id = entry.text("unit")
    if unit_id and unit_id not in units:
        entry.fault("PACK_ID_UNKNOWN", "unit", value=unit_id)
    return units.get(unit_id, NO_TEXT)


def _better(entry: Table) -> Better:
    word = entry.text("better")
    if word and word not in BETTER:
        entry.fault("PACK_WORD", "better", value=word, expected=", ".join(BETTER))
    return next((known for known in BETTER if known == word), "context")
