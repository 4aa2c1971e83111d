"""Money and forms on paper: ranges with their owner, benefits and their verification, the register, the tornado."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from diag_app.forms.definition import Language
from diag_app.forms.measures import Measure
from diag_app.forms.practice import load_part
from diag_app.forms.practice_measures import MEASURES_PART
from diag_app.i18n import load_translator
from diag_app.model.calculators.definition import Entry, Working
from diag_app.model.content import Tornado
from diag_app.model.economics import Books, Terms
from diag_app.model.facts import PreconditionState
from diag_app.model.plan import CaseMeasure, Offer
from diag_app.model.proposal.budget import balance
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.money import end_text
from diag_app.model.proposal.voice import Voice
from tests.forms.packs import shipped_pack
from tests.forms.practices import shipped_practice
from tests.forms.test_need_forms import shipped
from tests.model.economics.books import YEARLY, amount, assumed, books, ranged
from tests.model.proposal.cases import (
    LANGUAGES,
    bare,
    chapter,
    demonstration,
    document,
    figures,
    rows,
    tables,
    whole_text,
    words,
)
from tests.templates import built

BLIND_TEST = Working(
    calculator="miss_rate",
    entries={
        "missed": Entry(value=Decimal(5), unit="piece"),
        "true_defects": Entry(value=Decimal(132), unit="piece"),
    },
)

MONEY = books(
    [
        assumed("cameras", "ten_k_cny", "44", "52", "65"),
        assumed("heads", "person", "2", "3", "4"),
        assumed("pay", "ten_k_cny_per_person_year", "9.6", "9.6", "9.6"),
        assumed("upkeep", YEARLY, "3", "4", "5.5"),
        assumed("meters", "ten_k_cny", "15", "18", "23"),
        assumed("guess", YEARLY, "1", "2", "3", source=""),
        assumed("rate", "percent_per_year", "4", "5", "6"),
    ],
    [
        amount("investment", "cameras", subject="n1"),
        amount("benefit", "heads", "pay", subject="n1"),
        amount("running_cost", "upkeep", subject="n1"),
        amount("investment", "meters", subject="n2"),
        amount("benefit", "guess", subject="n2"),
        amount("benefit", "guess", subject="gone"),
    ],
    rate="rate",
    years=5,
)


def shipped_measures() -> tuple[Measure, ...]:
    """Return the measures shipped."""
    found = load_part(shipped_practice(), MEASURES_PART, shipped_pack())
    assert found is not None
    return found.measures


def case(language: Language = "en", money: Books = MONEY) -> ProposalFacts:
    """The demonstration factory with the forms in detail and with figures; numbered as the register numbers them."""
    numbered = {
        key: replace(found, number=place) for place, (key, found) in enumerate(money.assumptions.items(), start=1)
    }
    return replace(demonstration(language), need_forms=shipped(), books=replace(money, assumptions=numbered))


def need_text(facts: ProposalFacts, number: str, language: Language = "en") -> str:
    """Return all words of one need's section."""
    return words(chapter(document(facts, language), number))


def test_costs_and_benefits_stand_as_ranges_with_what_follows() -> None:
    table = tables(chapter(document(case()), "8.1"))["8-3"]
    assert rows(table)[:3] == [
        ["One-off cost: cameras", "44", "52", "65", "10k CNY", "A-01"],
        ["Benefit a year: heads×pay", "19.2", "28.8", "38.4", "10k CNY a year", "A-02 × A-03"],
        ["Running cost a year: upkeep", "3", "4", "5.5", "10k CNY a year", "A-04"],
    ]
    assert rows(table)[4] == ["Simple payback", "1.24", "2.1", "4.74", "years", ""]
    assert [row.kind for row in table.rows[3:]] == ["total"] * 4


def test_the_tornado_is_ordered_and_names_the_figures() -> None:
    chart = figures(chapter(document(case()), "8.1"))["8-1"].chart
    assert isinstance(chart, Tornado)
    assert [bar.label for bar in chart.bars] == ["A-02 heads", "A-01 cameras", "A-04 upkeep"]
    assert (chart.likely_text, chart.bars[0].low_text, chart.bars[0].high_text) == ("likely 2.1", "3.42", "1.51")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_band_names_distribution_draws_and_seed(language: Language) -> None:
    text = need_text(case(language), "8.1", language)
    assert "1,999" in text
    assert ("triangular, seed 1" in text) or ("三角分布，种子 1" in text)


