"""The closed set of units that figures are counted in, and the exact conversion between those that measure one thing.

Years and months convert; weeks, shifts and days do not: how many of them a year has is a fact of the enterprise.
Coal equivalent converts to no energy unit: that takes a coefficient, which a person names (`model.calculators.energy`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from diag_app.errors import DiagError

Dimension = Mapping[str, int]  # base quantity -> exponent, never zero


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit as a multiple of its dimension's base: `percent` is 1/100 of nothing, `ten_k_cny` 10,000 of money."""

    unit_id: str
    dimension: Dimension
    factor: Fraction = Fraction(1)


def _unit(unit_id: str, factor: Fraction | int = 1, **dimension: int) -> Unit:
    return Unit(unit_id=unit_id, dimension=dimension, factor=Fraction(factor))


UNITS: Mapping[str, Unit] = {
    unit.unit_id: unit
    for unit in (
        _unit("ratio"),
        _unit("percent", Fraction(1, 100)),
        _unit("ppm", Fraction(1, 1_000_000)),
        _unit("cny_per_100cny", Fraction(1, 100)),
        # money
        _unit("cny", money=1),
        _unit("ten_k_cny", 10_000, money=1),
        _unit("cny_per_year", money=1, year=-1),
        _unit("cny_per_month", 12, money=1, year=-1),
        _unit("ten_k_cny_per_year", 10_000, money=1, year=-1),
        _unit("cny_per_person_year", money=1, person=-1, year=-1),
        _unit("ten_k_cny_per_person_year", 10_000, money=1, person=-1, year=-1),
        _unit("cny_per_piece", money=1, piece=-1),
        _unit("cny_per_hour", Fraction(1, 3600), money=1, second=-1),
        _unit("cny_per_kwh", Fraction(1, 3600), money=1, kilojoule=-1),
        _unit("cny_per_time", money=1, event=-1),
        _unit("cny_per_machine", money=1, machine=-1),
        _unit("ten_k_cny_per_machine", 10_000, money=1, machine=-1),
        # counts
        _unit("item", item=1),
        _unit("item_per_year", item=1, year=-1),
        _unit("item_per_month", 12, item=1, year=-1),
        _unit("event", event=1),
        _unit("time_per_month", 12, event=1, year=-1),
        _unit("time_per_year", event=1, year=-1),
        _unit("order", order=1),
        _unit("order_per_month", 12, order=1, year=-1),
        _unit("person", person=1),
        _unit("machine", machine=1),
        _unit("sku", sku=1),
        _unit("piece", piece=1),
        _unit("piece_per_year", piece=1, year=-1),
        _unit("piece_per_shift", piece=1, shift=-1),
        _unit("piece_per_hour", Fraction(1, 3600), piece=1, second=-1),
        _unit("line_per_person_hour", Fraction(1, 3600), line=1, person=-1, second=-1),
        # time
        _unit("second", second=1),
        _unit("minute", 60, second=1),
        _unit("hour", 3600, second=1),
        _unit("hour_per_week", 3600, second=1, week=-1),
        _unit("hour_per_month", 12 * 3600, second=1, year=-1),
        _unit("hour_per_year", 3600, second=1, year=-1),
        _unit("second_per_piece", second=1, piece=-1),
        _unit("minute_per_piece", 60, second=1, piece=-1),
        _unit("day", day=1),
        _unit("month", Fraction(1, 12), year=1),
        _unit("year", year=1),
        _unit("percent_per_year", Fraction(1, 100), year=-1),
        # size, force
        _unit("mm", Fraction(1, 1000), metre=1),
        _unit("m_per_min", Fraction(1, 60), metre=1, second=-1),
        _unit("mpa", pressure=1),
        _unit("kg", kilogram=1),
        _unit("t", 1000, kilogram=1),
        _unit("m3", cubic_metre=1),
        _unit("ten_k_m3", 10_000, cubic_metre=1),
        # energy
        _unit("kw", kilojoule=1, second=-1),
        _unit("kva", apparent=1),
        _unit("kwh", 3600, kilojoule=1),
        _unit("ten_k_kwh", 36_000_000, kilojoule=1),
        _unit("kwh_per_year", 3600, kilojoule=1, year=-1),
        _unit("mj", 1000, kilojoule=1),
        _unit("gj", 1_000_000, kilojoule=1),
        _unit("mj_per_kg", 1000, kilojoule=1, kilogram=-1),
        _unit("mj_per_m3", 1000, kilojoule=1, cubic_metre=-1),
        _unit("kgce", coal=1),
        _unit("tce", 1000, coal=1),
        _unit("kgce_per_kwh", Fraction(1, 3600), coal=1, kilojoule=-1),
        _unit("kgce_per_m3", coal=1, cubic_metre=-1),
        _unit("kgce_per_kg", coal=1, kilogram=-1),
        _unit("kgce_per_unit", coal=1, piece=-1),
        _unit("kgce_per_100cny", Fraction(1, 100), coal=1, money=-1),
    )
}


def unit(unit_id: str) -> Unit:
    """Return the unit; `UNIT_UNKNOWN` when the closed set has none such."""
    try:
        return UNITS[unit_id]
    except KeyError:
        raise DiagError("UNIT_UNKNOWN", location=unit_id[:40]) from None


def convert(value: Fraction, source: str, target: str, *, location: str = "") -> Fraction:
    """Return `value` of unit `source` counted in `target`.

    Raises:
        DiagError: `UNIT_MIX` when the two do not measure the same thing; `UNIT_UNKNOWN`.
    """
    given, wanted = unit(source), unit(target)
    if given.dimension != wanted.dimension:
        raise DiagError("UNIT_MIX", location=location, given=source, wanted=target)
    return value * given.factor / wanted.factor


def product(unit_ids: Iterable[str]) -> Unit:
    """Return what the product of figures in these units measures: people times pay a year is money a year."""
    exponents: Counter[str] = Counter()
    factor = Fraction(1)
    for unit_id in unit_ids:
        one = unit(unit_id)
        exponents.update(one.dimension)
        factor *= one.factor
    return Unit(unit_id="", dimension={base: power for base, power in exponents.items() if power}, factor=factor)


def measures_the_same(first: str, second: str) -> bool:
    """Return whether figures in the two units can be compared."""
    return unit(first).dimension == unit(second).dimension
