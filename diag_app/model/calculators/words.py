"""The words of the calculators: names, formulas, and workings with the figures put in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from diag_app.model.calculators.calculate import calculator, figures_of
from diag_app.model.calculators.catalogue import STEPS
from diag_app.model.calculators.coal import CoalTerm, coal_terms
from diag_app.model.calculators.definition import Calculator, Result, Working, rounded
from diag_app.model.said import Translate, number_text
from diag_app.model.unit_words import unit_names


def calculator_names(translate: Translate) -> dict[str, str]:
    """Return what each calculator is called, by its id."""
    return {
        "availability": translate("Availability"),
        "performance": translate("Performance"),
        "quality": translate("Quality rate"),
        "oee": translate("Overall equipment effectiveness (OEE)"),
        "fpy": translate("First-pass yield (FPY)"),
        "rolled_yield": translate("Rolled yield"),
        "miss_rate": translate("Miss rate"),
        "false_reject_rate": translate("False-reject rate"),
        "otd": translate("On-time delivery (OTD)"),
        "changeover": translate("Changeover time"),
        "inventory_turns": translate("Inventory turns"),
        "comprehensive_energy": translate("Comprehensive energy"),
        "energy_per_unit": translate("Energy per unit of product"),
        "energy_per_100cny": translate("Energy per 100 CNY of revenue"),
        "payback": translate("Simple payback"),
        "npv": translate("Net present value"),
        "break_even": translate("Break-even quantity"),
    }


def input_names(translate: Translate) -> dict[str, str]:
    """Return what each input asks for, by its key."""
    return {
        "run_time": translate("actual production time"),
        "planned_time": translate("planned time"),
        "ideal_cycle": translate("ideal cycle time"),
        "produced": translate("pieces produced"),
        "good": translate("good pieces"),
        "right_first_time": translate("right first time, not reworked"),
        "put_in": translate("pieces put in"),
        "missed": translate("defects missed"),
        "true_defects": translate("all true defects in the sample"),
        "good_rejected": translate("good pieces rejected"),
        "true_good": translate("all good pieces in the sample"),
        "orders_on_time": translate("orders delivered in full and on time"),
        "orders_due": translate("orders due"),
        "changeover_time": translate("changeover time in all"),
        "changeovers": translate("changeovers"),
        "cost_of_sales": translate("cost of sales"),
        "mean_stock": translate("mean stock"),
        "good_output": translate("good output"),
        "revenue": translate("operating revenue"),
        "investment": translate("investment"),
        "net_benefit": translate("net benefit a year"),
        "rate": translate("discount rate"),
        "years": translate("years looked at"),
        "fixed_cost": translate("fixed cost a year"),
        "price": translate("selling price"),
        "variable_cost": translate("variable cost"),
        "electricity": translate("electricity"),
        "electricity_coefficient": translate("equivalent value of electricity, if used"),
        "natural_gas": translate("natural gas"),
        "natural_gas_heat": translate("measured heating value of gas"),
        "natural_gas_coefficient": translate("gas coefficient of a local rule"),
        "heat": translate("heat"),
        "raw_coal": translate("raw coal"),
        "raw_coal_heat": translate("measured heating value of coal"),
        "coke": translate("coke"),
        "coke_heat": translate("measured heating value of coke"),
        "petrol": translate("petrol"),
        "petrol_heat": translate("measured heating value of petrol"),
        "diesel": translate("diesel"),
        "diesel_heat": translate("measured heating value of diesel"),
        "fuel_oil": translate("fuel oil"),
        "fuel_oil_heat": translate("measured heating value of fuel oil"),
        "lpg": translate("liquefied petroleum gas"),
        "lpg_heat": translate("measured heating value of liquefied petroleum gas"),
        **{step: translate("yield of step {number}", number=place) for place, step in enumerate(STEPS, start=1)},
    }


def source_names(translate: Translate) -> dict[str, str]:
    """Return where a formula comes from, by its id."""
    return {
        "practice": translate("Standard practice"),
        "iso_22400": translate("Definition after ISO 22400-2"),
        "indicators_2024": translate("Evaluation indicators of 2024"),
        "gb_2589": translate("GB/T 2589-2020"),
    }


def formula(found: Calculator, translate: Translate) -> str:
    """Return the formula in words; the denominator of a share stands in it by name."""
    names = input_names(translate)
    if found.pattern:
        return found.pattern.format(**{item.key: names[item.key] for item in found.inputs})
    if found.calculator_id == "rolled_yield":
        return translate("product of the yields of all steps")
    total = translate("sum of energy × coefficient")
    whole = next((item.key for item in found.inputs if item.is_divisor), None)
    return total if whole is None else f"({total}) ÷ {names[whole]}"


def working_lines(working: Working, translate: Translate) -> tuple[str, ...]:
    """Return the formula with the figures put in, and for energy one line for each coefficient with its mark.

    Raises:
        DiagError: what the calculator refuses.
    """
    found = calculator(working.calculator)
    figures = figures_of(found, working.entries)
    units = unit_names(translate)
    value = Result(exact=found.reckon(figures), unit=found.unit).value
    result = f"{number_text(value)} {units[found.unit]}"
    if found.pattern:
        shown = {key: f"{number_text(entry.value)} {units[entry.unit]}" for key, entry in working.entries.items()}
        return (f"{found.pattern.format(**shown)} = {result}",)
    if found.calculator_id == "rolled_yield":
        steps = " × ".join(f"{number_text(working.entries[key].value)} %" for key in STEPS if key in figures)
        return (f"{steps} = {result}",)
    whole = next((item for item in found.inputs if item.is_divisor), None)
    terms = coal_terms(figures)
    lines = tuple(coal_line(term, translate) for term in terms)
    if whole is None:
        return (*lines, f"= {result}")
    total = number_text(rounded(sum((term.kgce for term in terms), Fraction(0)) / 1000))
    divisor = f"{number_text(rounded(figures[whole.key]))} {units[whole.unit]}"
    return (*lines, f"{total} {units['tce']} ÷ {divisor} = {result}")


def coal_line(term: CoalTerm, translate: Translate) -> str:
    """Return one carrier with its coefficient, whether calorific or equivalent, where it comes from, how sure it is."""
    units, names = unit_names(translate), input_names(translate)
    types = {"calorific": translate("calorific value"), "equivalent": translate("equivalent value")}
    bases = {
        "table": translate("GB/T 2589-2020"),
        "given": translate("coefficient given"),
        "measured": translate("heating value measured"),
    }
    marks = [types[term.value_type], bases[term.basis]]
    if term.basis == "table" and term.confidence != "exact":
        marks.append(translate("from memory, check the standard"))
    coefficient = number_text(Decimal(term.coefficient.numerator) / Decimal(term.coefficient.denominator))[:9]
    return translate(
        "{carrier} {amount} {unit} × {coefficient} kgce/{unit} ({marks})",
        carrier=names[term.carrier],
        amount=number_text(rounded(term.amount)),
        unit=units[term.unit],
        coefficient=coefficient,
        marks=translate(", ").join(marks),
    )
