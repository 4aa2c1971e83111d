"""What a proposal is made from, and the few things derived from it that several chapters say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from diag_app.forms.definition import Pack, Question, QuestionKind, Scenario, TrendDerivation
from diag_app.forms.need_details import NeedForms
from diag_app.forms.scorecard import QuestionScore, Scorecard
from diag_app.forms.three_scores import ThreeScores, demanded, three_scores
from diag_app.model.actor import Actor
from diag_app.model.chain import Chain
from diag_app.model.drawn_signature import DrawnSignature
from diag_app.model.economics import Books
from diag_app.model.facts import Assessment, Contact, Enterprise, Evidence, ScenarioNeed
from diag_app.model.plan import CaseMeasure, TakenPlan
from diag_app.model.review import Role, Views
from diag_app.model.rule_findings import RuleFinding, RuleSet
from diag_app.model.survey import SurveyRecord


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """Everything one proposal says, as it stood when the proposal was made.

    `industry_label` is the division with its name in the language of the document, or empty; `issued_on` is an ISO
    date and the only date not recorded on site.
    """

    enterprise: Enterprise
    assessment: Assessment
    scorecard: Scorecard
    pack: Pack
    consultant: Actor
    report_number: str
    issued_on: str
    contacts: tuple[Contact, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    needs: tuple[ScenarioNeed, ...] = ()
    industry_label: str = ""
    need_forms: NeedForms = field(default_factory=NeedForms)
    books: Books = field(default_factory=lambda: Books(amounts=(), assumptions={}))
    survey: SurveyRecord = field(default_factory=SurveyRecord)
    findings: tuple[RuleFinding, ...] = ()  # what needs explanation by the rules
    rule_sets: tuple[RuleSet, ...] = ()
    ticked: frozenset[str] = frozenset()  # the questions and scenarios whose verification holds
    views: tuple[Views, ...] = ()  # what roles of the firm say of answers
    roles: tuple[Role, ...] = ()
    taken: TakenPlan | None = None  # the plan the owner took
    chain: Chain | None = None  # what hangs together in it
    withheld_numbers: frozenset[str] = frozenset()  # figures of the method that this copy does not print
    signatures: tuple[DrawnSignature, ...] = ()  # of the visit record, as far as they hold
    offers: tuple[CaseMeasure, ...] = ()  # what the case has recorded of the measures of the plan

    @cached_property
    def three_scores(self) -> ThreeScores:
        """Return the score as claimed, as supported by evidence, and as verified in review."""
        counts = Counter(target for item in self.evidence for target in item.targets)
        return three_scores(
            self.pack, self.assessment.answers, evidence=counts, ticked=self.ticked, claimed=self.scorecard
        )

    @property
    def earning_count(self) -> int:
        """Return how many answers earn something, and so can be supported and verified."""
        return len(demanded(self.pack, self.assessment.answers, self.scorecard))

    @property
    def target_level(self) -> int | None:
        """Return the next level, which the gap is measured to; null at the highest."""
        return self.scorecard.to_next.level if self.scorecard.to_next else None

    def scenario_level(self, scenario_id: str) -> int | None:
        """Return the level the scenario counts with (0 when not rated); null when it does not apply."""
        answer = self.assessment.answers.scenarios.get(scenario_id)
        if answer is None:
            return 0
        return None if answer.not_applicable is not None else answer.level

    def not_applicable(self) -> tuple[Scenario, ...]:
        """Return the scenarios said not to apply."""
        return tuple(item for item in self.pack.scenarios if self.scenario_level(item.scenario_id) is None)

    def unrated(self) -> tuple[Scenario, ...]:
        """Return the scenarios without any entry; they count as level 0."""
        rated = self.assessment.answers.scenarios
        return tuple(item for item in self.pack.scenarios if item.scenario_id not in rated)

    def evidence_for(self, target: str) -> tuple[Evidence, ...]:
        """Return the evidence that names `target`, a question or scenario id."""
        return tuple(item for item in self.evidence if target in item.targets)

    def needs_for(self, scenario_id: str) -> tuple[ScenarioNeed, ...]:
        """Return the needs recorded for a scenario."""
        return tuple(need for need in self.needs if need.scenario_id == scenario_id)

    def scored(self) -> Iterator[tuple[Question, QuestionScore]]:
        """Yield each question of the pack with its score, in the pack's order."""
        for question in self.pack.questions:
            yield question, self.scorecard.question(question.question_id)

    def unanswered(self) -> tuple[Question, ...]:
        """Return the questions without an answer; they count as 0 points."""
        return tuple(question for question, score in self.scored() if score.state == "missing")

    def unsupported_questions(self) -> tuple[Question, ...]:
        """Return the questions that earn points but have no evidence."""
        return tuple(
            question
            for question, score in self.scored()
            if score.points > 0 and not self.evidence_for(question.question_id)
        )

    def unsupported_scenarios(self) -> tuple[Scenario, ...]:
        """Return the scenarios rated at level 1 or above without evidence."""
        return tuple(
            item
            for item in self.pack.scenarios
            if self.scenario_level(item.scenario_id) and not self.evidence_for(item.scenario_id)
        )

    def disagreeing(self) -> tuple[Question, ...]:
        """Return the questions whose option was chosen against the recorded numbers."""
        return tuple(
            question
            for question, score in self.scored()
            if score.state == "chosen" and score.derived is not None and score.options != (score.derived.option,)
        )

    def steps(self) -> tuple[Step, ...]:
        """Return the next step of each question that is below its maximum, the largest gain first."""
        steps = [step_of(question, score) for question, score in self.scored() if score.points < score.max_points]
        return tuple(sorted(steps, key=lambda step: (-step.gain, step.question.number)))


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one question would earn at its next step.

    For one choice of several that is the next better option, for a list every option not yet chosen. A question about
    a change of results earns only when the result is there: `gain` is 0 and `is_result` true.
    """

    question: Question
    score: QuestionScore
    gain: Decimal
    missing: tuple[str, ...] = field(default=())  # option keys
    is_result: bool = False


def step_of(question: Question, score: QuestionScore) -> Step:
    """Return the next step of one question that is below its maximum."""
    if isinstance(question.derivation, TrendDerivation):
        return Step(question=question, score=score, gain=Decimal(0), is_result=True)
    if question.kind is QuestionKind.MULTIPLE:
        open_options = [item for item in question.options if not item.is_none and item.key not in score.options]
        gain = sum((item.points for item in open_options), Decimal(0))
        return Step(question=question, score=score, gain=gain, missing=tuple(item.key for item in open_options))
    better = min((item for item in question.options if item.points > score.points), key=lambda item: item.points)
    return Step(question=question, score=score, gain=better.points - score.points, missing=(better.key,))
