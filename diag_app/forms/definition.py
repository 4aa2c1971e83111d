"""What a pack defines: questions, options, scenarios, the level rule; every field knows how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeVar

Language = Literal["zh", "en"]
T = TypeVar("T")


class Confidence(StrEnum):
    """How a fact was obtained. Only `EXACT` may be shown as official."""

    EXACT = "exact"
    SHORTENED = "shortened"  # meaning agrees with the source, wording is ours
    RECONSTRUCTED = "reconstructed"
    AUTHORED = "authored"
    MEMORY = "memory"
    UNKNOWN = "unknown"


class QuestionKind(StrEnum):
    """How many options a question takes."""

    SINGLE = "single"
    MULTIPLE = "multiple"


@dataclass(frozen=True, kw_only=True)
class LocalText:
    """One text in both languages; `confidence` is that of the Chinese wording, `en_confidence` of the translation."""

    zh: str
    en: str
    confidence: Confidence = Confidence.EXACT
    en_confidence: Confidence = Confidence.AUTHORED

    def text(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, kw_only=True)
class Option:
    """One permitted choice and the points it earns."""

    key: str
    label: LocalText
    points: Decimal
    is_none: bool = False  # "none of these": earns nothing and excludes the others


@dataclass(frozen=True, kw_only=True)
class Band:
    """Option `key` holds for a share above `above` (or from 0 when null) up to and including `up_to`, in per cent."""

    key: str
    above: Decimal | None
    up_to: Decimal


@dataclass(frozen=True, kw_only=True)
class NumberField:
    """A figure asked of the enterprise."""

    number_id: str
    label: LocalText
    unit: LocalText
    maximum: Decimal | None = None
    not_above: str | None = None  # another number that this one may not exceed


@dataclass(frozen=True, kw_only=True)
class ShareDerivation:
    """Option from `100 * numerator / denominator` by bands."""

    numerator: str
    denominator: str
    bands: tuple[Band, ...]
    formula: LocalText
    yearly: tuple[tuple[str, str], ...] = ()  # (numerator, denominator) by year: the mean of their shares goes first
    confidence: Confidence = Confidence.EXACT  # of the bands


@dataclass(frozen=True, kw_only=True)
class TrendDerivation:
    """Option from last year's figure against the year before, both rounded half-up to `decimals` in `unit`.

    Each figure is `numerator / denominator`; a null denominator means the number itself.
    """

    last: tuple[str, str | None]
    previous: tuple[str, str | None]
    decimals: int
    unit: LocalText
    up: str
    flat: str
    down: str
    formula: LocalText
    confidence: Confidence = Confidence.EXACT  # of the rounding that decides what is flat


@dataclass(frozen=True, kw_only=True)
class EvidenceHint:
    """What is usually asked as evidence; `options` names the options it supports, empty for all."""

    text: LocalText
    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """One scored question."""

    question_id: str
    number: int
    dimension_id: str
    indicator_id: str
    name: LocalText  # short name, as in the section list
    label: LocalText  # the question as asked
    kind: QuestionKind
    max_points: Decimal
    options: tuple[Option, ...]
    numbers: tuple[str, ...] = ()  # number ids shown with this question
    derivation: ShareDerivation | TrendDerivation | None = None
    guidance: LocalText | None = None
    evidence: tuple[EvidenceHint, ...] = ()
    more_numbers: tuple[str, ...] = ()  # number ids that may be given instead of those in `numbers`
    points_confidence: Confidence = Confidence.EXACT  # of `max_points` and the options' points

    def option(self, key: str) -> Option:
        """Return the option with `key`; raise `KeyError` when the question has none such."""
        for option in self.options:
            if option.key == key:
                return option
        raise KeyError(key)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A level-1 indicator: the sum of its questions' points, at most `max_points`."""

    indicator_id: str
    dimension_id: str
    label: LocalText
    short: LocalText
    max_points: Decimal
    weight_pct: Decimal = Decimal(0)  # of the dimension's points
    points_confidence: Confidence = Confidence.EXACT


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A dimension with its own score, or (`max_points` null) rated by scenario levels only."""

    dimension_id: str
    label: LocalText
    max_points: Decimal | None
    weight_pct: Decimal | None = None  # of all points
    points_confidence: Confidence = Confidence.EXACT


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What a scenario must show to stand at `level`."""

    level: int
    text: LocalText
    evidence: tuple[EvidenceHint, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One of the rated business scenarios; `is_constrained` is the star."""

    scenario_id: str
    number: int
    group_id: str
    label: LocalText
    short: LocalText
    is_constrained: bool
    criteria: tuple[Criterion, ...]
    note: LocalText | None = None
    kind_confidence: Confidence = Confidence.EXACT  # of being constrained or not


@dataclass(frozen=True, kw_only=True)
class ScenarioGroup:
    """A family of scenarios shown together."""

    group_id: str
    label: LocalText


@dataclass(frozen=True, kw_only=True)
class LevelCondition:
    """`level` holds when score, scenarios at or above it, and the constrained among them all reach their bounds."""

    level: int
    name: LocalText
    min_score: Decimal
    min_scenarios: int
    min_constrained: int


@dataclass(frozen=True, kw_only=True)
class LevelRule:
    """The conditions for levels 1 up, with the confidence of their numbers."""

    conditions: tuple[LevelCondition, ...]
    confidence: Confidence
    basis: LocalText


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A baseline metric a need may record."""

    metric_id: str
    label: LocalText
    unit: LocalText
    better: Literal["lower", "higher", "target", "context"]  # context: better or worse only beside other figures
    formula: LocalText
    method: LocalText  # how to measure it on site
    period: LocalText | None = None  # which time the figure should cover
    source: LocalText | None = None  # where the figures are found


@dataclass(frozen=True, kw_only=True)
class NeedForm:
    """What to record for a need: the scenario it serves and the metrics usually taken."""

    form_id: str
    scenario_id: str
    label: LocalText
    metric_ids: tuple[str, ...]
    prompts: tuple[LocalText, ...] = ()
    also_serves: tuple[str, ...] = ()  # further scenarios


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """A fact of the method that has not been checked against the official text, and what hangs on it."""

    item_id: str
    text: LocalText
    status: Confidence
    effect: LocalText


@dataclass(frozen=True, kw_only=True)
class Demands:
    """How many pieces of evidence an answer needs before it counts as supported; what earns nothing needs none."""

    question: int = 0  # for an answer that earns points
    option: int = 0  # for each option of it that earns points, where that makes more
    scenario: int = 0  # for a scenario at level 1 or above
    items: Mapping[str, int] = field(default_factory=dict)  # by question or scenario id, in place of the above
    confidence: Confidence = Confidence.AUTHORED

    def of_question(self, question_id: str, earning_options: int) -> int:
        """Return how many pieces an answer needs of which so many options earn points."""
        return self.items.get(question_id, max(self.question, self.option * earning_options))

    def of_scenario(self, scenario_id: str) -> int:
        """Return how many pieces a scenario at level 1 or above needs."""
        return self.items.get(scenario_id, self.scenario)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A versioned method: everything the code knows about an evaluation."""

    pack_id: str
    version: str
    digest: str  # SHA-256 over the canonical form of all its files
    title: LocalText
    document: Mapping[str, str]  # number, issued_on, issuer_zh, issuer_en, …
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    numbers: tuple[NumberField, ...]
    questions: tuple[Question, ...]
    scenario_groups: tuple[ScenarioGroup, ...]
    scenarios: tuple[Scenario, ...]
    level_rule: LevelRule
    metrics: tuple[Metric, ...]
    need_forms: tuple[NeedForm, ...]
    open_items: tuple[OpenItem, ...]
    level_heads: tuple[LocalText, ...] = ()  # heads of the board's columns, from level 1
    evidence_kinds: Mapping[str, LocalText] = field(default_factory=dict)
    demands: Demands = Demands()

    @property
    def reference(self) -> str:
        """Return `id@version`, as stored with every answer."""
        return f"{self.pack_id}@{self.version}"

    def question(self, question_id: str) -> Question:
        """Return the question; raise `KeyError` when the pack has none such."""
        return next_or_key_error(self.questions, "question_id", question_id)

    def scenario(self, scenario_id: str) -> Scenario:
        """Return the scenario; raise `KeyError` when the pack has none such."""
        return next_or_key_error(self.scenarios, "scenario_id", scenario_id)

    def scenario_of_need(self, scenario_id: str) -> Scenario:
        """Return the scenario that a need is about; one called by its id where the pack has none such."""
        try:
            return self.scenario(scenario_id)
        except KeyError:
            name = scenario_id or "–"
            text = LocalText(zh=name, en=name)
            return Scenario(
                scenario_id=name, number=0, group_id="", label=text, short=text, is_constrained=False, criteria=()
            )

    def number(self, number_id: str) -> NumberField:
        """Return the number field; raise `KeyError` when the pack has none such."""
        return next_or_key_error(self.numbers, "number_id", number_id)

    def metric(self, metric_id: str) -> Metric:
        """Return the metric; raise `KeyError` when the pack has none such."""
        return next_or_key_error(self.metrics, "metric_id", metric_id)

    def need_form(self, form_id: str) -> NeedForm:
        """Return the need form; raise `KeyError` when the pack has none such."""
        return next_or_key_error(self.need_forms, "form_id", form_id)

    def asked_metrics(self, form_id: str) -> tuple[str, ...]:
        """Return the ids of the metrics that a need form asks for; none of a form from elsewhere."""
        return next((form.metric_ids for form in self.need_forms if form.form_id == form_id), ())


def next_or_key_error(items: tuple[T, ...], attribute: str, wanted: str) -> T:
    """Return the item whose `attribute` equals `wanted`; raise `KeyError` when there is none."""
    for item in items:
        if getattr(item, attribute) == wanted:
            return item
    raise KeyError(wanted)
