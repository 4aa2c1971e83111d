"""The method note says what needs explanation, what explains it, and by which rules; chapter 13 counts it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diag_app.forms.definition import Language
from diag_app.forms.practice import load_part
from diag_app.forms.practice_rules import RULES
from diag_app.i18n import load_translator
from diag_app.model.content import Table
from diag_app.model.content_texts import texts_of
from diag_app.model.facts import Overruling
from diag_app.model.proposal import ProposalFacts
from diag_app.model.proposal.explanations import explanation_risk, explanation_table, rules_term
from diag_app.model.proposal.risks import risks_chapter
from diag_app.model.proposal.voice import Voice
from diag_app.model.rule_findings import RuleFinding, RuleSet, find_by_rules, finding_key
from tests.forms.practices import shipped_practice
from tests.model.proposal.cases import demonstration, pack
from tests.templates import built

PACK = "miit-sme-2024-practice@1.0.0"
QUALITY = finding_key("miit-sme-2024-practice", "quality_level_3_not_captured")
REASON = Overruling(reason="批号可查到炉号", by="甲 · 乙 · 丙", at="2026-03-13T02:00:00+00:00", judged={})


def ruled(language: Language, *, overruled: bool = False, stands: bool = True) -> ProposalFacts:
    rules = RuleSet(pack=PACK, rules=load_part(shipped_practice(), RULES, pack()) or ())
    facts = demonstration(language)
    overrulings = {QUALITY: REASON} if overruled else {}
    assessment = replace(facts.assessment, overrulings=overrulings)
    findings = find_by_rules(pack(), (rules,), assessment, lambda _rule, _overruling: stands)
    return replace(facts, findings=findings, rule_sets=(rules,))


def table(facts: ProposalFacts, language: Language) -> Table:
    voice = Voice(language=language, translate=load_translator(language))
    (made,) = explanation_table(facts, voice)
    return made


def column(made: Table, place: int) -> list[tuple[str, str]]:
    return [(row.cells[place].text, row.cells[place].tone) for row in made.rows]


def test_what_is_not_explained_is_marked() -> None:
    made = table(ruled("en"), "en")
    assert column(made, 0) == [("unlikely together", "signal"), ("unlikely together", "signal")]
    assert column(made, 2) == [("B4, Service", "plain"), ("B4, Quality", "plain")]
    assert column(made, 3) == [("none given", "signal"), ("none given", "signal")]
    assert PACK in made.note


def test_a_reason_stands_with_who_gave_it_and_when() -> None:
    made = table(ruled("zh", overruled=True), "zh")
    assert column(made, 3)[1] == ("批号可查到炉号（甲，2026年3月13日）", "plain")
    assert column(made, 0)[1] == ("同时成立的可能性较低", "plain")


def test_a_reason_given_on_other_answers_explains_nothing() -> None:
    made = table(ruled("en", overruled=True, stands=False), "en")
    assert column(made, 3)[1] == ("given before an answer changed: 批号可查到炉号 (甲, 13 March 2026)", "signal")


def test_of_many_answers_compared_four_are_named() -> None:
    facts = ruled("en")
    rule = next(item for item in facts.rule_sets[0].rules if item.rule_id == "high_score_low_levels")
    made = table(replace(facts, findings=(RuleFinding(pack=PACK, rule=rule),)), "en")
    assert column(made, 2) == [("B1, B2, B3, B4 and 27 more", "plain")]


def test_a_figure_is_named_by_its_label() -> None:
    facts = ruled("en")
    rule = next(item for item in facts.rule_sets[0].rules if item.rule_id == "systems_without_spend")
    made = table(replace(facts, findings=(RuleFinding(pack=PACK, rule=rule),)), "en")
    assert column(made, 2)[0][0] == f"B5, {pack().number('digital_spend_3y_avg_10k_cny').label.en}"


def test_the_method_note_names_the_rules_and_counts_what_they_found() -> None:
    voice = Voice(language="en", translate=load_translator("en"))
    ((name, text),) = rules_term(ruled("en", overruled=True), voice)
    assert name == "Rules"
    assert text.startswith(f"185 rules of {PACK}, written for this tool")
    assert text.endswith("Found here: 2, of them 1 without explanation.")


def test_without_rules_the_report_says_nothing_of_them() -> None:
    voice = Voice(language="en", translate=load_translator("en"))
    facts = demonstration()
    assert explanation_table(facts, voice) == ()
    assert rules_term(facts, voice) == ()


def test_chapter_13_counts_what_is_not_explained() -> None:
    voice = Voice(language="en", translate=load_translator("en"))
    ((subject, fact, _),) = explanation_risk(ruled("en", overruled=True), voice)
    assert (subject, fact) == ("Needs explanation", "1 finding of the rules without explanation")
    (risks,) = [chapter for chapter in built(ruled("en", overruled=True)).chapters if chapter.number == "13"]
    assert "changes no points; a reviewer may ask (annex D)" in set(texts_of(risks))
    everything = replace(ruled("en"), findings=ruled("en", overruled=True).findings[1:])
    assert explanation_risk(everything, voice) == []
    assert "2 findings of the rules without explanation" in str(risks_chapter(ruled("en"), voice))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_accuses_nobody(language: Language) -> None:
    document = built(ruled(language), language)
    (note,) = (chapter for chapter in document.chapters if chapter.number == "D")
    made = [block for block in note.blocks if isinstance(block, Table)][-1]
    assert made.label in ("Table D-3", "表D-3")
    words = " ".join(cell.text for row in made.rows for cell in row.cells)
    assert not any(word in words for word in ("造假", "异常", "虚假", "false", "fraud"))
