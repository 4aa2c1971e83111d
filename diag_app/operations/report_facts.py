"""What the reports of a case are made from, as it stands now."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from diag_app.errors import DiagError
from diag_app.files import read
from diag_app.forms.definition import Language
from diag_app.forms.report_template import ReportKind
from diag_app.i18n import load_translator
from diag_app.model.drawn_signature import SIGNATURE, SIGNERS, DrawnSignature, signatures_from
from diag_app.model.edition import Edition
from diag_app.model.ops import EntityView
from diag_app.model.proposal import ProposalFacts
from diag_app.model.proposal.visit_record import record_digest
from diag_app.model.proposal.voice import Voice
from diag_app.operations.assessment import load_assessment
from diag_app.operations.chain import chain_of
from diag_app.operations.contradictions import contradictions_of, rule_sets
from diag_app.operations.economics import books_of
from diag_app.operations.enterprise import find_contacts, load_enterprise
from diag_app.operations.evidence import find_evidence
from diag_app.operations.measure import find_measures
from diag_app.operations.need import find_needs
from diag_app.operations.need_form import need_forms
from diag_app.operations.plan import taken_plan
from diag_app.operations.report_heads import SIGNED_SECTION
from diag_app.operations.review import load_review
from diag_app.operations.survey import load_survey
from diag_app.operations.workspace import Workspace
from diag_app.paths import resource

CASE_LANGUAGE: Language = "zh"  # that facts are recorded and the visit record is signed in


def report_kind(workspace: Workspace, edition: Edition) -> ReportKind:
    """Return the kind of report asked for; `KIND_UNKNOWN` where the template has none of this id."""
    template = workspace.template(edition.template)
    kind = template.kind(edition.kind)
    if kind is None:
        known = ", ".join(kind.kind_id for kind in template.kinds)
        raise DiagError("KIND_UNKNOWN", location=edition.kind[:40], known=known)
    return kind


def proposal_facts(
    workspace: Workspace, assessment_id: str, language: Language, edition: Edition | None = None
) -> ProposalFacts:
    """Return everything a report of an assessment is made from, as it stands now; the proposal where none is named."""
    kind = report_kind(workspace, edition or Edition())
    facts = _facts(workspace, assessment_id, language, kind)
    if SIGNED_SECTION not in kind.sections:
        return facts
    of_case = facts if language == CASE_LANGUAGE else None
    return replace(facts, signatures=find_signatures(workspace, assessment_id, of_case))


def visit_digest(workspace: Workspace, assessment_id: str, facts: ProposalFacts | None = None) -> str:
    """Return the digest of what the visit record says now, in the language of the case, of which `facts` may be."""
    if facts is None:
        facts = _facts(workspace, assessment_id, CASE_LANGUAGE, report_kind(workspace, Edition()))
    return record_digest(facts, Voice(language=CASE_LANGUAGE, translate=load_translator(CASE_LANGUAGE)))


def find_signatures(
    workspace: Workspace, assessment_id: str, facts: ProposalFacts | None = None
) -> tuple[DrawnSignature, ...]:
    """Return the signatures drawn on the visit record, each with whether it holds for what the record says now.

    `facts` are those of now in the language of the case, where they are at hand.
    """
    view = workspace.store.entity(assessment_id)
    drawn = {signer: view.value(f"{SIGNATURE}{signer}") for signer in SIGNERS}
    kept = {signer: value for signer, value in drawn.items() if value is not None}
    return signatures_from(kept, visit_digest(workspace, assessment_id, facts)) if kept else ()


def _facts(workspace: Workspace, assessment_id: str, language: Language, kind: ReportKind) -> ProposalFacts:
    assessment = load_assessment(workspace, assessment_id, language)
    enterprise = load_enterprise(workspace, assessment.enterprise_id, language)
    today = workspace.clock.now().date().isoformat()
    series = next_in_series(workspace, assessment_id, kind.mark)
    evidence = find_evidence(workspace, assessment_id, language)
    review = load_review(workspace, assessment_id, language, evidence=evidence)
    taken = taken_plan(workspace, assessment_id)
    measures = {item.measure_id: item for item in find_measures(workspace, assessment_id, language)}
    chosen = () if taken is None else dict.fromkeys((*taken.plan.measure_ids, *taken.chosen.measure_ids))
    offers = tuple(measures[measure_id] for measure_id in chosen if measure_id in measures)
    return ProposalFacts(
        enterprise=enterprise,
        contacts=find_contacts(workspace, enterprise.enterprise_id, language),
        assessment=assessment,
        scorecard=review.scores.claimed,
        pack=workspace.pack(assessment.pack),
        evidence=evidence,
        needs=find_needs(workspace, assessment_id, language),
        survey=load_survey(workspace, assessment_id, language),
        consultant=workspace.actor,
        report_number=f"QZ-{today.replace('-', '')}-{assessment_id[-6:].upper()}-{series}",
        issued_on=today,
        industry_label=industry_label(enterprise.profile.industry, language),
        findings=contradictions_of(workspace, assessment),
        rule_sets=rule_sets(workspace, workspace.pack(assessment.pack)),
        ticked=frozenset(tick.target for tick in review.ticks if tick.holds),
        views=review.views,
        roles=workspace.roles,
        taken=taken,
        chain=chain_of(workspace, assessment_id, taken, language),
        offers=offers,
        need_forms=need_forms(workspace, workspace.pack(assessment.pack)),
        books=books_of(workspace, assessment_id, language),
    )


def issued_views(workspace: Workspace, assessment_id: str) -> tuple[EntityView, ...]:
    """Return every report ever issued of an assessment, also those of whom only the record is left."""
    return tuple(workspace.store.entities("proposal", parent=assessment_id, include_deleted=True))


def next_in_series(workspace: Workspace, assessment_id: str, mark: str) -> str:
    """Return the end of the next report's number: `D3` after `D2`.

    Reports are counted by mark, not by kind: another template may have given the mark to another kind.
    """
    ends = {number_of(view).rpartition("-")[2] for view in issued_views(workspace, assessment_id)}
    number = 1 + sum(end.startswith(mark) for end in ends)
    while f"{mark}{number}" in ends:
        number += 1
    return f"{mark}{number}"


def number_of(view: EntityView) -> str:
    """Return the number of an issued report, empty where not even that is left of its record."""
    return str((view.value("issued") or {}).get("number", ""))


def industry_label(industry: str | None, language: Language) -> str:
    """Return `C34 通用设备制造业` for a GB/T 4754 division, or an empty text."""
    names = industries(language)
    return f"{industry} {names[industry]}" if industry is not None and industry in names else industry or ""


@cache
def industries(language: Language) -> Mapping[str, str]:
    """Return the names of the manufacturing divisions of GB/T 4754-2017 by code (C13 to C43)."""
    table = tomllib.loads(read(resource("classification", "industries.toml")).decode())
    return MappingProxyType({row["code"]: row[language] for row in table["industry"]})
