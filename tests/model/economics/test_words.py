"""The words of units and calculators are complete in both languages, and a working reads like the formula."""

from __future__ import annotations

from decimal import Decimal

import pytest

from diag_app.errors import DiagError
from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.model.calculators.catalogue import CALCULATORS
from diag_app.model.calculators.definition import Entry, Working
from diag_app.model.calculators.words import calculator_names, formula, input_names, source_names, working_lines
from diag_app.model.economics import ROLES
from diag_app.model.economics_figures import FIGURES
from diag_app.model.economics_words import figure_names, role_names
from diag_app.model.unit_words import unit_names
from diag_app.model.units import UNITS

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_name(language: Language) -> None:
    translate = load_translator(language)
    assert set(unit_names(translate)) == set(UNITS)
    assert set(calculator_names(translate)) == set(CALCULATORS)
    asked = {item.key for found in CALCULATORS.values() for item in found.inputs}
    assert set(input_names(translate)) == asked
    assert {found.source for found in CALCULATORS.values()} <= set(source_names(translate))
    assert set(role_names(translate)) == set(ROLES)
    assert set(figure_names(translate)) == set(FIGURES)


@pytest.mark.parametrize(
    ("calculator_id", "expected"),
    [
        ("miss_rate", "defects missed ÷ all true defects in the sample × 100 %"),
        ("rolled_yield", "product of the yields of all steps"),
        ("comprehensive_energy", "sum of energy × coefficient"),
        ("energy_per_unit", "(sum of energy × coefficient) ÷ good output"),
        ("payback", "investment ÷ net benefit a year"),
    ],
)
def test_a_formula_names_its_denominator(calculator_id: str, expected: str) -> None:
    assert formula(CALCULATORS[calculator_id], load_translator("en")) == expected


def typed(calculator_id: str, **entries: tuple[str, str]) -> Working:
    """Return a working from (value, unit) by input."""
    found = {key: Entry(value=Decimal(value), unit=unit) for key, (value, unit) in entries.items()}
    return Working(calculator=calculator_id, entries=found)


@pytest.mark.parametrize(
    ("working", "expected"),
    [
        (
            typed("otd", orders_on_time=("26", "order"), orders_due=("30", "order")),
            ("26 orders ÷ 30 orders × 100 % = 86.67 %",),
        ),
        (
            typed("rolled_yield", step_1=("95", "percent"), step_2=("90", "percent")),
            ("95 % × 90 % = 85.5 %",),
        ),
        (
            typed("comprehensive_energy", diesel=("2", "t"), heat=("1", "gj")),
            (
                "heat 1,000 MJ × 0.03412 kgce/MJ (calorific value, GB/T 2589-2020)",
                "diesel 2,000 kg × 1.4571 kgce/kg (calorific value, GB/T 2589-2020, from memory, check the standard)",
                "= 2.9483 tce",
            ),
        ),
        (
            typed(
                "energy_per_unit",
                electricity=("1000", "kwh"),
                electricity_coefficient=("0.28078", "kgce_per_kwh"),
                good_output=("100", "piece"),
            ),
            (
                "electricity 1,000 kWh × 0.28078 kgce/kWh (equivalent value, coefficient given)",
                "0.2808 tce ÷ 100 pieces = 2.8078 kgce per unit of product",
            ),
        ),
    ],
)
def test_a_working_puts_the_figures_in(working: Working, expected: tuple[str, ...]) -> None:
    assert working_lines(working, load_translator("en")) == expected


def test_a_measured_heating_value_is_named_as_such() -> None:
    working = typed("comprehensive_energy", natural_gas=("1000", "m3"), natural_gas_heat=("35.5", "mj_per_m3"))
    [line, _] = working_lines(working, load_translator("zh"))
    assert line == "天然气 1,000 m³ × 1.2113147 kgce/m³（当量值、按实测热值）"


def test_a_working_that_does_not_go_together_is_refused() -> None:
    with pytest.raises(DiagError, match="INPUT_MISSING"):
        working_lines(typed("otd", orders_due=("30", "order")), load_translator("en"))
