"""Worked cases with where they come from, and what every calculator refuses."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from diag_app.errors import DiagError
from diag_app.forms.definition import Confidence
from diag_app.model.calculators.calculate import calculate, calculator, figures_of
from diag_app.model.calculators.catalogue import CALCULATORS
from diag_app.model.calculators.coal import (
    CARRIERS,
    EQUIVALENT_EXAMPLES,
    GAS_OF_OTHER_RULES,
    GAS_RANGE,
    coal_terms,
    kgce_of,
    tce_from_kgce,
)
from diag_app.model.calculators.definition import Entry, Working, rounded
from tests.forms.test_need_forms import shipped


def worked(calculator_id: str, **entries: str) -> Working:
    """Return a working from entries such as `run_time="373 minute"`."""
    typed = {key: text.split() for key, text in entries.items()}
    return Working(
        calculator=calculator_id,
        entries={key: Entry(value=Decimal(value), unit=unit) for key, (value, unit) in typed.items()},
    )


# A shift as guides to OEE work it out: 420 min planned, 47 min down, 1 s ideal cycle, 19,271 made, 423 rejected.
SHIFT = {
    "run_time": "373 minute",
    "planned_time": "420 minute",
    "ideal_cycle": "1 second_per_piece",
    "produced": "19271 piece",
    "good": "18848 piece",
}

WORKED = [
    ("availability", {key: SHIFT[key] for key in ("run_time", "planned_time")}, "88.81"),
    ("performance", {key: SHIFT[key] for key in ("ideal_cycle", "produced", "run_time")}, "86.11"),
    ("quality", {key: SHIFT[key] for key in ("good", "produced")}, "97.8"),
    ("oee", SHIFT, "74.79"),
    # The blind test of the demonstration factory: 5 of 132 true defects missed, 9 of 368 good pieces rejected.
    ("miss_rate", {"missed": "5 piece", "true_defects": "132 piece"}, "3.79"),
    ("false_reject_rate", {"good_rejected": "9 piece", "true_good": "368 piece"}, "2.45"),
    # Its inspection records of a month.
    ("fpy", {"right_first_time": "58282 piece", "put_in": "62401 piece"}, "93.4"),
    # Six Sigma textbooks: 95 %, 90 % and 98 % in a row let 83.79 % through.
    ("rolled_yield", {"step_1": "95 percent", "step_2": "90 percent", "step_3": "98 percent"}, "83.79"),
    ("otd", {"orders_on_time": "26 order", "orders_due": "30 order"}, "86.67"),
    ("changeover", {"changeover_time": "3 hour", "changeovers": "4 event"}, "45"),
    # Accounting textbooks: cost of sales 600 over a mean stock of 150.
    ("inventory_turns", {"cost_of_sales": "600 ten_k_cny_per_year", "mean_stock": "150 ten_k_cny"}, "4"),
    # Facts file 7.2: 1 kWh is 0.1229 kgce (860 kcal); 1 GJ of heat is 34.12 kgce.
    ("comprehensive_energy", {"electricity": "1000 kwh"}, "0.1229"),
    ("comprehensive_energy", {"heat": "1000 gj"}, "34.12"),
    ("comprehensive_energy", {"raw_coal": "1 t"}, "0.7143"),
    ("comprehensive_energy", {"natural_gas": "10 ten_k_m3"}, "121.43"),
    # Form 205-1 of the demonstration factory: 412.6 tce, 62.4 million CNY, 1,297,484 good pieces.
    ("energy_per_100cny", {"electricity": "3357201 kwh", "revenue": "6240 ten_k_cny"}, "0.6612"),
    ("energy_per_unit", {"electricity": "3357201 kwh", "good_output": "1297484 piece"}, "0.318"),
    # Facts file 7.4: advertised as 14 months; 800,000 over 600,000 a year is 1.3333 years, 16 months.
    ("payback", {"investment": "800000 cny", "net_benefit": "600000 cny_per_year"}, "1.3333"),
    # Finance textbooks: 1,000 a year for 3 years at 10 % is worth 2,486.85; less 2,000 paid now.
    (
        "npv",
        {
            "investment": "2000 ten_k_cny",
            "net_benefit": "1000 ten_k_cny_per_year",
            "rate": "10 percent_per_year",
            "years": "3 year",
        },
        "486.852",
    ),
    (
        "npv",
        {
            "investment": "20 ten_k_cny",
            "net_benefit": "10 ten_k_cny_per_year",
            "rate": "0 percent_per_year",
            "years": "3 year",
        },
        "10",
    ),
    # Cost accounting: 100,000 fixed a year, sold at 25, 15 of it variable: 10,000 pieces.
    (
        "break_even",
        {"fixed_cost": "10 ten_k_cny_per_year", "price": "25 cny_per_piece", "variable_cost": "15 cny_per_piece"},
        "10000",
    ),
]


@pytest.mark.parametrize(("calculator_id", "entries", "expected"), WORKED)
def test_a_worked_case_comes_out_as_published(calculator_id: str, entries: dict[str, str], expected: str) -> None:
    assert calculate(worked(calculator_id, **entries)).value == Decimal(expected)


def test_every_calculator_has_a_worked_case() -> None:
    assert {calculator_id for calculator_id, _, _ in WORKED} == set(CALCULATORS)


def test_oee_is_the_product_of_its_factors() -> None:
    factors = [calculate(worked(name, **entries)).exact / 100 for name, entries, _ in WORKED[:3]]
    assert calculate(worked("oee", **SHIFT)).exact == 100 * factors[0] * factors[1] * factors[2]


def test_the_coefficients_are_those_of_the_facts_with_their_marks() -> None:
    """Section 7.2 of the facts file, row by row."""
    found = {carrier.key: (str(Decimal(str(float(carrier.table)))), carrier.confidence) for carrier in CARRIERS}
    exact, memory = Confidence.EXACT, Confidence.MEMORY
    assert found == {
        "electricity": ("0.1229", exact),
        "natural_gas": ("1.2143", exact),
        "heat": ("0.03412", exact),
        "raw_coal": ("0.7143", exact),
        "coke": ("0.9714", memory),
        "petrol": ("1.4714", memory),
        "diesel": ("1.4571", memory),
        "fuel_oil": ("1.4286", memory),
        "lpg": ("1.7143", memory),
    }
    assert Fraction("1.29971") == GAS_OF_OTHER_RULES
    assert (Fraction("1.1"), Fraction("1.33")) == GAS_RANGE
    assert (Fraction("0.28078"), Fraction("0.28232")) == EQUIVALENT_EXAMPLES
    assert tce_from_kgce(Fraction(412_600)) == Fraction("412.6")


def test_a_measured_heating_value_goes_before_the_table_and_before_a_local_rule() -> None:
    figures = {
        "natural_gas": Fraction(1000),
        "natural_gas_heat": Fraction("35.5"),
        "natural_gas_coefficient": GAS_OF_OTHER_RULES,
    }
    (term,) = coal_terms(figures)
    assert (term.basis, term.value_type, term.coefficient) == ("measured", "calorific", Fraction(35_500, 29_307))
    del figures["natural_gas_heat"]
    (term,) = coal_terms(figures)
    assert (term.basis, term.coefficient, term.confidence) == ("given", GAS_OF_OTHER_RULES, Confidence.UNKNOWN)


def test_electricity_says_whether_calorific_or_equivalent() -> None:
    (calorific,) = coal_terms({"electricity": Fraction(1)})
    (equivalent,) = coal_terms({"electricity": Fraction(1), "electricity_coefficient": EQUIVALENT_EXAMPLES[0]})
    assert (calorific.value_type, calorific.basis) == ("calorific", "table")
    assert (equivalent.value_type, equivalent.kgce) == ("equivalent", Fraction("0.28078"))
    assert kgce_of({}) == 0


@pytest.mark.parametrize(
    ("calculator_id", "entries", "code", "place"),
    [
        ("fpy", {"right_first_time": "5 piece"}, "INPUT_MISSING", "put_in"),
        ("fpy", {"right_first_time": "5 kwh", "put_in": "6 piece"}, "UNIT_MIX", "right_first_time"),
        ("fpy", {"right_first_time": "5 furlong", "put_in": "6 piece"}, "UNIT_UNKNOWN", "furlong"),
        ("fpy", {"right_first_time": "7 piece", "put_in": "6 piece"}, "PART_ABOVE_WHOLE", "right_first_time"),
        ("fpy", {"right_first_time": "0 piece", "put_in": "0 piece"}, "DIVISOR_ZERO", "put_in"),
        ("fpy", {"right_first_time": "-1 piece", "put_in": "6 piece"}, "NUMBER_NEGATIVE", "right_first_time"),
        ("fpy", {"right_first_time": "1E+99 piece", "put_in": "6 piece"}, "FIGURE_BEYOND", "right_first_time"),
        ("fpy", {"colour": "1 piece"}, "INPUT_UNKNOWN", "colour"),
        ("fortune", {}, "CALCULATOR_UNKNOWN", "fortune"),
        ("performance", {**SHIFT, "ideal_cycle": "9 second_per_piece"}, "INPUT_UNKNOWN", "planned_time"),
        ("oee", {**SHIFT, "ideal_cycle": "9 second_per_piece"}, "RATE_ABOVE_FULL", "oee"),
        ("rolled_yield", {"step_1": "101 percent", "step_2": "9 percent"}, "RATE_ABOVE_FULL", "step_1"),
        ("comprehensive_energy", {}, "INPUT_MISSING", "electricity"),
        ("comprehensive_energy", {"natural_gas_heat": "35 mj_per_m3"}, "INPUT_MISSING", "electricity"),
        ("comprehensive_energy", {"heat": "3 mj", "natural_gas_heat": "35 mj_per_m3"}, "INPUT_MISSING", "natural_gas"),
        (
            "break_even",
            {"fixed_cost": "1 cny_per_year", "price": "5 cny_per_piece", "variable_cost": "5 cny_per_piece"},
            "PART_ABOVE_WHOLE",
            "variable_cost",
        ),
        (
            "npv",
            {
                "investment": "1 cny",
                "net_benefit": "1 cny_per_year",
                "rate": "5 percent_per_year",
                "years": "2.5 year",
            },
            "YEARS_BEYOND",
            "years",
        ),
    ],
)
def test_a_fault_is_named_with_its_input(calculator_id: str, entries: dict[str, str], code: str, place: str) -> None:
    with pytest.raises(DiagError) as refused:
        calculate(worked(calculator_id, **entries))
    assert (refused.value.code, refused.value.location) == (code, place)


def test_all_faults_of_the_entries_are_named_at_once() -> None:
    entries = worked("otd", orders_on_time="-1 order", orders_due="1 kwh").entries
    with pytest.raises(DiagError) as refused:
        figures_of(CALCULATORS["otd"], entries)
    assert [problem.code for problem in refused.value.problems] == ["NUMBER_NEGATIVE", "UNIT_MIX"]


def test_an_input_is_found_by_its_key() -> None:
    assert calculator("otd").input("orders_due").is_divisor
    with pytest.raises(KeyError):
        calculator("otd").input("colour")


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        (Fraction(1, 3), "0.3333"),
        (Fraction(2, 3), "0.6667"),
        (Fraction(1, 20_000), "0.0001"),
        (Fraction(-1, 20_000), "-0.0001"),
        (Fraction(100), "100"),
        (Fraction(0), "0"),
        (Fraction(125, 100), "1.25"),
    ],
)
def test_a_result_is_rounded_half_up_to_four_decimals(exact: Fraction, expected: str) -> None:
    assert str(rounded(exact)) == expected


def test_the_metrics_shipped_name_calculators_that_count_in_their_unit() -> None:
    for metric_id, use in shipped().metrics.items():
        if use.calculator is not None:
            assert CALCULATORS[use.calculator].unit == use.unit, metric_id
