"""What a report says of cases that are thin, all low or crowded: nothing that only a full case bears out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diag_app.forms.answers import Answers
from diag_app.forms.definition import Language
from diag_app.model.content import Cards, Heading, Paragraph, Table
from diag_app.model.content_lint import lint
from diag_app.model.proposal import ProposalFacts
from tests.model.proposal.cases import (
    LANGUAGES,
    answered,
    bare,
    best_answers,
    blocks,
    chapter,
    demonstration,
    document,
    nothing_earned,
    rated,
    words,
)
from tests.templates import built


def three_answers() -> ProposalFacts:
    answers = demonstration().assessment.answers
    few = {name: answers.options[name] for name in ("B1", "B4", "B5")}
    return replace(answered(bare(), Answers(options=few)), evidence=())


def titles(facts: ProposalFacts, language: Language = "en") -> list[str]:
    block = next(item for item in blocks(chapter(document(facts, language), "")) if isinstance(item, Cards))
    return [card.title for card in block.cards]


@pytest.mark.parametrize("facts", [bare(), three_answers()])
def test_where_most_is_unanswered_no_report_says_how_the_firm_stands(facts: ProposalFacts) -> None:
    for kind in ("proposal", "diagnosis", "summary"):
        report = built(facts, "en", kind)
        first = report.chapters[0]
        assert first.finding == "Too little is answered to tell a level"
        assert "0 of 16 scenarios" in first.lead
        said = "".join(words(part) for part in report.chapters)
        assert "Weakest" not in said
        assert "weakest in" not in said
        assert "one level below" not in said
        assert not lint(report)


@pytest.mark.parametrize(("questions", "scenarios", "is_told"), [(8, 8, True), (7, 8, False), (8, 7, False)])
def test_half_of_the_answers_tell_a_level(questions: int, scenarios: int, is_told: bool) -> None:
    best = best_answers()
    some = Answers(
        options=dict(list(best.options.items())[:questions]), scenarios=dict(list(best.scenarios.items())[:scenarios])
    )
    first = chapter(document(answered(demonstration(), some)), "")
    assert ("points" in first.finding, first.lead == "") == (is_told, is_told)


def test_what_earns_nothing_is_not_called_supported() -> None:
    assert titles(nothing_earned())[2] == "Nothing claimed, nothing to support"
    assert titles(nothing_earned(), "zh")[2] == "没有得分，无须举证"
    for language in LANGUAGES:
        said = "".join(words(part) for part in document(nothing_earned(), language).chapters)
        assert "has the evidence it needs" not in said
        assert "均有所需证据" not in said


def test_an_unrated_scenario_is_missing_as_an_unanswered_question_is() -> None:
    answers = demonstration().assessment.answers
    rest = {name: answer for name, answer in answers.scenarios.items() if name not in ("quality", "finance")}
    facts = answered(demonstration(), replace(answers, scenarios=rest))
    part = chapter(document(facts), "")
    assert "2 scenarios are not rated and count as level 0." in words(part)


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        ((), "9 indicators are equally low"),
        (("B2",), "8 indicators are equally low"),
        (("B1", "B2", "B3", "B4", "B5", "B6", "B7", "M1", "M2"), "4 indicators"),
    ],
)
def test_indicators_that_share_the_lowest_place_are_not_named_by_chance(changed: tuple[str, ...], title: str) -> None:
    facts = nothing_earned()
    options = dict(facts.assessment.answers.options)
    for question in facts.pack.questions:
        if question.question_id in changed:
            earning = max(question.options, key=lambda option: option.points)
            options[question.question_id] = (earning.key,)
    changed_facts = answered(facts, Answers(options=options, scenarios=rated(0)))
    assert titles(changed_facts)[0].startswith(title)


def test_the_one_weakest_indicator_is_named_without_those_that_share_the_next_place() -> None:
    best = best_answers()
    options = dict(best.options)
    for question in demonstration().pack.questions:
        points = sorted(question.options, key=lambda option: option.points)
        if question.question_id in ("R1", "R2"):
            options[question.question_id] = (points[1].key,)
        elif question.question_id in ("R3", "R4"):
            options[question.question_id] = (points[0].key,)
    facts = answered(demonstration(), replace(best, options=options))
    assert titles(facts)[0] == "Weakest: Market results"


def test_a_summary_names_the_first_needs_by_priority_and_counts_the_others() -> None:
    known = demonstration()
    one = known.needs[0]
    needs = tuple(
        replace(one, need_id=f"n{number}", number=number, priority="must" if number > 20 else "could")
        for number in range(1, 26)
    )
    long = replace(needs[-1], title="题" * 60, owner_words="夜班漏检 5 of 132 " * 800)
    crowded = replace(known, needs=(*needs[:-1], long))
    for kind in ("proposal", "summary"):
        report = built(crowded, "zh", kind)
        named = [
            row.cells[0].text
            for part in report.chapters
            for block in blocks(part)
            if isinstance(block, Table) and "需求" in [column.head for column in block.columns] and not block.caption
            for row in block.rows
        ]
        assert named == ["N-21", "N-22", "N-23", "N-24", "N-25", "N-01"]
        told = [block.text for part in report.chapters for block in blocks(part) if isinstance(block, Paragraph)]
        assert "另有 19 项需求" in told


@pytest.mark.parametrize(("language", "room", "end"), [("zh", 60, "…"), ("en", 120, "...")])
def test_long_words_end_in_the_summary_as_paper_sets_the_end(language: Language, room: int, end: str) -> None:
    long = replace(demonstration().needs[0], owner_words="夜班漏检 5 of 132 " * 800)
    part = chapter(document(replace(demonstration(), needs=(long,)), language), "")
    (table,) = [block for block in blocks(part) if isinstance(block, Table)]
    cell = table.rows[0].cells[2].text
    assert (len(cell), cell.endswith(end)) == (room, True)


def test_an_owners_page_without_plan_and_benefit_promises_no_money() -> None:
    page = built(demonstration(), "en", "summary").chapters[1]
    assert page.name == "What the firm asks for"
    assert not [block for block in page.blocks if isinstance(block, Heading)]
    assert "estimate" not in words(page)
