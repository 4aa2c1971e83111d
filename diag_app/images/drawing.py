"""Marks drawn into the pixels of a picture: red on a white edge, so that they stand out on any ground."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from diag_app.model.marks import WHOLE, Mark
from diag_app.paths import resource

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

INK, EDGE = (200, 40, 30), (255, 255, 255)
STROKE, LETTER = 1 / 240, 1 / 28  # of the longest side
HEAD, HEAD_ANGLE = 6, math.radians(26)  # length of an arrow's head in strokes, half its angle
XY = tuple[float, float]


def draw_marks(image: Image, marks: Sequence[Mark]) -> None:
    """Draw the marks in order; the same marks on the same pixels give the same pixels."""
    from PIL import ImageDraw  # noqa: PLC0415

    pen = _Pen(ImageDraw.Draw(image), image.width, image.height)
    for mark in marks:
        points = [pen.place(x, y) for x, y in mark.points]
        match mark.kind:
            case "arrow":
                pen.arrow(points[0], points[-1])
            case "box":
                pen.box(points[0], points[-1])
            case "pen":
                pen.line(points)
            case "text":
                pen.text(points[0], mark.text)
            case "number":
                pen.number(points[0], mark.text)


class _Pen:
    """Knows the size of strokes and letters on one picture."""

    def __init__(self, draw: ImageDraw, width: int, height: int) -> None:
        self._draw, self._width, self._height = draw, width, height
        longest = max(width, height)
        self._stroke = max(2, round(longest * STROKE))
        self._edge = max(1, self._stroke // 3)
        self._letter = max(12, round(longest * LETTER))

    def place(self, x: int, y: int) -> XY:
        return x * (self._width - 1) / WHOLE, y * (self._height - 1) / WHOLE

    def line(self, points: list[XY]) -> None:
        for colour, width in ((EDGE, self._stroke + 2 * self._edge), (INK, self._stroke)):
            self._draw.line(points, fill=colour, width=width, joint="curve")
            for x, y in (points[0], points[-1]):
                half = (width - 1) / 2
                self._draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def arrow(self, start: XY, end: XY) -> None:
        angle = math.atan2(end[1] - start[1], end[0] - start[0])
        reach = self._stroke * HEAD
        wings = [
            (end[0] - reach * math.cos(angle + turn), end[1] - reach * math.sin(angle + turn))
            for turn in (HEAD_ANGLE, -HEAD_ANGLE)
        ]
        self.line([start, end])
        self.line([wings[0], end, wings[1]])

    def box(self, one: XY, other: XY) -> None:
        (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        self.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])

    def text(self, at: XY, words: str) -> None:
        self._draw.text(at, words, font=self._font(), fill=INK, stroke_width=self._edge * 2, stroke_fill=EDGE)

    def number(self, at: XY, words: str) -> None:
        radius = self._letter * (0.62 + 0.22 * len(words))
        for colour, size in ((EDGE, radius + self._edge), (INK, radius)):
            self._draw.ellipse((at[0] - size, at[1] - size, at[0] + size, at[1] + size), fill=colour)
        self._draw.text(at, words, font=self._font(), fill=EDGE, anchor="mm")

    def _font(self) -> FreeTypeFont:
        from PIL import ImageFont  # noqa: PLC0415

        return ImageFont.truetype(str(resource("fonts", "NotoSansSC-Bold.ttf")), self._letter)
