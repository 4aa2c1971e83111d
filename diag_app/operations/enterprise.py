"""Enterprises and their contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from diag_app.clock import new_id
from diag_app.errors import DiagError, Problem, Severity, refuse
from diag_app.forms.definition import Language
from diag_app.forms.scoring import score
from diag_app.model.facts import Assessment, Contact, Enterprise, EnterpriseProfile
from diag_app.model.ops import Changes
from diag_app.model.reading import assessment_from, contact_from, profile_from, profile_registers
from diag_app.model.size_class import above_scale, size_class
from diag_app.model.uscc import check_uscc, normalise_uscc
from diag_app.operations.texts import NAME_LIMIT, check_figure, check_length, one_line, plain_text, short
from diag_app.operations.workspace import Workspace, known
from diag_app.storage.duplicates import group_of
from diag_app.storage.operation import Operation
from diag_app.storage.search import EnterpriseRow

FIGURES = ("employees", "revenue_10k_cny", "assets_10k_cny")
_NEWEST = 50
PROFILE_TEXTS = ("address", "founded_on", "products", "processes", "equipment", "software")


@dataclass(frozen=True, kw_only=True)
class AddedEnterprise:
    """What was added, with the classes derived from its figures and what needs explanation."""

    enterprise_id: str
    size_class: str | None
    is_above_scale: bool | None
    problems: tuple[Problem, ...]
    changes: Changes


@dataclass(frozen=True, kw_only=True)
class EnterpriseSummary:
    """One line of the firms list; the newest assessment's figures, null where there is none."""

    enterprise_id: str
    name: str
    uscc: str | None
    industry: str | None
    size_class: str | None
    is_above_scale: bool | None
    employees: int | None
    revenue_10k_cny: Decimal | None
    is_demonstration: bool
    assessment_id: str | None = None
    level: int | None = None
    score: Decimal | None = None
    answered: int = 0
    questions: int = 0
    visited_on: str | None = None
    evidence: int = 0
    needs: int = 0
    proposals: int = 0


def add_enterprise(workspace: Workspace, profile: EnterpriseProfile) -> AddedEnterprise:
    """Add an enterprise; a wrong credit code or an empty name is refused, a code already here is a warning.

    Raises:
        DiagError: `NAME_MISSING`, `USCC_…`, `NUMBER_NEGATIVE`, with all problems attached.
    """
    profile, problems = _checked(workspace, profile, enterprise_id=None)
    enterprise_id = new_id()
    with workspace.store.operation("add_enterprise", enterprise_id) as operation:
        write_profile(operation, profile)
    found = _classed(workspace, enterprise_id, profile)
    return AddedEnterprise(
        enterprise_id=enterprise_id,
        size_class=found.size_class,
        is_above_scale=found.is_above_scale,
        problems=problems,
        changes=operation.changes,
    )


def update_enterprise(workspace: Workspace, enterprise_id: str, profile: EnterpriseProfile) -> Changes:
    """Record what differs between `profile` and what is stored; refused like `add_enterprise`."""
    profile, _ = _checked(workspace, profile, enterprise_id=enterprise_id)
    stored = profile_from(known(workspace, enterprise_id, "enterprise"))
    with workspace.store.operation("update_enterprise", enterprise_id) as operation:
        write_profile(operation, profile, stored)
    return operation.changes


def write_profile(operation: Operation, profile: EnterpriseProfile, stored: EnterpriseProfile | None = None) -> None:
    """Write into an operation on the enterprise what differs from `stored`; without it the enterprise is made."""
    enterprise_id = operation.case
    if stored is None:
        operation.create("enterprise", entity=enterprise_id)
    before = {} if stored is None else profile_registers(stored)
    for register, value in profile_registers(profile).items():
        if value == before.get(register):
            continue
        if value is None:
            operation.clear(enterprise_id, register)
        else:
            operation.set(enterprise_id, register, value)


