"""Tables: horizontal rules only, heads and captions that repeat, rows that stay whole while a page allows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import inf

from diag_app.model.content import Cell, Column, Row, Table
from diag_app.report.flows import Flow, Tail, TextFlow, fits, is_page
from diag_app.report.sheet import Sheet
from diag_app.report.styles import BETWEEN, KEPT, MM, TO_OBJECT, Side, TextStyle
from diag_app.report.tokens import Paper
from diag_app.report.typesetter import Typesetter

ROW_PAD = 1.05 * MM
HEAD_PAD = 1.0 * MM
KEY_PAD = 1.4 * MM  # rows of a short table
SHORT = 8
GUTTER = 3.2 * MM  # between columns
WASHED_SIDE = 0.8 * MM
_SHORT_TEXT = 24  # characters; only such a text widens its column for a word
_LONG_TEXT = 60  # characters; such a text is never set on one line
LAST_ROWS = 3  # no fewer stand on the last page of a long table
FEWEST = 2  # of a short one on either page
TALL_ROW = 60 * MM  # only a taller row parts
BAR_HEIGHT = 1.7 * MM
_TOGETHER = ("group",)  # a row of these kinds keeps the next one
_NUMBER_LIKE = re.compile(r"^[\s+\-−–—≥≤<>±¥$]*\d")


@dataclass(frozen=True, kw_only=True)
class CellFlow:
    """One laid-out cell: its text, or a share bar."""

    x: float
    width: float
    text: TextFlow
    bar: Decimal | None = None
    is_signal: bool = False


@dataclass(frozen=True, kw_only=True)
class RowFlow:
    """One laid-out row with its rules; `kind` as in the content."""

    kind: str
    cells: tuple[CellFlow, ...]
    pad: float
    origin: str = ""

    @property
    def height(self) -> float:
        """The tallest cell and the padding."""
        return max((cell.text.height for cell in self.cells), default=0.0) + 2 * self.pad

    def part(self, room: float) -> tuple[RowFlow, RowFlow] | None:
        """Part every cell at `room`, or nothing where not even one line of the tallest fits."""
        inside = room - 2 * self.pad
        firsts, rests, has_parted = [], [], False
        for cell in self.cells:
            lines = max(0, int((inside + 0.01) / cell.text.style.leading))
            has_parted = has_parted or 0 < lines < len(cell.text.lines)
            firsts.append(replace(cell, text=replace(cell.text, lines=cell.text.lines[:lines])))
            rests.append(replace(cell, text=replace(cell.text, lines=cell.text.lines[lines:]), bar=None))
        return (replace(self, cells=tuple(firsts)), replace(self, cells=tuple(rests))) if has_parted else None


@dataclass(frozen=True, kw_only=True)
class TableFlow:
    """A table or a part of one; every part repeats caption and head."""

    caption: TextFlow | None
    continued: TextFlow | None  # the caption of the following parts
    head: RowFlow | None
    rows: tuple[RowFlow, ...]
    width: float
    paper: Paper
    before: float = BETWEEN
    after: float = BETWEEN

    @property
    def height(self) -> float:
        """Caption, head and rows."""
        return self._top() + sum(row.height for row in self.rows)

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Part between rows: a group row keeps the next, a total keeps the one before; a tall row parts itself.

        A low table stays whole; for a single row on either page no more than a low part is moved.
        """
        if self.height <= KEPT and not is_page(room):
            return None
        left = room - self._top()
        count = self._rows_that_fit(left)
        whole = self._keep_together(count)
        if count < len(self.rows):
            parted = self._part_row(count, left - sum(row.height for row in self.rows[:count]), room)
            if parted is not None and (whole == count or not whole):
                return parted
        if not whole and is_page(room):
            whole = count
        if not 0 < whole < len(self.rows):
            return None
        first = self._slice(0, whole)
        if min(whole, len(self.rows) - whole) < FEWEST and first.height <= KEPT and not is_page(room):
            return None
        return first, self._rest(self.rows[whole:])

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the caption, the head and the rows with their rules."""
        if self.caption is not None:
            self.caption.draw(sheet, x, y)
            y += self.caption.height + TO_OBJECT
        self._rule(sheet, x, y, 0.9, self.paper.ink)
        if self.head is not None:
            self._draw_row(sheet, x, y, self.head)
            y += self.head.height
            self._rule(sheet, x, y, 0.5, self.paper.ink)
        for number, row in enumerate(self.rows):
            self._draw_row(sheet, x, y, row)
            if number:
                line, colour = (0.5, self.paper.ink) if row.kind == "total" else (0.3, self.paper.hair)
                self._rule(sheet, x, y, line, colour)
            y += row.height
        self._rule(sheet, x, y, 0.9, self.paper.ink)

    def _top(self) -> float:
        caption = self.caption.height + TO_OBJECT if self.caption is not None else 0.0
        return caption + (self.head.height if self.head is not None else 0.0)

    def _rows_that_fit(self, room: float) -> int:
        for number, row in enumerate(self.rows):
            room -= row.height
            if not fits(0.0, room):
                return number
        return len(self.rows)

    def _keep_together(self, count: int) -> int:
        """Return the last place up to `count` where the table may part."""
        left = len(self.rows) - count
        fewest = LAST_ROWS if count > 2 * LAST_ROWS else FEWEST if count > FEWEST else 0
        if 0 < left < fewest:
            count -= fewest - left
        while 0 < count < len(self.rows) and (
            self.rows[count].kind == "total" or self.rows[count - 1].kind in _TOGETHER
        ):
            count -= 1
        return count

    def _part_row(self, number: int, left: float, room: float) -> tuple[Flow, Flow] | None:
        row = self.rows[number]
        must = is_page(room) and number == 0
        if not must and row.height <= TALL_ROW:
            return None
        parts = row.part(left)
        if parts is None:
            return None
        first = replace(self, rows=(*self.rows[:number], parts[0]), after=0.0)
        return first, self._rest((parts[1], *self.rows[number + 1 :]))

    def _slice(self, start: int, end: int) -> TableFlow:
        return replace(self, rows=self.rows[start:end], after=0.0)

    def _rest(self, rows: tuple[RowFlow, ...]) -> TableFlow:
        return replace(self, caption=self.continued, rows=rows, before=0.0)

    def _rule(self, sheet: Sheet, x: float, y: float, line: float, colour: str) -> None:
        sheet.line((x, y), (x + self.width, y), stroke=colour, line=line)

    def _draw_row(self, sheet: Sheet, x: float, y: float, row: RowFlow) -> None:
        sheet.note_place(row.origin, x, y, self.width, row.height)
        if row.kind in ("group", "marked"):
            sheet.rectangle(x, y, self.width, row.height, fill=self.paper.wash)
        lines = []
        for cell in row.cells:
            sunk = row.height - 2 * row.pad - cell.text.height if row.kind == "head" else 0.0
            lines += cell.text.placed(x + cell.x, y + row.pad + sunk)
            if cell.bar is not None:
                self._draw_bar(sheet, x + cell.x, y + row.pad, cell)
        sheet.text(lines)

    def _draw_bar(self, sheet: Sheet, x: float, y: float, cell: CellFlow) -> None:
        top = y + (cell.text.style.leading - BAR_HEIGHT) / 2
        share = min(max(float(cell.bar or 0), 0.0), 1.0)
        sheet.rectangle(x, top, cell.width, BAR_HEIGHT, fill=self.paper.levels[0])
        if share:
            fill = self.paper.signal if cell.is_signal else self.paper.levels[3]
            sheet.rectangle(x, top, cell.width * share, BAR_HEIGHT, fill=fill)


def lay_table(table: Table, setter: Typesetter, width: float, continued: str) -> Flow:
    """Return `table` laid out for `width` points, with its caption above and its note below."""
    for row in table.rows:  # before columns are measured, so that what has no glyph is named with its row
        with setter.at(row.origin):
            for cell in row.cells:
                setter.clean(cell.text)
    places = _places(table, setter, width)
    pad = KEY_PAD if len(table.rows) <= SHORT else ROW_PAD
    has_head = any(column.head for column in table.columns)
    flow = TableFlow(
        caption=lay_caption(table.label, table.caption, setter, width, table.anchor),
        continued=lay_caption(table.label, f"{table.caption}{_joint(setter)}{continued}", setter, width),
        head=_head(table.columns, places, setter) if has_head else None,
        rows=tuple(_row(row, table.columns, places, setter, pad) for row in table.rows),
        width=width,
        paper=setter.paper,
    )
    if not table.note:
        return flow
    return Tail(body=flow, note=setter.flow(table.note, setter.styles.note, width))


def lay_caption(label: str, caption: str, setter: Typesetter, width: float, anchor: str = "") -> TextFlow | None:
    """Return number and text of a caption, the number in the accent; nothing without either. `anchor` names it."""
    style = setter.styles.caption
    if not label and not caption.strip():
        return None
    room = "\u3000" if setter.language == "zh" else "  "
    number = setter.run(
        f"{label}{room}" if label and setter.language == "zh" else label, style, colour=setter.paper.accent
    )
    text = setter.run(caption if setter.language == "zh" else f"\u00a0\u00a0{caption}" if label else caption, style)
    return replace(setter.flow_runs((number, text), style, width), anchor=anchor)


def _joint(setter: Typesetter) -> str:
    return "" if setter.language == "zh" else " "


def _places(table: Table, setter: Typesetter, width: float) -> list[tuple[float, float]]:
    """Return left edge and width of the text of each column, wide enough that no right-aligned number breaks."""
    side = WASHED_SIDE if any(row.kind in ("group", "marked") for row in table.rows) else 0.0
    widths = [column.width_mm * MM for column in table.columns]
    whole = sum(widths)
    if whole > width or abs(whole - width) < 1 * MM:
        widths = [one * width / whole for one in widths]
    last = len(widths) - 1
    pads = [GUTTER if index < last else 0.0 for index in range(last + 1)]
    outer = [side * ((index == 0) + (index == last)) for index in range(last + 1)]
    least, natural = [], []
    for index, outside in enumerate(pad + edge for pad, edge in zip(pads, outer, strict=True)):
        word, whole_line = _widths(table, index, setter)
        least.append(word + outside)
        natural.append(max(whole_line + outside, widths[index] if _has_bar(table, index) else 0.0))
    widths = _widened(widths, least, natural, [column.align == "right" for column in table.columns])
    places, x = [], 0.0
    for index, one in enumerate(widths):
        left = x + (side if index == 0 else 0.0)
        right = x + one - pads[index] - (side if index == last else 0.0)
        places.append((left, max(right - left, setter.styles.cell.size)))
        x += one
    return places


def _has_bar(table: Table, index: int) -> bool:
    return any(row.cells[index].bar is not None for row in table.rows if index < len(row.cells))


def _widths(table: Table, index: int, setter: Typesetter) -> tuple[float, float]:
    """Return the width below which a word or number of the column breaks, and that at which no cell does."""
    column = table.columns[index]
    cells = [
        (row.cells[index], _cell_style(row.cells[index], row.kind, setter))
        for row in table.rows
        if index < len(row.cells)
    ]
    words = [
        setter.narrowest(cell.text, style)
        for cell, style in cells
        if cell.text and (column.align == "right" or len(cell.text) <= _SHORT_TEXT)
    ]
    lines = [
        setter.line(cell.text, style).width if len(cell.text) <= _LONG_TEXT else inf
        for cell, style in cells
        if cell.text
    ]
    head = setter.line(column.head, setter.styles.head).width
    return max([setter.narrowest(column.head, setter.styles.head), *words]), max([head, *lines]) + 0.2


def _widened(widths: list[float], least: list[float], natural: list[float], is_right: list[bool]) -> list[float]:
    """Give columns the room others can spare: first to keep numbers whole, then words, then short cells on one line."""
    order = range(len(widths))
    for index in sorted(order, key=lambda at: not is_right[at]):
        widths = _take(widths, index, least[index] - widths[index], least)
    for index in sorted(order, key=lambda at: natural[at] - widths[at]):
        missing = natural[index] - widths[index]
        if missing <= sum(max(0.0, own - need) for own, need in zip(widths, natural, strict=True)):
            widths = _take(widths, index, missing, natural)
    return widths


def _take(widths: list[float], index: int, missing: float, needed: list[float]) -> list[float]:
    """Widen one column by what the others have beyond `needed`, in proportion."""
    spare = [
        max(0.0, own - need) if at != index else 0.0 for at, (own, need) in enumerate(zip(widths, needed, strict=True))
    ]
    whole = sum(spare)
    given = min(missing, whole)
    if given <= 0:
        return widths
    return [
        own - given * free / whole + (given if at == index else 0.0)
        for at, (own, free) in enumerate(zip(widths, spare, strict=True))
    ]


def _head(columns: Sequence[Column], places: list[tuple[float, float]], setter: Typesetter) -> RowFlow:
    cells = [
        CellFlow(x=x, width=width, text=setter.flow(column.head, setter.styles.head.of(side=_side(column)), width))
        for column, (x, width) in zip(columns, places, strict=True)
    ]
    return RowFlow(kind="head", cells=tuple(cells), pad=HEAD_PAD)


def _row(
    row: Row, columns: Sequence[Column], places: list[tuple[float, float]], setter: Typesetter, pad: float
) -> RowFlow:
    cells = [
        _cell(cell, row.kind, column, place, setter)
        for cell, column, place in zip(row.cells, columns, places, strict=False)
    ]
    return RowFlow(kind=row.kind, cells=tuple(cells), pad=pad, origin=row.origin)


def _cell(cell: Cell, kind: str, column: Column, place: tuple[float, float], setter: Typesetter) -> CellFlow:
    x, width = place
    style = _cell_style(cell, kind, setter).of(side=_side(column))
    text = "" if cell.bar is not None else cell.text
    flow = setter.flow(text, style, width)
    if column.align == "right" and _NUMBER_LIKE.match(cell.text) and setter.narrowest(cell.text, style) > width:
        flow = setter.fitted(text, style, width, most_lines=3)
    return CellFlow(x=x, width=width, text=flow, bar=cell.bar, is_signal=cell.tone == "signal")


def _cell_style(cell: Cell, kind: str, setter: Typesetter) -> TextStyle:
    style, paper = setter.styles.cell, setter.paper
    colour = {"soft": paper.soft, "signal": paper.signal}.get(cell.tone, style.colour)
    return style.of(colour=colour, bold=kind in ("group", "total") or cell.tone in ("bold", "signal"))


def _side(column: Column) -> Side:
    return "right" if column.align == "right" else "left"
