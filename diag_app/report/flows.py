"""What stands below each other on pages: things that know their height, may split, and draw themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from diag_app.report.line_breaker import Line
from diag_app.report.sheet import Sheet
from diag_app.report.styles import ASCENT, TEXT_HEIGHT, TextStyle

LEAST_SCALE = 0.75  # a drawing a little too high for the page of its head shrinks this far rather than leave it
_EDGE = 0.01


class Flow(Protocol):
    """Something of fixed width that is placed from the top of a page downwards; all measures in points."""

    @property
    def before(self) -> float:
        """Room above it; of two neighbours' gaps the larger counts."""
        ...

    @property
    def after(self) -> float:
        """Room below it."""
        ...

    @property
    def height(self) -> float:
        """How high it is."""
        ...

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Return a part not higher than `room` and the rest, or nothing where it must not be parted there."""
        ...

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw itself with its top left corner at (x, y)."""
        ...


class Whole:
    """A flow that never parts."""

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Return nothing, whatever the room."""
        del room
        return None


def is_page(room: float) -> bool:
    """Return whether `room` is a whole page: what does not fit there must part or shrink."""
    return room >= TEXT_HEIGHT - _EDGE


def fits(height: float, room: float) -> bool:
    """Return whether something `height` high fits into `room`."""
    return height <= room + _EDGE


@dataclass(frozen=True, kw_only=True)
class TextFlow:
    """Broken lines of one style; their beginning is what `anchor` names."""

    lines: tuple[Line, ...]
    style: TextStyle
    width: float
    before: float = 0.0
    after: float = 0.0
    anchor: str = ""

    @property
    def height(self) -> float:
        """Lines times leading."""
        return len(self.lines) * self.style.leading

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Part between lines; no line of a paragraph stays alone unless a page is too small for it."""
        count = min(int((room + _EDGE) / self.style.leading), len(self.lines))
        if count < len(self.lines) and count == len(self.lines) - 1 and len(self.lines) > 3:
            count -= 1
        if count < 1 or count == len(self.lines) or (count < 2 and not is_page(room)):
            return None
        return self._part(self.lines[:count], after=0.0), self._part(self.lines[count:], before=0.0)

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the lines from (x, y) downwards."""
        if self.anchor:
            sheet.bookmark(self.anchor, x, y)
        sheet.text(self.placed(x, y))

    @property
    def baseline(self) -> float:
        """How far below the top the first baseline lies."""
        return (self.style.leading - self.style.size) / 2 + ASCENT * self.style.size

    def placed(self, x: float, y: float) -> list[tuple[Line, float, float]]:
        """Return each line with its left edge and baseline."""
        places = []
        for number, line in enumerate(self.lines):
            free = self.width - line.width
            shift = {"left": 0.0, "right": free, "centre": free / 2}[self.style.side]
            places.append((line, x + shift, y + number * self.style.leading + self.baseline))
        return places

    def _part(self, lines: tuple[Line, ...], *, before: float | None = None, after: float | None = None) -> TextFlow:
        return TextFlow(
            lines=lines,
            style=self.style,
            width=self.width,
            before=self.before if before is None else before,
            after=self.after if after is None else after,
        )


@dataclass(frozen=True, kw_only=True)
class Space(Whole):
    """Empty room."""

    height: float
    before: float = 0.0
    after: float = 0.0

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw nothing."""


def stacked_height(flows: Sequence[Flow]) -> float:
    """Return the height of `flows` below each other, without the outer gaps."""
    height = sum(flow.height for flow in flows)
    return height + sum(max(a.after, b.before) for a, b in pairwise(flows))


@dataclass(frozen=True, kw_only=True)
class Stack:
    """Flows kept together on one page as long as one page holds them."""

    flows: tuple[Flow, ...]
    height: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "height", stacked_height(self.flows))

    @property
    def before(self) -> float:
        """The first flow's gap."""
        return self.flows[0].before if self.flows else 0.0

    @property
    def after(self) -> float:
        """The last flow's gap."""
        return self.flows[-1].after if self.flows else 0.0

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Part only on an empty page: between two flows, or inside the first that does not fit."""
        return part_between(self.flows, room) if is_page(room) else None

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the flows below each other."""
        for flow, place in placed(self.flows, y):
            flow.draw(sheet, x, place)


