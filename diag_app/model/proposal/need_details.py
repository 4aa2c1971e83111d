"""What a need's section says beyond words and baseline: the form, preconditions, acceptance, tags, economics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from diag_app.forms.definition import LocalText
from diag_app.forms.need_details import FieldColumn, FieldKind, NeedField
from diag_app.forms.need_values import Value, value_from
from diag_app.model.content import Block, Cell, Column, Figure, Paragraph, Row, Table, TermList
from diag_app.model.economics_words import figure_names, role_names
from diag_app.model.facts import Readiness, ScenarioNeed
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.money import (
    DERIVED,
    assumption_number,
    band_text,
    shown_amount,
    shown_figure,
    sourced,
    tornado_chart,
)
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.voice import Voice, half_widths
from diag_app.model.said import number_text
from diag_app.model.unit_words import unit_names

HALF_COLUMN = 44  # half-width characters of a fact or value in two short lines, where two facts stand abreast


def detail_blocks(facts: ProposalFacts, voice: Voice, need: ScenarioNeed) -> tuple[Block, ...]:
    """Return what was recorded of the need beyond its baseline; what was not recorded has no block."""
    return (
        *form_table(facts, voice, need),
        *precondition_table(facts, voice, need),
        *money_blocks(facts, voice, need),
        *acceptance_table(facts, voice, need),
        *tag_list(facts, voice, need),
    )


def form_table(facts: ProposalFacts, voice: Voice, need: ScenarioNeed) -> Iterator[Table]:
    """Yield the fields recorded, with what each means; short ones stand two abreast, read line by line."""
    details = facts.need_forms.details(need.form_id)
    found = []
    for field in details.fields:
        stored = need.entries.get(field.field_id)
        value = None if stored is None else value_from(field, stored)
        if value is not None:
            found.append((voice.text(field.label), value_text(facts, voice, field, value)))
    if not found:
        return
    is_short = len(found) > 1 and all(half_widths(text) <= HALF_COLUMN for pair in found for text in pair)
    abreast = 2 if is_short else 1
    widths = (42.0, 41.0) if is_short else (70.0, 96.0)
    heads = (voice.translate("Fact"), voice.translate("Recorded"))
    found += [("", "")] * (len(found) % abreast)
    flat = [cell for label, shown in found for cell in (Cell(text=label), Cell(text=shown, tone="bold"))]
    per_row = 2 * abreast
    yield Table(
        caption=voice.translate("Recorded on site"),
        columns=tuple(Column(head=head, width_mm=width) for head, width in zip(heads, widths, strict=True)) * abreast,
        rows=tuple(Row(cells=tuple(flat[first : first + per_row])) for first in range(0, len(flat), per_row)),
    )


def value_text(facts: ProposalFacts, voice: Voice, field: NeedField | FieldColumn, value: Value) -> str:
    """Return a recorded value in words: options by their labels, figures with their unit, rows as lists."""
    if isinstance(value, Decimal):
        unit = field.unit if isinstance(field, NeedField) else None
        words = "" if unit is None or unit not in facts.need_forms.units else voice.text(facts.need_forms.units[unit])
        gap = "" if voice.language == "zh" or words == "%" or not words else " "
        return f"{number_text(value)}{gap}{words}"
    if isinstance(value, str):
        return _option_text(voice, field, value) if field.kind is FieldKind.CHOICE else value
    return voice.joined(
        _row_text(facts, voice, field, item) if isinstance(item, Mapping) else _option_text(voice, field, item)
        for item in value
    )


def precondition_table(facts: ProposalFacts, voice: Voice, need: ScenarioNeed) -> Iterator[Table]:
    """Yield the preconditions with their state; absent while nobody has looked at any."""
    details, translate = facts.need_forms.details(need.form_id), voice.translate
    if not need.preconditions or not details.preconditions:
        return
    rows = []
    for item in details.preconditions:
        found = need.preconditions.get(item.precondition_id)
        state = readiness_text(None if found is None else found.state, voice)
        is_there = found is not None and found.state == "ready"
        depth = facts.need_forms.depths.get(item.depth)
        rows.append(
            Row(
                cells=(
                    Cell(text=voice.text(item.text)),
                    Cell(text="" if depth is None else voice.text(depth), tone="soft"),
                    Cell(text=state, tone="plain" if is_there else "signal"),
                    Cell(text="" if found is None else found.note, tone="soft"),
                )
            )
        )
    yield Table(
        caption=translate("Preconditions: what is missing is done first"),
        columns=(
            Column(head=translate("Precondition"), width_mm=66),
            Column(head=translate("Depth"), width_mm=34),
            Column(head=translate("State"), width_mm=22),
            Column(head=translate("What was seen"), width_mm=44),
        ),
        rows=tuple(rows),
    )


def readiness_text(state: Readiness | None, voice: Voice) -> str:
    """Return how far a precondition is met."""
    words: dict[Readiness | None, str] = {
        None: voice.translate("not looked at"),
        "ready": voice.translate("there"),
        "partly": voice.translate("partly there"),
        "missing": voice.translate("missing"),
    }
    return words[state]


def money_blocks(facts: ProposalFacts, voice: Voice, need: ScenarioNeed) -> Iterator[Block]:
    """Yield costs, benefits and what follows with their bounds, then the tornado; absent without sourced figures."""
    books, translate = sourced(facts.books).of(need.need_id), voice.translate
    if not books.amounts:
        return
    units, roles, figures = unit_names(translate), role_names(translate), figure_names(translate)
    rows = []
    for amount in books.amounts:
        shown = shown_amount(books, amount)
        cited = " × ".join(assumption_number(books.assumptions[factor].number) for factor in amount.factors)
        name = translate("{role}: {label}", role=roles[amount.role], label=amount.label)
        cells = (Cell(text=name), *shown.cells(voice), Cell(text=units[shown.unit]), Cell(text=cited, tone="soft"))
        rows.append(Row(cells=cells))
    for figure in DERIVED:
        shown_result = shown_figure(books, figure)
        if shown_result is not None:
            unit = Cell(text=units[shown_result.unit])
            name_cell = Cell(text=figures[figure], tone="bold")
            rows.append(Row(cells=(name_cell, *shown_result.cells(voice), unit, Cell()), kind="total"))
    yield Table(
        caption=translate("Economics: low, likely, high"),
        columns=(
            Column(head=translate("Item"), width_mm=62),
            Column(head=translate("Low"), width_mm=20, align="right"),
            Column(head=translate("Likely"), width_mm=20, align="right"),
            Column(head=translate("High"), width_mm=20, align="right"),
            Column(head=translate("Unit"), width_mm=24),
            Column(head=translate("Register"), width_mm=20),
        ),
        rows=tuple(rows),
        note=pointing(
            "register",
            translate(
                "Low and high are exact bounds of what the figures of {annex} allow. "
                "Each was entered with its source and owner.",
                annex=ref("register"),
            ),
            translate(
                "Low and high are exact bounds of what the figures allow. Each was entered with its source and owner."
            ),
        ),
    )
    chart = tornado_chart(books, "payback", voice)
    if chart is not None:
        caption = translate("What moves the payback (years, one figure changed at a time)")
        note = translate("Dark: the figure at its low. Light: at its high.")
        yield Figure(caption=caption, chart=chart, note=note)
        yield Paragraph(text=band_text(books, "payback", voice), style="note")


def acceptance_table(facts: ProposalFacts, voice: Voice, need: ScenarioNeed) -> Iterator[Table]:
    """Yield what is checked at acceptance, how, and by which evidence."""
    details, translate = facts.need_forms.details(need.form_id), voice.translate
    if not details.acceptance:
        return
    yield Table(
        caption=translate("Acceptance: same definition and method as the baseline"),
        columns=(
            Column(head=translate("Criterion"), width_mm=60),
            Column(head=translate("Verified by"), width_mm=58),
            Column(head=translate("Evidence"), width_mm=48),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=voice.text(item.what)),
                    Cell(text=voice.text(item.verified_by)),
                    Cell(text=voice.text(item.evidence), tone="soft"),
                )
            )
            for item in details.acceptance
        ),
        note=translate("Target values are agreed by both sides in the contract."),
    )


def tag_list(facts: ProposalFacts, voice: Voice, need: ScenarioNeed) -> Iterator[TermList]:
    """Yield benefits, technologies, depth, training and usual solutions where there are any."""
    translate, forms = voice.translate, facts.need_forms
    solutions = voice.listed(voice.text(text) for text in forms.details(need.form_id).solutions)
    items = (
        (translate("Benefits"), _tags(voice, forms.benefits, need.benefits)),
        (translate("Technologies"), _tags(voice, forms.technologies, need.technologies)),
        (translate("Depth"), _tags(voice, forms.depths, need.depths)),
        (translate("Training needed"), need.training),
        (translate("Usual solution"), solutions),
    )
    found = tuple(item for item in items if item[1])
    if found:
        yield TermList(items=found)


def _tags(voice: Voice, listed: Mapping[str, LocalText], chosen: tuple[str, ...]) -> str:
    return voice.listed(voice.text(listed[tag]) if tag in listed else tag for tag in chosen)


def _option_text(voice: Voice, field: NeedField | FieldColumn, key: str) -> str:
    return next((voice.text(option.label) for option in field.options if option.option_id == key), key)


def _row_text(
    facts: ProposalFacts, voice: Voice, field: NeedField | FieldColumn, row: Mapping[str, str | Decimal]
) -> str:
    columns = field.columns if isinstance(field, NeedField) else ()
    parts = (
        f"{voice.text(column.label)} {value_text(facts, voice, column, row[column.column_id])}"
        for column in columns
        if column.column_id in row
    )
    return voice.listed(parts)
