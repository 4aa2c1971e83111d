"""Measures as a case has them, and a plan of them: what it costs, raises and needs, and why each is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from diag_app.forms.measures import Measure
from diag_app.model.economics import Assumption, Range

MeasureState = Literal["done", "pinned", "excluded"]
MEASURE_STATES: tuple[MeasureState, ...] = ("done", "pinned", "excluded")
COST_UNIT = "ten_k_cny"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What the consultant brings for one measure: price in 10,000 CNY with its source, and who would do it."""

    cost: Range | None = None
    source: str = ""
    dated: str = ""  # ISO date
    owner: str = ""  # who answers for the figure
    provider: str = ""
    product: str = ""
    weeks: int | None = None  # agreed duration; the catalogue's own where null

    @property
    def missing(self) -> tuple[str, ...]:
        """Return which of source, date and owner are not there; a price that lacks one enters no plan."""
        return tuple(name for name in ("source", "dated", "owner") if not getattr(self, name))


@dataclass(frozen=True, kw_only=True)
class CaseMeasure:
    """A measure of the catalogue, or one of the consultant's own, with what this case says of it."""

    measure: Measure
    offer: Offer = Offer()
    state: MeasureState | None = None  # set by the owner's words
    is_own: bool = False
    entity_id: str | None = None  # where the case has recorded anything

    @property
    def measure_id(self) -> str:
        """Return the id of the measure."""
        return self.measure.measure_id

    @property
    def plannable_cost(self) -> Range | None:
        """Return the price that a plan may count with; null where there is none, or nobody answers for it."""
        return None if self.offer.missing else self.offer.cost

    @property
    def weeks(self) -> int:
        """Return how long it takes: as agreed, else the middle of the catalogue's estimate."""
        return self.offer.weeks or self.measure.weeks_likely

    def assumption(self, number: int = 0) -> Assumption | None:
        """Return the price as an entry of the assumption register; null where there is none."""
        if self.offer.cost is None:
            return None
        return Assumption(
            assumption_id=self.entity_id or self.measure_id,
            label=self.measure.label.zh,
            unit=COST_UNIT,
            range=self.offer.cost,
            source=self.offer.source,
            dated=self.offer.dated,
            owner=self.offer.owner,
            number=number,
        )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the enterprise stands as seen from a level: its own level, score, and scenarios at that level or above."""

    level: int
    score: Decimal
    scenarios: int
    constrained: int


@dataclass(frozen=True, kw_only=True)
class WhyIn:
    """What a plan lacks without one of its measures: what falls short of the level, and what could not start."""

    points: Decimal = Decimal(0)
    scenarios: int = 0
    constrained: int = 0
    prerequisite_of: tuple[str, ...] = ()
    is_pinned: bool = False


@dataclass(frozen=True, kw_only=True)
class LevelChange:
    """A scenario raised by a measure."""

    scenario_id: str
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class PlannedMeasure:
    """One measure of a plan in its place: weeks count from the start of the plan."""

    measure: Measure
    cost: Range  # 10,000 CNY
    start_week: int
    end_week: int
    phase: int  # 1 for what waits for nothing of the plan, …
    waits_for: tuple[str, ...]
    points: Decimal  # what it adds to the score in its place
    scenarios: tuple[LevelChange, ...]
    questions: tuple[str, ...]  # whose points it raises
    after: Standing  # once it and all before it are finished
    why: WhyIn

    @property
    def measure_id(self) -> str:
        """Return the id of the measure."""
        return self.measure.measure_id


@dataclass(frozen=True, kw_only=True)
class Phase:
    """The measures of one phase: when they run and what they cost together."""

    number: int
    measures: tuple[PlannedMeasure, ...]

    @property
    def start_week(self) -> int:
        """Return when the first of them starts."""
        return min(item.start_week for item in self.measures)

    @property
    def end_week(self) -> int:
        """Return when the last of them ends."""
        return max(item.end_week for item in self.measures)

    @property
    def cost(self) -> Range:
        """Return what the phase costs."""
        return total(item.cost for item in self.measures)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Measures in the order they start. `stuck` are chosen ones that can no longer start: the answers have changed."""

    level: int  # the level it is for
    measures: tuple[PlannedMeasure, ...]
    before: Standing
    after: Standing
    cost: Range
    stuck: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Return whether every measure can start and the level is reached."""
        return not self.stuck and self.after.level >= self.level

    @property
    def measure_ids(self) -> tuple[str, ...]:
        """Return the measures' ids in the order they start."""
        return tuple(item.measure_id for item in self.measures)

    @property
    def weeks(self) -> int:
        """Return when the last measure ends."""
        return max((item.end_week for item in self.measures), default=0)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Return the phases in order."""
        numbers = sorted({item.phase for item in self.measures})
        return tuple(
            Phase(number=number, measures=tuple(item for item in self.measures if item.phase == number))
            for number in numbers
        )


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """Why no plan fulfils a wish: the first thing that, changed, would let one. Where nothing would, how much lacks."""

    kind: Literal["budget", "time", "owner", "prices", "beyond"]
    cost: Decimal | None = None  # the least a plan costs, where only the budget is in the way
    weeks: int | None = None  # the fewest weeks, where only the time is
    points: Decimal = Decimal(0)
    scenarios: int = 0
    constrained: int = 0
    measures: tuple[str, ...] = ()  # the owner's choices in the way, or those that would help but have no price


@dataclass(frozen=True, kw_only=True)
class PlanWish:
    """What is asked of a plan; without a level the highest within the budget. Money in 10,000 CNY."""

    level: int | None = None
    budget: Decimal | None = None
    months: int | None = None  # from the start to the end of the trial run
    on_high: bool = False  # robust: count the high costs


@dataclass(frozen=True, kw_only=True)
class ChosenPlan:
    """The plan the owner took, as stored: the wish it answers and its measures; `start_on` is an ISO date."""

    wish: PlanWish
    level: int
    measure_ids: tuple[str, ...]
    start_on: str = ""
    trial_weeks: int = 8


@dataclass(frozen=True, kw_only=True)
class TakenPlan:
    """The plan the owner took, reckoned anew on the answers and prices of now; `unpriced` lost their price since."""

    chosen: ChosenPlan
    plan: Plan
    unpriced: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Return whether it still does what it was taken for."""
        return self.plan.is_sound and not self.unpriced


def total(costs: Iterable[Range]) -> Range:
    """Return the sum of ranges, each end by itself."""
    found = tuple(costs)
    return Range(
        low=sum((item.low for item in found), Decimal(0)),
        likely=sum((item.likely for item in found), Decimal(0)),
        high=sum((item.high for item in found), Decimal(0)),
    )


def differences(plan: Plan, other: Plan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the measures of `plan` that `other` leaves out, and those it takes instead."""
    left = tuple(name for name in plan.measure_ids if name not in other.measure_ids)
    taken = tuple(name for name in other.measure_ids if name not in plan.measure_ids)
    return left, taken


def costs_of(measures: Sequence[CaseMeasure], *, on_high: bool = False) -> Mapping[str, Decimal]:
    """Return the price that planning counts, by measure; those without one that somebody answers for are left out."""
    priced = {item.measure_id: item.plannable_cost for item in measures}
    return {key: cost.high if on_high else cost.likely for key, cost in priced.items() if cost is not None}
