"""The radar: shares on spokes, each with its name and figure outside, so that nothing must be looked up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import cos, pi, sin

from diag_app.model.content import RadarChart
from diag_app.report.drawing import Dot, Drawing, Label, Part, Shape, Stroke
from diag_app.report.sheet import Point
from diag_app.report.styles import MM, Side, TextStyle
from diag_app.report.typesetter import Typesetter

_RINGS = (0.25, 0.5, 0.75)
_MOST_RADIUS = 26 * MM
_ABOVE = 3 * MM
_BELOW = 2 * MM
_LABEL_ROOM = 15 * MM  # at the left and right of the web
_FILL_TINT = 0.45  # share of the level colour in the fill, mixed flat because transparency prints unevenly


def draw_radar(chart: RadarChart, width: float, setter: Typesetter) -> Drawing:
    """Return the web of `chart`; fewer than three spokes have no area and are drawn as rays."""
    radius = max(12 * MM, min(_MOST_RADIUS, (width - 2 * _LABEL_ROOM) / 2))
    tried = _all_labels(chart, (width / 2, radius), radius, width, setter)
    centre = (width / 2, radius + _ABOVE - min([label.y for label in tried], default=0.0))
    labels = _all_labels(chart, centre, radius, width, setter)
    corners = _corners(chart, centre, radius)
    parts = (*_fill(corners, setter), *_web(chart, centre, radius, setter), *_outline(corners, setter), *labels)
    height = max([label.y + label.text.height for label in labels], default=2 * radius) + _BELOW
    return Drawing(width=width, height=height, parts=parts)


def _all_labels(chart: RadarChart, centre: Point, radius: float, width: float, setter: Typesetter) -> list[Label]:
    styles = (
        TextStyle(size=7.8, leading=10, colour=setter.paper.ink),
        TextStyle(size=7.4, leading=9.6, colour=setter.paper.soft),
    )
    return [
        label
        for index, (name, share) in enumerate(chart.spokes)
        for label in _labels(chart, index, name, share, centre, radius, width, setter, styles)
    ]


def percent(share: Decimal) -> str:
    """Return a share as a percentage with one decimal, halves away from zero."""
    return f"{(share * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _point(centre: Point, radius: float, index: int, count: int) -> Point:
    angle = 2 * pi * index / max(count, 1)
    return centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)


def _web(chart: RadarChart, centre: Point, radius: float, setter: Typesetter) -> list[Part]:
    count = len(chart.spokes)
    paper = setter.paper
    parts: list[Part] = []
    for ring in (*_RINGS, 1.0) if count > 2 else ():
        points = tuple(_point(centre, radius * ring, index, count) for index in range(count))
        colour, line = (paper.soft, 0.5) if ring == 1.0 else (paper.rule, 0.4)
        parts.append(Shape(points=points, stroke=colour, line=line))
    parts += [
        Stroke(start=centre, end=_point(centre, radius, index, count), stroke=paper.hair, line=0.4)
        for index in range(count)
    ]
    return parts


def _corners(chart: RadarChart, centre: Point, radius: float) -> tuple[Point, ...]:
    return tuple(
        _point(centre, radius * min(max(float(share), 0.0), 1.0), index, len(chart.spokes))
        for index, (_, share) in enumerate(chart.spokes)
        if share is not None
    )


def _fill(corners: tuple[Point, ...], setter: Typesetter) -> list[Part]:
    """Return the flat area below the web, so that its rings stay readable."""
    paper = setter.paper
    tint = _mixed(paper.levels[2], paper.page, _FILL_TINT)
    return [Shape(points=corners, fill=tint)] if len(corners) > 2 else []


def _outline(corners: tuple[Point, ...], setter: Typesetter) -> list[Part]:
    accent = setter.paper.accent
    lines: list[Part] = [Shape(points=corners, stroke=accent, line=1.1)] if len(corners) > 2 else []
    return [*lines, *(Dot(x=x, y=y, radius=1.3, fill=accent) for x, y in corners)]


def _mixed(colour: str, ground: str, share: float) -> str:
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02X}" for over, under in pairs)


def _labels(
    chart: RadarChart,
    index: int,
    label: str,
    share: Decimal | None,
    centre: Point,
    radius: float,
    width: float,
    setter: Typesetter,
    styles: tuple[TextStyle, TextStyle],
) -> list[Label]:
    """Return name and figure of one spoke, standing outside the ring on the spoke's side."""
    count = len(chart.spokes)
    x, y = _point(centre, radius + 2.2 * MM, index, count)
    lean = sin(2 * pi * index / max(count, 1))
    is_weak = share is None or share < chart.weak_below
    name, figure = (style.of(colour=setter.paper.signal, bold=True) for style in styles) if is_weak else styles
    side: Side = "right"
    if abs(lean) < 0.2:
        half = min(x, width - x)
        left, room, side = x - half, 2 * half, "centre"
    elif lean > 0:
        left, room, side = x, width - x, "left"
    else:
        left, room = 0.0, x
    name, figure = name.of(side=side), figure.of(side=side)
    text = setter.fitted(label, name, max(room, 8 * MM), 2)
    value = setter.fitted(chart.missing if share is None else percent(share), figure, max(room, 8 * MM))
    height = text.height + value.height
    upward = cos(2 * pi * index / max(count, 1))
    top = y - height * (0.5 + 0.5 * upward)
    return [Label(x=left, y=top, text=text), Label(x=left, y=top + text.height, text=value)]
