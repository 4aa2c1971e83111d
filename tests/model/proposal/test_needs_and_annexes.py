"""Needs, risks, pledge and annexes as facts about the case they were made from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from diag_app.forms.definition import Confidence
from diag_app.model.content import Cards, Cell, Heading, Paragraph, SideBySide, SignatureBoxes
from diag_app.model.facts import Evidence, ScenarioNeed
from diag_app.model.proposal import ProposalFacts
from tests.model.proposal.cases import (
    answered,
    bare,
    best_answers,
    blocks,
    chapter,
    demonstration,
    document,
    pack,
    rows,
    tables,
    words,
)

# needs


def test_the_overview_counts_needs_and_measured_metrics() -> None:
    part = chapter(document(demonstration()), "8")
    assert part.finding == "3 needs: 2 must, 1 should"
    assert rows(tables(part)["8-1"]) == [
        ["N-01", "Visual inspection", "Quality management★", "3 → 4", "should", "afraid", "3 of 4"],
        ["N-02", "Compressor station and workshop energy", "Energy management★", "1 → 3", "must", "afraid", "4 of 5"],
        ["N-03", "Order scheduling", "Planning and scheduling", "1 → 3", "must", "unable", "5 of 5"],
    ]


def test_a_need_stands_with_baseline_and_the_owners_words_side_by_side() -> None:
    part = chapter(document(demonstration("zh"), "zh"), "8.2")
    assert part.name == "需求N-02　空压站与车间能耗"
    assert part.finding == "空压站与车间能耗：能耗管理1 → 3级"
    assert part.lead.startswith("环节：空压站和三个加工车间；3级要求：")
    table = next(iter(tables(part).values()))
    first = table.rows[0]
    assert first.cells[1] == Cell(text="0.6612 kgce/百元", tone="bold")
    assert first.cells[2].text.endswith("；2025年全年；205-1表，412.6吨标准煤；营业收入6240万元")
    titles = [card.title for block in blocks(part) if isinstance(block, Cards) for card in block.cards]
    assert titles == ["企业的话", "痛点", "期望", "障碍：不敢转"]


def test_what_was_not_measured_says_so_and_is_never_zero() -> None:
    table = next(iter(tables(chapter(document(demonstration()), "8.1")).values()))
    values = {row.cells[0].text: row.cells[1] for row in table.rows}
    assert values["Customer return rate"] == Cell(text="not measured", tone="signal")
    assert values["Miss rate, of all true defects"].text == "3.79%"


def test_a_metric_of_the_form_that_nobody_recorded_is_not_measured_either() -> None:
    facts = demonstration()
    silent = replace(facts.needs[0], metrics=())
    part = chapter(document(replace(facts, needs=(silent,))), "8.1")
    assert {row.cells[1].text for row in next(iter(tables(part).values())).rows} == {"not measured"}


def test_a_metric_outside_the_form_is_printed_too() -> None:
    facts = demonstration()
    extra = replace(facts.needs[0].metrics[0], metric_id="oee", value=Decimal("61.20"), period="", source="")
    need = replace(facts.needs[0], metrics=(*facts.needs[0].metrics, extra))
    table = next(iter(tables(chapter(document(replace(facts, needs=(need,))), "8.1")).values()))
    assert table.rows[-1].cells[1].text == "61.2%"


def thin(facts: ProposalFacts) -> ScenarioNeed:
    """A need of which only the scenario was recorded."""
    return ScenarioNeed(
        need_id="n", assessment_id="a", number=7, form_id="after_sales", scenario_id="after_sales", title="Service"
    )


def test_a_need_without_words_has_its_baseline_alone() -> None:
    facts = demonstration()
    made = document(replace(facts, needs=(thin(facts),)))
    part = chapter(made, "8.1")
    assert part.finding == "Service: After-sales service 0 → —"
    assert part.lead == ""
    assert not any(isinstance(block, (SideBySide, Cards)) for block in part.blocks)
    row = rows(tables(chapter(made, "8"))["8-1"])[0]
    assert row[:2] == ["N-07", "Service"]
    assert row[5] == "—"
    assert "—" in rows(tables(chapter(made, ""))[""])[0]


def test_ten_thousand_characters_flow_instead_of_standing_in_a_card() -> None:
    facts = demonstration()
    need = replace(facts.needs[0], pain="长" * 10_000, wish="one\n\ntwo")
    part = chapter(document(replace(facts, needs=(need,))), "8.1")
    assert not any(isinstance(block, (SideBySide, Cards)) for block in part.blocks)
    heads = [block.text for block in part.blocks if isinstance(block, Heading)]
    assert heads == ["In the owner's words", "Pain", "Wish", "Barrier: afraid"]
    texts = [block.text for block in part.blocks if isinstance(block, Paragraph)]
    assert texts[1:4] == ["长" * 10_000, "one", "two"]


def test_a_long_title_gives_way_to_the_number_in_the_head() -> None:
    facts = demonstration("zh")
    need = replace(facts.needs[0], title="很长的需求标题" * 6)
    part = chapter(document(replace(facts, needs=(need,)), "zh"), "8.1")
    assert part.finding == "N-01：质量管理3 → 4级"


# risks and pledge


def test_security_lists_what_is_in_place_missing_and_unanswered() -> None:
    part = chapter(document(demonstration()), "13")
    assert part.finding == "3 of 8 security measures are in place; not answered: Network security"
    states = [(row.cells[1].text, row.cells[2].text) for row in tables(part)["13-1"].rows if row.kind == "plain"]
    assert states == [("not answered", "—")] * 4 + [
        ("in place", "E-004"),
        ("in place", "E-004"),
        ("not in place", "—"),
        ("in place", "E-004"),
    ]
    full = chapter(document(answered(demonstration(), best_answers())), "13")
    assert full.finding == "8 of 8 security measures are in place"


def test_a_pack_without_questions_on_security_has_only_the_risks() -> None:
    facts = demonstration()
    questions = tuple(
        replace(item, indicator_id="data_acquisition") if item.indicator_id == "information_security" else item
        for item in facts.pack.questions
    )
    part = chapter(document(replace(facts, pack=replace(facts.pack, questions=questions))), "13")
    assert part.finding == "Risks, network and data security"
    assert list(tables(part)) == ["13-1"]


def test_risks_are_facts_of_the_case() -> None:
    table = rows(tables(chapter(document(demonstration()), "13"))["13-2"])
    assert table[0] == ["Not answered", "B6 Network security", "counted as 0; up to 5.00 points more"]
    assert table[1][2] == "7.95 points rest on statements alone"
    assert [
        "N-01 baseline not measured",
        "Customer return rate",
        "no comparison before and after is possible for it",
    ] in table
    assert table[-1][1] == "Level 2 holds with a margin of 10.70 points, 3 scenarios, 4 constrained."
    bare_table = rows(tables(chapter(document(bare()), "13"))["13-2"])
    assert bare_table[-1][1] == "No level is reached, so there is no margin."


def test_a_barrier_without_a_reason_is_no_risk() -> None:
    facts = demonstration()
    needs = tuple(replace(need, barrier_reason="") for need in facts.needs)
    assert "barrier" not in words(chapter(document(replace(facts, needs=needs)), "13"))


def test_three_sides_sign_for_the_report_by_number() -> None:
    part = chapter(document(demonstration("zh"), "zh"), "14")
    boxes = part.blocks[-1]
    assert isinstance(boxes, SignatureBoxes)
    assert [(head, seal) for head, seal, _, _ in boxes.boxes] == [
        ("企业", True),
        ("诊断顾问", False),
        ("出具机构", True),
    ]
    signed = dict(rows(tables(part)["14-1"]))
    assert signed["结论"] == "50.70分，2级（规范级）"
    assert signed["未作答"] == "B6 网络安全"
    nothing = dict(rows(tables(chapter(document(bare()), "14"))["14-1"]))
    assert nothing["Result"] == "0.00 points, no level"
    assert nothing["Needs"] == "none"
    every = dict(rows(tables(chapter(document(answered(demonstration(), best_answers())), "14"))["14-1"]))
    assert every["Not answered"] == "none"


# annexes


def test_every_answer_stands_with_its_reason() -> None:
    part = chapter(document(demonstration()), "A")
    table = {row[0]: row for row in rows(tables(part)["A-1"])}
    assert len(table) == 15
    assert table["B2"][2:6] == ["D over 40 up to 60 %", "D: 66 ÷ 120 = 55.00%", "4.50", "6"]
    assert table["B7"][3:5] == ["1.25 + 1.25 + 1.25", "3.75"]
    assert table["M1"][3] == "one choice"
    assert table["B6"][2:5] == ["not answered", "no answer, 0 points", "0.00"]
    assert table["B3"][6] == "E-001 E-002 E-003"
    assert len(rows(tables(part)["A-2"])) == 16
    assert ["Energy use last year", "412.6", "tce", "R1"] in rows(tables(part)["A-3"])


def test_scenarios_are_told_by_the_criterion_met_and_the_next() -> None:
    table = {row[1]: row for row in rows(tables(chapter(document(demonstration()), "A"))["A-2"])}
    assert table["After-sales service"][2:4] == ["0", "the criterion of level 1 is not met"]
    best = {
        row[1]: row for row in rows(tables(chapter(document(answered(demonstration(), best_answers())), "A"))["A-2"])
    }
    assert best["Finance★"][4] == "highest level reached"


def file(media_type: str, size: int, targets: tuple[str, ...] = ()) -> Evidence:
    return replace(demonstration().evidence[0], media_type=media_type, size=size, targets=targets)


@pytest.mark.parametrize(
    ("item", "kind", "size"),
    [
        (file("image/png", 999), "picture", "1 KB"),
        (file("application/pdf", 210_500), "PDF", "211 KB"),
        (file("text/csv", 1_000_000), "table", "1.0 MB"),
        (file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 2_140_000), "table", "2.2 MB"),
        (file("application/zip", 0), "file", "0 KB"),
    ],
)
def test_the_evidence_index_names_kind_size_and_digest(item: Evidence, kind: str, size: str) -> None:
    row = rows(tables(chapter(document(replace(demonstration(), evidence=(item,))), "B"))["B-1"])[0]
    assert (row[1], row[3], row[5], row[6]) == (kind, "—", size, "0" * 16)


def test_evidence_names_the_scenarios_it_supports() -> None:
    row = rows(tables(chapter(document(demonstration()), "B"))["B-1"])[1]
    assert row[3] == "B3, Equipment management, Production control"


def test_the_method_note_pins_the_pack_and_lists_what_is_not_verified() -> None:
    part = chapter(document(demonstration()), "D")
    assert rows(tables(part)["D-1"])[0][:2] == ["miit-sme-2024", "1.0.0"]
    assert rows(tables(part)["D-1"])[0][3] == pack().digest[:24]
    open_items = [item for item in pack().open_items if item.status is not Confidence.EXACT]
    table = rows(tables(part)["D-2"])
    assert len(table) == len(open_items)
    assert part.finding == f"Basis, version, arithmetic, and {len(open_items)} items not verified"
    assert {row[2] for row in table} <= {"unknown", "shortened", "authored", "reconstructed", "from memory"}


def test_open_items_say_what_they_mean_for_this_firm() -> None:
    text = words(chapter(document(demonstration()), "D"))
    assert "This firm: Level 2 holds with a margin of 10.70 points" in text
    assert "This firm: every scenario applies, no effect." in text
    assert "This firm: M1 answered D, 4.50 points." in text
    assert "This firm: M1 answered not answered" not in text
    assert "M1 not answered" in words(chapter(document(bare()), "D"))


def test_a_pack_without_open_items_lists_none() -> None:
    facts = demonstration()
    part = chapter(document(replace(facts, pack=replace(facts.pack, open_items=()))), "D")
    assert part.finding == "Basis, version, arithmetic, and 0 items not verified"
    assert list(tables(part)) == ["D-1"]
