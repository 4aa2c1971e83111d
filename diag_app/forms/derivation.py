"""Options that follow from figures: shares by bands, trends by comparison. Exact rationals throughout."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from diag_app.codec import plain_decimal
from diag_app.forms.definition import Band, Question, ShareDerivation, TrendDerivation
from diag_app.forms.scorecard import Derived

SHOWN_DECIMALS = 2


def derive(question: Question, numbers: Mapping[str, Decimal]) -> Derived | None:
    """Return the option that follows from `numbers`, with the working.

    Null where the question derives nothing, a figure is missing, a denominator is zero, or a share lies beyond the
    bands.
    """
    derivation = question.derivation
    if derivation is None:
        return None
    if isinstance(derivation, TrendDerivation):
        return _trend(derivation, numbers)
    computed = share_of(derivation, numbers)
    if computed is None:
        return None
    share, formula = computed
    band = _band(derivation.bands, share)
    if band is None:
        return None
    return Derived(option=band.key, working=f"{formula} = {_share_text(share, derivation.bands)}%")


def share_of(derivation: ShareDerivation, numbers: Mapping[str, Decimal]) -> tuple[Fraction, str] | None:
    """Return the share in per cent and how it was computed; null where a figure is missing or a denominator is zero.

    Figures by year go first: once one of them is given, the share is the mean of the yearly shares.
    """
    begun = [pair for pair in derivation.yearly if any(name in numbers for name in pair)]
    pairs = begun or [(derivation.numerator, derivation.denominator)]
    shares, formulas = [], []
    for pair in pairs:
        found = _divided(pair, numbers)
        if found is None:
            return None
        shares.append(100 * found[0])
        formulas.append(found[1])
    mean = sum(shares, Fraction(0)) / len(shares)
    if len(formulas) == 1:
        return mean, formulas[0]
    return mean, f"({' + '.join(formulas)}) ÷ {len(formulas)}"


def _divided(figure: tuple[str, str | None], numbers: Mapping[str, Decimal]) -> tuple[Fraction, str] | None:
    numerator, denominator = figure
    if numerator not in numbers:
        return None
    above = numbers[numerator]
    if denominator is None:
        return Fraction(above), plain_decimal(above)
    below = numbers.get(denominator)
    if not below:
        return None
    return Fraction(above) / Fraction(below), f"{plain_decimal(above)} ÷ {plain_decimal(below)}"


def _band(bands: tuple[Band, ...], share: Fraction) -> Band | None:
    """Return the first band that reaches up to `share`: bands follow each other without gap from 0."""
    return next((band for band in bands if share <= Fraction(band.up_to)), None)


def _share_text(share: Fraction, bands: tuple[Band, ...]) -> str:
    """Return the share with as many decimals as keep it in its band: 10.0001 is not shown as 10.00."""
    decimals = SHOWN_DECIMALS
    while _band(bands, Fraction(rounded(share, decimals))) != _band(bands, share):
        decimals += 1
    return str(rounded(share, decimals))


def _trend(derivation: TrendDerivation, numbers: Mapping[str, Decimal]) -> Derived | None:
    last, previous = _divided(derivation.last, numbers), _divided(derivation.previous, numbers)
    if last is None or previous is None:
        return None
    now, before = rounded(last[0], derivation.decimals), rounded(previous[0], derivation.decimals)
    sign, option = _compared(derivation, now, before)
    shown, shown_before = plain_decimal(now), plain_decimal(before)
    left = shown if last[1] == shown else f"{last[1]} = {shown}"
    right = shown_before if previous[1] == shown_before else f"{shown_before} = {previous[1]}"
    return Derived(option=option, working=f"{left} {sign} {right}")


def _compared(derivation: TrendDerivation, now: Decimal, before: Decimal) -> tuple[str, str]:
    if now > before:
        return ">", derivation.up
    if now < before:
        return "<", derivation.down
    return "=", derivation.flat


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Return `value`, at least 0, rounded half-up to `decimals` places; exact whatever its size."""
    scaled = value * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal((0, tuple(int(digit) for digit in str(whole)), -decimals))
