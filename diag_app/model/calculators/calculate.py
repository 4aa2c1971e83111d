"""Calculating from what was typed: every fault is named with the input it lies in."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from diag_app.errors import DiagError, Problem, refuse
from diag_app.forms.need_values import figure_faults
from diag_app.model.calculators.catalogue import CALCULATORS
from diag_app.model.calculators.coal import CARRIERS
from diag_app.model.calculators.definition import Calculator, Entry, Figures, Result, Working
from diag_app.model.economics import MOST_YEARS
from diag_app.model.units import convert


def calculator(calculator_id: str) -> Calculator:
    """Return the calculator; `CALCULATOR_UNKNOWN` when there is none such."""
    try:
        return CALCULATORS[calculator_id]
    except KeyError:
        raise DiagError("CALCULATOR_UNKNOWN", location=calculator_id[:40]) from None


def calculate(working: Working) -> Result:
    """Return what the calculator makes of the entries.

    Raises:
        DiagError: `CALCULATOR_UNKNOWN`; with every fault in `problems`: `INPUT_UNKNOWN`, `INPUT_MISSING`, `UNIT_MIX`,
            `UNIT_UNKNOWN`, `NUMBER_NEGATIVE`, `FIGURE_BEYOND`, `DIVISOR_ZERO`, `PART_ABOVE_WHOLE`, `YEARS_BEYOND`,
            `RATE_ABOVE_FULL`.
    """
    found = calculator(working.calculator)
    figures = figures_of(found, working.entries)
    exact = found.reckon(figures)
    if found.is_share and exact > 100:
        raise DiagError("RATE_ABOVE_FULL", location=found.calculator_id)
    return Result(exact=exact, unit=found.unit)


def figures_of(found: Calculator, entries: Mapping[str, Entry]) -> Figures:
    """Return the entries in the inputs' own units; every fault among them is refused at once."""
    figures: dict[str, Fraction] = {}
    problems: list[Problem] = []
    known = {item.key: item for item in found.inputs}
    for key, entry in entries.items():
        if key not in known:
            problems.append(Problem(code="INPUT_UNKNOWN", location=key[:40]))
            continue
        faults = figure_faults(entry.value, key)
        problems += faults
        if not faults:
            try:
                figures[key] = convert(Fraction(entry.value), entry.unit, known[key].unit, location=key)
            except DiagError as fault:
                problems.append(Problem(code=fault.code, location=fault.location, parameters=fault.parameters))
    if not problems:
        problems = [*_gaps(found, figures), *_relations(found, figures)]
    refuse(tuple(problems))
    return figures


def _gaps(found: Calculator, figures: Figures) -> list[Problem]:
    """Return the inputs that are missing; of energy carriers one at least is needed."""
    missing = [item.key for item in found.inputs if not item.is_optional and item.key not in figures]
    carriers = [carrier.key for carrier in CARRIERS]
    asked = {item.key for item in found.inputs}
    if asked.issuperset(carriers) and figures.keys().isdisjoint(carriers):
        missing.append(carriers[0])
    missing += [
        carrier
        for carrier in carriers
        if carrier not in figures and not figures.keys().isdisjoint((f"{carrier}_heat", f"{carrier}_coefficient"))
    ]
    return [Problem(code="INPUT_MISSING", location=key) for key in dict.fromkeys(missing)]


def _relations(found: Calculator, figures: Figures) -> list[Problem]:
    problems = []
    for item in found.inputs:
        figure = figures.get(item.key)
        if figure is None:
            continue
        whole = figures.get(item.not_above or "")
        if item.is_divisor and figure == 0:
            problems.append(Problem(code="DIVISOR_ZERO", location=item.key))
        elif whole is not None and (figure > whole or (item.is_less and figure == whole)):
            shown = {"whole": item.not_above or ""}
            problems.append(Problem(code="PART_ABOVE_WHOLE", location=item.key, parameters=shown))
        elif item.unit == "percent" and figure > 100:
            problems.append(Problem(code="RATE_ABOVE_FULL", location=item.key))
        elif item.key == "years" and (figure.denominator != 1 or not 1 <= figure <= MOST_YEARS):
            shown = {"years": str(float(figure)), "limit": str(MOST_YEARS)}
            problems.append(Problem(code="YEARS_BEYOND", location="years", parameters=shown))
    return problems
