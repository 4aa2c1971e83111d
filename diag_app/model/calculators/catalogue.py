"""The calculators there are. Shares name their denominator by the input they divide by."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from diag_app.forms.definition import Confidence
from diag_app.model.calculators.coal import carrier_inputs, kgce_of, tce_from_kgce
from diag_app.model.calculators.definition import Calculator, Figures, Input, SourceId
from diag_app.model.economics_figures import annuity

MOST_STEPS = 12
STEPS = tuple(f"step_{number}" for number in range(1, MOST_STEPS + 1))
MEMORY, EXACT = Confidence.MEMORY, Confidence.EXACT


def _share(
    calculator_id: str, part: str, whole: str, unit: str, source: SourceId, confidence: Confidence
) -> Calculator:
    return Calculator(
        calculator_id=calculator_id,
        inputs=(Input(key=part, unit=unit, not_above=whole), Input(key=whole, unit=unit, is_divisor=True)),
        unit="percent",
        pattern=f"{{{part}}} ÷ {{{whole}}} × 100 %",
        source=source,
        confidence=confidence,
        reckon=lambda found: found[part] / found[whole] * 100,
        is_share=True,
    )


def _product_of_steps(found: Figures) -> Fraction:
    share = Fraction(100)
    for step in STEPS:
        share *= found.get(step, Fraction(100)) / 100
    return share


def _oee(found: Figures) -> Fraction:
    availability = found["run_time"] / found["planned_time"]
    performance = found["ideal_cycle"] * found["produced"] / (found["run_time"] * 3600)
    return availability * performance * (found["good"] / found["produced"]) * 100


def _npv(found: Figures) -> Fraction:
    years = found["years"]
    worth = found["net_benefit"] * annuity(found["rate"] / 100, int(years), Fraction(0))
    return worth - found["investment"]


RUN = Input(key="run_time", unit="hour", not_above="planned_time", is_divisor=True)
PLANNED = Input(key="planned_time", unit="hour", is_divisor=True)
CYCLE = Input(key="ideal_cycle", unit="second_per_piece")
PRODUCED = Input(key="produced", unit="piece", is_divisor=True)
GOOD = Input(key="good", unit="piece", not_above="produced")
INVESTMENT = Input(key="investment", unit="ten_k_cny")

CALCULATORS: Mapping[str, Calculator] = {
    found.calculator_id: found
    for found in (
        _share("availability", "run_time", "planned_time", "hour", "iso_22400", MEMORY),
        Calculator(
            calculator_id="performance",
            inputs=(CYCLE, PRODUCED, Input(key="run_time", unit="hour", is_divisor=True)),
            unit="percent",
            pattern="{ideal_cycle} × {produced} ÷ {run_time} × 100 %",
            source="iso_22400",
            confidence=MEMORY,
            reckon=lambda found: found["ideal_cycle"] * found["produced"] / (found["run_time"] * 3600) * 100,
            is_share=True,
        ),
        _share("quality", "good", "produced", "piece", "iso_22400", MEMORY),
        Calculator(
            calculator_id="oee",
            inputs=(RUN, PLANNED, CYCLE, PRODUCED, GOOD),
            unit="percent",
            pattern="({run_time} ÷ {planned_time}) × ({ideal_cycle} × {produced} ÷ {run_time})"
            " × ({good} ÷ {produced}) × 100 %",
            source="iso_22400",
            confidence=MEMORY,
            reckon=_oee,
            is_share=True,
        ),
        _share("fpy", "right_first_time", "put_in", "piece", "practice", MEMORY),
        Calculator(
            calculator_id="rolled_yield",
            inputs=tuple(Input(key=step, unit="percent", is_optional=place > 1) for place, step in enumerate(STEPS)),
            unit="percent",
            pattern="",
            source="practice",
            confidence=MEMORY,
            reckon=_product_of_steps,
            is_share=True,
        ),
        _share("miss_rate", "missed", "true_defects", "piece", "practice", MEMORY),
        _share("false_reject_rate", "good_rejected", "true_good", "piece", "practice", MEMORY),
        _share("otd", "orders_on_time", "orders_due", "order", "practice", MEMORY),
        Calculator(
            calculator_id="changeover",
            inputs=(
                Input(key="changeover_time", unit="minute"),
                Input(key="changeovers", unit="event", is_divisor=True),
            ),
            unit="minute",
            pattern="{changeover_time} ÷ {changeovers}",
            source="practice",
            confidence=MEMORY,
            reckon=lambda found: found["changeover_time"] / found["changeovers"],
        ),
        Calculator(
            calculator_id="inventory_turns",
            inputs=(
                Input(key="cost_of_sales", unit="ten_k_cny_per_year"),
                Input(key="mean_stock", unit="ten_k_cny", is_divisor=True),
            ),
            unit="time_per_year",
            pattern="{cost_of_sales} ÷ {mean_stock}",
            source="practice",
            confidence=MEMORY,
            reckon=lambda found: found["cost_of_sales"] / found["mean_stock"],
        ),
        Calculator(
            calculator_id="comprehensive_energy",
            inputs=carrier_inputs(),
            unit="tce",
            pattern="",
            source="gb_2589",
            confidence=EXACT,
            reckon=lambda found: tce_from_kgce(kgce_of(found)),
        ),
        Calculator(
            calculator_id="energy_per_unit",
            inputs=(Input(key="good_output", unit="piece", is_divisor=True), *carrier_inputs()),
            unit="kgce_per_unit",
            pattern="",
            source="gb_2589",
            confidence=EXACT,
            reckon=lambda found: kgce_of(found) / found["good_output"],
        ),
        Calculator(
            calculator_id="energy_per_100cny",
            inputs=(Input(key="revenue", unit="ten_k_cny", is_divisor=True), *carrier_inputs()),
            unit="kgce_per_100cny",
            pattern="",
            source="indicators_2024",
            confidence=EXACT,
            reckon=lambda found: kgce_of(found) * 100 / (found["revenue"] * 10_000),
        ),
        Calculator(
            calculator_id="payback",
            inputs=(INVESTMENT, Input(key="net_benefit", unit="ten_k_cny_per_year", is_divisor=True)),
            unit="year",
            pattern="{investment} ÷ {net_benefit}",
            source="practice",
            confidence=MEMORY,
            reckon=lambda found: found["investment"] / found["net_benefit"],
        ),
        Calculator(
            calculator_id="npv",
            inputs=(
                INVESTMENT,
                Input(key="net_benefit", unit="ten_k_cny_per_year"),
                Input(key="rate", unit="percent_per_year"),
                Input(key="years", unit="year"),
            ),
            unit="ten_k_cny",
            pattern="{net_benefit} × (1 − (1 + {rate}) ^ −{years}) ÷ {rate} − {investment}",
            source="practice",
            confidence=MEMORY,
            reckon=_npv,
        ),
        Calculator(
            calculator_id="break_even",
            inputs=(
                Input(key="fixed_cost", unit="ten_k_cny_per_year"),
                Input(key="price", unit="cny_per_piece", is_divisor=True),
                Input(key="variable_cost", unit="cny_per_piece", not_above="price", is_less=True),
            ),
            unit="piece_per_year",
            pattern="{fixed_cost} ÷ ({price} − {variable_cost})",
            source="practice",
            confidence=MEMORY,
            reckon=lambda found: found["fixed_cost"] * 10_000 / (found["price"] - found["variable_cost"]),
        ),
    )
}
