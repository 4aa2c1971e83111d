"""Marks and boxes while they are being drawn: begun, moved, sized, gone through, taken away; nothing is stored yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from diag_app.model.marks import WHOLE, Box, Mark, MarkKind, Point

Tool = Literal["redact", "arrow", "box", "text", "pen", "number"]
TOOLS: tuple[Tool, ...] = ("arrow", "box", "text", "pen", "number", "redact")
STEP, FINE_STEP = 100, 20  # of ten thousand, by one press of an arrow key
_START = 3500, 4000, 6500, 6000  # where a mark begins that is made by key: in the middle
_LEAST = 60  # a drag shorter than this was a click
_REACH = 250


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One mark; a redaction is a box to be filled."""

    tool: Tool
    points: tuple[Point, ...]
    text: str = ""

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of all points."""
        across, down = [x for x, _ in self.points], [y for _, y in self.points]
        return min(across), min(down), max(across), max(down)

    def moved(self, dx: int, dy: int) -> Draft:
        """Return the mark shifted as a whole, as far as the picture goes."""
        left, top, right, bottom = self.bounds
        dx, dy = max(-left, min(WHOLE - right, dx)), max(-top, min(WHOLE - bottom, dy))
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))

    def sized(self, dx: int, dy: int) -> Draft:
        """Return the mark with its last point shifted."""
        x, y = self.points[-1]
        return replace(self, points=(*self.points[:-1], (_within(x + dx), _within(y + dy))))

    def is_near(self, x: int, y: int) -> bool:
        """Return whether a point is on the mark, or nearly."""
        left, top, right, bottom = self.bounds
        return left - _REACH <= x <= right + _REACH and top - _REACH <= y <= bottom + _REACH


@dataclass
class Drafts:
    """The marks of one picture in the order they were made, and which one keys act on."""

    items: list[Draft] = field(default_factory=list)
    current: int = -1

    @property
    def chosen(self) -> Draft | None:
        """Return the mark that keys act on."""
        return self.items[self.current] if 0 <= self.current < len(self.items) else None

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Return what is to be blacked out."""
        found = []
        for draft in self.items:
            if draft.tool == "redact":
                left, top, right, bottom = draft.bounds
                found.append(Box(left=left, top=top, right=right, bottom=bottom))
        return tuple(box for box in found if box.is_sound)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return what is to be drawn."""
        kinds: dict[Tool, MarkKind] = {
            "arrow": "arrow", "box": "box", "text": "text", "pen": "pen", "number": "number",
        }  # fmt: skip
        found = [
            Mark(kind=kinds[draft.tool], points=draft.points, text=draft.text)
            for draft in self.items
            if draft.tool in kinds
        ]
        return tuple(mark for mark in found if mark.is_sound)

    def begin(self, tool: Tool, at: Point) -> None:
        """Begin a mark at a point; a number takes the next figure."""
        here = (_within(at[0]), _within(at[1]))
        text = str(sum(draft.tool == "number" for draft in self.items) + 1) if tool == "number" else ""
        points = (here,) if tool in ("text", "number") else (here, here)
        self.items.append(Draft(tool=tool, points=points, text=text))
        self.current = len(self.items) - 1

    def draw_to(self, at: Point) -> None:
        """Go on with the mark begun: a pen leaves a trace, a text or number moves, the others end here."""
        draft = self.chosen
        if draft is None:
            return
        here = (_within(at[0]), _within(at[1]))
        if draft.tool == "pen":
            points = (*draft.points, here)
        elif draft.tool in ("text", "number"):
            points = (here,)
        else:
            points = (draft.points[0], here)
        self.items[self.current] = replace(draft, points=points)

    def end(self) -> None:
        """Finish the mark begun; one of no size is taken away."""
        draft = self.chosen
        if draft is not None and draft.tool not in ("text", "number"):
            left, top, right, bottom = draft.bounds
            if max(right - left, bottom - top) < _LEAST:
                self.remove()

    def add(self, tool: Tool) -> None:
        """Make a mark in the middle, for keys to move and size."""
        left, top, right, bottom = _START
        self.begin(tool, (left, top))
        if tool not in ("text", "number"):
            self.items[self.current] = replace(self.items[self.current], points=((left, top), (right, bottom)))

    def choose_at(self, x: int, y: int) -> bool:
        """Let keys act on the newest mark at a point; return whether there is one."""
        for place in reversed(range(len(self.items))):
            if self.items[place].is_near(x, y):
                self.current = place
                return True
        return False

    def step(self, by: int) -> None:
        """Let keys act on the next or previous mark."""
        if self.items:
            self.current = (self.current + by) % len(self.items)

    def move(self, dx: int, dy: int, *, is_sizing: bool = False) -> None:
        """Move the chosen mark, or its last point."""
        draft = self.chosen
        if draft is not None:
            self.items[self.current] = draft.sized(dx, dy) if is_sizing else draft.moved(dx, dy)

    def write(self, text: str) -> None:
        """Give the chosen mark its words."""
        draft = self.chosen
        if draft is not None:
            self.items[self.current] = replace(draft, text=text)

    def remove(self) -> None:
        """Take the chosen mark away."""
        if self.chosen is not None:
            del self.items[self.current]
            self.current = len(self.items) - 1

    def clear(self) -> None:
        """Take all marks away."""
        self.items.clear()
        self.current = -1


def _within(value: int) -> int:
    return max(0, min(WHOLE, value))
