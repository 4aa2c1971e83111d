"""The path of a case: what the page shows of plans and measures, and the words for both."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Qt

from diag_app.clock import Progress
from diag_app.codec import plain_decimal
from diag_app.errors import Problem
from diag_app.forms.definition import Language, Pack
from diag_app.i18n.translator import Translator
from diag_app.model.chain import Chain, Orphan
from diag_app.model.facts import ScenarioNeed
from diag_app.model.plan import CaseMeasure, Plan, PlannedMeasure, PlanWish, Shortfall, TakenPlan, differences
from diag_app.operations.chain import CODES, chain_of, orphan_words
from diag_app.operations.measure import find_measures
from diag_app.operations.plan import PlanAnswer, find_plans, taken_plan
from diag_app.operations.workspace import Workspace
from diag_app.ui.models.rows import CellsModel, Index

NUMBER, NAME, COST, RANGE, POINTS, RAISES, SCORE, COUNTS, WHY, PIN = range(10)
SHOWN_NAMES = 2
MONTHS, WEEKS = 12, 52


@dataclass(frozen=True, kw_only=True)
class PathFacts:
    """What the page needs besides the plans: measures with prices and the owner's words, and the plan taken."""

    measures: tuple[CaseMeasure, ...]
    taken: TakenPlan | None
    chain: Chain

    @property
    def priced(self) -> int:
        """Return how many measures can take part."""
        return sum(item.plannable_cost is not None for item in self.measures)

    def names(self, language: Language) -> Mapping[str, str]:
        """Return the measures' names."""
        return {item.measure_id: item.measure.label.text(language) for item in self.measures}

    def measure(self, measure_id: str) -> CaseMeasure:
        """Return a measure; raise `KeyError` when there is none such."""
        for item in self.measures:
            if item.measure_id == measure_id:
                return item
        raise KeyError(measure_id)


@dataclass(frozen=True, kw_only=True)
class OrphanRow:
    """One loose end in words, with the reason typed for it."""

    key: str
    words: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TimedAnswer:
    """What planning found, and how long it took."""

    answer: PlanAnswer
    seconds: float


@dataclass(frozen=True, kw_only=True)
class PathRow:
    """One line of the table: a measure of the plan, with its number."""

    number: int
    planned: PlannedMeasure
    state: str | None


def load_path(workspace: Workspace, assessment_id: str, language: Language) -> PathFacts:
    """Read what the path page shows of one assessment."""
    taken = taken_plan(workspace, assessment_id)
    return PathFacts(
        measures=find_measures(workspace, assessment_id),
        taken=taken,
        chain=chain_of(workspace, assessment_id, taken, language),
    )


def timed_plans(workspace: Workspace, assessment_id: str, wish: PlanWish, *, progress: Progress) -> TimedAnswer:
    """Find the plans and say how long it took; runs as a job."""
    begun = time.monotonic()
    answer = find_plans(workspace, assessment_id, wish, progress=progress)
    return TimedAnswer(answer=answer, seconds=time.monotonic() - begun)


def _places(value: Decimal) -> int:
    return len(plain_decimal(value).partition(".")[2])


class PathModel(CellsModel[PathRow]):
    """The plan as a table; the delegate paints what is more than text."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        headings = (
            "",
            translate("Measure, in order"),
            translate("10k CNY"),
            translate("low – high"),
            translate("Adds"),
            translate("Scenario"),
            translate("Total"),
            translate("Level · ★"),
            translate("Without it"),
            "",
        )
        super().__init__(headings, parent)
        self._translate = translate
        self._pack: Pack | None = None
        self._names: Mapping[str, str] = {}
        self.widest = 1.0
        self._cost_places = 0  # decimals of the costs: the same in every row, so that figures stand in columns

    def show_plan(self, plan: Plan, pack: Pack, facts: PathFacts) -> None:
        """Show a plan's measures in order."""
        self._pack, self._names = pack, facts.names(self._translate.language)
        self.widest = max((float(item.cost.high) for item in plan.measures), default=1.0)
        self._cost_places = max((_places(item.cost.likely) for item in plan.measures), default=0)
        states = {item.measure_id: item.state for item in facts.measures}
        self.set_rows(
            tuple(
                PathRow(number=number, planned=item, state=states.get(item.measure_id))
                for number, item in enumerate(plan.measures, start=1)
            )
        )

    def cell(self, row: PathRow, column: int) -> str:
        """Return the text of one cell."""
        item = row.planned
        texts = {
            NUMBER: lambda: str(row.number),
            NAME: lambda: self._names.get(item.measure_id, item.measure_id),
            COST: lambda: f"{item.cost.likely:.{self._cost_places}f}",
            RANGE: lambda: f"{plain_decimal(item.cost.low)} – {plain_decimal(item.cost.high)}",
            POINTS: lambda: f"+{plain_decimal(item.points)}" if item.points else "—",
            RAISES: lambda: raised_words(item, self._pack, self._translate),
            SCORE: lambda: f"{item.after.score:.2f}",
            COUNTS: lambda: f"{item.after.scenarios} · {item.after.constrained}",
            WHY: lambda: why_words(item, self._names, self._translate),
        }
        return texts[column]() if column in texts else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return as every table does; the whole text of a cell is its tool tip."""
        return super().data(index, Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.ToolTipRole else role)

    def is_figure(self, column: int) -> bool:
        """Return whether the column holds figures, which stand right."""
        return column in (NUMBER, COST, POINTS, SCORE, COUNTS)


def raised_words(item: PlannedMeasure, pack: Pack | None, translate: Translator) -> str:
    """Return the scenarios that a measure raises, else the questions, else a dash."""
    if item.scenarios and pack is not None:
        return ", ".join(
            f"{scenario_words(pack, change.scenario_id, translate)} {change.before} → {change.after}"
            for change in item.scenarios
        )
    return ", ".join(item.questions) or "—"


def scenario_words(pack: Pack, scenario_id: str, translate: Translator) -> str:
    """Return a scenario's short name with its star."""
    scenario = pack.scenario(scenario_id)
    star = " ★" if scenario.is_constrained else ""
    return f"{scenario.short.text(translate.language)}{star}"


