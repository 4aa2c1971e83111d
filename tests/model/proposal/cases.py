"""Cases a proposal is made from: the demonstration factory, and what differs from it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.answers_file import parse_answers
from diag_app.forms.definition import Language, Pack, QuestionKind
from diag_app.forms.pack import load_pack
from diag_app.forms.scoring import score
from diag_app.model.actor import Actor
from diag_app.model.content import (
    Card,
    Cards,
    Chapter,
    Document,
    Figure,
    KeyFigures,
    Paragraph,
    SideBySide,
    Table,
    TermList,
)
from diag_app.model.facts import (
    Assessment,
    BaselineMetric,
    Contact,
    Enterprise,
    EnterpriseProfile,
    Evidence,
    ScenarioNeed,
)
from diag_app.model.proposal import ProposalFacts
from tests.templates import built

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
NUMBER = "QZ-20260327-DEMO01-R1"
PROFILE_TEXTS = ("name", "address", "products", "processes", "equipment", "software")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def pack() -> Pack:
    """The shipped 2024 pack."""
    folder = RESOURCES / "packs" / "miit-sme-2024" / "1.0.0"
    return load_pack({path.name: path.read_bytes() for path in folder.glob("*.toml")})


@cache
def factory() -> dict[str, Any]:
    return tomllib.loads((RESOURCES / "demo" / "factory.toml").read_text(encoding="utf-8"))


def demonstration(language: Language = "en") -> ProposalFacts:
    """The demonstration factory as one language tells it."""
    told = factory()
    answers = parse_answers((RESOURCES / "demo" / "answers.json").read_bytes(), pack(), location="answers.json")
    firm = told["enterprise"]
    profile = EnterpriseProfile(
        uscc=firm["uscc"],
        industry=firm["industry"],
        employees=firm["employees"],
        revenue_10k_cny=Decimal(firm["revenue_10k_cny"]),
        founded_on=firm["founded_on"],
        is_demonstration=True,
        **{name: firm[language][name].strip() for name in PROFILE_TEXTS},
    )
    return ProposalFacts(
        enterprise=Enterprise(enterprise_id="e", profile=profile, size_class="small", is_above_scale=True),
        assessment=Assessment(
            assessment_id="a",
            enterprise_id="e",
            pack=pack().reference,
            pack_digest=pack().digest,
            status="completed",
            started_on="2026-03-12",
            visited_on=tuple(told["visited_on"]),
            answers=answers,
            notes={note["target"]: note[language] for note in told["note"]},
        ),
        scorecard=score(pack(), answers),
        pack=pack(),
        consultant=Actor(name="Demo", firm="Demo Advisory", device="laptop"),
        report_number=NUMBER,
        issued_on="2026-03-27",
        contacts=tuple(
            Contact(contact_id=str(index), enterprise_id="e", **item[language])
            for index, item in enumerate(told["contact"])
        ),
        evidence=tuple(evidence(index, item, language) for index, item in enumerate(told["evidence"], start=1)),
        needs=tuple(need(index, item, language) for index, item in enumerate(told["need"], start=1)),
        industry_label="C34",
    )


def evidence(number: int, item: dict[str, Any], language: Language) -> Evidence:
    return Evidence(
        evidence_id=f"v{number}",
        assessment_id="a",
        number=number,
        sha256=f"{number:064x}",
        name=item["file"],
        media_type="image/jpeg",
        size=45_000,
        caption=item[language],
        shows_on=item["shows_on"],
        captured_at="2026-03-12T10:41:00",
        received_at="2026-03-13T09:00:00+00:00",
        targets=tuple(item["targets"]),
    )


def need(number: int, item: dict[str, Any], language: Language) -> ScenarioNeed:
    metrics = tuple(
        BaselineMetric(
            metric_id=metric["metric_id"],
            value=Decimal(metric["value"]) if "value" in metric else None,
            **metric[language],
        )
        for metric in item["metric"]
    )
    same = {name: item[name] for name in ("form_id", "scenario_id", "target_level", "priority", "barrier")}
    return ScenarioNeed(
        need_id=f"n{number}", assessment_id="a", number=number, metrics=metrics, **same, **item[language]
    )


def bare() -> ProposalFacts:
    """An enterprise of which nothing but the name is known."""
    known = demonstration()
    answers = Answers()
    return ProposalFacts(
        enterprise=Enterprise(
            enterprise_id="e", profile=EnterpriseProfile(name="䶮㛃𬭎𠅤"), size_class=None, is_above_scale=None
        ),
        assessment=replace(known.assessment, answers=answers, visited_on=(), notes={}),
        scorecard=score(pack(), answers),
        pack=pack(),
        consultant=known.consultant,
        report_number=NUMBER,
        issued_on="2026-03-27",
    )


def answered(facts: ProposalFacts, answers: Answers) -> ProposalFacts:
    """The same case with other answers."""
    return replace(facts, assessment=replace(facts.assessment, answers=answers), scorecard=score(facts.pack, answers))


def best_answers() -> Answers:
    """Every option that earns points, every scenario at level 4."""
    options = {}
    for question in pack().questions:
        earning = [option for option in question.options if not option.is_none]
        if question.kind is QuestionKind.MULTIPLE:
            options[question.question_id] = tuple(option.key for option in earning)
        else:
            options[question.question_id] = (max(earning, key=lambda option: option.points).key,)
    return Answers(options=options, scenarios=rated(4))


def nothing_earned() -> ProposalFacts:
    """The demonstration with every question answered by what earns nothing, every scenario at level 0, no evidence."""
    options = {
        question.question_id: (min(question.options, key=lambda option: (option.points, not option.is_none)).key,)
        for question in pack().questions
    }
    return replace(answered(demonstration(), Answers(options=options, scenarios=rated(0))), evidence=())


def rated(level: int) -> dict[str, ScenarioAnswer]:
    return {item.scenario_id: ScenarioAnswer(level=level) for item in pack().scenarios}


def document(facts: ProposalFacts, language: Language = "en") -> Document:
    return built(facts, language)


def chapter(document: Document, number: str) -> Chapter:
    return next(item for item in document.chapters if item.number == number)


def blocks(chapter: Chapter) -> Iterator[Any]:
    """All blocks of a chapter, those side by side included."""
    for block in chapter.blocks:
        if isinstance(block, SideBySide):
            yield from (*block.left, *block.right)
        else:
            yield block


def tables(chapter: Chapter) -> dict[str, Table]:
    """The tables of a chapter by number (`6-2`), in any language."""
    return {numbered(block.label): block for block in blocks(chapter) if isinstance(block, Table)}


def figures(chapter: Chapter) -> dict[str, Figure]:
    return {numbered(block.label): block for block in blocks(chapter) if isinstance(block, Figure)}


def numbered(label: str) -> str:
    return label.removeprefix("Table ").removeprefix("Figure ").lstrip("表图")


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def words(chapter: Chapter) -> str:
    """Every text of a chapter, joined."""
    found = [chapter.name, chapter.finding, chapter.lead]
    for block in blocks(chapter):
        if isinstance(block, Table):
            found += [block.caption, block.note, *(text for row in rows(block) for text in row)]
        elif isinstance(block, Figure):
            found += [block.caption, block.note, str(block.chart)]
        elif isinstance(block, Cards):
            found += [text for card in block.cards for text in card_words(card)]
        elif isinstance(block, KeyFigures):
            found += [f"{item.figure} {item.label}" for item in block.figures]
        elif isinstance(block, TermList):
            found += [f"{term} {text}" for term, text in block.items]
        elif isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found.append(str(block))
    return "\n".join(found)


def card_words(card: Card) -> tuple[str, ...]:
    return (card.title, *card.paragraphs, card.source)


def whole_text(document: Document) -> str:
    return "\n".join(words(item) for item in document.chapters)