def test_a_figure_without_source_is_not_counted_and_the_register_says_so() -> None:
    whole = document(case())
    assert "guess" not in words(chapter(whole, "8.2"))
    register = tables(chapter(whole, "C"))["C-1"]
    lines = {row[1]: row for row in rows(register)}
    assert lines["guess"][3].endswith("no source, date or owner: not counted")
    assert register.rows[5].cells[3].tone == "signal"
    assert lines["heads"][4] == "N-01 Benefit a year"
    assert lines["rate"][4] == "discounting"
    assert lines["cameras"][2] == "44 / 52 / 65 10k CNY"


def test_benefits_are_summed_over_needs_and_each_is_verified_as_its_baseline_was_measured() -> None:
    found = chapter(document(case()), "12")
    ranges, checks = tables(found)["12-1"], tables(found)["12-2"]
    assert rows(ranges)[-1] == ["All needs together", "59 / 70 / 88", "13.7 / 24.8 / 35.4", "1.67 / 2.82 / 6.42"]
    assert rows(ranges)[1][1:] == ["15 / 18 / 23", "—", "—"]
    assert ["N-01", "Miss rate, of all true defects", "3.79%"] in [row[:3] for row in rows(checks)]
    assert found.finding.startswith("13.7 to 35.4 (likely 24.8)")


def test_a_payback_that_may_never_come_says_never() -> None:
    weak = books(
        [
            assumed("price", "ten_k_cny", "5", "6", "7"),
            assumed("saved", YEARLY, "0", "3", "4"),
            assumed("run", YEARLY, "1", "1", "1"),
        ],
        [
            amount("investment", "price", subject="n1"),
            amount("benefit", "saved", subject="n1"),
            amount("running_cost", "run", subject="n1"),
        ],
    )
    whole = document(case(money=weak))
    assert rows(tables(chapter(whole, "12"))["12-1"])[0][3] == "1.67 / 3 / never"
    chart = figures(chapter(whole, "8.1"))["8-1"].chart
    assert isinstance(chart, Tornado)
    assert (chart.bars[0].at_low, chart.bars[0].low_text) == (None, "never")


def test_a_benefit_without_investment_has_no_payback() -> None:
    gift = books([assumed("saved", YEARLY, "1", "2", "3")], [amount("benefit", "saved", subject="n1")])
    whole = document(case(money=gift))
    assert rows(tables(chapter(whole, "12"))["12-1"])[0][1:] == ["—", "1 / 2 / 3", "—"]
    assert figures(chapter(whole, "8.1")) == {}


def test_a_figure_that_stays_as_it_is_draws_no_tornado() -> None:
    fixed = books(
        [assumed("price", "ten_k_cny", "5", "5", "5"), assumed("saved", YEARLY, "1", "1", "1")],
        [amount("investment", "price", subject="n1"), amount("benefit", "saved", subject="n1")],
    )
    assert figures(chapter(document(case(money=fixed)), "8.1")) == {}


def test_a_rate_without_source_discounts_nothing() -> None:
    loose = replace(MONEY, assumptions={**MONEY.assumptions, "rate": replace(MONEY.assumptions["rate"], owner="")})
    assert "Net present value" not in need_text(case(money=loose), "8.1")
    assert "Net present value" in need_text(case(), "8.1")


def test_what_cannot_be_bounded_is_left_out() -> None:
    both = [assumed(f"b{place}", YEARLY, "1", "2", "3") for place in range(13)]
    tangled = books(
        both,
        [amount(role, found.assumption_id, subject="n1") for found in both for role in ("benefit", "running_cost")],
    )
    text = need_text(case(money=tangled), "8.1")
    assert "Net benefit a year" not in text
    assert "Benefit a year: b1" in text


def test_without_figures_there_is_neither_chapter_nor_annex() -> None:
    known = demonstration()
    untrained = tuple(replace(need, training="") for need in known.needs)
    numbers = {item.number for item in document(replace(known, needs=untrained)).chapters}
    assert {"12", "C"}.isdisjoint(numbers)
    assert "8.1" in numbers


