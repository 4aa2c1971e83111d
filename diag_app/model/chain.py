"""The unbroken chain: owner's words → scenario → gap → measure → cost and benefit → criterion → evidence to collect.

What hangs on one side only is an orphan. It keeps a proposal from being issued until somebody types the reason.
While no plan is taken every need lacks a measure for one and the same reason: that is one orphan, not one for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from diag_app.forms.need_details import Acceptance
from diag_app.model.economics import Books, Range
from diag_app.model.facts import ScenarioNeed
from diag_app.model.plan import PlannedMeasure, TakenPlan, total

OrphanKind = Literal[
    "needs_without_plan",
    "need_without_words",
    "need_without_measure",
    "measure_without_gap",
    "measure_without_evidence",
    "cost_without_source",
    "benefit_without_criterion",
]
ORPHAN_KINDS: tuple[OrphanKind, ...] = (
    "needs_without_plan",
    "need_without_words",
    "need_without_measure",
    "measure_without_gap",
    "measure_without_evidence",
    "cost_without_source",
    "benefit_without_criterion",
)
NO_PLAN = "plan"  # what the orphan of a case without a plan is of


@dataclass(frozen=True, kw_only=True)
class Link:
    """One need with what follows from it."""

    need: ScenarioNeed
    measures: tuple[PlannedMeasure, ...]
    cost: Range
    has_benefit: bool  # an amount of benefit is recorded for it
    criteria: tuple[Acceptance, ...]


@dataclass(frozen=True, kw_only=True)
class Orphan:
    """One loose end: of a need (its id), a measure (its id) or `NO_PLAN`, with the reason typed for it, or none."""

    kind: OrphanKind
    item: str
    reason: str = ""

    @property
    def key(self) -> str:
        """Return what names it in the record of reasons."""
        return f"{self.kind}:{self.item}"


@dataclass(frozen=True, kw_only=True)
class Chain:
    """All links, the measures that serve the gap alone, and every loose end."""

    links: tuple[Link, ...]
    gap_measures: tuple[PlannedMeasure, ...]
    orphans: tuple[Orphan, ...]

    @property
    def open(self) -> tuple[Orphan, ...]:
        """Return the loose ends without a reason."""
        return tuple(orphan for orphan in self.orphans if not orphan.reason)


def make_chain(
    taken: TakenPlan | None,
    needs: Sequence[ScenarioNeed],
    books: Books,
    acceptance: Mapping[str, tuple[Acceptance, ...]],
    reasons: Mapping[str, str],
) -> Chain:
    """Return the chain of a plan, or of none: `acceptance` by form id, `reasons` by the key of the orphan."""
    measures = () if taken is None else taken.plan.measures
    links = tuple(_link(need, measures, books, acceptance) for need in needs)
    serving = {item.measure_id for link in links for item in link.measures}
    of_plan = _without_plan(links) if taken is None else (*_without_measure(links), *_of_measures(taken, serving))
    orphans = (*_of_needs(links), *of_plan)
    return Chain(
        links=links,
        gap_measures=tuple(item for item in measures if item.measure_id not in serving),
        orphans=tuple(Orphan(kind=kind, item=item, reason=reasons.get(f"{kind}:{item}", "")) for kind, item in orphans),
    )


def serves(item: PlannedMeasure, scenario_id: str) -> bool:
    """Return whether a measure is about a scenario or raises it."""
    return scenario_id in item.measure.scenario_ids or any(
        change.scenario_id == scenario_id for change in item.scenarios
    )


def _link(
    need: ScenarioNeed,
    measures: Sequence[PlannedMeasure],
    books: Books,
    acceptance: Mapping[str, tuple[Acceptance, ...]],
) -> Link:
    own = tuple(item for item in measures if serves(item, need.scenario_id))
    return Link(
        need=need,
        measures=own,
        cost=total(item.cost for item in own),
        has_benefit=bool(books.of(need.need_id).used("benefit")),
        criteria=acceptance.get(need.form_id, ()),
    )


def _of_needs(links: Sequence[Link]) -> Iterator[tuple[OrphanKind, str]]:
    for link in links:
        if not link.need.owner_words:
            yield "need_without_words", link.need.need_id
        if link.has_benefit and not link.criteria:
            yield "benefit_without_criterion", link.need.need_id


def _without_measure(links: Sequence[Link]) -> Iterator[tuple[OrphanKind, str]]:
    for link in links:
        if not link.measures:
            yield "need_without_measure", link.need.need_id


def _without_plan(links: Sequence[Link]) -> Iterator[tuple[OrphanKind, str]]:
    if links:
        yield "needs_without_plan", NO_PLAN


def _of_measures(taken: TakenPlan, serving: set[str]) -> Iterator[tuple[OrphanKind, str]]:
    for item in taken.plan.measures:
        why = item.why
        fills_gap = why.points or why.scenarios or why.constrained or why.prerequisite_of
        if not fills_gap and item.measure_id not in serving:
            yield "measure_without_gap", item.measure_id
        if not item.measure.evidence:
            yield "measure_without_evidence", item.measure_id
    for measure_id in taken.unpriced:
        yield "cost_without_source", measure_id
