"""What the needs page shows beside the case: the forms in detail, and a need's money as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QObject

from diag_app.errors import DiagError
from diag_app.forms.definition import Language
from diag_app.forms.need_details import NeedForms
from diag_app.i18n import Translator
from diag_app.model.calculators.definition import rounded
from diag_app.model.economics import Amount, Assumption, Books, Role, uses_of
from diag_app.model.economics_figures import FIGURE_UNITS, Figure, Outcome, can_reckon, outcome
from diag_app.model.economics_words import figure_names, role_names
from diag_app.model.said import number_text
from diag_app.model.unit_words import unit_names
from diag_app.model.units import convert
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.chain import needs_left_out
from diag_app.operations.economics import books_of
from diag_app.operations.need_form import need_forms
from diag_app.operations.workspace import Workspace
from diag_app.ui.models.rows import CellsModel

DERIVED: tuple[Figure, ...] = ("net_benefit", "payback", "npv", "break_even")
SHOWN_UNITS = {"cny": "ten_k_cny", "cny_per_year": "ten_k_cny_per_year", "year": "year"}
ITEM, RANGE, LOW, LIKELY, HIGH, UNIT, SOURCE = range(7)


@dataclass(frozen=True, kw_only=True)
class NeedExtras:
    """The details of the need forms, the books, and the needs without a measure in the plan, of the same moment."""

    forms: NeedForms
    books: Books
    left_out: frozenset[str]


def load_extras(workspace: Workspace, assessment_id: str, language: Language) -> NeedExtras:
    """Read what the needs page shows beside the case."""
    pack = assessment_pack(workspace, assessment_id)
    return NeedExtras(
        forms=need_forms(workspace, pack),
        books=books_of(workspace, assessment_id, language),
        left_out=needs_left_out(workspace, assessment_id),
    )


@dataclass(frozen=True, kw_only=True)
class EconomicsRow:
    """One cost or benefit, or a figure reckoned from them (`amount` null), in the unit shown."""

    name: str
    found: Outcome
    unit: str
    basis: str
    amount: Amount | None
    missing: bool  # no source, date or owner: it may not enter a proposal

    @property
    def ends(self) -> tuple[float, float, float] | None:
        """Return low, likely and high for the drawn range; null where it never pays back."""
        found = (self.found.low, self.found.likely, self.found.high)
        known = [float(end) for end in found if end is not None]
        return (known[0], known[1], known[2]) if len(known) == len(found) else None


def economics_rows(books: Books, need_id: str, translate: Translator) -> tuple[EconomicsRow, ...]:
    """Return a need's costs and benefits, then what follows from them."""
    own = books.of(need_id)
    rows = [_amount_row(own, amount, translate) for amount in own.amounts]
    names = figure_names(translate)
    for figure in DERIVED:
        if can_reckon(own, figure):
            try:
                found = _shown(outcome(own, figure), FIGURE_UNITS[figure])
            except DiagError as refused:
                return (*rows, _refused_row(names[figure], translate.problem(refused)))
            rows.append(
                EconomicsRow(
                    name=names[figure],
                    found=found,
                    unit=SHOWN_UNITS[FIGURE_UNITS[figure]],
                    basis=basis_of(figure, translate),
                    amount=None,
                    missing=False,
                )
            )
    return tuple(rows)


def basis_of(figure: Figure, translate: Translator) -> str:
    """Return how a figure follows from costs and benefits."""
    return {
        "net_benefit": translate("benefit − running cost"),
        "payback": translate("investment ÷ net benefit"),
        "npv": translate("net benefit discounted − investment"),
        "break_even": translate("largest investment earned back in the years looked at"),
    }[figure]


def end_text(end: Fraction | None, translate: Translator) -> str:
    """Return one end of a result: half-up to two decimals, or "never"."""
    return translate("never") if end is None else number_text(rounded(end, 2))


