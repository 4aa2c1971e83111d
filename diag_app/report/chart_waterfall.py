"""The waterfall: from a start by additions to an end, against a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from diag_app.codec import plain_decimal
from diag_app.model.content import Waterfall
from diag_app.report.drawing import Box, Drawing, Label, Part, Shape, Stroke
from diag_app.report.styles import MM, TextStyle
from diag_app.report.typesetter import Typesetter

_PLOT = 44 * MM
_LEFT = 9 * MM  # for the ticks
_RIGHT = 19 * MM  # for the threshold's name
_NAME_GAP = 0.4 * MM  # between the names of two bars
_HEAD = 12.0  # a value above the tallest bar
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True, kw_only=True)
class _Bar:
    """One column: from `low` to `high`, and where the connecting line leaves it."""

    label: str
    low: Decimal
    high: Decimal
    end: Decimal
    figure: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class _Scale:
    """Values to distances from the top of the drawing."""

    low: Decimal
    high: Decimal

    def y(self, value: Decimal) -> float:
        span = self.high - self.low
        share = float((min(max(value, self.low), self.high) - self.low) / span)
        return _HEAD + _PLOT * (1 - share)


def draw_waterfall(chart: Waterfall, width: float, setter: Typesetter) -> Drawing:
    """Return the columns of `chart`; an axis that begins above zero breaks the columns that stand on it."""
    bars = _bars(chart)
    scale, ticks = _axis(chart, bars)
    right = width - _RIGHT
    pitch = (right - _LEFT) / len(bars)
    parts: list[Part] = _grid(scale, ticks, right, setter)
    parts += _threshold(chart, scale, right, width, setter)
    for index, bar in enumerate(bars):
        parts += _column(bar, _LEFT + index * pitch + 0.14 * pitch, 0.72 * pitch, scale, setter)
    for index, (bar, _) in enumerate(pairwise(bars)):
        x, y = _LEFT + (index + 0.86) * pitch, scale.y(bar.end)
        parts.append(Stroke(start=(x, y), end=(x + 0.28 * pitch, y), stroke=setter.paper.mid, line=0.5))
    base = _HEAD + _PLOT
    parts.append(Stroke(start=(_LEFT, base), end=(right, base), stroke=setter.paper.ink, line=0.7))
    parts += [_figure(bar, _LEFT + index * pitch, pitch, scale, setter) for index, bar in enumerate(bars)]
    names = [_names(bar, _LEFT + index * pitch, pitch, base + 1.2 * MM, setter) for index, bar in enumerate(bars)]
    parts += [label for pair in names for label in pair]
    below = max(label.y + label.text.height for pair in names for label in pair)
    return Drawing(width=width, height=below + 0.8 * MM, parts=tuple(parts))


def _bars(chart: Waterfall) -> list[_Bar]:
    name, start = chart.start
    place = start
    bars = [_Bar(label=name, low=Decimal(0), high=start, end=start, figure=_number(start), kind="start")]
    for label, value in chart.additions:
        after = place + value
        sign = "+" if value > 0 else ""
        bars.append(
            _Bar(
                label=label,
                low=min(place, after),
                high=max(place, after),
                end=after,
                figure=sign + _number(value),
                kind="step",
            )
        )
        place = after
    return [
        *bars,
        _Bar(label=chart.end_label, low=Decimal(0), high=place, end=place, figure=_number(place), kind="end"),
    ]


def _number(value: Decimal) -> str:
    return plain_decimal(value).replace("-", "−")


def _axis(chart: Waterfall, bars: list[_Bar]) -> tuple[_Scale, list[Decimal]]:
    """Return the scale and at most five round ticks."""
    lowest = min([chart.axis_from, *(bar.low for bar in bars if bar.kind == "step"), *(bar.high for bar in bars)])
    highest = max([*(bar.high for bar in bars), chart.threshold[1], lowest + 1])
    step = next(
        size * Decimal(10) ** power
        for power in range(-4, 30)
        for size in _STEPS
        if (highest - lowest) / (size * Decimal(10) ** power) <= 4
    )
    first = (lowest / step).to_integral_value(rounding="ROUND_CEILING") * step
    top = max(highest, (highest / step).to_integral_value(rounding="ROUND_CEILING") * step)
    ticks = [first + step * number for number in range(6) if first + step * number <= top]
    return _Scale(low=lowest, high=top), ticks


def _grid(scale: _Scale, ticks: list[Decimal], right: float, setter: Typesetter) -> list[Part]:
    style = setter.styles.tick.of(side="right")
    parts: list[Part] = []
    for tick in ticks:
        y = scale.y(tick)
        parts.append(Stroke(start=(_LEFT, y), end=(right, y), stroke=setter.paper.hair, line=0.4))
        text = setter.fitted(_number(tick), style, _LEFT - 1.5 * MM)
        parts.append(Label(x=0.0, y=y - text.height / 2, text=text))
    return parts


def _threshold(chart: Waterfall, scale: _Scale, right: float, width: float, setter: Typesetter) -> list[Part]:
    name, value = chart.threshold
    y = scale.y(value)
    style = TextStyle(size=7.6, leading=10, colour=setter.paper.signal, bold=True)
    text = setter.fitted(name, style, width - right - 1.5 * MM, 2)
    number = setter.fitted(_number(value), style.of(bold=False), width - right - 1.5 * MM)
    high = text.height + number.height
    top = min(max(y - high / 2, 0.0), _HEAD + _PLOT - high)
    return [
        Stroke(start=(_LEFT, y), end=(right, y), stroke=setter.paper.signal, line=1.0, dash=(2.4, 1.8)),
        Label(x=right + 1.5 * MM, y=top, text=text),
        Label(x=right + 1.5 * MM, y=top + text.height, text=number),
    ]


def _column(bar: _Bar, x: float, width: float, scale: _Scale, setter: Typesetter) -> list[Part]:
    paper = setter.paper
    fill = {"start": paper.levels[2], "step": paper.accent, "end": paper.levels[3]}[bar.kind]
    top, bottom = scale.y(bar.high), scale.y(max(bar.low, scale.low))
    parts: list[Part] = [Box(x=x, y=top, width=width, height=max(bottom - top, 0.6), fill=fill)]
    if scale.low > 0 and bar.kind != "step" and bottom - top > 4 * MM:
        cut = bottom - 2.2 * MM
        points = ((x - 0.5, cut + 1.2), (x + width + 0.5, cut - 1.8), (x + width + 0.5, cut), (x - 0.5, cut + 3.0))
        parts.append(Shape(points=points, fill=paper.page))
    return parts


def _figure(bar: _Bar, x: float, pitch: float, scale: _Scale, setter: Typesetter) -> Label:
    colour = setter.paper.accent if bar.kind == "step" else setter.paper.ink
    style = TextStyle(size=8.4, leading=_HEAD - 1, colour=colour, bold=True, side="centre")
    text = setter.fitted(bar.figure, style, pitch)
    return Label(x=x, y=scale.y(bar.high) - text.height - 0.5, text=text, patch=setter.paper.page)


def _names(bar: _Bar, x: float, pitch: float, y: float, setter: Typesetter) -> tuple[Label, ...]:
    first, _, second = bar.label.partition("\n")
    name = TextStyle(size=7.8, leading=10.4, colour=setter.paper.ink, bold=True, side="centre")
    upper = setter.fitted(first, name, pitch - _NAME_GAP, 3)
    labels = [Label(x=x + _NAME_GAP / 2, y=y, text=upper)]
    if second:
        soft = setter.styles.tick.of(side="centre")
        lower = setter.fitted(second, soft, pitch - _NAME_GAP, 2)
        labels.append(Label(x=x + _NAME_GAP / 2, y=y + upper.height, text=lower))
    return tuple(labels)