def with_form(facts: ProposalFacts) -> ProposalFacts:
    """Return the case with the first need's form filled in every kind of field."""
    entries = {
        "vi_smallest_defect": "0.2",
        "vi_item_size": "housing, aluminium",
        "vi_check_scope": "full",
        "vi_surface": ["glossy", "oily"],
        "vi_defect_classes": [{"defect": "scratch", "share": "40", "severity": "?"}],
        "vi_cycle_time": ["not a figure"],
    }
    first, *others = facts.needs
    key = shipped().details(first.form_id).preconditions[0].precondition_id
    filled = replace(
        first,
        entries=entries,
        preconditions={key: PreconditionState(state="partly", note="two of three")},
        technologies=("machine_vision", "own_tag"),
    )
    return replace(facts, needs=(filled, *others))


def test_the_form_is_printed_in_words_with_units() -> None:
    table = tables(chapter(document(with_form(case())), "8.1"))["8-3"]
    lines = dict(pair for row in rows(table) for pair in (row[:2], row[2:]) if pair[:1] != [""])
    assert "0.2 mm" in lines.values()
    assert any(text.lower().startswith("highly reflective") or "gloss" in text.lower() for text in lines.values())
    assert any(text.startswith("Defect scratch, ") for text in lines.values())
    assert len(lines) == 5  # what is no figure is not printed as one


def test_preconditions_say_how_far_they_are() -> None:
    table = tables(chapter(document(with_form(case())), "8.1"))["8-4"]
    assert rows(table)[0][2:] == ["partly there", "two of three"]
    assert rows(table)[1][2:] == ["not looked at", ""]
    assert table.rows[0].cells[2].tone == "signal"


def test_tags_training_solution_and_acceptance_are_named() -> None:
    text = need_text(with_form(case()), "8.1")
    assert "Technologies Machine vision, own_tag" in text
    assert "Usual solution Camera, light, optics" in text
    assert "Training needed 6 inspectors" in text
    assert "Acceptance: same definition and method as the baseline" in text


def test_a_worked_out_baseline_shows_its_working_and_its_evidence() -> None:
    facts = demonstration()
    first, *others = facts.needs
    metrics = tuple(
        replace(metric, working=BLIND_TEST, evidence=("v7",)) if metric.metric_id == "miss_rate" else metric
        for metric in first.metrics
    )
    text = need_text(replace(facts, needs=(replace(first, metrics=metrics), *others)), "8.1")
    assert "5 pieces ÷ 132 pieces × 100 % = 3.79 %" in text
    assert "E-007" in text


def test_prices_of_the_plan_stand_in_the_register_too() -> None:
    known = shipped_measures()
    offer = Offer(cost=ranged("8", "9.5", "12"), source="offer", dated="2026-03-10", owner="plant manager")
    offers = (CaseMeasure(measure=known[0], offer=offer), CaseMeasure(measure=known[1]))
    annex = chapter(document(replace(case(), offers=offers)), "C")
    assert rows(tables(annex)["C-2"]) == [
        ["P-01", known[0].label.en, "8 / 9.5 / 12 10k CNY", "offer; 2026-03-10; plant manager", "budget"]
    ]
    assert annex.finding == "8 assumptions; 1 owner"
    only_prices = chapter(document(replace(demonstration(), offers=offers)), "C")
    assert set(tables(only_prices)) == {"C-1"}
    diagnosis = built(replace(case(), offers=offers), kind="diagnosis")  # it has no budget that they could serve
    assert set(tables(chapter(diagnosis, "C"))) == {"C-1"}
    assert chapter(diagnosis, "C").finding == "7 assumptions; 1 owner"


def test_what_lies_below_zero_has_the_sign_of_printers_and_a_budget_says_what_it_lacks() -> None:
    voice = Voice(language="en", translate=load_translator("en"))
    assert [end_text(end, voice) for end in (Fraction(-5, 2), Fraction(5, 2), None)] == ["\u22122.5", "2.5", "never"]
    assert [balance(Decimal(left), voice) for left in ("24", "0", "-16.5")] == ["24 left", "0 left", "16.5 short"]


def test_a_bare_case_prints_nothing_of_it() -> None:
    assert "Assumption register" not in whole_text(document(bare()))
    assert bare().books == Books(amounts=(), assumptions={}, terms=Terms())


def test_an_owners_page_with_benefits_and_no_plan_still_says_what_comes_back() -> None:
    page = built(replace(case(), taken=None), "en", "summary").chapters[1]
    assert page.finding == page.name == "What it takes, and what comes back"
    assert "These are estimates, not promises." in words(page)
