"""The chain of a case: what hangs together, what is loose, and the reason typed for a loose end."""

from __future__ import annotations

from collections.abc import Mapping

from diag_app.errors import DiagError, Problem, Severity
from diag_app.forms.definition import Language
from diag_app.i18n import LANGUAGES
from diag_app.model.chain import NO_PLAN, ORPHAN_KINDS, Chain, Orphan, OrphanKind, make_chain, serves
from diag_app.model.facts import ScenarioNeed
from diag_app.model.ops import Changes
from diag_app.model.plan import TakenPlan
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.economics import books_of
from diag_app.operations.measure import find_measures
from diag_app.operations.need import find_needs
from diag_app.operations.need_form import need_forms
from diag_app.operations.plan import taken_plan
from diag_app.operations.texts import long
from diag_app.operations.workspace import Workspace, known

REASON = "orphan:"
WITHOUT_PLAN = f"needs_without_plan:{NO_PLAN}"
CODES: dict[OrphanKind, str] = {
    "needs_without_plan": "NEEDS_WITHOUT_PLAN",
    "need_without_words": "NEED_WITHOUT_WORDS",
    "need_without_measure": "NEED_WITHOUT_MEASURE",
    "measure_without_gap": "MEASURE_WITHOUT_GAP",
    "measure_without_evidence": "MEASURE_WITHOUT_EVIDENCE",
    "cost_without_source": "COST_WITHOUT_SOURCE",
    "benefit_without_criterion": "BENEFIT_WITHOUT_CRITERION",
}


def load_chain(workspace: Workspace, assessment_id: str, language: Language | None = None) -> Chain:
    """Return the chain of the plan taken, or of the needs alone while none is."""
    return chain_of(workspace, assessment_id, taken_plan(workspace, assessment_id), language)


def chain_of(
    workspace: Workspace, assessment_id: str, taken: TakenPlan | None, language: Language | None = None
) -> Chain:
    """Return the chain of `taken`, which is the plan taken as it is reckoned now, or null while none is."""
    view = known(workspace, assessment_id, "assessment")
    forms = need_forms(workspace, assessment_pack(workspace, assessment_id))
    needs = find_needs(workspace, assessment_id, language)
    return make_chain(
        taken,
        needs,
        books_of(workspace, assessment_id, language),
        {need.form_id: forms.details(need.form_id).acceptance for need in needs},
        {
            register.removeprefix(REASON): view.value(f"{register}@{language}") or shown.value
            for register, shown in view.registers.items()
            if register.startswith(REASON) and "@" not in register and shown.value
        },
    )


def needs_left_out(workspace: Workspace, assessment_id: str) -> frozenset[str]:
    """Return the ids of the needs that no measure of the plan taken is about; none while no plan is taken."""
    taken = taken_plan(workspace, assessment_id)
    if taken is None:
        return frozenset()
    return frozenset(
        need.need_id
        for need in find_needs(workspace, assessment_id)
        if not any(serves(item, need.scenario_id) for item in taken.plan.measures)
    )


def excuse_orphan(workspace: Workspace, assessment_id: str, key: str, reason: str) -> Changes:
    """Record why a loose end is left so; an empty reason takes it back.

    Raises:
        DiagError: `ORPHAN_UNKNOWN` when the chain has no such loose end and a reason is given, `TEXT_TOO_LONG`.
    """
    view = known(workspace, assessment_id, "assessment", to_change=True)
    chain = load_chain(workspace, assessment_id)
    words = long(reason, key).strip()
    if words and key not in {orphan.key for orphan in chain.orphans}:
        raise DiagError("ORPHAN_UNKNOWN", location=key[:80], known=", ".join(ORPHAN_KINDS))
    with workspace.store.operation("excuse_orphan", view.case) as operation:
        operation.set(assessment_id, f"{REASON}{key}", words or None)
        for other in LANGUAGES:  # words in another language said what no longer stands
            operation.clear(assessment_id, f"{REASON}{key}@{other}")
    return operation.changes


def chain_problems(workspace: Workspace, assessment_id: str, language: Language) -> tuple[Problem, ...]:
    """Return what keeps a proposal from being issued: loose ends without a reason, a plan that no longer holds."""
    taken = taken_plan(workspace, assessment_id)
    chain = chain_of(workspace, assessment_id, taken, language)
    unsound = taken is not None and not taken.plan.is_sound
    names = {item.measure_id: item.measure.label.text(language) for item in find_measures(workspace, assessment_id)}
    needs = {link.need.need_id: link.need for link in chain.links}
    plan = [Problem(code="PLAN_UNSOUND", location="plan")] if unsound else []
    return (*plan, *(_problem(orphan, needs, names) for orphan in chain.open))


def orphan_words(orphan: Orphan, needs: Mapping[str, ScenarioNeed], names: Mapping[str, str]) -> str:
    """Return what the loose end is of: number and title of a need, name of a measure, or how many needs in all."""
    if orphan.item == NO_PLAN:
        return str(len(needs))
    need = needs.get(orphan.item)
    return f"N-{need.number:02d} {need.title}" if need is not None else names.get(orphan.item, orphan.item)


def _problem(orphan: Orphan, needs: Mapping[str, ScenarioNeed], names: Mapping[str, str]) -> Problem:
    return Problem(
        code=CODES[orphan.kind],
        location=f"plan.{orphan.key}",
        severity=Severity.ERROR,
        parameters={"item": orphan_words(orphan, needs, names), "key": orphan.key},
    )
