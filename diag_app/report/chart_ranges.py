"""Ranges: a bar from low to high with a mark at the most likely value, all over one scale of money."""

from __future__ import annotations

from math import floor, log10

from diag_app.model.content import RangeChart
from diag_app.report.drawing import Box, Drawing, Label, Part, Stroke
from diag_app.report.styles import MM, TextStyle
from diag_app.report.typesetter import Typesetter

_ROW = 7.6 * MM
_BAR = 4 * MM
_MARK = 1 * MM
_GAP = 3 * MM
_FOOT = 11.0
_LINES = 5  # grid lines at most


def draw_ranges(chart: RangeChart, width: float, setter: Typesetter) -> Drawing:
    """Return one row for each range over grid lines at round figures."""
    paper = setter.paper
    name = TextStyle(size=8.2, leading=9.6, colour=paper.ink, bold=True)
    names, texts = 0.24 * width, 0.22 * width
    left, track = names + _GAP, width - names - texts - 2 * _GAP
    ends = [float(end) for bar in chart.bars for end in (bar.low, bar.high)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    span = (high - low) or 1.0
    step = _step(span)
    parts: list[Part] = []
    bottom = _ROW * len(chart.bars)

    def x(value: float) -> float:
        return left + (value - low) / span * track

    for number in range(int(low / step), int(high / step) + 1):
        place = x(number * step)
        parts.append(Stroke(start=(place, 0.0), end=(place, bottom), stroke=paper.hair, line=0.4))
        tick = setter.fitted(f"{number * step:g}", setter.styles.tick.of(side="centre"), 16 * MM)
        parts.append(Label(x=place - 8 * MM, y=bottom + 1.5, text=tick))
    for row, bar in enumerate(chart.bars):
        middle = (row + 0.5) * _ROW
        start, likely, end = (x(float(value)) for value in (bar.low, bar.likely, bar.high))
        fill = paper.levels[3 - row % 2]
        parts.append(Box(x=start, y=middle - _BAR / 2, width=max(end - start, 0.5), height=_BAR, fill=fill))
        parts.append(Box(x=likely - _MARK / 2, y=middle - _BAR / 2 - 1, width=_MARK, height=_BAR + 2, fill=paper.ink))
        label = setter.fitted(bar.label, name, names, 2)
        parts.append(Label(x=0.0, y=middle - label.height / 2, text=label))
        text = setter.fitted(bar.text, name.of(side="right"), texts, 2)
        parts.append(Label(x=width - texts, y=middle - text.height / 2, text=text))
    return Drawing(width=width, height=bottom + _FOOT, parts=tuple(parts))


def _step(span: float) -> float:
    """Return the round figure that parts `span` into at most five."""
    tens = 10.0 ** floor(log10(span / _LINES))
    return next(tens * factor for factor in (1, 2, 5, 10) if span / (tens * factor) <= _LINES)
