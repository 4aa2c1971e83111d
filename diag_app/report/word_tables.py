"""Native Word tables with the printed report's rules: heads that repeat, rows that stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from diag_app.model.content import Cell, Column, Row, Table
from diag_app.report import word_styles as style
from diag_app.report.tokens import Paper
from diag_app.report.word_links import WordLinks
from diag_app.report.word_xml import border, cell, paragraph, row, run, table

TEXT_MM = 166.0
_RIGHT = '<w:jc w:val="right"/>'
_KEPT = "<w:keepNext/>"
_BAR_PARTS = 10  # a share bar in squares


def table_xml(block: Table, paper: Paper, links: WordLinks) -> str:
    """Return the table; widths are those asked for, in proportion where they do not make the text width."""
    asked = sum(column.width_mm for column in block.columns)
    scale = TEXT_MM / asked if asked > 0 else 1.0
    widths = [column.width_mm * scale for column in block.columns]
    rules = (
        border("top", 0.9, paper.ink),
        border("bottom", 0.9, paper.ink),
        border("insideH", 0.3, paper.hair),
    )
    return table(
        widths,
        _rows(block, widths, paper, links),
        style=style.TABLE_STYLE,
        borders="".join(rules),
        title=f"{block.label} {block.caption}",
    )


def _rows(block: Table, widths: list[float], paper: Paper, links: WordLinks) -> Iterator[str]:
    if any(column.head for column in block.columns):
        under = border("bottom", 0.5, paper.ink)
        heads = (
            cell(paragraph(run(column.head), style.HEAD, properties=_side(column)), width, borders=under)
            for column, width in zip(block.columns, widths, strict=True)
        )
        yield row(heads, is_head=True)
    for line in block.rows:
        yield row(
            _cell(line, shown, column, width, paper, links)
            for column, width, shown in zip(block.columns, widths, line.cells, strict=False)
        )


def _cell(line: Row, shown: Cell, column: Column, width: float, paper: Paper, links: WordLinks) -> str:
    is_bold = shown.tone in ("bold", "signal") or line.kind in ("group", "total")
    colour = {"signal": paper.signal, "soft": paper.soft}.get(shown.tone, "")
    text = links.run(shown.text, bold=is_bold, colour=colour)
    if shown.bar is not None:
        text = run(_bar(shown.bar), colour=paper.signal if shown.tone == "signal" else paper.level(3))
    kept = _KEPT if line.kind == "group" else ""
    return cell(
        paragraph(text, style.CELL, properties=kept + _side(column)),
        width,
        fill=paper.wash if line.kind in ("group", "marked") else "",
        borders=border("top", 0.5, paper.ink) if line.kind == "total" else "",
    )


def _bar(share: Decimal) -> str:
    filled = int((min(max(share, Decimal(0)), Decimal(1)) * _BAR_PARTS).to_integral_value(ROUND_HALF_UP))
    return "█" * filled + "░" * (_BAR_PARTS - filled)


def _side(column: Column) -> str:
    return _RIGHT if column.align == "right" else ""
