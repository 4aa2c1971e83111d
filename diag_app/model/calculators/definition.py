"""What a calculator is: inputs in units, a pattern that is formula and working at once, a source, an exact function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from diag_app.forms.definition import Confidence

Figures = Mapping[str, Fraction]  # input key -> figure in the input's own unit
SourceId = Literal["practice", "iso_22400", "indicators_2024", "gb_2589"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A figure as typed, in the unit chosen for it."""

    value: Decimal
    unit: str


@dataclass(frozen=True, kw_only=True)
class Working:
    """How a baseline value came about: the calculator and what was typed into it. It is stored with the value."""

    calculator: str
    entries: Mapping[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Input:
    """One figure asked. `not_above` names the input it is a part of."""

    key: str
    unit: str
    is_optional: bool = False
    not_above: str | None = None
    is_less: bool = False  # than `not_above`, never equal
    is_divisor: bool = False  # zero is refused: there is nothing to divide by


@dataclass(frozen=True, kw_only=True)
class Calculator:
    """One calculator. `pattern` holds input keys in braces: with labels it is the formula, with figures the working.

    An empty pattern says that the working is a list of terms (energy, steps of a process).
    """

    calculator_id: str
    inputs: tuple[Input, ...]
    unit: str
    pattern: str
    source: SourceId
    confidence: Confidence
    reckon: Callable[[Figures], Fraction]
    is_share: bool = False  # above 100 % an input must be wrong

    def input(self, key: str) -> Input:
        """Return the input; raise `KeyError` when the calculator asks none such."""
        for item in self.inputs:
            if item.key == key:
                return item
        raise KeyError(key)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a calculator found, exactly; `value` is that figure as a baseline takes it.

    It is rounded half-up: a percentage to two decimals, anything else to four.
    """

    exact: Fraction
    unit: str

    @property
    def value(self) -> Decimal:
        """Return the figure as printed and recorded."""
        return rounded(self.exact, 2 if self.unit == "percent" else 4)


def rounded(exact: Fraction, places: int = 4) -> Decimal:
    """Return an exact figure half-up to `places` decimals, without trailing zeros or exponent."""
    scaled = exact * 10**places
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    text = format(Decimal(whole if exact >= 0 else -whole).scaleb(-places), "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
