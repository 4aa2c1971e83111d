"""Cases made by a seed: the demonstration factory with other answers, needs, evidence, notes and words."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Language, Question, QuestionKind
from diag_app.model.facts import Evidence, ScenarioNeed
from diag_app.model.proposal import ProposalFacts
from tests.model.proposal.cases import answered, demonstration, pack

Words = Callable[[random.Random], str]

PLAIN = (
    "夜班总有漏检",
    "换型要 45 分钟",
    "no data from 12 machines",
    "设备联网 50/120 台（2026 年 3 月）",
    "成本 18.6 万元",
)
HOSTILE = (
    "",
    " ",
    "x" * 10_000,
    "长" * 10_000,
    "1" * 400,
    "😀👨‍👩‍👧🏭" * 30,
    "مرحبا بالعالم " * 20,
    "\u202eabc\u202c\u200f",
    "<b>粗</b>&amp;<w:p/><script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe }",
    "e\u0301" * 200,
    "\x00\x07\x1b\ufffe\ufeff甲\r\n乙",
    "a\nb\n\nc" * 50,
    "，。、）" * 500,
    "]]>--><!--",
    "%s%n{0}",
)


def plain(chooser: random.Random) -> str:
    """A text as somebody would type it."""
    return "；".join(chooser.choice(PLAIN) for _ in range(chooser.randint(1, 3)))


def hostile(chooser: random.Random) -> str:
    """A text nobody would type, or a plain one."""
    return chooser.choice(HOSTILE) if chooser.random() < 0.7 else plain(chooser)


def made_case(seed: int, language: Language, words: Words = plain) -> ProposalFacts:
    """The case of a seed: any lawful answers, some of the needs and evidence, texts by `words`."""
    chooser = random.Random(seed)  # noqa: S311
    known = demonstration(language)
    profile = known.enterprise.profile
    texts: dict[str, Any] = {
        name: words(chooser) for name in ("name", "address", "products", "processes", "equipment", "software")
    }
    firm = replace(known.enterprise, profile=replace(profile, **texts, employees=chooser.choice((None, 0, 128))))
    needs = tuple(made_need(chooser, need, words) for need in known.needs if chooser.random() < 0.7)
    photos = chooser.sample(known.evidence, chooser.randint(0, len(known.evidence)))
    facts = replace(
        known,
        enterprise=firm,
        needs=needs,
        evidence=tuple(replace(item, caption=words(chooser)) for item in photos),
        contacts=tuple(replace(item, name=words(chooser), role=words(chooser)) for item in known.contacts),
    )
    made = answered(facts, made_answers(chooser, words))
    asked = [item.question_id for item in pack().questions] + [item.scenario_id for item in pack().scenarios]
    notes = {target: words(chooser) for target in chooser.sample(asked, 4)}
    return replace(made, assessment=replace(made.assessment, notes=notes))


def made_answers(chooser: random.Random, words: Words) -> Answers:
    """Any lawful answers: options, levels, reasons, some missing."""
    options = {
        question.question_id: made_options(chooser, question) for question in pack().questions if chooser.random() < 0.9
    }
    scenarios = {
        item.scenario_id: ScenarioAnswer(not_applicable=words(chooser) or "-")
        if chooser.random() < 0.1
        else ScenarioAnswer(level=chooser.randint(0, 4))
        for item in pack().scenarios
        if chooser.random() < 0.9
    }
    return Answers(options=options, scenarios=scenarios)


def made_options(chooser: random.Random, question: Question) -> tuple[str, ...]:
    keys = [option.key for option in question.options if not option.is_none]
    if question.kind is QuestionKind.SINGLE:
        return (chooser.choice(keys),)
    return tuple(sorted(chooser.sample(keys, chooser.randint(1, len(keys)))))


def made_need(chooser: random.Random, need: ScenarioNeed, words: Words) -> ScenarioNeed:
    told: dict[str, Any] = {
        name: words(chooser) for name in ("title", "owner_words", "process", "pain", "wish", "barrier_reason")
    }
    metrics = tuple(
        replace(item, value=chooser.choice((None, Decimal(chooser.randint(0, 10**9)) / 1000)), source=words(chooser))
        for item in need.metrics
    )
    return replace(need, **told, metrics=metrics, target_level=chooser.choice((None, 2, 4)))


def empty_case(language: Language) -> ProposalFacts:
    """A case in which every text is empty and no question answered."""
    made = made_case(0, language, lambda _: "")
    return answered(replace(made, consultant=replace(made.consultant, name="", firm="")), Answers())


def crowded_case(language: Language, photos: int = 500) -> ProposalFacts:
    """A case with so many photos."""
    known = demonstration(language)
    first = known.evidence[0]
    return replace(known, evidence=tuple(photo(first, number) for number in range(1, photos + 1)))


def photo(like: Evidence, number: int) -> Evidence:
    return replace(like, evidence_id=f"v{number}", number=number, sha256=f"{number:064x}")
