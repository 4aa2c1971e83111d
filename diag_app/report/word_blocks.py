"""From blocks of content to WordprocessingML: one small function for each kind of block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diag_app.model.content import (
    Block,
    Cards,
    Figure,
    Heading,
    KeyFigures,
    Notice,
    NumberedList,
    Paragraph,
    PhotoGrid,
    SideBySide,
    SignatureBoxes,
    Table,
    TermList,
)
from diag_app.model.content_references import Anchor
from diag_app.model.drawn_signature import DrawnInBox
from diag_app.report import word_styles as style
from diag_app.report.chart_pictures import ChartPicture, chart_pictures
from diag_app.report.pictures import draw_signature
from diag_app.report.styles import MM
from diag_app.report.tokens import Paper
from diag_app.report.word_links import WordLinks
from diag_app.report.word_parts import Parts
from diag_app.report.word_tables import table_xml
from diag_app.report.word_xml import border, cell, paragraph, row, run, table

TEXT_MM = 166.0
_GUTTER = 4.0
_ACROSS = 3
_SIGN_HEIGHT, _SIGN_INSET = 40.0, 6.0
_LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


class WordBlocks:
    """Writes the blocks of one document; its charts are taken in the document's order."""

    def __init__(self, paper: Paper, parts: Parts, links: WordLinks, charts: Iterator[ChartPicture]) -> None:
        self._paper = paper
        self._parts = parts
        self._links = links
        self._charts = charts

    def markup(self, blocks: Sequence[Block]) -> str:
        """Return the blocks one after the other; two tables in a row are kept apart."""
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                named = {"body": style.BODY, "lead": style.LEAD, "note": style.NOTE}[block.style]
                return paragraph(self._links.run(block.text), named) if block.text.strip() else ""
            case Heading():
                return paragraph(run(block.text), style.HEADING_2 if block.level == 2 else style.HEADING_3)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case SideBySide():  # beside each other a person could not edit them
                return self.markup(block.left) + self.markup(block.right)
            case PhotoGrid():
                return self._photos(block)
            case _:
                return self._box(block)

    def _box(self, block: KeyFigures | NumberedList | Cards | SignatureBoxes | Notice | TermList) -> str:
        match block:
            case KeyFigures():
                return self._key_figures(block)
            case NumberedList():
                listed = _LISTED.format(number=self._parts.new_list())
                return "".join(
                    paragraph(self._links.run(item), style.NUMBERED, properties=listed) for item in block.items
                )
            case Cards():
                return self._cards(block)
            case SignatureBoxes():
                return self._signatures(block)
            case Notice():
                return self._notice(block)
            case TermList():
                return self._terms(block)

    def _table(self, block: Table) -> str:
        if not block.columns:
            return ""
        note = paragraph(self._links.run(block.note), style.NOTE) if block.note else _gap()
        return (
            self._caption(block.label, block.caption, block.anchor) + table_xml(block, self._paper, self._links) + note
        )

    def _figure(self, block: Figure) -> str:
        chart = next(self._charts)
        shown = self._parts.picture(chart.png, (chart.width_mm, chart.height_mm), f"{block.label} {block.caption}")
        note = paragraph(self._links.run(block.note), style.NOTE) if block.note else ""
        return self._caption(block.label, block.caption, block.anchor) + paragraph(shown, style.PICTURE) + note

    def _caption(self, label: str, caption: str, anchor: Anchor = "") -> str:
        if not (label or caption):
            return ""
        number = run(label, bold=True, colour=self._paper.accent)
        placed = self._links.place(anchor, self._parts.number(), number)
        return paragraph(placed + run(f"  {caption}", bold=True), style.CAPTION)

    def _key_figures(self, block: KeyFigures) -> str:
        paper = self._paper
        colours = {"signal": paper.signal, "soft": paper.soft}
        width = TEXT_MM / max(len(block.figures), 1)
        cells = [
            cell(
                paragraph(run(item.figure, colour=colours.get(item.tone, "")), style.KEY_FIGURE)
                + paragraph(run(item.label), style.NOTE),
                width,
                borders=border("top", 1.2, paper.accent),
            )
            for item in block.figures
        ]
        return _layout([width] * len(cells), [row(cells)]) if cells else ""

    def _cards(self, block: Cards) -> str:
        width = TEXT_MM / max(len(block.cards), 1)
        cells = []
        for card in block.cards:
            number = run(f"{card.number}  ", bold=True, colour=self._paper.accent, size=14) if card.number else ""
            texts = "".join(paragraph(self._links.run(text), style.CARD) for text in card.paragraphs if text.strip())
            source = paragraph(self._links.run(card.source), style.NOTE) if card.source else ""
            head = paragraph(number + run(card.title, bold=True), style.CARD)
            cells.append(cell(head + texts + source, width, borders=border("top", 0.7, self._paper.ink)))
        return _layout([width] * len(cells), [row(cells)]) if cells else ""

    def _photos(self, grid: PhotoGrid) -> str:
        width = TEXT_MM / _ACROSS
        rows = []
        for start in range(0, len(grid.photos), _ACROSS):
            cells = [
                cell(
                    paragraph(self._parts.photo(photo, width - _GUTTER), style.PICTURE)
                    + paragraph(run(photo.label, bold=True) + run(f"  {photo.caption}"), style.CELL)
                    + paragraph(run(photo.detail), style.NOTE),
                    width,
                    margins=(0.0, _GUTTER),
                )
                for photo in grid.photos[start : start + _ACROSS]
            ]
            cells += [cell(_empty(), width)] * (_ACROSS - len(cells))
            rows.append(row(cells))
        return self._caption(grid.label, grid.caption) + _layout([width] * _ACROSS, rows) if rows else ""

    def _signatures(self, block: SignatureBoxes) -> str:
        paper = self._paper
        width = TEXT_MM / max(len(block.boxes), 1)
        frame = "".join(border(side, 0.5, paper.rule) for side in ("left", "bottom", "right"))
        line = f'<w:pBdr>{border("bottom", 0.6, paper.mid)}</w:pBdr><w:spacing w:before="240" w:after="160"/>'
        drawn = {item.box: item for item in block.drawn}
        cells = [
            cell(
                paragraph(run(head, bold=True), style.CARD)
                + paragraph(run(block.seal_label if has_seal else "", colour=paper.soft), style.CARD)
                + paragraph(self._drawn(drawn.get(number), width), style.CARD)
                + paragraph(run(signature, colour=paper.soft), style.CELL, properties=line)
                + paragraph(
                    run(" ".join((date, drawn[number].text if number in drawn else "")), colour=paper.soft), style.CELL
                ),
                width,
                borders=border("top", 1.2, paper.ink) + frame,
            )
            for number, (head, has_seal, signature, date) in enumerate(block.boxes)
        ]
        return _layout([width] * len(cells), [row(cells, height=_SIGN_HEIGHT)]) if cells else ""

    def _drawn(self, drawn: DrawnInBox | None, width: float) -> str:
        """Return a signature drawn by hand as a picture, nothing where there is none."""
        if drawn is None:
            return ""
        drawing = draw_signature(drawn.strokes, (width - _SIGN_INSET) * MM, self._paper.ink)
        (picture,) = chart_pictures([drawing])
        return self._parts.picture(picture.png, (picture.width_mm, picture.height_mm), drawn.text)

    def _notice(self, block: Notice) -> str:
        paper = self._paper
        is_estimate = block.kind == "estimate"
        texts = (
            paragraph(self._links.run(text, bold=bold), style.CARD) if text.strip() else ""
            for text, bold in ((block.title, True), (block.text, False))
        )
        inside = cell(
            "".join(texts) or _empty(),
            TEXT_MM,
            fill=paper.signal_wash if is_estimate else paper.wash,
            borders=border("left", 2.4, paper.signal if is_estimate else paper.accent),
            margins=(4.0, 4.0),
        )
        return _layout([TEXT_MM], [row([inside])])

    def _terms(self, block: TermList) -> str:
        left = 30.0
        rows = [
            row(
                [
                    cell(paragraph(run(name, bold=True), style.CARD), left),
                    cell(paragraph(self._links.run(text), style.CARD), TEXT_MM - left),
                ]
            )
            for name, text in block.items
        ]
        return _layout([left, TEXT_MM - left], rows) if rows else ""


def _layout(widths: Sequence[float], rows: Sequence[str]) -> str:
    """Return a table that only places things, with the gap after it that keeps the next table apart."""
    return table(widths, rows, style=style.TABLE_STYLE) + _gap()


def _gap() -> str:
    return paragraph("", style.NOTE)


def _empty() -> str:
    return paragraph("", style.CELL)