def placed(flows: Sequence[Flow], y: float) -> list[tuple[Flow, float]]:
    """Return each of `flows` with its top, stacked from `y`."""
    places = []
    after = 0.0
    for number, flow in enumerate(flows):
        y += max(after, flow.before) if number else 0.0
        places.append((flow, y))
        y += flow.height
        after = flow.after
    return places


def part_between(flows: Sequence[Flow], room: float) -> tuple[Flow, Flow] | None:
    """Return what of `flows` fits `room` and the rest, parting the first that does not fit if it can be."""
    for index, (flow, top) in enumerate(placed(flows, 0.0)):
        if fits(top + flow.height, room):
            continue
        parts = flow.split(room if not index else room - top)
        if parts is not None:
            return Stack(flows=(*flows[:index], parts[0])), Stack(flows=(parts[1], *flows[index + 1 :]))
        return (Stack(flows=tuple(flows[:index])), Stack(flows=tuple(flows[index:]))) if index else None
    return None


@dataclass(frozen=True, kw_only=True)
class Shrunk(Whole):
    """A flow that neither fits a page nor can be parted, drawn smaller: the last resort."""

    flow: Flow
    scale: float
    before: float = 0.0
    after: float = 0.0

    @property
    def height(self) -> float:
        """The height it is drawn with."""
        return self.flow.height * self.scale

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw it smaller."""
        sheet.scaled(x, y, self.scale)
        self.flow.draw(sheet, x, y)
        sheet.unscaled()


@dataclass(frozen=True, kw_only=True)
class Lead:
    """A head that never stands without the beginning of what it leads; a `tight` head alone decides the gap."""

    head: Flow
    body: Flow
    tight: bool = True

    @property
    def before(self) -> float:
        """The head's gap."""
        return self.head.before

    @property
    def after(self) -> float:
        """The body's gap."""
        return self.body.after

    @property
    def height(self) -> float:
        """Both, with the gap between."""
        return self.head.height + self._gap + self.body.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Part the body; on an empty page, part head from body or the head itself if nothing else is left."""
        taken = self.head.height + self._gap
        parts = self.body.split(room - taken) if room > taken else None
        if parts is not None:
            return replace(self, body=parts[0]), parts[1]
        if not is_page(room):
            return None
        scale = (room - taken) / self.body.height if self.body.height else 1.0
        if LEAST_SCALE <= scale < 1:
            return replace(self, body=Shrunk(flow=self.body, scale=scale)), Space(height=0.0)
        return part_between((self.head, self.body), room)

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw head and body."""
        self.head.draw(sheet, x, y)
        self.body.draw(sheet, x, y + self.head.height + self._gap)

    @property
    def _gap(self) -> float:
        return self.head.after if self.tight else max(self.head.after, self.body.before)


@dataclass(frozen=True, kw_only=True)
class Tail:
    """A note that never stands without the end of what it explains."""

    body: Flow
    note: Flow

    @property
    def before(self) -> float:
        """The body's gap."""
        return self.body.before

    @property
    def after(self) -> float:
        """The note's gap."""
        return self.note.after

    @property
    def height(self) -> float:
        """Both, with the gap between."""
        return self.body.height + self.note.before + self.note.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Part the body so that its end goes with the note; a note longer than a page parts by itself."""
        parts = self.body.split(min(room, self.body.height - 2 * _EDGE))
        if parts is not None:
            return parts[0], Tail(body=parts[1], note=self.note)
        return part_between((self.body, self.note), room) if is_page(room) else None

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw body and note."""
        self.body.draw(sheet, x, y)
        self.note.draw(sheet, x, y + self.body.height + self.note.before)
