"""Horizontal bars: label, bar on its full track, and the value at the right edge."""

from __future__ import annotations

from diag_app.model.content import BarChart
from diag_app.report.drawing import Box, Drawing, Label, Part
from diag_app.report.styles import MM, TextStyle
from diag_app.report.typesetter import Typesetter

_ROW = 6.2 * MM
_BAR = 2.6 * MM
_GAP = 3 * MM
_MOST_TEXT = 60  # characters measured; more do not fit


def draw_bars(chart: BarChart, width: float, setter: Typesetter) -> Drawing:
    """Return one row for each bar; a bar without value keeps its empty track and its text in the signal colour."""
    name = TextStyle(size=8.2, leading=9.6, colour=setter.paper.ink)
    figure = name.of(bold=True, side="right")
    label_width = _room([bar[0] for bar in chart.bars], name, 0.34 * width, setter)
    value_width = _room([bar[3] for bar in chart.bars], figure, 0.3 * width, setter)
    left, track = label_width + _GAP, width - label_width - value_width - 2 * _GAP
    parts: list[Part] = []
    top = 0.0
    for label, value, most, text in chart.bars:
        label_flow = setter.fitted(label, name, label_width, 2)
        colour = setter.paper.signal if value is None else setter.paper.ink
        value_flow = setter.fitted(text, figure.of(colour=colour), value_width, 2)
        height = max(_ROW, label_flow.height + 1 * MM, value_flow.height + 1 * MM)
        middle = top + height / 2
        parts.append(Box(x=left, y=middle - _BAR / 2, width=track, height=_BAR, fill=setter.paper.levels[0]))
        share = min(max(float(value / most), 0.0), 1.0) if value is not None and most > 0 else 0.0
        if share:
            parts.append(
                Box(x=left, y=middle - _BAR / 2, width=track * share, height=_BAR, fill=setter.paper.levels[3])
            )
        parts.append(Label(x=0.0, y=middle - label_flow.height / 2, text=label_flow))
        parts.append(Label(x=width - value_width, y=middle - value_flow.height / 2, text=value_flow))
        top += height
    return Drawing(width=width, height=top, parts=tuple(parts))


def _room(texts: list[str], style: TextStyle, most: float, setter: Typesetter) -> float:
    """Return the width the widest text takes, at most `most`."""
    widest = max((setter.line(text[:_MOST_TEXT], style).width for text in texts), default=0.0)
    return min(max(widest + 0.5, 8 * MM), most)
