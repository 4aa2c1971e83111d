"""Chapter 12: benefits as ranges, and how each will be verified."""

from __future__ import annotations

from diag_app.model.content import Block, Cell, Chapter, Column, Paragraph, Row, Table
from diag_app.model.economics import Books
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, need_number
from diag_app.model.proposal.money import Shown, band_text, end_text, shown_figure, sourced
from diag_app.model.proposal.needs import baseline_of
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.voice import Voice


def benefits_chapter(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return what the needs bring as ranges and how that is checked; absent without sourced benefits."""
    books, translate = _books(facts), voice.translate
    whole = shown_figure(books, "net_benefit")
    if whole is None:
        return ()
    payback = shown_figure(books, "payback")
    finding = translate(
        "{low} to {high} (likely {likely}) 10k CNY net a year",
        low=end_text(whole.low, voice),
        likely=end_text(whole.likely, voice),
        high=end_text(whole.high, voice),
    )
    blocks: list[Block] = [ranges_table(facts, voice, books)]
    if payback is not None:
        blocks.append(Paragraph(text=band_text(books, "payback", voice), style="note"))
    blocks.append(checks_table(facts, voice))
    return (
        Chapter(
            number="12",
            origin="needs",
            name=translate("Benefits and how they will be verified"),
            finding=finding,
            lead=pointing(
                "register",
                translate(
                    "Ranges follow from the figures of {annex}; each stands there with its source, date and owner. "
                    "A benefit counts once it has been measured the way its baseline was.",
                    annex=ref("register"),
                ),
                translate(
                    "Ranges follow from figures recorded with source, date and owner. "
                    "A benefit counts once it has been measured the way its baseline was."
                ),
            ),
            blocks=tuple(blocks),
        ),
    )


def ranges_table(facts: ProposalFacts, voice: Voice, books: Books) -> Table:
    """Return investment, net benefit and payback of each need and of all together."""
    translate = voice.translate
    rows = []
    for need in facts.needs:
        own = books.of(need.need_id)
        if own.amounts:
            rows.append(_row(f"{need_number(need.number)} {need.title}", own, voice, is_total=False))
    rows.append(_row(translate("All needs together"), books, voice, is_total=True))
    return Table(
        caption=translate("Investment, net benefit and payback: low / likely / high"),
        columns=(
            Column(head=translate("Need"), width_mm=46),
            Column(head=translate("Investment, 10k CNY"), width_mm=42, align="right"),
            Column(head=translate("Net benefit, 10k CNY a year"), width_mm=42, align="right"),
            Column(head=translate("Payback, years"), width_mm=36, align="right"),
        ),
        rows=tuple(rows),
        note=translate('"Never": at that end the benefit does not cover the running cost.'),
    )


def checks_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return for each metric with a criterion what is compared with what; what has no baseline says so."""
    translate = voice.translate
    rows = []
    for need in facts.needs:
        criteria = {item.metric_id: item for item in facts.need_forms.details(need.form_id).acceptance}
        for metric_id, recorded in baseline_of(facts, need):
            found = criteria.get(metric_id)
            if found is None:
                continue
            definition = facts.pack.metric(metric_id)
            rows.append(
                Row(
                    cells=(
                        Cell(text=need_number(need.number), tone="bold"),
                        Cell(text=voice.text(definition.label)),
                        voice.measured(definition, recorded),
                        Cell(text=voice.text(found.verified_by)),
                    )
                )
            )
    return Table(
        caption=translate("What will be measured again"),
        columns=(
            Column(head="", width_mm=13),
            Column(head=translate("Metric"), width_mm=48),
            Column(head=translate("Baseline"), width_mm=37, align="right"),
            Column(head=translate("Verified by"), width_mm=68),
        ),
        rows=tuple(rows),
    )


def _books(facts: ProposalFacts) -> Books:
    return sourced(facts.books).of(*(need.need_id for need in facts.needs))


def _row(name: str, books: Books, voice: Voice, *, is_total: bool) -> Row:
    figures = [shown_figure(books, figure) for figure in ("investment", "net_benefit", "payback")]
    cells = (Cell(text=name, tone="bold"), *(Cell(text=_ends(shown, voice)) for shown in figures))
    return Row(cells=cells, kind="total" if is_total else "plain")


def _ends(shown: Shown | None, voice: Voice) -> str:
    if shown is None:
        return NOTHING
    return " / ".join(end_text(end, voice) for end in (shown.low, shown.likely, shown.high))
