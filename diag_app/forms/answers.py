"""What was answered in one assessment, apart from what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class ScenarioAnswer:
    """A scenario's level 0 to 4, or the reason why it does not apply; never both."""

    level: int | None = None
    not_applicable: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """All answers of one assessment. What is absent from a mapping has not been answered."""

    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # question id -> chosen option keys
    scenarios: Mapping[str, ScenarioAnswer] = field(default_factory=dict)
