"""Facts as flat tables for the city platform: CSV files with a Frictionless descriptor. Derived, never read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, get_args, get_type_hints

from diag_app.codec import canonical_json, digest, plain_decimal
from diag_app.sync.csv_files import csv_table, protected
from diag_app.sync.names import DESCRIPTOR, fact_name

_TYPES = {str: "string", int: "integer", Decimal: "number", bool: "boolean"}


@dataclass(frozen=True, kw_only=True)
class AssessmentRow:
    """One assessment with the enterprise it was made at."""

    assessment_id: Annotated[str, "UUIDv7"]
    enterprise_id: Annotated[str, "UUIDv7; the case of the ops"]
    enterprise_name: Annotated[str, "Name as registered"]
    uscc: Annotated[str | None, "Unified social credit code, GB 32100"]
    sector: Annotated[str, "Key of the size standard"]
    industry: Annotated[str | None, "GB/T 4754 division"]
    employees: Annotated[int | None, "Persons"]
    revenue_10k_cny: Annotated[Decimal | None, "10,000 CNY a year"]
    assets_10k_cny: Annotated[Decimal | None, "10,000 CNY"]
    size_class: Annotated[str | None, "large, medium, small, micro; derived"]
    is_above_scale: Annotated[bool | None, "Derived"]
    is_demonstration: Annotated[bool, "True for invented enterprises"]
    pack: Annotated[str, "id@version of the method"]
    pack_digest: Annotated[str, "SHA-256 of the method's files"]
    status: Annotated[str, "in_progress, completed, amended"]
    started_on: Annotated[str, "ISO 8601 date"]
    visited_on: Annotated[str, "ISO 8601 dates of the survey, separated by ;"]


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """One figure of the rating summary (the results before)."""

    assessment_id: Annotated[str, "UUIDv7"]
    stage: Annotated[str, "before: first assessment"]
    result: Annotated[str, "level, score, a dimension id, constrained_scenes or guiding_scenes"]
    value: Annotated[Decimal, "Level 0 means none; scenes are counted at or above the level reached, from 1 up"]
    maximum: Annotated[Decimal | None, "Where there is one"]


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """Points of one indicator."""

    assessment_id: Annotated[str, "UUIDv7"]
    indicator_id: Annotated[str, "Id in the pack"]
    dimension_id: Annotated[str, "Id in the pack"]
    points: Annotated[Decimal, "Exact"]
    max_points: Annotated[Decimal, "Exact"]


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """One question's answer and its points."""

    assessment_id: Annotated[str, "UUIDv7"]
    question_id: Annotated[str, "Id in the pack"]
    indicator_id: Annotated[str, "Id in the pack"]
    state: Annotated[str, "chosen, derived (from numbers), missing"]
    options: Annotated[str, "Option keys, separated by ;"]
    points: Annotated[Decimal, "Exact"]
    max_points: Annotated[Decimal, "Exact"]
    note: Annotated[str, "As recorded on site"]


@dataclass(frozen=True, kw_only=True)
class NumberRow:
    """One figure asked of the enterprise."""

    assessment_id: Annotated[str, "UUIDv7"]
    number_id: Annotated[str, "Id in the pack"]
    value: Annotated[Decimal, "Exact, in the unit of the pack"]


@dataclass(frozen=True, kw_only=True)
class ScenarioRow:
    """One rated scenario."""

    assessment_id: Annotated[str, "UUIDv7"]
    scenario_id: Annotated[str, "Id in the pack"]
    is_constrained: Annotated[bool, "Constrained scene rather than guiding scene"]
    level: Annotated[int | None, "0 to 4; empty when not rated or not applicable"]
    not_applicable: Annotated[str | None, "The reason, where it does not apply"]
    note: Annotated[str, "As recorded on site"]


@dataclass(frozen=True, kw_only=True)
class NeedRow:
    """One need the enterprise confirmed."""

    need_id: Annotated[str, "UUIDv7"]
    assessment_id: Annotated[str, "UUIDv7"]
    number: Annotated[int, "N-01 … within the assessment"]
    form_id: Annotated[str, "Id in the pack"]
    scenario_id: Annotated[str, "Id in the pack"]
    title: Annotated[str, "Short name"]
    owner_words: Annotated[str, "In the owner's words"]
    process: Annotated[str, "Business process"]
    pain: Annotated[str, "Present pain"]
    wish: Annotated[str, "What is wanted"]
    barrier: Annotated[str | None, "unwilling, afraid, unable"]
    barrier_reason: Annotated[str, "Why"]
    priority: Annotated[str, "must, should, could"]
    target_level: Annotated[int | None, "1 to 4"]


