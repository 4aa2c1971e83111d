"""The tornado: what one figure at its low and at its high end makes of the result, the widest first."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.model.content import Tornado, TornadoBar
from diag_app.report.drawing import Box, Drawing, Label, Part, Stroke
from diag_app.report.styles import MM, TextStyle
from diag_app.report.typesetter import Typesetter

_ROW = 6.4 * MM
_BAR = 3.4 * MM
_GAP = 2 * MM
_FIGURE = 15 * MM
_HEAD = 13.0


@dataclass(frozen=True, kw_only=True)
class _Axis:
    """Results to distances from the left edge; never stands at the right end."""

    low: float
    high: float
    left: float
    right: float

    def x(self, value: float | None) -> float:
        if value is None:
            return self.right
        span = self.high - self.low
        return self.left + (value - self.low) / span * (self.right - self.left) if span else self.left


def draw_tornado(chart: Tornado, width: float, setter: Typesetter) -> Drawing:
    """Return one bar for each figure, around the likely result; a bar that never ends is dashed off at the edge."""
    name = TextStyle(size=8.2, leading=9.6, colour=setter.paper.ink)
    names = 0.3 * width
    known = [float(end) for bar in chart.bars for end in (bar.at_low, bar.at_high) if end is not None]
    likely = float(chart.likely)
    axis = _Axis(
        low=min([*known, likely]),
        high=max([*known, likely]),
        left=names + _GAP + _FIGURE,
        right=width - _FIGURE,
    )
    parts: list[Part] = []
    top = _HEAD
    for bar in chart.bars:
        label = setter.fitted(bar.label, name, names, 2)
        height = max(_ROW, label.height + 1 * MM)
        parts.append(Label(x=0.0, y=top + (height - label.height) / 2, text=label))
        parts += _bar(bar, axis, likely, top + height / 2, setter)
        top += height
    centre = axis.x(likely)
    parts.append(Stroke(start=(centre, _HEAD - 1.0), end=(centre, top), stroke=setter.paper.ink, line=1.0))
    head = setter.fitted(chart.likely_text, name.of(bold=True, side="centre"), 40 * MM)
    parts.append(Label(x=min(max(centre - 20 * MM, 0.0), width - 40 * MM), y=0.0, text=head))
    return Drawing(width=width, height=top + 0.5 * MM, parts=tuple(parts))


def _bar(bar: TornadoBar, axis: _Axis, likely: float, middle: float, setter: Typesetter) -> list[Part]:
    ends = (
        (None if bar.at_low is None else float(bar.at_low), bar.low_text, setter.paper.levels[3]),
        (None if bar.at_high is None else float(bar.at_high), bar.high_text, setter.paper.levels[2]),
    )
    centre = axis.x(likely)
    parts: list[Part] = []
    for value, _, fill in ends:
        x = axis.x(value)
        left = min(x, centre)
        parts.append(Box(x=left, y=middle - _BAR / 2, width=abs(x - centre), height=_BAR, fill=fill))
        if value is None:
            line = Stroke(
                start=(x, middle - _BAR), end=(x, middle + _BAR), stroke=setter.paper.signal, line=0.9, dash=(2.0, 1.5)
            )
            parts.append(line)
    first, second = sorted(ends, key=lambda end: axis.x(end[0]))
    figure = TextStyle(size=7.8, leading=9.6, colour=setter.paper.ink, side="right")
    start, stop = min(axis.x(first[0]), centre), max(axis.x(second[0]), centre)
    left_text = setter.fitted(first[1], figure, _FIGURE - 1.5 * MM)
    right_text = setter.fitted(second[1], figure.of(side="left"), _FIGURE - 1.5 * MM)
    parts.append(Label(x=start - _FIGURE, y=middle - left_text.height / 2, text=left_text))
    parts.append(Label(x=stop + 1.5 * MM, y=middle - right_text.height / 2, text=right_text))
    return parts
