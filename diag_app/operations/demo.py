"""The main job on the demonstration factory, with the same operations a person uses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError, refuse
from diag_app.files import is_there, read
from diag_app.model.actor import Actor
from diag_app.model.economics import Range
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.plan import ChosenPlan, Offer, PlanWish
from diag_app.operations.assessment import load_answers, record_note, record_visit, score_assessment, start_assessment
from diag_app.operations.bundle import BUNDLE_SUFFIX, export_bundle, verify_bundle
from diag_app.operations.chain import excuse_orphan
from diag_app.operations.demo_needs import add_needs
from diag_app.operations.demo_visit import add_visit
from diag_app.operations.enterprise import add_enterprise, find_contacts, save_contact
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.measure import find_measures, record_offers
from diag_app.operations.need import find_needs
from diag_app.operations.plan import choose_plan, find_plans
from diag_app.operations.proposal import issue_proposal, verify_proposal
from diag_app.operations.review import add_comment, resolve_comment, tick
from diag_app.operations.roles import record_said, rule
from diag_app.operations.translation import record_translation
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.paths import resource

ACTOR = Actor(  # one typed name serves the papers of both languages
    name="示例顾问 Demo Consultant", firm="示例服务商 Demo Advisory", device="demo"
)
PROFILE_WORDS = ("name", "address", "products", "processes", "equipment", "software")


@dataclass(frozen=True, kw_only=True)
class DemoResult:
    """What the demonstration left behind."""

    assessment_id: str
    level: int
    score: Decimal
    files: tuple[Path, ...]


def run_demo(directory: Path, *, progress: Progress = no_progress) -> DemoResult:
    """Do the whole main job in a fresh workspace `directory/workspace` and verify what it made.

    Raises:
        DiagError: `FOLDER_IN_USE` when there is a workspace already; whatever a step refuses.
    """
    home = directory / "workspace"
    if is_there(home):
        raise DiagError("FOLDER_IN_USE", location=str(home))
    with open_workspace(home, actor=ACTOR) as workspace:
        assessment_id = fill_demo(workspace)
        progress(1, 4)
        issue = issue_proposal(workspace, assessment_id, ("zh", "en"), directory)
        progress(2, 4)
        for path in issue.paths:
            refuse(verify_proposal(workspace, path)[1])
        bundle = export_bundle(workspace, directory / f"{issue.proposal.number}{BUNDLE_SUFFIX}")
        progress(3, 4)
        refuse(verify_bundle(bundle.path, home=home))
        card = score_assessment(workspace, assessment_id)
    progress(4, 4)
    return DemoResult(
        assessment_id=assessment_id, level=card.level, score=card.score, files=(*issue.paths, bundle.path)
    )


def fill_demo(workspace: Workspace) -> str:
    """Add the demonstration factory with answers, evidence and needs, and return its assessment's id."""
    facts = tomllib.loads(read(resource("demo", "factory.toml")).decode())
    enterprise_id = _add_enterprise(workspace, facts["enterprise"])
    for contact in facts["contact"]:
        save_contact(workspace, enterprise_id, phone=contact["phone"], **contact["zh"])
        newest = find_contacts(workspace, enterprise_id)[-1]
        record_translation(workspace, newest.contact_id, "en", {"contact": contact["en"]})
    assessment_id = start_assessment(workspace, enterprise_id)
    record_visit(workspace, assessment_id, tuple(facts["visited_on"]))
    load_answers(workspace, assessment_id, resource("demo", "answers.json"))
    for note in facts["note"]:
        record_note(workspace, assessment_id, note["target"], note["zh"])
    notes = {f"note:{note['target']}": note["en"] for note in facts["note"]}
    record_translation(workspace, assessment_id, "en", notes)
    _add_evidence(workspace, assessment_id, facts["evidence"])
    add_needs(workspace, assessment_id, facts["need"])
    _plan(workspace, assessment_id, tomllib.loads(read(resource("demo", "measures.toml")).decode()))
    _add_views(workspace, assessment_id, facts)
    add_visit(workspace, assessment_id)
    reviewer = replace(workspace, actor=replace(ACTOR, name=facts["reviewer"]))
    _add_review(reviewer, assessment_id, facts)
    return assessment_id


