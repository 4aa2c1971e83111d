"""Laws of all calculators: the unit typed does not matter, shares stay within 0 and 100, results move one way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.model.calculators.calculate import calculate
from diag_app.model.calculators.catalogue import CALCULATORS
from diag_app.model.calculators.definition import Calculator, Entry, Working
from diag_app.model.units import UNITS, convert, measures_the_same

AMOUNTS = st.decimals(min_value=0, max_value=1000, places=2)


@st.composite
def workings(draw: st.DrawFn) -> Working:
    """Draw entries of a calculator in units of its own that can be calculated."""
    found = draw(st.sampled_from(list(CALCULATORS.values())))
    entries: dict[str, Entry] = {}
    for item in found.inputs:
        if item.is_optional and draw(st.booleans()):
            continue
        value = draw(AMOUNTS) + (1 if item.is_divisor or item.key == "price" else 0)
        if item.key == "years":
            value = Decimal(draw(st.integers(1, 9)))
        if item.unit == "percent":
            value = min(value, Decimal(100))
        entries[item.key] = Entry(value=value, unit=item.unit)
    for item in found.inputs:  # parts fit under their wholes
        if item.not_above is not None and entries[item.key].value > entries[item.not_above].value:
            entries[item.key], entries[item.not_above] = entries[item.not_above], entries[item.key]
    return Working(calculator=found.calculator_id, entries=entries)


def result(working: Working) -> Fraction | None:
    """Return the exact result; null where the drawn figures do not go together, which other tests look at."""
    try:
        return calculate(working).exact
    except DiagError as refused:
        if refused.code in {"RATE_ABOVE_FULL", "PART_ABOVE_WHOLE", "INPUT_MISSING", "DIVISOR_ZERO"}:
            return None
        raise


def spec(working: Working) -> Calculator:
    """Return the calculator of a working."""
    return CALCULATORS[working.calculator]


@settings(max_examples=200)
@given(workings(), st.data())
def test_the_unit_a_figure_is_typed_in_does_not_change_the_result(working: Working, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(working.entries)))
    entry = working.entries[key]
    others = [unit for unit in UNITS if measures_the_same(unit, entry.unit)]
    other = data.draw(st.sampled_from(sorted(others)))
    exact = convert(Fraction(entry.value), entry.unit, other)
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    if Fraction(value) == exact:  # a third of something cannot be typed
        again = Working(calculator=working.calculator, entries={**working.entries, key: Entry(value=value, unit=other)})
        assert result(again) == result(working)


@settings(max_examples=200)
@given(workings())
def test_a_share_lies_between_nothing_and_all(working: Working) -> None:
    found = result(working)
    if found is not None and spec(working).is_share:
        assert 0 <= found <= 100
    elif found is not None and working.calculator != "npv":
        assert found >= 0


RISING = {
    "availability": ("run_time", 1),
    "performance": ("produced", 1),
    "quality": ("good", 1),
    "fpy": ("put_in", -1),
    "rolled_yield": ("step_1", 1),
    "miss_rate": ("true_defects", -1),
    "false_reject_rate": ("good_rejected", 1),
    "otd": ("orders_on_time", 1),
    "changeover": ("changeovers", -1),
    "inventory_turns": ("mean_stock", -1),
    "comprehensive_energy": ("electricity", 1),
    "energy_per_unit": ("good_output", -1),
    "energy_per_100cny": ("revenue", -1),
    "payback": ("net_benefit", -1),
    "npv": ("investment", -1),
    "break_even": ("fixed_cost", 1),
    "oee": ("ideal_cycle", 1),
}


@settings(max_examples=300)
@given(workings(), st.decimals(min_value=1, max_value=100, places=2))
def test_a_result_moves_one_way_with_its_figure(working: Working, more: Decimal) -> None:
    key, direction = RISING[working.calculator]
    if key not in working.entries:
        return
    entry = working.entries[key]
    raised = Working(
        calculator=working.calculator,
        entries={**working.entries, key: Entry(value=entry.value + more, unit=entry.unit)},
    )
    before, after = result(working), result(raised)
    if before is not None and after is not None:
        assert (after - before) * direction >= 0


def test_every_calculator_has_a_law_of_movement() -> None:
    assert set(RISING) == set(CALCULATORS)
