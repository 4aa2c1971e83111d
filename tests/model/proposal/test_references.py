"""What a text says of another place follows the report as it stands, and never names what is not there."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from diag_app.errors import Severity
from diag_app.forms.definition import Confidence, Language, LocalText
from diag_app.forms.report_pack import check_template
from diag_app.forms.report_template import OwnSection, ReportTemplate, SectionChange
from diag_app.i18n import load_translator
from diag_app.model import proposal
from diag_app.model.content import Chapter, Document, Figure, Paragraph, PhotoGrid, SideBySide, Table
from diag_app.model.content_lint import lint
from diag_app.model.content_references import by_text, parted
from diag_app.model.content_texts import blocks_of, texts_of
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.references import numbered, pointing, ref, resolved, see
from diag_app.model.proposal.sections import VOCABULARY
from tests.model.proposal.cases import LANGUAGES, bare, demonstration
from tests.templates import built, house_files, house_template

KINDS = ["proposal", "diagnosis", "summary", "visit", "evidence"]
NAMED = re.compile(r"\b(?:chapter|section|annex|Table|Figure) (?:[0-9]+|[A-Z])(?:[-.][0-9]+)?\b|第[0-9]+章|附录[A-Z]")
NOTHING = Table(columns=(), rows=(), caption="c")


def said(words: str) -> LocalText:
    return LocalText(zh=words, en=words, confidence=Confidence.AUTHORED)


def having(*sections: str, own: OwnSection | None = None) -> ReportTemplate:
    """The house's template with only these sections in the proposal, and one of its own."""
    house = house_template()
    kinds = tuple(replace(item, sections=sections) if item.kind_id == "proposal" else item for item in house.kinds)
    return replace(house, kinds=kinds, own={} if own is None else {own.section_id: own})


def texts(document: Document) -> list[str]:
    return [
        text
        for chapter in document.chapters
        for text in (chapter.name, chapter.finding, chapter.lead, *texts_of(chapter))
    ]


def names(document: Document) -> dict[str, str]:
    """What every chapter, table and figure of a report is called, by itself."""
    tr = load_translator(document.language)
    found: dict[str, str] = {}
    for chapter in document.chapters:
        kind = "section" if "." in chapter.number else "chapter" if chapter.number.isdecimal() else "annex"
        message = {"section": "section {number}", "chapter": "chapter {number}", "annex": "annex {number}"}[kind]
        found.setdefault(chapter.anchor, tr(message, number=chapter.number) if chapter.number else chapter.name)
        found |= {
            block.anchor: block.label
            for block in blocks_of(chapter.blocks)
            if isinstance(block, Table | Figure) and block.anchor
        }
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_reference_says_what_the_place_is_called_and_none_is_typed(kind: str, language: Language) -> None:
    """Also in a case in which nothing was recorded, so that annexes are missing for want of data."""
    for facts in (demonstration(language), bare()):
        document = built(facts, language, kind)
        called = names(document)
        assert all(called[item.target] in item.words for item in document.references)
        leading = by_text(document.references)
        for text in (*texts(document), document.cover.board_note):
            loose = "".join(words for words, reference in parted(text, leading) if reference is None)
            assert not NAMED.search(loose) or text in labels(document), text
        assert not [problem for problem in lint(document) if problem.code == "REFERENCE_DANGLES"]
        assert not [
            text for text in (*texts(document), document.cover.board_note) if re.search("[\ufdd0-\ufdef]", text)
        ]


def labels(document: Document) -> set[str]:
    blocks = (block for chapter in document.chapters for block in blocks_of(chapter.blocks))
    return {block.label for block in blocks if isinstance(block, Table | Figure | PhotoGrid)}


def test_a_full_report_leads_to_its_chapters_annexes_and_tables() -> None:
    document = built(demonstration())
    assert {item.words for item in document.references} >= {
        "Table 6-1", "Table 6-2", "chapter 7", "chapter 13", "section 6.1", "annex A", "annex B", "annex D",
    }  # fmt: skip
    cards = [text for text in texts(document) if text.startswith("Table 6-1")]
    assert cards[0] == "Table 6-1, annex A"


def test_numbers_follow_what_a_template_orders_drops_and_renames() -> None:
    """Without the chapter before it, the table and the figure of the board are the first of theirs."""
    own = OwnSection(
        section_id="notice",
        number="1",
        name=said("Notice"),
        finding=None,
        lead=None,
        paragraphs=(said("See {ref:scenarios}, {ref:method} and {ref:words}."), said("Nothing of {firm}.")),
    )
    words = replace(own, section_id="words", number="", name=said("Words"), paragraphs=(said("w"),))
    template = having("notice", "method", "scenarios", "summary", "words", own=own)
    template = replace(template, own={"notice": own, "words": words})
    document = built(demonstration(), template=template)
    text = next(texts_of(document.chapters[0]))
    assert text == 'See section 6.1, annex D and "Words".'
    assert [item.named for item in document.references if item.text == text] == ["6.1", "D", "Words"]
    assert drawn(document) == ["Figure 6-1"]
    assert not NAMED.search(" ".join(words for words in texts(document) if "Table 6" in words or "chapter" in words))
    changes = {name: SectionChange(number=number) for name, number in (("method", "E"), ("scenarios", "3.1"))}
    moved = built(demonstration(), template=replace(template, changes=changes))
    assert next(texts_of(moved.chapters[0])) == 'See section 3.1, annex E and "Words".'
    assert drawn(moved) == ["Figure 3-1"]