def _add_enterprise(workspace: Workspace, facts: Mapping[str, Any]) -> str:
    profile = EnterpriseProfile(
        uscc=facts["uscc"],
        industry=facts["industry"],
        sector=facts["sector"],
        founded_on=facts["founded_on"],
        employees=facts["employees"],
        revenue_10k_cny=Decimal(facts["revenue_10k_cny"]),
        is_demonstration=True,
        **{word: facts["zh"][word].strip() for word in PROFILE_WORDS},
    )
    added = add_enterprise(workspace, profile)
    words = {word: facts["en"][word].strip() for word in PROFILE_WORDS}
    record_translation(workspace, added.enterprise_id, "en", words)
    return added.enterprise_id


def _add_evidence(workspace: Workspace, assessment_id: str, items: list[Mapping[str, Any]]) -> None:
    files = [
        NewEvidence(
            name=item["file"],
            data=read(resource("demo", "pictures", item["file"])),
            targets=tuple(item["targets"]),
            caption=item["zh"],
            shows_on=item["shows_on"],
        )
        for item in items
    ]
    for evidence, item in zip(add_evidence_files(workspace, assessment_id, files), items, strict=True):
        record_translation(workspace, evidence.evidence_id, "en", {"caption": item["en"]})


def _add_views(workspace: Workspace, assessment_id: str, facts: Mapping[str, Any]) -> None:
    for item in facts["said"]:
        for role_id, position in item["roles"].items():
            record_said(workspace, assessment_id, item["target"], role_id, tuple(position))
    for item in facts["ruling"]:
        rule(workspace, assessment_id, item["target"], item["zh"])
        words = {f"ruling:{item['target']}": {"reason": item["en"]}}
        record_translation(workspace, assessment_id, "en", words)


def _add_review(reviewer: Workspace, assessment_id: str, facts: Mapping[str, Any]) -> None:
    for target in facts["verified"]:
        tick(reviewer, assessment_id, target)
    for item in facts["comment"]:
        comment_id = add_comment(reviewer, assessment_id, item["target"], item["zh"])
        record_translation(reviewer, comment_id, "en", {"text": item["en"]})
        if item["is_settled"]:
            resolve_comment(reviewer, comment_id)


def _plan(workspace: Workspace, assessment_id: str, facts: Mapping[str, Any]) -> None:
    """Record the invented prices and take the cheapest path that they allow."""
    offers = {
        price["measure_id"]: Offer(
            cost=Range(**{end: Decimal(price[end]) for end in ("low", "likely", "high")}), **facts["words"]
        )
        for price in facts["price"]
    }
    record_offers(workspace, assessment_id, offers)
    for item in find_measures(workspace, assessment_id):
        if item.entity_id is not None:
            record_translation(workspace, item.entity_id, "en", {"cost": facts["english"]})
    roadmap = facts["roadmap"]
    wish = PlanWish(level=roadmap["target_level"], budget=Decimal(roadmap["budget_10k_cny"]), months=roadmap["months"])
    best = find_plans(workspace, assessment_id, wish).best
    if best is not None:
        chosen = ChosenPlan(
            wish=wish,
            level=best.level,
            measure_ids=best.measure_ids,
            start_on=roadmap["start_on"],
            trial_weeks=roadmap["trial_weeks"],
        )
        choose_plan(workspace, assessment_id, chosen)
    for loose in facts["loose_end"]:
        _excuse(workspace, assessment_id, loose)


def _excuse(workspace: Workspace, assessment_id: str, loose: Mapping[str, Any]) -> None:
    """Give the reason for the need of a form that the plan leaves without a measure."""
    (need,) = [item for item in find_needs(workspace, assessment_id) if item.form_id == loose["form_id"]]
    key = f"need_without_measure:{need.need_id}"
    excuse_orphan(workspace, assessment_id, key, loose["zh"])
    record_translation(workspace, assessment_id, "en", {f"orphan:{key}": loose["en"]})
