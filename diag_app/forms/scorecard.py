"""What an assessment is worth, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from diag_app.errors import Problem

AnswerState = Literal["chosen", "derived", "missing", "set_aside"]
SetAside = Literal["no_evidence", "not_ticked"]  # why an answer that stands does not count in a score


@dataclass(frozen=True, kw_only=True)
class Derived:
    """An option that follows from numbers; `working` is the formula with the figures in (`66 ÷ 120 = 55.00 %`)."""

    option: str
    working: str


@dataclass(frozen=True, kw_only=True)
class QuestionScore:
    """One question's points. `state` tells a choice by hand from one derived from numbers and from no answer.

    An answer set aside stands, but earns nothing in this score.
    """

    question_id: str
    state: AnswerState
    options: tuple[str, ...]
    derived: Derived | None
    points: Decimal
    max_points: Decimal


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One node of the derivation tree, from the level down to answers.

    `kind` is one of level, next_level, condition, dimension, indicator, question, scenario; `ref` is the id of the
    thing in the pack (or the condition's name: score, scenarios, constrained); `holds` is null where there is nothing
    to hold. `clause` names the rule in the pack that was applied.
    """

    kind: str
    ref: str
    value: Decimal | int | None = None
    maximum: Decimal | int | None = None
    required: Decimal | int | None = None
    holds: bool | None = None
    detail: str = ""
    clause: str = ""
    children: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ToNext:
    """What is still missing for the next level, each condition apart, never negative."""

    level: int
    points: Decimal
    scenarios: int
    constrained: int


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """How much has been answered: questions with a choice or the figures for one, scenarios with an entry."""

    answered: int = 0
    questions: int = 0
    rated: int = 0
    scenarios: int = 0

    @property
    def share_pct(self) -> Decimal:
        """Return the answered share of questions and scenarios together, in per cent, cut to whole numbers."""
        total = self.questions + self.scenarios
        return Decimal((self.answered + self.rated) * 100 // total) if total else Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """All scores and levels of one assessment with their reasons."""

    pack_id: str
    pack_version: str
    score: Decimal
    dimensions: Mapping[str, Decimal]
    indicators: Mapping[str, Decimal]
    questions: tuple[QuestionScore, ...]
    level: int  # 0 = no level
    at_or_above: Mapping[int, int]
    constrained_at_or_above: Mapping[int, int]
    to_next: ToNext | None
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]
    reasons: tuple[Reason, ...]  # why this level; why not the next one
    completeness: Completeness = Completeness()
    set_aside: Mapping[str, SetAside] = field(default_factory=dict)  # by question or scenario id: what does not count

    def question(self, question_id: str) -> QuestionScore:
        """Return the question's score; raise `KeyError` when there is none such."""
        for score in self.questions:
            if score.question_id == question_id:
                return score
        raise KeyError(question_id)