def money_units(role: Role | str) -> tuple[str, ...]:
    """Return the units offered for a figure, those that measure the role's money by themselves first."""
    once = ("ten_k_cny", "cny")
    yearly = ("ten_k_cny_per_year", "cny_per_year", "cny_per_month")
    per = (
        "ten_k_cny_per_person_year", "cny_per_person_year", "ten_k_cny_per_machine", "cny_per_machine",
        "cny_per_piece", "cny_per_kwh", "cny_per_hour", "cny_per_time",
    )  # fmt: skip
    counts = ("person", "machine", "piece_per_year", "kwh_per_year", "hour_per_year", "time_per_year", "percent")
    first = once if role == "investment" else yearly
    second = yearly if role == "investment" else once
    return (*first, *per, *counts, *second, "percent_per_year")


class EconomicsModel(CellsModel[EconomicsRow]):
    """Costs, benefits and what follows, for a table view."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        headings = (
            translate("Item"),
            "",
            translate("Low"),
            translate("Likely"),
            translate("High"),
            translate("Unit"),
            translate("Source and owner"),
        )
        super().__init__(headings, parent)
        self.translate = translate
        self._units = unit_names(translate)

    def is_figure(self, column: int) -> bool:
        """Return true for the three figures."""
        return column in (LOW, LIKELY, HIGH)

    def cell(self, row: EconomicsRow, column: int) -> str:
        """Return the text of one cell; the range is drawn."""
        texts = {
            ITEM: row.name,
            RANGE: "",
            LOW: end_text(row.found.low, self.translate),
            LIKELY: end_text(row.found.likely, self.translate),
            HIGH: end_text(row.found.high, self.translate),
            UNIT: self._units[row.unit],
            SOURCE: row.basis,
        }
        return texts[column]

    def words(self, row: EconomicsRow, column: int) -> str:
        """Return the whole row: its figures make sense together only."""
        ends = " / ".join(self.cell(row, part) for part in (LOW, LIKELY, HIGH))
        return f"{row.name} {ends} {self._units[row.unit]} {row.basis}" if column != RANGE else row.name

    def scale(self, row: EconomicsRow) -> tuple[float, float]:
        """Return the scale of the row's range: one for all rows of the same unit, from zero or the lowest."""
        ends = [end for other in self.rows if other.unit == row.unit and other.ends for end in other.ends]
        return (min(0.0, *ends), max(ends)) if ends else (0.0, 0.0)


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """An assumption with the number of places it is used in."""

    found: Assumption
    uses: int


def register_rows(books: Books) -> tuple[RegisterRow, ...]:
    """Return every assumption once, in order of entry."""
    rate = books.terms.rate_id
    return tuple(
        RegisterRow(found=found, uses=len(uses_of(key, books.amounts)) + (key == rate))
        for key, found in books.assumptions.items()
    )


def _amount_row(books: Books, amount: Amount, translate: Translator) -> EconomicsRow:
    alone = Books(amounts=(amount,), assumptions=books.assumptions)
    factors = [books.assumptions[factor] for factor in amount.factors]
    unit = FIGURE_UNITS[amount.role]
    missing = [factor for factor in factors if factor.missing]
    sources = dict.fromkeys(
        translate(", ").join(part for part in (factor.source, factor.dated, factor.owner) if part) for factor in factors
    )
    names = " × ".join(f"A-{factor.number:02d}" for factor in factors)
    basis = translate("This figure has no source and cannot enter the proposal.") if missing else " · ".join(sources)
    return EconomicsRow(
        name=f"{role_names(translate)[amount.role]}: {amount.label}",
        found=_shown(outcome(alone, amount.role), unit),
        unit=SHOWN_UNITS[unit],
        basis=f"{names}  {basis}",
        amount=amount,
        missing=bool(missing),
    )


def _refused_row(name: str, words: str) -> EconomicsRow:
    nothing = Outcome(low=None, likely=None, high=None)
    return EconomicsRow(name=name, found=nothing, unit="year", basis=words, amount=None, missing=True)


def _shown(found: Outcome, unit: str) -> Outcome:
    target: Any = SHOWN_UNITS[unit]
    ends = [None if end is None else convert(end, unit, target) for end in (found.low, found.likely, found.high)]
    return Outcome(low=ends[0], likely=ends[1], high=ends[2])
