"""Commands about money: the assumption register, costs and benefits, what they come to, and the calculators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from diag_app.cli.fact import amount as typed_figure
from diag_app.cli.frame import Frame
from diag_app.codec import load_json, structure, unstructure
from diag_app.errors import DiagError
from diag_app.files import read
from diag_app.model.calculators.calculate import calculate
from diag_app.model.calculators.definition import Working, rounded
from diag_app.model.economics import ROLES, Amount, Assumption, Books, Range, Role, Terms, unsourced, uses_of
from diag_app.model.economics_figures import FIGURE_UNITS, FIGURES, can_reckon, outcome
from diag_app.model.economics_risk import simulate, tornado
from diag_app.operations.economics import (
    add_amount,
    add_assumption,
    books_of,
    remove_amount,
    remove_assumption,
    set_terms,
    update_assumption,
)
from diag_app.operations.workspace import ANSWERS_LIMIT, Workspace

FILE = click.Path(path_type=Path)
PARTS = ("low", "likely", "high")


@click.group()
def assumption() -> None:
    """Figures somebody answers for: low, likely, high, with source, date and owner."""


@assumption.command("add")
@click.argument("assessment_id")
@click.option("--label", required=True)
@click.option("--unit", required=True, help="Id of the closed set, e.g. ten_k_cny, person.")
@click.option("--low", metavar="X", help="As --likely when left out.")
@click.option("--likely", metavar="X", required=True)
@click.option("--high", metavar="X", help="As --likely when left out.")
@click.option("--source", default="", help="Without source, date and owner it enters no proposal.")
@click.option("--dated", default="", help="ISO date of the source.")
@click.option("--owner", default="")
@click.pass_obj
def assumption_add(frame: Frame, /, assessment_id: str, **given: str | None) -> None:
    """Enter a figure in the register."""
    fresh = _assumption(None, given)
    with frame.workspace(create=False) as workspace:
        assumption_id = add_assumption(workspace, assessment_id, fresh)
    frame.answer({"assumption_id": assumption_id}, [assumption_id])


@assumption.command("set")
@click.argument("assumption_id")
@click.option("--label")
@click.option("--unit")
@click.option("--low", metavar="X")
@click.option("--likely", metavar="X")
@click.option("--high", metavar="X")
@click.option("--source")
@click.option("--dated")
@click.option("--owner")
@click.pass_obj
def assumption_set(frame: Frame, /, assumption_id: str, **given: str | None) -> None:
    """Change what is named of an assumption; the rest stays."""
    with frame.workspace(create=False) as workspace:
        books = books_of(workspace, workspace.store.entity(assumption_id).parent or "")
        if assumption_id not in books.assumptions:
            raise DiagError("ASSUMPTION_UNKNOWN", location=assumption_id[:40])
        update_assumption(workspace, _assumption(books.assumptions[assumption_id], given))
    frame.answer({"assumption_id": assumption_id}, [assumption_id])


@assumption.command("list")
@click.argument("assessment_id")
@click.pass_obj
def assumption_list(frame: Frame, assessment_id: str) -> None:
    """List the register, each figure once, with where it is used."""
    with frame.workspace(create=False) as workspace:
        books = books_of(workspace, assessment_id)
    rows = [
        {**unstructure(found), "missing": list(found.missing), "uses": unstructure(uses_of(key, books.amounts))}
        for key, found in books.assumptions.items()
    ]
    frame.answer(rows, [_line(found) for found in books.assumptions.values()])


@assumption.command("remove")
@click.argument("assumption_id")
@click.pass_obj
def assumption_remove(frame: Frame, assumption_id: str) -> None:
    """Take a figure off the register; one in use is refused."""
    with frame.workspace(create=False) as workspace:
        remove_assumption(workspace, assumption_id)
    frame.answer({"assumption_id": assumption_id}, [assumption_id])


@click.group()
def amount() -> None:
    """Costs and benefits of needs and measures: products of assumptions."""


@amount.command("add")
@click.argument("assessment_id")
@click.argument("subject_id")
@click.argument("factors", nargs=-1, required=True)
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--label", required=True)
@click.pass_obj
def amount_add(
    frame: Frame, assessment_id: str, subject_id: str, factors: tuple[str, ...], role: Role, label: str
) -> None:
    """Record the product of the assumptions FACTORS as a cost or benefit of SUBJECT_ID, a need or a measure."""
    fresh = Amount(amount_id="", subject_id=subject_id, role=role, label=label, factors=factors)
    with frame.workspace(create=False) as workspace:
        amount_id = add_amount(workspace, assessment_id, fresh)
    frame.answer({"amount_id": amount_id}, [amount_id])


@amount.command("list")
@click.argument("assessment_id")
@click.pass_obj
def amount_list(frame: Frame, assessment_id: str) -> None:
    """List costs and benefits."""
    with frame.workspace(create=False) as workspace:
        books = books_of(workspace, assessment_id)
    lines = [f"{item.amount_id}  {item.role}  {item.label}" for item in books.amounts]
    frame.answer(unstructure(books.amounts), lines)


@amount.command("remove")
@click.argument("amount_id")
@click.pass_obj
def amount_remove(frame: Frame, amount_id: str) -> None:
    """Take a cost or benefit away; its assumptions stay in the register."""
    with frame.workspace(create=False) as workspace:
        remove_amount(workspace, amount_id)
    frame.answer({"amount_id": amount_id}, [amount_id])


@click.group()
def economics() -> None:
    """What costs and benefits come to."""


@economics.command("show")
@click.argument("assessment_id")
@click.argument("subject_ids", nargs=-1)
@click.option("--seed", type=int, default=1, show_default=True)
@click.pass_obj
def economics_show(frame: Frame, assessment_id: str, subject_ids: tuple[str, ...], seed: int) -> None:
    """Show exact bounds, the simulated 90 % band and the swings, of all or of these needs and measures."""
    with frame.workspace(create=False) as workspace:
        answer = _figures(workspace, assessment_id, subject_ids, seed)
        answer["problems"] = [frame.problem_json(item) for item in unsourced(books_of(workspace, assessment_id))]
    lines = [
        f"{name}: {row['low']} / {row['likely']} / {row['high']} {row['unit']}"
        for name, row in answer["figures"].items()
    ]
    frame.answer(answer, lines)


@economics.command("terms")
@click.argument("assessment_id")
@click.option("--rate", "rate_id", help="The assumption that is the discount rate.")
@click.option("--years", type=int)
@click.pass_obj
def economics_terms(frame: Frame, assessment_id: str, rate_id: str | None, years: int | None) -> None:
    """Say how the owner reckons; without options the terms are cleared."""
    with frame.workspace(create=False) as workspace:
        set_terms(workspace, assessment_id, Terms(rate_id=rate_id, years=years))
    frame.answer({"rate_id": rate_id, "years": years}, [])


@click.command("calculate")
@click.argument("file", type=FILE)
@click.pass_obj
def calculate_command(frame: Frame, file: Path) -> None:
    """Work out a figure from FILE: {"calculator": …, "entries": {input: {"value", "unit"}}}."""
    content = load_json(read(file, limit=ANSWERS_LIMIT), location=file.name)
    result = calculate(structure(content, Working, location=file.name))
    frame.answer({"value": _plain(result.exact), "unit": result.unit}, [f"{result.value} {result.unit}"])


def _assumption(found: Assumption | None, given: Mapping[str, str | None]) -> Assumption:
    """Return the assumption with what is given put in; a new one's low and high are its likely value."""
    figures = {name: typed_figure(given[name], name) for name in PARTS}
    likely = figures["likely"] if figures["likely"] is not None else found.range.likely if found else Decimal(0)
    base = found.range if found else Range.exactly(likely)
    words = {name: given[name] for name in ("label", "unit", "source", "dated", "owner") if given[name] is not None}
    ends = {name: figure for name, figure in figures.items() if figure is not None}
    shown = found or Assumption(assumption_id="", label="", unit="", range=base)
    return replace(shown, range=replace(base, **ends), **words)  # type: ignore[arg-type]


