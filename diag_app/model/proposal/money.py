"""Ranges as printed: low, likely, high in the unit of the report, the tornado, and how a band is said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from diag_app.errors import DiagError
from diag_app.model.calculators.definition import rounded
from diag_app.model.content import Cell, Tone, Tornado, TornadoBar
from diag_app.model.economics import Amount, Assumption, Books
from diag_app.model.economics_figures import FIGURE_UNITS, Figure, Outcome, at, can_reckon, outcome
from diag_app.model.economics_risk import simulate, tornado
from diag_app.model.economics_words import figure_names
from diag_app.model.proposal.figures import signed_text
from diag_app.model.proposal.voice import Voice
from diag_app.model.said import number_text
from diag_app.model.unit_words import unit_names
from diag_app.model.units import convert

SHOWN_UNITS = {"cny": "ten_k_cny", "cny_per_year": "ten_k_cny_per_year", "year": "year"}
SEED = 1  # printed with every band, so that anybody can draw it again
MOST_BARS = 8
DERIVED: tuple[Figure, ...] = ("net_benefit", "payback", "npv", "break_even")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A figure in the unit of the report."""

    low: Fraction | None
    likely: Fraction | None
    high: Fraction | None
    unit: str

    def cells(self, voice: Voice, tone: Tone = "plain") -> tuple[Cell, ...]:
        """Return the three figures as cells, the likely one bold."""
        ends = ((self.low, tone), (self.likely, "bold"), (self.high, tone))
        return tuple(Cell(text=end_text(end, voice), tone="bold" if strong == "bold" else tone) for end, strong in ends)


def assumption_number(number: int) -> str:
    """Return the number an assumption is cited by."""
    return f"A-{number:02d}"


def end_text(end: Fraction | None, voice: Voice) -> str:
    """Return one end of a result: half-up to two decimals, or that it is never paid back."""
    return voice.translate("never") if end is None else signed_text(rounded(end, 2))


def shown_figure(books: Books, figure: Figure) -> Shown | None:
    """Return a figure with its bounds; null where something for it is missing or it cannot be bounded."""
    if not can_reckon(books, figure):
        return None
    try:
        found = outcome(books, figure)
    except DiagError:
        return None
    return _shown(found, FIGURE_UNITS[figure])


def shown_amount(books: Books, amount: Amount) -> Shown:
    """Return one cost or benefit with its bounds."""
    alone = Books(amounts=(amount,), assumptions=books.assumptions)
    return _shown(outcome(alone, amount.role), FIGURE_UNITS[amount.role])


def sourced(books: Books) -> Books:
    """Return the books without the amounts that no source, date and owner stand behind: they enter no proposal."""
    lacking = {key for key, found in books.assumptions.items() if found.missing}
    terms = books.terms
    if terms.rate_id in lacking:
        terms = type(terms)(years=terms.years)
    whole = tuple(amount for amount in books.amounts if lacking.isdisjoint(amount.factors))
    return Books(amounts=whole, assumptions=books.assumptions, terms=terms)


def band_text(books: Books, figure: Figure, voice: Voice) -> str:
    """Return the simulated 90 % band in words, with distribution, draws and seed."""
    band = simulate(books, figure, seed=SEED)
    unit = SHOWN_UNITS[FIGURE_UNITS[figure]]
    low, high = (_band_end(end, figure, voice) for end in (band.low, band.high))
    return voice.translate(
        "{figure}: in 90 % of {draws} draws between {low} and {high} {unit} (triangular, seed {seed})",
        figure=figure_names(voice.translate)[figure],
        draws=number_text(Decimal(band.draws)),
        low=low,
        high=high,
        unit=unit_names(voice.translate)[unit],
        seed=band.seed,
    )


def tornado_chart(books: Books, figure: Figure, voice: Voice) -> Tornado | None:
    """Return the swings of a figure, the widest first; null where it has no likely value or nothing moves it."""
    likely = at(books, figure, {}) if can_reckon(books, figure) else None
    if likely is None:
        return None
    unit = FIGURE_UNITS[figure]
    bars = [
        TornadoBar(
            label=f"{assumption_number(found.number)} {found.label}",
            at_low=_place(_converted(swing.at_low, unit)),
            at_high=_place(_converted(swing.at_high, unit)),
            low_text=end_text(_converted(swing.at_low, unit), voice),
            high_text=end_text(_converted(swing.at_high, unit), voice),
        )
        for swing in tornado(books, figure)[:MOST_BARS]
        for found in (books.assumptions[swing.assumption_id],)
    ]
    if not bars:
        return None
    centre = convert(likely, unit, SHOWN_UNITS[unit])
    name = voice.translate("likely {value}", value=end_text(centre, voice))
    return Tornado(likely=rounded(centre), likely_text=name, bars=tuple(bars))


def range_text(found: Assumption, voice: Voice) -> str:
    """Return low, likely and high with the unit."""
    ends = " / ".join(number_text(end) for end in (found.range.low, found.range.likely, found.range.high))
    return f"{ends} {unit_names(voice.translate)[found.unit]}"


def _shown(found: Outcome, unit: str) -> Shown:
    return Shown(
        low=_converted(found.low, unit),
        likely=_converted(found.likely, unit),
        high=_converted(found.high, unit),
        unit=SHOWN_UNITS[unit],
    )


def _converted(end: Fraction | None, unit: str) -> Fraction | None:
    return None if end is None else convert(end, unit, SHOWN_UNITS[unit])


def _place(end: Fraction | None) -> Decimal | None:
    """Return where an end is drawn: to four decimals, finer than any printer."""
    return None if end is None else rounded(end)


def _band_end(end: float | None, figure: Figure, voice: Voice) -> str:
    unit = FIGURE_UNITS[figure]
    return end_text(None if end is None else _converted(Fraction(end), unit), voice)
