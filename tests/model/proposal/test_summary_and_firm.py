"""Summary, profile, survey and production as facts about the case they were made from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.definition import Confidence
from diag_app.model.content import (
    Cards,
    Cell,
    Heading,
    KeyFigures,
    LadderChart,
    Paragraph,
    PhotoGrid,
)
from diag_app.model.proposal import ProposalFacts
from tests.model.proposal.cases import (
    answered,
    bare,
    best_answers,
    blocks,
    chapter,
    demonstration,
    document,
    figures,
    nothing_earned,
    pack,
    rated,
    rows,
    tables,
    words,
)


def cards(facts: ProposalFacts) -> list[tuple[str, str]]:
    block = next(item for item in blocks(chapter(document(facts), "")) if isinstance(item, Cards))
    return [(card.title, " ".join(card.paragraphs)) for card in block.cards]


def official(facts: ProposalFacts) -> ProposalFacts:
    """The same case under a rule that was checked."""
    rule = replace(facts.pack.level_rule, confidence=Confidence.EXACT)
    return replace(facts, pack=replace(facts.pack, level_rule=rule))


# summary


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        (demonstration(), "Now at level 2, Managed; 9.30 points and 6 scenarios short of level 3"),
        (bare(), "Too little is answered to tell a level"),
        (nothing_earned(), "No level reached yet; 20.00 points and 6 scenarios short of level 1"),
        (answered(demonstration(), best_answers()), "Now at level 4, Collaborative: the highest level"),
        (
            answered(demonstration(), replace(best_answers(), scenarios=rated(2))),
            "Now at level 2, Managed; 8 scenarios short of level 3",
        ),
    ],
)
def test_the_summary_answers_where_the_firm_stands(facts: ProposalFacts, finding: str) -> None:
    assert chapter(document(facts), "").finding == finding


def only(*scenario_ids: str, level: int) -> dict[str, ScenarioAnswer]:
    return {name: ScenarioAnswer(level=level) for name in scenario_ids}


def test_constrained_scenarios_lead_where_more_of_them_are_missing() -> None:
    guiding = [item.scenario_id for item in pack().scenarios if not item.is_constrained]
    facts = answered(demonstration(), replace(best_answers(), scenarios={**rated(0), **only(*guiding, level=4)}))
    assert facts.scorecard.to_next is not None
    assert (facts.scorecard.to_next.scenarios, facts.scorecard.to_next.constrained) == (0, 3)
    assert chapter(document(facts), "").finding == "No level reached yet; 3 constrained scenarios short of level 1"
    assert "3个约束性场景" in chapter(document(facts, "zh"), "").finding


def test_key_figures_are_level_score_and_what_is_missing() -> None:
    def key(facts: ProposalFacts) -> list[tuple[str, str, str]]:
        block = next(item for item in blocks(chapter(document(facts), "")) if isinstance(item, KeyFigures))
        return [(item.figure, item.label, item.tone) for item in block.figures]

    assert key(demonstration()) == [
        ("Level 2 → 3", "now → next level", "plain"),
        ("50.70", "score of 100", "plain"),
        ("9.30", "points missing to level 3", "signal"),
        ("6", "scenarios missing, 3 constrained", "signal"),
    ]
    best = answered(demonstration(), best_answers())
    assert [figure for figure, _, _ in key(best)] == ["Level 4", "100.00", "16", "10"]
    points_only = answered(demonstration(), replace(demonstration().assessment.answers, scenarios=rated(4)))
    assert key(points_only)[3] == ("0", "scenarios missing, 0 constrained", "plain")
    scenarios_only = answered(demonstration(), replace(best_answers(), scenarios=rated(2)))
    assert key(scenarios_only)[2] == ("0.00", "points missing to level 3", "plain")


def test_the_three_findings_name_weakness_next_level_and_support() -> None:
    weak, following, support = cards(demonstration())
    assert weak[0] == "Weakest: Resources and Information security"
    assert "Resources has 3.00 of 15 points. Information security has 3.75 of 10 points." in weak[1]
    assert following[0] == "Level 3 lacks 9.30 points and 6 scenarios"
    assert "there are 2 and 2. Constrained and one level below: Product design, Marketing and sales" in following[1]
    assert support[0] == "5 answers are missing or unsupported"
    assert support[1] == (
        "1 question is unanswered (B6 Network security): up to 5.00 points. Points without evidence: B4, M2. "
        "Levels without evidence: Work safety, Decision support."
    )


def test_the_findings_of_a_firm_with_everything() -> None:
    facts = answered(demonstration(), best_answers())
    targets = tuple(item.question_id for item in pack().questions) + tuple(
        item.scenario_id for item in pack().scenarios
    )
    facts = replace(facts, evidence=(replace(facts.evidence[0], targets=targets),))
    weak, following, support = cards(facts)
    assert weak == ("No points lost", "Every question earns all.")
    assert following[0] == "No level above this one"
    assert support[0] == "Every answer has evidence"


def test_a_choice_against_the_figures_is_said() -> None:
    facts = demonstration()
    answers = facts.assessment.answers
    against = answered(facts, replace(answers, options={**answers.options, "B3": ("E",)}))
    assert "Chosen against the figures: B3." in cards(against)[2][1]
    row = next(row for row in rows(tables(chapter(document(against), "A"))["A-1"]) if row[0] == "B3")
    assert row[2] == "E over 60 up to 100 %"
    assert row[3] == "D: 50 ÷ 120 = 41.67%; the choice counts"
    risks = tables(chapter(document(against), "13"))["13-2"]
    assert ["Chosen against the figures", "B3 Equipment networking", "the choice counts; needs explanation"] in rows(
        risks
    )


def test_no_constrained_scenario_near_is_not_mentioned() -> None:
    facts = demonstration()
    passed = answered(facts, replace(facts.assessment.answers, scenarios=rated(3)))
    assert "one level below" not in cards(passed)[1][1]


@pytest.mark.parametrize("number", ["", "6", "13"])
def test_a_reconstructed_rule_is_said_to_be_reconstructed_and_an_official_one_is_not(number: str) -> None:
    assert "reconstructed" in words(chapter(document(demonstration()), number))
    assert "reconstructed" not in words(chapter(document(official(demonstration())), number))


def test_the_ladder_shows_reached_current_next_and_open() -> None:
    chart = figures(chapter(document(demonstration()), "6"))["6-2"].chart
    assert isinstance(chart, LadderChart)
    assert [step.state for step in chart.steps] == ["reached", "current", "target", "open"]
    assert chart.steps[1].flag == "now: 50.70 points"


# profile, survey, production


def test_the_profile_names_what_each_entry_rests_on() -> None:
    part = chapter(document(demonstration()), "3")
    assert part.finding == "Small enterprise: 128 people, CNY 62.4 m revenue"
    assert chapter(document(demonstration("zh"), "zh"), "3").finding == "小型企业：128人，营收6,240万元"
    table = {row[0]: row[1:] for row in rows(tables(part)["3-1"])}
    assert table["Unified social credit code"] == ["91000000MADEM01268", "check character computed"]
    assert table["Size class"][0] == "Small enterprise"
    assert "Total assets, 10k CNY" not in table
    assert "000-0000" not in words(part)  # telephone numbers stay in the app


def test_assets_and_scale_are_printed_as_recorded() -> None:
    facts = demonstration()
    profile = replace(facts.enterprise.profile, assets_10k_cny=Decimal("5100.50"))
    enterprise = replace(facts.enterprise, profile=profile, is_above_scale=False, size_class="micro")
    part = chapter(document(replace(facts, enterprise=enterprise)), "3")
    table = {row[0]: row[1] for row in rows(tables(part)["3-1"])}
    assert (table["Total assets, 10k CNY"], table["Scale"]) == ("5,100.5", "below scale")
    assert part.finding.startswith("Micro enterprise")


def test_what_is_not_known_of_a_firm_is_named_not_left_blank() -> None:
    part = chapter(document(bare()), "3")
    assert part.finding == "Enterprise profile"
    assert part.lead == "Not provided: credit code, industry, employees, revenue, address."
    values = [row.cells[1] for row in tables(part)["3-1"].rows]
    assert values[0].text == "䶮㛃𬭎𠅤"
    assert all(cell == Cell(text="not provided", tone="signal") for cell in values[1:])
    assert "3-2" not in tables(part)


def test_an_industry_without_a_name_prints_its_code() -> None:
    facts = replace(demonstration(), industry_label="")
    assert "Industry: C34." in chapter(document(facts), "3").lead


def test_the_survey_counts_days_notes_and_files() -> None:
    part = chapter(document(demonstration()), "4")
    assert part.finding == "12–13 March 2026: 2 days on site, 12 evidence files"
    table = {row[0]: row[1] for row in rows(tables(part)["4-1"])}
    assert table["Questions answered"] == "14 of 15"
    assert table["Scenarios rated"] == "16 of 16"
    assert table["Evidence files and notes"] == "12 files, 5 notes"
    grid = next(block for block in part.blocks if isinstance(block, PhotoGrid))
    assert [photo.label for photo in grid.photos] == [f"E-{number:03d}" for number in range(1, 13)]
    assert grid.photos[0].detail == "2026-03-12 10:41  digest 000000000000"


def test_notes_stand_under_what_they_belong_to_in_the_order_of_the_pack() -> None:
    facts = demonstration()
    notes = {"quality": "one\n\ntwo", "gone": "of an older pack", "B1": "first", "B2": "  "}
    part = chapter(document(replace(facts, assessment=replace(facts.assessment, notes=notes))), "4")
    heads = [block.text for block in part.blocks if isinstance(block, Heading) and block.level == 3]
    texts = [block.text for block in part.blocks if isinstance(block, Paragraph)]
    assert heads == ["B1 Network", "Quality management", "gone"]
    assert texts == ["first", "one", "two", "of an older pack"]


def test_a_survey_of_evidence_alone_has_neither_days_nor_pictures() -> None:
    known = demonstration()
    paper = replace(known.evidence[0], media_type="application/pdf", captured_at=None, caption="")
    facts = replace(bare(), evidence=(paper,))
    part = chapter(document(facts), "4")
    assert part.finding == "Survey record: the days on site are not recorded"
    assert rows(tables(part)["4-1"])[0] == ["Days on site", "not recorded"]
    assert not any(isinstance(block, PhotoGrid) for block in part.blocks)


def test_a_picture_without_caption_or_time_shows_its_name_and_when_it_came() -> None:
    known = demonstration()
    picture = replace(known.evidence[0], captured_at=None, caption="")
    grid = chapter(document(replace(bare(), evidence=(picture,))), "4").blocks[-1]
    assert isinstance(grid, PhotoGrid)
    assert grid.photos[0].caption == "01-equipment-list.jpg"
    assert grid.photos[0].detail.startswith("2026-03-13 09:00")


def test_free_texts_are_printed_as_recorded_and_missing_ones_named() -> None:
    facts = demonstration()
    part = chapter(document(facts), "5")
    assert part.finding == "Equipment digitisation 55.00%, Equipment networking 41.67%"
    working = "Equipment digitisation: 66 ÷ 120 = 55.00%. Equipment networking: 50 ÷ 120 = 41.67%."
    assert part.lead.endswith(working), "a copy without the annex of answers says it nowhere else"
    assert facts.enterprise.profile.products.splitlines()[0] in words(part)
    profile = replace(facts.enterprise.profile, software="", equipment=" ")
    fewer = replace(facts, enterprise=replace(facts.enterprise, profile=profile))
    assert chapter(document(fewer), "5").lead == f"Not recorded: Equipment, Software. {working}"


def test_without_figures_the_chapter_bears_its_name() -> None:
    facts = replace(demonstration(), scorecard=bare().scorecard)
    assert chapter(document(facts), "5").finding == "Products, process, equipment, software"