def test_sections_move_with_their_chapter_and_what_has_no_data_has_nothing_to_move() -> None:
    changes = {name: SectionChange(number="5") for name in ("needs", "gap")}
    facts = replace(demonstration(), scorecard=replace(demonstration().scorecard, to_next=None))
    document = built(facts, template=replace(having("needs", "gap"), changes=changes))
    assert [chapter.number for chapter in document.chapters][:3] == ["5", "5.1", "5.2"]
    tables = [block.label for chapter in document.chapters for block in chapter.blocks if isinstance(block, Table)]
    assert tables[:3] == ["Table 5-1", "Table 5-2", "Table 5-3"]


def drawn(document: Document) -> list[str]:
    """The labels of the figures in a report's board."""
    boards = [chapter for chapter in document.chapters if chapter.anchor == "scenarios"]
    return [block.label for chapter in boards for block in chapter.blocks if isinstance(block, Figure)]


def test_a_text_that_leads_to_a_section_left_out_stops_the_report() -> None:
    own = OwnSection(
        section_id="notice", number="1", name=said("Notice"), finding=None, lead=None, paragraphs=(said("{ref:gap}"),)
    )
    document = built(demonstration(), template=having("notice", "rating", own=own))
    (problem,) = [found for found in lint(document) if found.code == "REFERENCE_DANGLES"]
    assert (problem.severity, problem.location) == (Severity.ERROR, "1 Notice")
    assert problem.parameters["name"] == "gap"
    whole = built(demonstration(), template=having("notice", "rating", "gap", own=own))
    assert not [found for found in lint(whole) if found.code == "REFERENCE_DANGLES"]


def test_an_annex_left_out_for_want_of_data_is_named_nowhere() -> None:
    def without_evidence(facts: ProposalFacts) -> ProposalFacts:
        return replace(facts, evidence=())

    document = built(without_evidence(demonstration()))
    assert "evidence" not in {chapter.anchor for chapter in document.chapters}
    assert not [text for text in texts(document) if "annex B" in text]
    assert [text for text in texts(document) if text == "annex A"]


def test_photos_a_copy_does_not_show_take_no_number() -> None:
    tr = load_translator("en")
    chapter = Chapter(number="4.1", name="n", finding="", lead="", blocks=(NOTHING, NOTHING))
    beside = SideBySide(left=(PhotoGrid(photos=(), caption="p"),), right=(replace(NOTHING, label="kept"),), left_mm=80)
    other = replace(chapter, number="", blocks=(beside, Paragraph(text="p"), replace(NOTHING, caption="")))
    found = numbered((chapter, replace(chapter, number="4.2"), other, other), tr)
    captioned = Table | Figure | PhotoGrid
    numbers = [[block.label for block in blocks_of(item.blocks) if isinstance(block, captioned)] for item in found]
    assert numbers == [
        ["Table 4-1", "Table 4-2"], ["Table 4-3", "Table 4-4"], ["Figure 1", "kept", ""], ["Figure 2", "kept", ""],
    ]  # fmt: skip


def test_what_looks_like_a_mark_in_a_typed_text_is_at_most_a_reference() -> None:
    """No text of a firm can break the report; half a mark stays what it is and is shown as a missing character."""
    typed = ("\ufdd0", f"{ref('rating')[:-1]}", pointing("rating", "x", "y")[:-1], see(()), "\ufdd2a\ufdd3")
    document = built(demonstration())
    chapter = Chapter(number="1", name="n", finding="", lead="", blocks=tuple(Paragraph(text=text) for text in typed))
    after = resolved(replace(document, chapters=(chapter,)), load_translator("en"))
    assert list(texts_of(after.chapters[0])) == list(typed)
    nowhere = replace(chapter, blocks=(Paragraph(text=f"{ref('nowhere')}, {ref('nowhere')}"),))
    after = resolved(replace(document, chapters=(nowhere,)), load_translator("en"))
    assert list(texts_of(after.chapters[0])) == ["[nowhere], [nowhere]"]
    assert [parted(text, by_text(after.references)) for text in texts_of(after.chapters[0])] == [
        (("[nowhere]", after.references[0]), (", ", None), ("[nowhere]", after.references[1]))
    ]
    twice = by_text(after.references[:1] * 2)
    assert [reference for _, reference in parted(after.references[0].text, twice)] == [after.references[0], None]
    assert parted("", {}) == (("", None),)


def test_a_template_names_only_sections_that_there_are() -> None:
    own = """
[confidence]
text = 'authored'
[[changes]]
section = 'method'
number = '5.1'
[[sections]]
id = 'notice'
number = '15'
new_page = false
name = { zh = '注', en = 'Notice' }
paragraphs = [{ zh = '{ref:SECTION}', en = '{ref:SECTION}' }]
"""
    for section, codes in (("method", []), ("notice", []), ("nobody", ["PACK_FIELD_UNKNOWN"])):
        files = house_files({"texts.toml": own.replace("SECTION", section)})
        assert [problem.code for problem in check_template(files, VOCABULARY)] == codes
    files = house_files({"texts.toml": own.replace("SECTION", "method").replace("5.1", "5.1.1")})
    assert [problem.code for problem in check_template(files, VOCABULARY)] == ["PACK_ID_SHAPE"]


def test_no_text_of_ours_types_the_number_of_a_place() -> None:
    """Texts name places by anchors; what is numbered by hand is wrong in the first template that orders otherwise."""
    typed = []
    for path in Path(proposal.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        }
        typed += [
            (path.name, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings
            if NAMED.search(node.value) or re.search(r"\bsee [0-9]", node.value)
        ]
    assert typed == []