def why_words(item: PlannedMeasure, names: Mapping[str, str], translate: Translator) -> str:
    """Return what the plan lacks without a measure."""
    why, parts = item.why, []
    if why.constrained:
        parts.append(
            translate.plural(
                "{count} constrained scenario short", "{count} constrained scenarios short", why.constrained
            )
        )
    elif why.scenarios:
        parts.append(translate.plural("{count} scenario short", "{count} scenarios short", why.scenarios))
    if why.points:
        parts.append(translate("{points} points short", points=plain_decimal(why.points)))
    if why.prerequisite_of:
        parts.append(translate("{measures} cannot start", measures=listed(why.prerequisite_of, names, translate)))
    if why.is_pinned:
        parts.append(translate("fixed by the owner"))
    return translate("; ").join(parts)


def listed(measure_ids: tuple[str, ...], names: Mapping[str, str], translate: Translator) -> str:
    """Return the first names of a list, and how many more there are."""
    shown = translate(", ").join(names.get(key, key) for key in measure_ids[:SHOWN_NAMES])
    more = len(measure_ids) - SHOWN_NAMES
    return translate("{names} and {count} more", names=shown, count=str(more)) if more > 0 else shown


def difference_words(best: Plan, other: Plan, names: Mapping[str, str], translate: Translator) -> str:
    """Return what another plan does instead."""
    left, taken = differences(best, other)
    return translate(
        "{taken} instead of {left}", taken=listed(taken, names, translate), left=listed(left, names, translate)
    )


def unserved(plan: Plan, needs: tuple[ScenarioNeed, ...]) -> tuple[ScenarioNeed, ...]:
    """Return the needs whose scenario no measure of the plan raises or serves."""
    served = {
        scenario_id
        for item in plan.measures
        for scenario_id in (*item.measure.scenario_ids, *(change.scenario_id for change in item.scenarios))
    }
    return tuple(need for need in needs if need.scenario_id not in served)


def orphan_rows(facts: PathFacts, translate: Translator) -> tuple[OrphanRow, ...]:
    """Return the loose ends of the plan taken, or of the needs while none is, in words."""
    needs = {link.need.need_id: link.need for link in facts.chain.links}
    names = facts.names(translate.language)

    def words(orphan: Orphan) -> str:
        item = orphan_words(orphan, needs, names)
        return translate.problem(Problem(code=CODES[orphan.kind], parameters={"item": item}))

    return tuple(OrphanRow(key=item.key, words=words(item), reason=item.reason) for item in facts.chain.orphans)


def need_numbers(needs: tuple[ScenarioNeed, ...], translate: Translator) -> str:
    """Return the numbers of needs as one text."""
    return translate(", ").join(f"N-{need.number:02d}" for need in needs)


def shortfall_words(wish: PlanWish, lack: Shortfall, names: Mapping[str, str], translate: Translator) -> str:
    """Return in one sentence why there is no plan."""
    level = str(wish.level or 1)
    match lack.kind:
        case "budget":
            return translate(
                "A budget of {budget} (10k CNY) does not reach level {level}; at least {cost} is needed.",
                budget=plain_decimal(wish.budget or Decimal(0)),
                level=level,
                cost=plain_decimal(lack.cost or Decimal(0)),
            )
        case "time":
            return translate("The time does not suffice: at least {weeks} weeks of work.", weeks=str(lack.weeks))
        case "owner":
            return translate("With what is fixed and excluded no plan reaches level {level}.", level=level)
        case "prices":
            return translate(
                "No plan of the measures that have a price reaches level {level}. A price is missing for: {measures}.",
                level=level,
                measures=listed(lack.measures, names, translate),
            )
        case _:
            return translate(
                "No measures reach level {level}: short of {points} points, {scenarios} scenarios, {constrained} "
                "constrained.",
                level=level,
                points=plain_decimal(lack.points),
                scenarios=str(lack.scenarios),
                constrained=str(lack.constrained),
            )
