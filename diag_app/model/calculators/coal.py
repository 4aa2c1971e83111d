"""Coal equivalents: GB/T 2589 coefficients with their marks, and energy of several carriers as terms.

A measured heating value goes before a coefficient given by a local rule, and that before the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from diag_app.forms.definition import Confidence
from diag_app.model.calculators.definition import Figures, Input

ValueType = Literal["calorific", "equivalent"]  # 当量值, 等价值
Basis = Literal["table", "given", "measured"]
MEMORY, EXACT = Confidence.MEMORY, Confidence.EXACT

KILOJOULES_PER_KGCE = 29_307  # from memory
GAS_RANGE = (Fraction("1.1000"), Fraction("1.3300"))  # kgce/m³ in the 2020 standard, from memory
GAS_OF_OTHER_RULES = Fraction("1.29971")
EQUIVALENT_EXAMPLES = (Fraction("0.28078"), Fraction("0.28232"))  # Shanghai rules; it changes by year and place


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """One kind of energy: the unit it is bought in, its coefficient in kgce per that unit, and how sure that is."""

    key: str
    unit: str
    table: Fraction
    confidence: Confidence
    heat_unit: str | None = None  # of a measured heating value
    given_unit: str | None = None  # of a coefficient from a local rule
    given_type: ValueType = "calorific"  # what such a coefficient is


CARRIERS: tuple[Carrier, ...] = (
    Carrier(
        key="electricity",
        unit="kwh",
        table=Fraction("0.1229"),
        confidence=EXACT,
        given_unit="kgce_per_kwh",
        given_type="equivalent",
    ),
    Carrier(
        key="natural_gas",
        unit="m3",
        table=Fraction("1.2143"),
        confidence=EXACT,
        heat_unit="mj_per_m3",
        given_unit="kgce_per_m3",
    ),
    Carrier(key="heat", unit="mj", table=Fraction("0.03412"), confidence=EXACT),
    Carrier(key="raw_coal", unit="kg", table=Fraction("0.7143"), confidence=EXACT, heat_unit="mj_per_kg"),
    Carrier(key="coke", unit="kg", table=Fraction("0.9714"), confidence=MEMORY, heat_unit="mj_per_kg"),
    Carrier(key="petrol", unit="kg", table=Fraction("1.4714"), confidence=MEMORY, heat_unit="mj_per_kg"),
    Carrier(key="diesel", unit="kg", table=Fraction("1.4571"), confidence=MEMORY, heat_unit="mj_per_kg"),
    Carrier(key="fuel_oil", unit="kg", table=Fraction("1.4286"), confidence=MEMORY, heat_unit="mj_per_kg"),
    Carrier(key="lpg", unit="kg", table=Fraction("1.7143"), confidence=MEMORY, heat_unit="mj_per_kg"),
)


@dataclass(frozen=True, kw_only=True)
class CoalTerm:
    """One carrier in a sum: amount times coefficient, with where the coefficient comes from and what it is."""

    carrier: str
    unit: str
    amount: Fraction
    coefficient: Fraction
    basis: Basis
    value_type: ValueType
    confidence: Confidence

    @property
    def kgce(self) -> Fraction:
        """Return the term in kilograms of coal equivalent."""
        return self.amount * self.coefficient


def carrier_inputs() -> tuple[Input, ...]:
    """Return the inputs of all carriers, each optional, with heating value and coefficient where one may be given."""
    inputs = []
    for carrier in CARRIERS:
        inputs.append(Input(key=carrier.key, unit=carrier.unit, is_optional=True))
        if carrier.heat_unit is not None:
            inputs.append(Input(key=f"{carrier.key}_heat", unit=carrier.heat_unit, is_optional=True))
        if carrier.given_unit is not None:
            inputs.append(Input(key=f"{carrier.key}_coefficient", unit=carrier.given_unit, is_optional=True))
    return tuple(inputs)


def coal_terms(figures: Figures) -> tuple[CoalTerm, ...]:
    """Return the terms of the carriers entered, in the order of the table."""
    return tuple(_term(carrier, figures) for carrier in CARRIERS if carrier.key in figures)


def kgce_of(figures: Figures) -> Fraction:
    """Return the comprehensive energy in kilograms of coal equivalent."""
    return sum((term.kgce for term in coal_terms(figures)), Fraction(0))


def tce_from_kgce(kgce: Fraction) -> Fraction:
    """Return tonnes of coal equivalent."""
    return kgce / 1000


def _term(carrier: Carrier, figures: Figures) -> CoalTerm:
    coefficient, basis, confidence = _coefficient(carrier, figures)
    return CoalTerm(
        carrier=carrier.key,
        unit=carrier.unit,
        amount=figures[carrier.key],
        coefficient=coefficient,
        basis=basis,
        value_type=carrier.given_type if basis == "given" else "calorific",
        confidence=confidence,
    )


def _coefficient(carrier: Carrier, figures: Figures) -> tuple[Fraction, Basis, Confidence]:
    measured, given = figures.get(f"{carrier.key}_heat"), figures.get(f"{carrier.key}_coefficient")
    if measured is not None:  # MJ per unit over MJ per kgce
        return measured * 1000 / KILOJOULES_PER_KGCE, "measured", MEMORY
    if given is not None:
        return given, "given", Confidence.UNKNOWN
    return carrier.table, "table", carrier.confidence