def _figures(workspace: Workspace, assessment_id: str, subject_ids: tuple[str, ...], seed: int) -> dict[str, Any]:
    books: Books = books_of(workspace, assessment_id)
    books = books.of(*subject_ids) if subject_ids else books
    figures = {}
    for name in FIGURES:
        if can_reckon(books, name):
            bounds, band = outcome(books, name), simulate(books, name, seed=seed)
            figures[name] = {
                "unit": FIGURE_UNITS[name],
                **{part: _plain(getattr(bounds, part)) for part in PARTS},
                "band": {
                    "low": _plain(band.low),
                    "median": _plain(band.median),
                    "high": _plain(band.high),
                    "never_share": _plain(band.never_share),
                    "distribution": band.distribution,
                    "seed": band.seed,
                    "draws": band.draws,
                },
                "swings": [
                    {
                        "assumption_id": swing.assumption_id,
                        "at_low": _plain(swing.at_low),
                        "at_high": _plain(swing.at_high),
                    }
                    for swing in tornado(books, name)
                ],
            }
    return {"figures": figures}


def _plain(figure: Fraction | float | None) -> str | None:
    return None if figure is None else format(rounded(Fraction(figure)), "f")


def _line(found: Assumption) -> str:
    ends = found.range
    return f"A-{found.number:02}  {found.label}  {ends.low} / {ends.likely} / {ends.high} {found.unit}  {found.source}"
