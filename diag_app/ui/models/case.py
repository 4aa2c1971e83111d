"""Everything the case pages show of one assessment, read in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from diag_app.forms.definition import Language, Pack
from diag_app.forms.scorecard import Scorecard
from diag_app.model.facts import Assessment, Evidence, ScenarioNeed
from diag_app.model.rule_findings import RuleFinding, RuleSet
from diag_app.operations.assessment import load_in_both
from diag_app.operations.contradictions import contradictions_of, rule_problems, rule_sets
from diag_app.operations.evidence import find_evidence
from diag_app.operations.need import find_needs_in_both
from diag_app.operations.review import Review, load_review
from diag_app.operations.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """One assessment with its method, its score, its evidence and its needs, all of the same moment.

    Texts are in the language asked for where they were given in it; `recorded` and `recorded_needs` hold them as said.
    In a trial the answers of `tried` and the score are what they would be, and nothing of that is stored.
    """

    assessment: Assessment
    recorded: Assessment
    pack: Pack
    card: Scorecard
    evidence: tuple[Evidence, ...]
    needs: tuple[ScenarioNeed, ...]
    recorded_needs: tuple[ScenarioNeed, ...]
    review: Review
    findings: tuple[RuleFinding, ...] = ()  # what needs explanation by the rules
    rule_sets: tuple[RuleSet, ...] = ()
    is_trial: bool = False
    tried: frozenset[str] = frozenset()

    def evidence_of(self, target: str) -> tuple[Evidence, ...]:
        """Return the evidence that supports the question or scenario `target`."""
        return tuple(item for item in self.evidence if target in item.targets)

    def needs_of(self, scenario_id: str) -> tuple[ScenarioNeed, ...]:
        """Return the needs recorded for a scenario."""
        return tuple(need for need in self.needs if need.scenario_id == scenario_id)

    def recorded_need(self, need_id: str) -> ScenarioNeed:
        """Return a need with its texts as they were said; raise `KeyError` when there is none such."""
        for need in self.recorded_needs:
            if need.need_id == need_id:
                return need
        raise KeyError(need_id)

    def scenario_level(self, scenario_id: str) -> int | None:
        """Return the recorded level of a scenario, or null where none is recorded or it does not apply."""
        answer = self.assessment.answers.scenarios.get(scenario_id)
        return None if answer is None else answer.level


def load_case(workspace: Workspace, assessment_id: str, language: Language) -> CaseView:
    """Read one assessment with all its pages need; raise `DiagError` ENTITY_UNKNOWN when there is none such."""
    assessment, recorded = load_in_both(workspace, assessment_id, language)
    pack = workspace.pack(assessment.pack)
    needs, recorded_needs = find_needs_in_both(workspace, assessment_id, pack, language)
    evidence = find_evidence(workspace, assessment_id, language)
    review = load_review(workspace, assessment_id, language, evidence=evidence)
    claimed = review.scores.claimed
    return CaseView(
        assessment=assessment,
        recorded=recorded,
        pack=pack,
        card=replace(claimed, problems=(*claimed.problems, *rule_problems(workspace, pack))),
        evidence=evidence,
        needs=needs,
        recorded_needs=recorded_needs,
        review=review,
        findings=contradictions_of(workspace, assessment),
        rule_sets=rule_sets(workspace, pack),
    )
