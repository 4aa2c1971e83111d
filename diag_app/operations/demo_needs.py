"""The needs of the demonstration factory, and what is assumed of their costs and benefits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from diag_app.codec import structure
from diag_app.files import read
from diag_app.model.calculators.definition import Working
from diag_app.model.economics import Amount, Assumption, Range, Terms
from diag_app.model.facts import BaselineMetric, PreconditionState
from diag_app.operations.economics import add_amount, add_assumption, set_terms
from diag_app.operations.evidence import find_evidence
from diag_app.operations.need import NeedFields, add_need, find_needs
from diag_app.operations.translation import record_translation
from diag_app.operations.workspace import Workspace
from diag_app.paths import resource

NEED_WORDS = ("title", "owner_words", "process", "pain", "wish", "training")
TAGS = ("depths", "technologies", "benefits")
ENDS = ("low", "likely", "high")


def add_needs(workspace: Workspace, assessment_id: str, needs: list[Mapping[str, Any]]) -> None:
    """Record the needs, then the figures of `economics.toml` with the amounts made of them."""
    evidence = {item.name: item.evidence_id for item in find_evidence(workspace, assessment_id)}
    for need in needs:
        _add_need(workspace, assessment_id, need, evidence)
    _add_economics(workspace, assessment_id, tomllib.loads(read(resource("demo", "economics.toml")).decode()))


def _add_need(workspace: Workspace, assessment_id: str, need: Mapping[str, Any], evidence: Mapping[str, str]) -> None:
    spoken = need["zh"]
    said: dict[str, Any] = {word: spoken[word] for word in NEED_WORDS}
    said |= {name: tuple(need[name]) for name in TAGS}
    fields = NeedFields(
        **said,
        barrier=need["barrier"],
        barrier_reason=spoken["barrier_reason"],
        priority=need["priority"],
        target_level=need["target_level"],
    )
    need_id = add_need(
        workspace,
        assessment_id,
        need["form_id"],
        fields,
        tuple(_metric(metric, evidence) for metric in need["metric"]),
        form=need["form"],
        preconditions={
            item["id"]: PreconditionState(state=item["state"], note=item["zh"]) for item in need["precondition"]
        },
    )
    words: dict[str, Any] = {word: need["en"][word] for word in NEED_WORDS}
    words["barrier"] = {"reason": need["en"]["barrier_reason"]}
    words |= {f"metric:{metric['metric_id']}": metric["en"] for metric in need["metric"]}
    words |= {f"precondition:{item['id']}": {"note": item["en"]} for item in need["precondition"]}
    record_translation(workspace, need_id, "en", words)


def _metric(metric: Mapping[str, Any], evidence: Mapping[str, str]) -> BaselineMetric:
    working = metric.get("working")
    return BaselineMetric(
        metric_id=metric["metric_id"],
        value=Decimal(metric["value"]) if "value" in metric else None,
        evidence=tuple(evidence[name] for name in metric.get("evidence", ())),
        working=None if working is None else structure(working, Working, location=metric["metric_id"]),
        **metric["zh"],
    )


def _add_economics(workspace: Workspace, assessment_id: str, facts: Mapping[str, Any]) -> None:
    ids: dict[str, str] = {}
    for item in facts["assumption"]:
        assumption = Assumption(
            assumption_id="",
            unit=item["unit"],
            range=Range(**{end: Decimal(item[end]) for end in ENDS}),
            dated=item["dated"],
            **item["zh"],
        )
        ids[item["id"]] = add_assumption(workspace, assessment_id, assumption)
        record_translation(workspace, ids[item["id"]], "en", {"assumption": item["en"]})
    needs = {need.form_id: need.need_id for need in find_needs(workspace, assessment_id)}
    for item in facts["amount"]:
        amount = Amount(
            amount_id="",
            subject_id=needs[item["form_id"]],
            role=item["role"],
            factors=tuple(ids[factor] for factor in item["factors"]),
            label=item["zh"]["label"],
        )
        amount_id = add_amount(workspace, assessment_id, amount)
        record_translation(workspace, amount_id, "en", {"amount": item["en"]})
    terms = facts["terms"]
    set_terms(workspace, assessment_id, Terms(rate_id=ids[terms["rate"]], years=terms["years"]))
