"""Rating, scenario board and gap as facts about the case they were made from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import LocalText
from diag_app.forms.scorecard import ToNext
from diag_app.model.content import (
    BarChart,
    HeatMap,
    KeyFigures,
    RadarChart,
    SideBySide,
    Waterfall,
)
from diag_app.model.proposal import ProposalFacts
from diag_app.model.review import Role, Ruling, Said, Views
from tests.model.proposal.cases import (
    answered,
    bare,
    best_answers,
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


def test_the_score_table_and_the_radar_say_the_same() -> None:
    part = chapter(document(demonstration()), "6")
    assert isinstance(part.blocks[1], SideBySide)
    table = tables(part)["6-1"]
    assert ["Resources", "15", "3.00", "20.0%", ""] in rows(table)
    weak = [row.cells[0].text for row in table.rows if row.cells[3].tone == "signal"]
    assert weak == ["Data acquisition", "Information security", "Resources"]
    chart = figures(part)["6-1"].chart
    assert isinstance(chart, RadarChart)
    assert len(chart.spokes) == 9
    assert dict(chart.spokes)["Resources"] == Decimal("0.2")
    assert figures(part)["6-1"].note == "3 indicators below 45% are bold and ochre."


def test_the_condition_table_says_for_each_level_what_is_short() -> None:
    table = tables(chapter(document(demonstration()), "6"))["6-2"]
    assert rows(table)[1] == ["2 Managed", "≥ 40; now 50.70", "≥ 6; now 9", "≥ 3; now 7", "met: the level"]
    assert rows(table)[2] == [
        "3 Integrated", "≥ 60; now 50.70, short 9.30", "≥ 8; now 2, short 6", "≥ 5; now 2, short 3", "not met",
    ]  # fmt: skip
    assert [row.kind for row in table.rows] == ["plain", "marked", "plain", "plain"]


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        (demonstration(), "50.70 points, level 2, Managed: weakest in Resources and Information security"),
        (answered(demonstration(), best_answers()), "100.00 points, level 4, Collaborative"),
        (bare(), "0.00 points, no level: too little is answered"),
        (nothing_earned(), "0.00 points, no level: 9 indicators equally low"),
    ],
)
def test_the_rating_says_score_level_and_weakness(facts: ProposalFacts, finding: str) -> None:
    assert chapter(document(facts), "6").finding == finding


def test_full_marks_have_no_weak_indicator() -> None:
    part = chapter(document(answered(demonstration(), best_answers())), "6")
    assert figures(part)["6-1"].note == ""


def test_a_pack_that_only_scores_says_nothing_of_scenarios_in_the_lead() -> None:
    facts = demonstration()
    scored = tuple(item for item in facts.pack.dimensions if item.max_points is not None)
    part = chapter(document(replace(facts, pack=replace(facts.pack, dimensions=scored))), "6")
    assert part.lead == "Digital basis 25.95 of 50, Digital management 11.25 of 30, Digital results 13.50 of 20."


def heat(facts: ProposalFacts) -> HeatMap:
    chart = figures(chapter(document(facts), "6.1"))["6-3"].chart
    assert isinstance(chart, HeatMap)
    return chart


def test_the_board_shows_level_target_next_criterion_and_evidence() -> None:
    chart = heat(demonstration())
    quality = chart.rows[6]
    assert (quality.label, quality.level, quality.target, quality.flag) == ("Quality management", 3, 4, "target 4")
    assert quality.evidence == "2"
    assert chart.rows[0].group == "Product life cycle"
    assert chart.rows[1].group == ""
    assert chart.rows[8].evidence == "—"
    assert chart.foot[0][1:] == (("15/6", "9/6", "2/8 −6", "0/10 −10"), (True, True, False, False))
    assert chart.level_heads == ("Level 1", "Level 2", "Level 3", "Level 4")
    chinese = figures(chapter(document(demonstration("zh"), "zh"), "6.1"))["6-3"].chart
    assert isinstance(chinese, HeatMap)
    assert chinese.level_heads[0] == "1 初始级"


def test_a_scenario_that_does_not_apply_has_a_dash_and_its_reason() -> None:
    facts = demonstration()
    answers = facts.assessment.answers
    scenarios = {**answers.scenarios, "hr": ScenarioAnswer(not_applicable="bought in")}
    del scenarios["office"]
    case = answered(facts, replace(answers, scenarios=scenarios))
    made = document(case)
    row = heat(case).rows[13]
    assert (row.level, row.detail) == (None, "Reason: bought in")
    note = figures(chapter(made, "6.1"))["6-3"].note
    assert "Not rated and counted as level 0: Collaborative office." in note
    assert "Not applicable and counted as level 0, no official rule is known: Human resources." in note
    table = {row[1]: row for row in rows(tables(chapter(made, "A"))["A-2"])}
    assert table["Human resources"][2:5] == ["—", "not applicable: bought in", "—"]
    assert table["Collaborative office"][2:4] == ["0", "not rated, counted as level 0"]
    assert ["Scenarios not rated", "Collaborative office", "counted as level 0"] in rows(
        tables(chapter(made, "13"))["13-2"]
    )
    assert "This firm: Human resources." in words(chapter(made, "D"))


def test_the_group_furthest_away_is_named_only_when_it_is_one() -> None:
    assert chapter(document(demonstration()), "6.1").finding.endswith("; Product life cycle is furthest away")
    even = answered(demonstration(), Answers(scenarios=rated(2)))
    assert chapter(document(even), "6.1").finding == "16 of 16 scenarios stand at level 1"


def test_the_highest_level_asks_nothing_more() -> None:
    part = chapter(document(answered(demonstration(), best_answers())), "6.1")
    assert part.lead == "The highest level asks nothing more of the board."
    assert heat(answered(demonstration(), best_answers())).rows[0].detail == "highest level reached"


# gap


def test_the_waterfall_takes_the_largest_next_steps_until_the_threshold() -> None:
    part = chapter(document(demonstration()), "7")
    chart = figures(part)["7-1"].chart
    assert isinstance(chart, Waterfall)
    assert chart.additions == (("Data acquisition\nB4", Decimal("5.8")), ("Network security\nB6", Decimal(5)))
    assert chart.threshold == ("Level 3", Decimal(60))
    assert chart.axis_from == 45
    assert "not a plan" in figures(part)["7-1"].note


def test_a_long_way_is_shown_in_six_columns() -> None:
    answers = Answers(options={"B5": ("C",), "R1": ("C",), "R2": ("C",), "R3": ("C",), "R4": ("C",), "B2": ("E",)})
    facts = answered(demonstration(), replace(answers, scenarios=rated(3)))
    assert facts.scorecard.score == 31
    chart = figures(chapter(document(facts), "7"))["7-1"].chart
    assert isinstance(chart, Waterfall)
    assert facts.scorecard.to_next is not None
    assert sum(gain for _, gain in chart.additions) >= facts.scorecard.to_next.points
    part = chapter(document(bare_at_level_3_scenarios()), "7")
    long = figures(part)["7-1"].chart
    assert isinstance(long, Waterfall)
    assert len(long.additions) <= 6


def bare_at_level_3_scenarios() -> ProposalFacts:
    """A firm whose single choices stand at their second option and whose lists are full: many small steps."""
    full = best_answers().options
    singles = {"B2": ("B",), "B3": ("B",), "B5": ("B",), "M1": ("B",), "M4": ("A",)}
    options = {**full, **singles, "R1": ("A",), "R2": ("A",), "R3": ("A",), "R4": ("A",)}
    return answered(demonstration(), Answers(options=options, scenarios=rated(4)))


def test_steps_that_do_not_reach_say_so() -> None:
    figure = figures(chapter(document(bare_at_level_3_scenarios()), "7"))["7-1"]
    assert figure.note.startswith("All next steps together give ")


def test_more_than_six_steps_are_lumped() -> None:
    many = {"B1": ("B",), "B4": ("B",), "B5": ("B",), "B6": ("B",), "B7": ("B",), "M2": ("B",), "M3": ("B",)}
    options = {**many, "R1": ("C",), "R2": ("C",), "R3": ("C",), "R4": ("C",)}
    rule = pack().level_rule
    steep = replace(rule, conditions=tuple(replace(item, min_score=item.min_score + 15) for item in rule.conditions))
    facts = answered(demonstration(), Answers(options=options, scenarios=rated(4)))
    facts = replace(facts, pack=replace(facts.pack, level_rule=steep))
    facts = replace(facts, scorecard=replace(facts.scorecard, level=2, to_next=replace_gap(facts, 3, Decimal(44))))
    chart = figures(chapter(document(facts), "7"))["7-1"].chart
    assert isinstance(chart, Waterfall)
    assert len(chart.additions) == 6
    assert chart.additions[-1][0].endswith("more questions")


def replace_gap(facts: ProposalFacts, level: int, points: Decimal) -> ToNext:
    assert facts.scorecard.to_next is not None
    return replace(facts.scorecard.to_next, level=level, points=points)


def test_no_points_missing_means_no_waterfall() -> None:
    facts = answered(demonstration(), replace(best_answers(), scenarios=rated(2)))
    part = chapter(document(facts), "7")
    assert [type(figure.chart) for figure in figures(part).values()] == [BarChart]
    assert list(tables(part)) == ["7-1"]  # nothing open by question, only scenarios below the level


def test_the_bars_end_at_what_is_asked() -> None:
    chart = figures(chapter(document(demonstration()), "7"))["7-2"].chart
    assert isinstance(chart, BarChart)
    assert chart.bars[0] == ("Score", Decimal("50.70"), Decimal(60), "50.70 of 60, short 9.30")
    assert chart.bars[1][3] == "2 of 8, short 6"
    enough = answered(demonstration(), replace(best_answers(), scenarios=rated(2)))
    full = figures(chapter(document(enough), "7"))["7-1"].chart
    assert isinstance(full, BarChart)
    assert full.bars[0] == ("Score", Decimal(60), Decimal(60), "100 of 60")


def test_open_points_name_what_the_next_step_asks() -> None:
    table = {row[0]: row for row in rows(tables(chapter(document(demonstration()), "7"))["7-1"])}
    assert table["M4"][2:] == ["0.00", "7.5", "+1.875", "B over 10 up to 20 %"]
    assert table["B7"][4:] == ["+1.25", "D Data risk assessment, own or commissioned"]
    assert table["B6"][5].startswith("not answered; B Network security rules; ")
    assert table["R2"][4:] == ["—", "a change of results, counted when it is there"]
    assert "R1" not in table  # full points


def test_scenarios_below_the_next_level_stand_nearest_first() -> None:
    table = rows(tables(chapter(document(demonstration()), "7"))["7-2"])
    assert [row[1] for row in table] == ["2"] * 7 + ["1"] * 6 + ["0"]
    assert table[0][0] == "Product design★"
    assert next(row for row in table if row[0] == "Energy management★")[3] == "N-02"


def three_scores(facts: ProposalFacts) -> list[tuple[str, str]]:
    """The key figures at the head of the rating."""
    block = chapter(document(facts), "6").blocks[0]
    assert isinstance(block, KeyFigures)
    return [(item.figure, item.label) for item in block.figures]


def test_the_rating_shows_three_scores_with_a_sentence_each() -> None:
    facts = replace(demonstration(), ticked=frozenset({"B1", "B2", "B3", "B5", "quality"}))
    assert three_scores(facts) == [
        ("50.70", "Claimed: level 2, Managed. Every answer counts as it was recorded."),
        ("42.75", "Supported: level 2, Managed. Answers with the evidence they need; 4 answers lack it."),
        ("18.00", "Verified: no level. Supported answers that a reviewer verified: 5 of 23."),
    ]


def test_scores_that_nobody_supported_or_verified_say_so() -> None:
    assert three_scores(demonstration())[2] == ("0.00", "Verified: no level. Nothing has been verified in review yet.")
    assert three_scores(answered(demonstration(), Answers()))[1] == (
        "0.00",
        "Supported: no level. No answer earns anything, so none needs evidence.",
    )


def test_the_annex_lists_where_roles_differ_and_how_it_was_ruled() -> None:
    def views(target: str, agreed: str, ruling: Ruling | None) -> Views:
        said = (Said(role_id="owner", position=("E",)), Said(role_id="baker", position=(agreed,)))
        return Views(target=target, agreed=(agreed,), said=said, ruling=ruling)

    counted = Ruling(reason="Counted on the floor", by="Demo", at="2026-03-12T10:00:00+00:00", holds=True)
    owner = Role(role_id="owner", label=LocalText(zh="负责人", en="Owner"), short=LocalText(zh="", en=""))
    agreeing = Views(target="B1", agreed=("B",), said=(Said(role_id="owner", position=("B",)),), ruling=None)
    facts = replace(
        demonstration(),
        roles=(owner,),
        views=(
            agreeing,
            views("B3", "D", counted),
            views("quality", "3", replace(counted, holds=False)),
            views("B5", "C", None),
        ),
    )
    found = [table for table in tables(chapter(document(facts), "A")).values() if "roles" in table.caption]
    assert [rows(table) for table in found] == [
        [
            ["B3 Equipment networking", "Owner E, baker D", "D", "Counted on the floor (Demo, 2026-03-12)"],
            ["Quality management", "Owner E, baker 3", "3", "no ruling yet"],
            ["B5 Information systems", "Owner E, baker C", "C", "no ruling yet"],
        ]
    ]
    assert not [table for table in tables(chapter(document(demonstration()), "A")).values() if "roles" in table.caption]
