"""What a measure raises, what it needs first, and what it is; a catalogue of them belongs to a practice pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from diag_app.forms.definition import Confidence, LocalText, next_or_key_error

Comparison = Literal["ge", "gt", "le", "lt", "eq"]
COMPARISONS: tuple[Comparison, ...] = ("ge", "gt", "le", "lt", "eq")


@dataclass(frozen=True, kw_only=True)
class LevelRaise:
    """A scenario standing at `from_at_most` or below stands at `to` afterwards, which is one level above it."""

    scenario_id: str
    from_at_most: int
    to: int


@dataclass(frozen=True, kw_only=True)
class Raises:
    """What a measure makes possible once its evidence exists. Nothing is ever lowered."""

    levels: tuple[LevelRaise, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # multiple choice -> options gained
    options_at_least: Mapping[str, str] = field(default_factory=dict)  # single choice -> the option it reaches


@dataclass(frozen=True, kw_only=True)
class NeedsMeasure:
    """Another measure is finished."""

    measure_id: str


@dataclass(frozen=True, kw_only=True)
class NeedsLevel:
    """A scenario stands at a level or above."""

    scenario_id: str
    at_least: int


@dataclass(frozen=True, kw_only=True)
class NeedsLevels:
    """At least so many of these scenarios stand at a level or above."""

    scenario_ids: tuple[str, ...]
    level_at_least: int
    at_least: int


@dataclass(frozen=True, kw_only=True)
class NeedsOption:
    """An option of a multiple choice is chosen."""

    question_id: str
    option: str


@dataclass(frozen=True, kw_only=True)
class NeedsOptionAtLeast:
    """A single choice stands at an option or a later one."""

    question_id: str
    option: str


@dataclass(frozen=True, kw_only=True)
class NeedsChosen:
    """At least so many options of a multiple choice, other than "none", are chosen."""

    question_id: str
    at_least: int


@dataclass(frozen=True, kw_only=True)
class NeedsNumber:
    """A figure of the enterprise compares so; what has not been given holds nothing."""

    number_id: str
    comparison: Comparison
    value: Decimal


Requirement = NeedsMeasure | NeedsLevel | NeedsLevels | NeedsOption | NeedsOptionAtLeast | NeedsChosen | NeedsNumber


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One type of solution: no product, provider, price or benefit; those are the consultant's, kept with the case."""

    measure_id: str
    label: LocalText
    weeks_low: int
    weeks_high: int
    weeks_confidence: Confidence = Confidence.AUTHORED
    scenario_ids: tuple[str, ...] = ()  # scenarios served; none for what serves the whole firm
    raises: Raises = Raises()
    requires: tuple[Requirement, ...] = ()  # all must hold when it starts
    excludes: tuple[str, ...] = ()  # measures with the same function: not both in one plan
    deployment: tuple[str, ...] = ()
    depth: str | None = None
    technology: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    evidence: tuple[LocalText, ...] = ()  # what shows at acceptance that it works
    ready_first: tuple[LocalText, ...] = ()

    @property
    def weeks_likely(self) -> int:
        """Return the middle of the duration, rounded up to whole weeks."""
        return (self.weeks_low + self.weeks_high + 1) // 2


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The measures of a practice pack, and the words for their tags: kind of tag -> tag -> text."""

    measures: tuple[Measure, ...]
    vocabulary: Mapping[str, Mapping[str, LocalText]]

    def measure(self, measure_id: str) -> Measure:
        """Return the measure; raise `KeyError` when the catalogue has none such."""
        return next_or_key_error(self.measures, "measure_id", measure_id)


def required_measures(measure: Measure) -> tuple[str, ...]:
    """Return the measures that a measure names as finished before."""
    return tuple(need.measure_id for need in measure.requires if isinstance(need, NeedsMeasure))