def profile_changes(workspace: Workspace, enterprise_id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the registers that recording `fields` of the profile would change; refused like `add_enterprise`.

    A count of people may come as a decimal.
    """
    recorded = profile_from(known(workspace, enterprise_id, "enterprise", to_change=True))
    whole: dict[str, Any] = {name: int(value) if name == "employees" else value for name, value in fields.items()}
    profile, _ = _checked(workspace, replace(recorded, **whole), enterprise_id=enterprise_id)
    before = profile_registers(recorded)
    return {name: value for name, value in profile_registers(profile).items() if value != before[name]}


def load_enterprise(workspace: Workspace, enterprise_id: str, language: Language | None = None) -> Enterprise:
    """Return the enterprise with its derived classes; an unknown id is refused with `ENTITY_UNKNOWN`."""
    view = known(workspace, enterprise_id, "enterprise")
    return _classed(workspace, enterprise_id, profile_from(view, language))


def find_enterprises(
    workspace: Workspace, text: str = "", *, limit: int = 200, offset: int = 0, language: Language | None = None
) -> tuple[EnterpriseSummary, ...]:
    """Return enterprises whose name, credit code or pinyin initials contain `text`, the newest first."""
    rows = workspace.store.find_enterprises(text, limit=limit, offset=offset)
    cases = [row.enterprise_id for row in rows]
    return workspace.summaries.lines(workspace.store, cases, language, lambda case: _summary(workspace, case, language))


def count_enterprises(workspace: Workspace, text: str = "") -> int:
    """Return how many enterprises `find_enterprises` finds without a limit."""
    return workspace.store.count_enterprises(text)


def holds_demonstration(workspace: Workspace) -> bool:
    """Return whether one of the newest enterprises is a demonstration."""
    rows = workspace.store.find_enterprises("", limit=_NEWEST)
    return any(known(workspace, row.enterprise_id, "enterprise").value("is_demonstration", False) for row in rows)


def find_names(workspace: Workspace, text: str, *, limit: int = 20) -> tuple[EnterpriseRow, ...]:
    """Return id, name and credit code of the enterprises that `find_enterprises` finds, quickly and without more."""
    rows = workspace.store.find_enterprises(text, limit=limit)
    return tuple(replace(row, enterprise_id=leading(workspace, row.enterprise_id)) for row in rows)


def leading(workspace: Workspace, enterprise_id: str) -> str:
    """Return of the enterprises agreed to be this one the one where work goes on: with the newest assessment."""
    group = group_of(workspace.store, enterprise_id)
    if len(group) == 1:
        return enterprise_id
    newest = {member: workspace.store.entities("assessment", parent=member)[-1:] for member in group}
    return max(group, key=lambda member: newest[member][0].entity_id if newest[member] else "")


def save_contact(
    workspace: Workspace, enterprise_id: str, *, contact_id: str | None = None, name: str, role: str, phone: str = ""
) -> Changes:
    """Record a contact, new or changed; name, role and phone belong together."""
    known(workspace, enterprise_id, "enterprise", to_change=True)
    contact = {key: short(text, key) for key, text in (("name", name), ("role", role), ("phone", phone))}
    with workspace.store.operation("save_contact", enterprise_id) as operation:
        entity = contact_id or operation.create("contact", parent=enterprise_id)
        operation.set(entity, "contact", contact)
    return operation.changes


def remove_contact(workspace: Workspace, contact_id: str) -> Changes:
    """Take a contact off the list; it can be brought back by undo."""
    view = known(workspace, contact_id, "contact")
    with workspace.store.operation("remove_contact", view.case) as operation:
        operation.delete(contact_id)
    return operation.changes


def find_contacts(workspace: Workspace, enterprise_id: str, language: Language | None = None) -> tuple[Contact, ...]:
    """Return the enterprise's contacts in order of entry, but for those erased or left out of this copy."""
    views = workspace.store.entities("contact", parent=enterprise_id)
    return tuple(contact_from(view, language) for view in views if view.value("contact") is not None)


def check_profile(
    workspace: Workspace, profile: EnterpriseProfile, *, enterprise_id: str | None = None
) -> tuple[Problem, ...]:
    """Return everything wrong or worth a look in `profile`, without storing anything."""
    problems = list(profile_faults(workspace, profile))
    if profile.uscc and not problems:
        rows = workspace.store.find_enterprises(normalise_uscc(profile.uscc), limit=2)
        twins = [row for row in rows if row.enterprise_id != enterprise_id]
        problems += [
            Problem(code="USCC_ALREADY_HERE", location="uscc", severity=Severity.WARNING, parameters={"name": row.name})
            for row in twins[:1]
        ]
    return tuple(problems)


def profile_faults(workspace: Workspace, profile: EnterpriseProfile) -> tuple[Problem, ...]:
    """Return what `check_profile` says of the profile by itself, whatever other firms are here."""
    problems = list(check_uscc(profile.uscc)) if profile.uscc else []
    if not one_line(profile.name):
        problems.append(Problem(code="NAME_MISSING", location="name"))
    problems += check_length(profile.name, "name", NAME_LIMIT)
    problems += [item for name in PROFILE_TEXTS for item in check_length(getattr(profile, name), name)]
    problems += [item for name in FIGURES for item in check_figure(getattr(profile, name), name)]
    if profile.sector not in workspace.sizes.sectors:
        problems.append(Problem(code="SECTOR_UNKNOWN", location="sector", parameters={"value": profile.sector}))
    return tuple(problems)


def derived_classes(workspace: Workspace, profile: EnterpriseProfile) -> Enterprise:
    """Return what `profile` would be classed as, with no id: size class and scale are derived, never typed."""
    return _classed(workspace, "", profile)


def _checked(
    workspace: Workspace, profile: EnterpriseProfile, *, enterprise_id: str | None
) -> tuple[EnterpriseProfile, tuple[Problem, ...]]:
    problems = check_profile(workspace, profile, enterprise_id=enterprise_id)
    refuse(problems)
    return made_plain(profile), problems


def made_plain(profile: EnterpriseProfile) -> EnterpriseProfile:
    """Return `profile` as it is recorded: texts without control characters, the credit code normalised."""
    code = normalise_uscc(profile.uscc) if profile.uscc else None
    words: dict[str, Any] = {name: plain_text(getattr(profile, name)) for name in PROFILE_TEXTS}
    return replace(profile, **words, name=one_line(profile.name), uscc=code)


def _classed(workspace: Workspace, enterprise_id: str, profile: EnterpriseProfile) -> Enterprise:
    derived = size_class(
        workspace.sizes,
        sector=profile.sector,
        employees=profile.employees,
        revenue_10k_cny=profile.revenue_10k_cny,
        assets_10k_cny=profile.assets_10k_cny,
    )
    scale = above_scale(workspace.sizes, sector=profile.sector, revenue_10k_cny=profile.revenue_10k_cny)
    return Enterprise(
        enterprise_id=enterprise_id, profile=profile, size_class=derived.code, is_above_scale=scale.is_above_scale
    )


def _summary(workspace: Workspace, enterprise_id: str, language: Language | None) -> tuple[EnterpriseSummary, bool]:
    """Return the line, and whether it holds as long as the case: not where the pack is not here, which may come."""
    is_alone = len(group_of(workspace.store, enterprise_id)) == 1  # what others of a group hold shows here too
    enterprise_id = enterprise_id if is_alone else leading(workspace, enterprise_id)
    found = load_enterprise(workspace, enterprise_id, language)
    profile = found.profile
    summary = EnterpriseSummary(
        enterprise_id=enterprise_id,
        name=profile.name,
        uscc=profile.uscc,
        industry=profile.industry,
        size_class=found.size_class,
        is_above_scale=found.is_above_scale,
        employees=profile.employees,
        revenue_10k_cny=profile.revenue_10k_cny,
        is_demonstration=profile.is_demonstration,
    )
    assessments = workspace.store.entities("assessment", parent=enterprise_id)
    if not assessments:
        return summary, is_alone
    line, may_remember = _with_assessment(workspace, summary, assessment_from(assessments[-1]))
    return line, may_remember and is_alone


def _with_assessment(
    workspace: Workspace, summary: EnterpriseSummary, assessment: Assessment
) -> tuple[EnterpriseSummary, bool]:
    count = {
        kind: len(workspace.store.entities(kind, parent=assessment.assessment_id))
        for kind in ("evidence", "need", "proposal")
    }
    counted = replace(
        summary,
        assessment_id=assessment.assessment_id,
        visited_on=assessment.visited_on[-1] if assessment.visited_on else None,
        evidence=count["evidence"],
        needs=count["need"],
        proposals=count["proposal"],
    )
    try:
        pack = workspace.pack(assessment.pack)
    except DiagError:  # an imported case whose pack is not here must not hide the list; opening it says what is missing
        return counted, False
    card = score(pack, assessment.answers)
    scored = replace(
        counted,
        level=card.level,
        score=card.score,
        answered=len(pack.questions) - len(card.missing),
        questions=len(pack.questions),
    )
    return scored, True
