"""Answers tried out without storing them: the case as it would be, scored by the same rules as the stored one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Pack, Question, QuestionKind
from diag_app.forms.practice_rules import Rule
from diag_app.forms.scoring import score
from diag_app.model.facts import Assessment, Overruling
from diag_app.model.rule_findings import RuleFinding, compared_answers, find_by_rules
from diag_app.ui.models.case import CaseView


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What is tried: chosen options, figures, levels. It knows no store; `applied` gives the case with it."""

    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, Decimal | None] = field(default_factory=dict)
    scenarios: Mapping[str, ScenarioAnswer] = field(default_factory=dict)

    def choosing(self, question_id: str, keys: tuple[str, ...]) -> WhatIf:
        """Return this with other options of a question; none leaves it to its figures."""
        return replace(self, options={**self.options, question_id: keys})

    def entering(self, number_id: str, value: Decimal | None) -> WhatIf:
        """Return this with another figure; null is no figure."""
        return replace(self, numbers={**self.numbers, number_id: value})

    def rating(self, scenario_id: str, answer: ScenarioAnswer) -> WhatIf:
        """Return this with another level of a scenario, or with a reason why it does not apply."""
        return replace(self, scenarios={**self.scenarios, scenario_id: answer})

    def targets(self, pack: Pack) -> frozenset[str]:
        """Return the questions and scenarios whose answer is tried."""
        by_figures = {
            item.question_id for item in pack.questions if {*item.numbers, *item.more_numbers} & set(self.numbers)
        }
        return frozenset({*self.options, *self.scenarios, *by_figures})

    def applied(self, case: CaseView) -> CaseView:
        """Return the case as it would be; evidence, notes and needs stay what they are."""
        stored = case.assessment.answers
        options = {**stored.options, **self.options}
        numbers = {**stored.numbers, **self.numbers}
        answers = Answers(
            options={key: chosen for key, chosen in options.items() if chosen},
            numbers={key: value for key, value in numbers.items() if value is not None},
            scenarios={**stored.scenarios, **self.scenarios},
        )
        assessment = replace(case.assessment, answers=answers)
        return replace(
            case,
            assessment=assessment,
            card=score(case.pack, answers),
            findings=_findings(case, assessment),
            is_trial=True,
            tried=self.targets(case.pack),
        )


def _findings(case: CaseView, tried: Assessment) -> tuple[RuleFinding, ...]:
    """Return what would need explanation; what was explained stays so while the answers compared stay what they are."""
    explained = [item.rule for item in case.findings if not item.is_open]

    def stands(rule: Rule, _overruling: Overruling) -> bool:
        stored = compared_answers(case.pack, rule.uses, case.assessment.answers)
        is_explained = any(item is rule for item in explained)
        return is_explained and stored == compared_answers(case.pack, rule.uses, tried.answers)

    return find_by_rules(case.pack, case.rule_sets, tried, stands)


def after_press(question: Question, selected: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Return the options chosen after a press on `key`: one of several takes the others' place, none of them all."""
    if question.kind is not QuestionKind.MULTIPLE:
        return (key,)
    if key in selected:
        return tuple(other for other in selected if other != key)
    if question.option(key).is_none:
        return (key,)
    return (*(other for other in selected if not question.option(other).is_none), key)
