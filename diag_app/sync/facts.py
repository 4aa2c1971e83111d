"""The rows of one assessment, from the facts the app holds; contacts and phone numbers are left out on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.definition import Pack
from diag_app.forms.scorecard import Scorecard
from diag_app.model.facts import Assessment, Enterprise, Evidence, ScenarioNeed
from diag_app.model.portal import result_figures
from diag_app.sync.fact_tables import (
    AnswerRow,
    AssessmentRow,
    EvidenceRow,
    FactTables,
    MetricRow,
    NeedRow,
    NumberRow,
    ResultRow,
    ScenarioRow,
    ScoreRow,
)

BEFORE = "before"


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """One assessment with all that belongs to it."""

    enterprise: Enterprise
    assessment: Assessment
    pack: Pack
    scorecard: Scorecard
    needs: tuple[ScenarioNeed, ...]
    evidence: tuple[Evidence, ...]


def facts_of(case: CaseFacts) -> FactTables:
    """Return the tables of one assessment; those of several add up with `+`."""
    return FactTables(
        assessments=(_assessment(case),),
        results=tuple(_results(case)),
        scores=tuple(_scores(case)),
        answers=tuple(_answers(case)),
        numbers=tuple(_numbers(case)),
        scenarios=tuple(_scenarios(case)),
        needs=tuple(_need(need) for need in case.needs),
        metrics=tuple(_metrics(case)),
        evidence=tuple(_evidence(item) for item in case.evidence),
    )


def _assessment(case: CaseFacts) -> AssessmentRow:
    profile, assessment = case.enterprise.profile, case.assessment
    return AssessmentRow(
        assessment_id=assessment.assessment_id,
        enterprise_id=assessment.enterprise_id,
        enterprise_name=profile.name,
        uscc=profile.uscc,
        sector=profile.sector,
        industry=profile.industry,
        employees=profile.employees,
        revenue_10k_cny=profile.revenue_10k_cny,
        assets_10k_cny=profile.assets_10k_cny,
        size_class=case.enterprise.size_class,
        is_above_scale=case.enterprise.is_above_scale,
        is_demonstration=profile.is_demonstration,
        pack=assessment.pack,
        pack_digest=assessment.pack_digest,
        status=assessment.status,
        started_on=assessment.started_on,
        visited_on=_listed(assessment.visited_on),
    )


def _results(case: CaseFacts) -> Iterator[ResultRow]:
    """Return level, scores, and the scenes that stand at or above the level reached (or at 1, where none is)."""
    pack = case.pack
    scenes = sum(scenario.is_constrained for scenario in pack.scenarios)
    totals = [dimension.max_points for dimension in pack.dimensions if dimension.max_points is not None]
    maxima = {
        "level": Decimal(max(condition.level for condition in pack.level_rule.conditions)),
        "score": sum(totals, Decimal()),
        "constrained_scenes": Decimal(scenes),
        "guiding_scenes": Decimal(len(pack.scenarios) - scenes),
        **{dimension.dimension_id: dimension.max_points for dimension in pack.dimensions},
    }
    for name, value in result_figures(case.scorecard).items():
        yield ResultRow(
            assessment_id=case.assessment.assessment_id,
            stage=BEFORE,
            result=name,
            value=value,
            maximum=maxima.get(name),
        )


def _scores(case: CaseFacts) -> Iterator[ScoreRow]:
    for indicator in case.pack.indicators:
        yield ScoreRow(
            assessment_id=case.assessment.assessment_id,
            indicator_id=indicator.indicator_id,
            dimension_id=indicator.dimension_id,
            points=case.scorecard.indicators.get(indicator.indicator_id, Decimal()),
            max_points=indicator.max_points,
        )


def _answers(case: CaseFacts) -> Iterator[AnswerRow]:
    for score in case.scorecard.questions:
        yield AnswerRow(
            assessment_id=case.assessment.assessment_id,
            question_id=score.question_id,
            indicator_id=case.pack.question(score.question_id).indicator_id,
            state=score.state,
            options=_listed(score.options),
            points=score.points,
            max_points=score.max_points,
            note=case.assessment.notes.get(score.question_id, ""),
        )


def _numbers(case: CaseFacts) -> Iterator[NumberRow]:
    for number_id, value in case.assessment.answers.numbers.items():
        yield NumberRow(assessment_id=case.assessment.assessment_id, number_id=number_id, value=value)


def _scenarios(case: CaseFacts) -> Iterator[ScenarioRow]:
    answers = case.assessment.answers.scenarios
    for scenario in case.pack.scenarios:
        answer = answers.get(scenario.scenario_id, ScenarioAnswer())
        yield ScenarioRow(
            assessment_id=case.assessment.assessment_id,
            scenario_id=scenario.scenario_id,
            is_constrained=scenario.is_constrained,
            level=answer.level,
            not_applicable=answer.not_applicable,
            note=case.assessment.notes.get(scenario.scenario_id, ""),
        )


def _need(need: ScenarioNeed) -> NeedRow:
    return NeedRow(
        need_id=need.need_id,
        assessment_id=need.assessment_id,
        number=need.number,
        form_id=need.form_id,
        scenario_id=need.scenario_id,
        title=need.title,
        owner_words=need.owner_words,
        process=need.process,
        pain=need.pain,
        wish=need.wish,
        barrier=need.barrier,
        barrier_reason=need.barrier_reason,
        priority=need.priority,
        target_level=need.target_level,
    )


def _metrics(case: CaseFacts) -> Iterator[MetricRow]:
    units = {metric.metric_id: metric.unit.zh for metric in case.pack.metrics}
    for need in case.needs:
        for metric in need.metrics:
            yield MetricRow(
                need_id=need.need_id,
                metric_id=metric.metric_id,
                unit=units.get(metric.metric_id, ""),
                value=metric.value,
                period=metric.period,
                source=metric.source,
            )


def _evidence(item: Evidence) -> EvidenceRow:
    return EvidenceRow(
        evidence_id=item.evidence_id,
        assessment_id=item.assessment_id,
        number=item.number,
        sha256=item.sha256,
        name=item.name,
        media_type=item.media_type,
        size=item.size,
        caption=item.caption,
        shows_on=item.shows_on,
        captured_at=item.captured_at,
        received_at=item.received_at,
        targets=_listed(sorted(item.targets)),
    )


def _listed(texts: tuple[str, ...] | list[str]) -> str:
    return ";".join(texts)