@dataclass(frozen=True, kw_only=True)
class MetricRow:
    """One measured present state of a need."""

    need_id: Annotated[str, "UUIDv7"]
    metric_id: Annotated[str, "Id in the pack"]
    unit: Annotated[str, "As in the pack"]
    value: Annotated[Decimal | None, "Empty: not measured, which is never zero"]
    period: Annotated[str, "The time it was measured over"]
    source: Annotated[str, "Where the figure is from"]


@dataclass(frozen=True, kw_only=True)
class EvidenceRow:
    """One piece of evidence; its bytes lie in data/blobs."""

    evidence_id: Annotated[str, "UUIDv7"]
    assessment_id: Annotated[str, "UUIDv7"]
    number: Annotated[int, "E-001 … within the assessment"]
    sha256: Annotated[str, "Names the file in data/blobs"]
    name: Annotated[str, "The file's own name"]
    media_type: Annotated[str, "IANA media type"]
    size: Annotated[int, "Bytes"]
    caption: Annotated[str, "What it shows"]
    shows_on: Annotated[str | None, "ISO 8601 date the content is from"]
    captured_at: Annotated[str | None, "ISO 8601 time it was taken"]
    received_at: Annotated[str, "ISO 8601 time it was added"]
    targets: Annotated[str, "Question and scenario ids, separated by ;"]


Row = AssessmentRow | ResultRow | ScoreRow | AnswerRow | NumberRow | ScenarioRow | NeedRow | MetricRow | EvidenceRow


@dataclass(frozen=True, kw_only=True)
class FactTables:
    """All tables of a bundle; the field's name is the file's, rows may come in any order."""

    assessments: tuple[AssessmentRow, ...] = ()
    results: tuple[ResultRow, ...] = ()
    scores: tuple[ScoreRow, ...] = ()
    answers: tuple[AnswerRow, ...] = ()
    numbers: tuple[NumberRow, ...] = ()
    scenarios: tuple[ScenarioRow, ...] = ()
    needs: tuple[NeedRow, ...] = ()
    metrics: tuple[MetricRow, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()

    def __add__(self, other: FactTables) -> FactTables:
        """Return the rows of both."""
        return FactTables(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})


_ROWS: Mapping[str, type[Row]] = {
    "answers": AnswerRow,
    "assessments": AssessmentRow,
    "evidence": EvidenceRow,
    "metrics": MetricRow,
    "needs": NeedRow,
    "numbers": NumberRow,
    "results": ResultRow,
    "scenarios": ScenarioRow,
    "scores": ScoreRow,
}
_KEYS: Mapping[str, tuple[str, ...]] = {
    "answers": ("assessment_id", "question_id"),
    "assessments": ("assessment_id",),
    "evidence": ("evidence_id",),
    "metrics": ("need_id", "metric_id"),
    "needs": ("need_id",),
    "numbers": ("assessment_id", "number_id"),
    "results": ("assessment_id", "stage", "result"),
    "scenarios": ("assessment_id", "scenario_id"),
    "scores": ("assessment_id", "indicator_id"),
}


def fact_files(tables: FactTables) -> dict[str, bytes]:
    """Return the files of `tables`: {name inside the bundle: bytes}, the descriptor among them."""
    found = {table: _csv(_ROWS[table], _KEYS[table], getattr(tables, table)) for table in _ROWS}
    descriptor = {
        "profile": "tabular-data-package",
        "name": "qizhen-facts",
        "resources": [_resource(table, data) for table, data in found.items()],
    }
    return {fact_name(table): data for table, data in found.items()} | {DESCRIPTOR: canonical_json(descriptor)}


def _csv(kind: type[Row], key: tuple[str, ...], rows: tuple[Row, ...]) -> bytes:
    names = [one.name for one in fields(kind)]
    ordered = sorted(rows, key=lambda row: tuple(getattr(row, name) for name in key))
    return csv_table(names, ([_cell(getattr(row, name)) for name in names] for row in ordered))


def _cell(value: str | int | Decimal | None) -> str:
    """Return a cell; only texts are protected, so that a negative number stays a number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return protected(value) if isinstance(value, str) else str(value)


def _resource(table: str, data: bytes) -> dict[str, Any]:
    kind = _ROWS[table]
    columns = [_column(name, *get_args(hint)) for name, hint in get_type_hints(kind, include_extras=True).items()]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "description": kind.__doc__,
        "path": fact_name(table).removeprefix("data/"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{digest(data)}",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {"fields": columns, "primaryKey": list(_KEYS[table]), "missingValues": [""]},
    }


def _column(name: str, hint: Any, description: str) -> dict[str, Any]:
    """Return a column of the schema from its annotation; `None` in it means that the cell may be empty."""
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    kind = next(one for one in kinds if one is not type(None))
    is_required = type(None) not in kinds and kind is not str  # an empty text is an empty cell
    constraints = {"constraints": {"required": True}} if is_required else {}
    return {"name": name, "type": _TYPES[kind], "description": description, **constraints}
