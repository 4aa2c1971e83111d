"""A reissue says what changed: what was recorded, each thing once, whatever else follows from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from diag_app.codec import canonical_json, load_json, unstructure
from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.model.content import Column, Document, NumberedList, Paragraph, Row, Table
from diag_app.model.content_changes import KINDS, Change, content_changes
from diag_app.model.proposal import ProposalFacts
from diag_app.model.proposal.changes import MOST_TOLD, changes_chapter, with_changes
from diag_app.model.proposal.voice import Voice, cells
from tests.model.proposal.cases import NUMBER, answered, bare, demonstration, document, rows, tables, whole_text


def tree(made: Document) -> Any:
    return load_json(canonical_json(unstructure(made)), location="")


def changes(facts: ProposalFacts, before: ProposalFacts | None = None) -> list[tuple[str, str, str, str]]:
    """What the demonstration with other facts says otherwise: kind, column, before, after."""
    old, new = document(before or demonstration("en")), document(replace(facts, report_number="QZ-20260601-DEMO01-R2"))
    return [(item.kind, item.what, item.before, item.after) for item in content_changes(tree(old), tree(new))]


def test_a_reissue_of_the_same_facts_changes_nothing() -> None:
    assert changes(demonstration("en")) == []


def test_an_answer_is_told_with_the_figures_that_follow_and_nothing_else() -> None:
    facts = demonstration("en")
    answers = facts.assessment.answers
    found = changes(answered(facts, replace(answers, options={**answers.options, "B6": ("B", "C")})))
    assert ("figures", "", "50.70", "53.20") in found
    (answer,) = [item for item in found if item[0] == "answers"]
    assert (answer[1], answer[2]) == ("Answer", "not answered")
    assert {item[0] for item in found} == {"figures", "answers", "firm"}  # the survey counts the answers


def test_a_level_is_told_by_its_scenario() -> None:
    facts = demonstration("en")
    answers = facts.assessment.answers
    rated = replace(answers, scenarios={**answers.scenarios, "quality": ScenarioAnswer(level=4)})
    assert ("answers", "Level", "3", "4") in changes(answered(facts, rated))


def test_a_need_that_is_gone_is_told_once_and_one_that_comes_too() -> None:
    facts = demonstration("en")
    (gone,) = [item for item in changes(replace(facts, needs=facts.needs[1:])) if item[0] == "needs"]
    assert (gone[2][:4], gone[3]) == ("N-01", "")
    (new,) = [item for item in changes(facts, replace(facts, needs=facts.needs[1:])) if item[0] == "needs"]
    assert (new[2], new[3][:4]) == ("", "N-01")


def test_what_is_said_of_a_need_is_told_with_its_words() -> None:
    facts = demonstration("en")
    first = facts.needs[0]
    other = replace(facts, needs=(replace(first, pain="Another pain.", priority="could"), *facts.needs[1:]))
    found = changes(other)
    assert ("texts", "", first.pain, "") in found
    assert ("texts", "", "", "Another pain.") in found
    assert [item[1] for item in found if item[0] == "needs"] == ["Priority"]


def test_evidence_and_the_firm_are_told() -> None:
    facts = demonstration("en")
    kinds = {item[0] for item in changes(replace(facts, evidence=facts.evidence[:-1]))}
    assert "evidence" in kinds
    profile = replace(facts.enterprise.profile, employees=None)
    found = changes(replace(facts, enterprise=replace(facts.enterprise, profile=profile)))
    assert {item[0] for item in found} == {"firm"}


def test_an_older_tree_without_sources_can_still_be_compared() -> None:
    old = tree(document(demonstration("en")))
    for chapter in old["chapters"]:
        chapter.pop("origin")
        for block in chapter["blocks"]:
            for line in block.get("rows", ()):
                line.pop("origin", None)
    new = document(answered(demonstration("en"), bare().assessment.answers))
    assert ("50.70", "0.00") in {(item.before, item.after) for item in content_changes(old, tree(new))}


def test_the_chapter_of_changes_is_not_compared_itself() -> None:
    made = document(demonstration("en"))
    told = with_changes(made, some(3), NUMBER, load_translator("en"))
    assert content_changes(tree(made), tree(told)) == content_changes(tree(told), tree(made)) == ()


def test_lists_are_texts_too() -> None:
    made = document(demonstration("en"))
    (survey,) = [item for item in made.chapters if item.origin == "visit"]
    listed = replace(survey, blocks=(*survey.blocks, NumberedList(items=("First.", " ")), Paragraph(text="Then.")))
    new = replace(made, chapters=tuple(listed if item is survey else item for item in made.chapters))
    assert [item.after for item in content_changes(tree(made), tree(new))] == ["First.", "Then."]


def abreast(*facts: tuple[str, str]) -> Any:
    """A tree whose first need has facts recorded, two in each line of a table."""
    flat = [text for fact in facts for text in fact] + [""] * (2 * (len(facts) % 2))
    table = Table(
        label="",
        caption="",
        columns=tuple(Column(head=head, width_mm=40) for head in ("Fact", "Recorded") * 2),
        rows=tuple(Row(cells=cells(*flat[first : first + 4])) for first in range(0, len(flat), 4)),
    )
    made = document(demonstration("en"))
    (need,) = [item for item in made.chapters if item.origin == "need:n1"]
    told = replace(need, blocks=(*need.blocks, table))
    return tree(replace(made, chapters=tuple(told if item is need else item for item in made.chapters)))


def test_facts_two_abreast_are_told_each_by_its_own_name() -> None:
    before = abreast(("Shifts", "2"), ("Machines", "14"), ("Night shift", "no"))
    after = abreast(("Shifts", "3"), ("Machines", "15"), ("Night shift", "no"))
    told = [(item.item, item.what, item.before, item.after) for item in content_changes(before, after)]
    assert told == [("Shifts", "Recorded", "2", "3"), ("Machines", "Recorded", "14", "15")]
    moved = abreast(("Drives", "8"), ("Shifts", "2"), ("Machines", "14"), ("Night shift", "no"))
    assert content_changes(before, moved) == ()  # a fact more moves the others to the other side


def some(count: int) -> tuple[Change, ...]:
    kinds = [KINDS[number % len(KINDS)] for number in range(count)]
    return tuple(
        Change(kind=kind, chapter="8 Needs", item="", what="", before="", after="x" * 90, origin="need:n1")
        for kind in kinds
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("count", [1, MOST_TOLD, MOST_TOLD + 7])
def test_the_paper_lists_what_changed_and_counts_the_rest(language: Language, count: int) -> None:
    chapter = changes_chapter(some(count), NUMBER, Voice(language=language, translate=load_translator(language)))
    (table,) = [block for block in chapter.blocks if isinstance(block, Table)]
    told = [row for row in table.rows if row.kind == "plain"]
    assert len(told) == min(count, MOST_TOLD)
    assert all(len(cell.text) <= 61 for row in told for cell in row.cells)
    assert NUMBER in chapter.lead
    assert ("7" in table.note) == (count > MOST_TOLD)


def test_the_chapter_stands_after_the_summary_or_at_the_end_or_where_nothing_changed_not_at_all() -> None:
    made, translate = document(demonstration("en")), load_translator("en")
    told = with_changes(made, some(1), NUMBER, translate)
    assert [item.origin for item in told.chapters][1] == "changes"
    assert with_changes(made, (), NUMBER, translate) is made
    without = replace(made, chapters=made.chapters[1:])
    assert with_changes(without, some(1), NUMBER, translate).chapters[-1].origin == "changes"
    assert "takes the place" in whole_text(told)
    assert rows(tables(told.chapters[1])[""])[0][0] == "Key figures"
