"""Boxes around flows: columns side by side, rules, washed boxes, hung numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from diag_app.report.flows import Flow, Stack, TextFlow, Whole, part_between
from diag_app.report.sheet import Sheet
from diag_app.report.styles import MM


@dataclass(frozen=True, kw_only=True)
class Rule(Whole):
    """A horizontal rule without height."""

    width: float
    colour: str
    line: float
    before: float = 0.0
    after: float = 0.0
    height: float = 0.0

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the line."""
        sheet.line((x, y), (x + self.width, y), stroke=self.colour, line=self.line)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Flows beside each other, each at its own left edge; taller than a page, they follow each other."""

    columns: tuple[tuple[float, Flow], ...]
    before: float = 0.0
    after: float = 0.0

    @property
    def height(self) -> float:
        """The tallest column."""
        return max((flow.height for _, flow in self.columns), default=0.0)

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Part only where no page is high enough, then column after column."""
        return Stack(flows=tuple(flow for _, flow in self.columns)).split(room)

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw every column from the same height."""
        for left, flow in self.columns:
            flow.draw(sheet, x + left, y)


@dataclass(frozen=True, kw_only=True)
class Boxed:
    """A flow on a washed ground, with a bar at the left if `bar` names a colour."""

    flow: Flow
    width: float
    fill: str
    bar: str = ""
    before: float = 0.0
    after: float = 0.0
    pad_x: float = 4 * MM
    pad_y: float = 2.6 * MM

    @property
    def height(self) -> float:
        """The flow and its padding."""
        return self.flow.height + 2 * self.pad_y

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Part what is inside; each part has its own ground."""
        parts = part_between((self.flow,), room - 2 * self.pad_y)
        if parts is None:
            return None
        return replace(self, flow=parts[0], after=0.0), replace(self, flow=parts[1], before=0.0)

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the ground, the bar, the flow."""
        sheet.rectangle(x, y, self.width, self.height, fill=self.fill)
        if self.bar:
            sheet.rectangle(x, y, 1.3 * MM, self.height, fill=self.bar)
        self.flow.draw(sheet, x + self.pad_x, y + self.pad_y)


@dataclass(frozen=True, kw_only=True)
class Hung:
    """A flow with a number or term hung to the left of its first line."""

    mark: TextFlow | None
    flow: TextFlow
    indent: float
    before: float = 0.0
    after: float = 0.0

    @property
    def height(self) -> float:
        """The higher of the two."""
        return max(self.flow.height, self.mark.height if self.mark is not None else 0.0)

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Part the text; the mark stays with its beginning."""
        parts = self.flow.split(room)
        if parts is None or not isinstance(parts[0], TextFlow) or not isinstance(parts[1], TextFlow):
            return None
        if self.mark is not None and self.mark.height > room:
            return None
        first = replace(self, flow=parts[0], after=0.0)
        return first, replace(self, mark=None, flow=parts[1], before=0.0)

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw mark and text on one first baseline."""
        if self.mark is not None:
            self.mark.draw(sheet, x, y + self.flow.baseline - self.mark.baseline)
        self.flow.draw(sheet, x + self.indent, y)
