"""A drawing as shapes with final measures: made from facts, painted later, never scaled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diag_app.report.flows import TextFlow, Whole
from diag_app.report.sheet import Point, Sheet


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle by its top left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A straight line."""

    start: Point
    end: Point
    stroke: str
    line: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A polygon."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    line: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One stroke of a pen."""

    points: tuple[Point, ...]
    stroke: str
    line: float


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A filled outline of moves (M), lines (L), curves (C) and closings (Z)."""

    segments: tuple[tuple[str, tuple[float, ...]], ...]
    fill: str


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True, kw_only=True)
class Label:
    """Text with its top left corner; `patch` is painted behind it where lines would cross it."""

    x: float
    y: float
    text: TextFlow
    patch: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the ink, counting lines in full."""
        widest = max((line.width for line in self.text.lines), default=0.0)
        free = self.text.width - widest
        left = self.x + {"left": 0.0, "right": free, "centre": free / 2}[self.text.style.side]
        return left, self.y, left + widest, self.y + self.text.height


Part = Box | Stroke | Shape | Curve | Outline | Dot | Label


@dataclass(frozen=True, kw_only=True)
class Drawing(Whole):
    """Shapes on an area of fixed size, in points from its top left corner; a flow like any other."""

    width: float
    height: float
    parts: tuple[Part, ...]
    before: float = 0.0
    after: float = 0.0

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Paint the shapes in order."""
        for part in self.parts:
            _paint(sheet, part, x, y)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The texts in the drawing."""
        return tuple(part for part in self.parts if isinstance(part, Label))


def _paint(sheet: Sheet, part: Part, x: float, y: float) -> None:
    match part:
        case Box():
            sheet.rectangle(
                x + part.x,
                y + part.y,
                part.width,
                part.height,
                fill=part.fill,
                stroke=part.stroke,
                line=part.line,
                dash=part.dash,
            )
        case Stroke():
            start, end = _moved((part.start, part.end), x, y)
            sheet.line(start, end, stroke=part.stroke, line=part.line, dash=part.dash)
        case Shape():
            sheet.polygon(_moved(part.points, x, y), fill=part.fill, stroke=part.stroke, line=part.line)
        case Curve():
            sheet.curve(_moved(part.points, x, y), stroke=part.stroke, line=part.line)
        case Outline():
            shift = (x, y)
            moved = [(kind, [value + shift[place % 2] for place, value in enumerate(at)]) for kind, at in part.segments]
            sheet.outline_shape(moved, fill=part.fill)
        case Dot():
            sheet.circle(x + part.x, y + part.y, part.radius, fill=part.fill)
        case Label():
            if part.patch:
                left, top, right, bottom = part.box
                sheet.rectangle(x + left - 1, y + top, right - left + 2, bottom - top, fill=part.patch)
            part.text.draw(sheet, x + part.x, y + part.y)


def _moved(points: Iterable[Point], x: float, y: float) -> list[Point]:
    return [(x + left, y + top) for left, top in points]
