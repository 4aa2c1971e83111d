"""Where things are on a picture, whatever its size in pixels: boxes and drawn marks in ten-thousandths of its sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WHOLE = 10_000
Point = tuple[int, int]  # from the left and from the top of the upright picture
MarkKind = Literal["arrow", "box", "text", "pen", "number"]
MARK_KINDS: tuple[MarkKind, ...] = ("arrow", "box", "text", "pen", "number")


@dataclass(frozen=True, kw_only=True)
class Box:
    """A part of a picture; `right` and `bottom` lie outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_sound(self) -> bool:
        """Return whether the box lies on the picture and covers some of it."""
        return 0 <= self.left < self.right <= WHOLE and 0 <= self.top < self.bottom <= WHOLE

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom on a picture of that size, rounded outwards: nothing half covered."""
        left, right = self.left * width // WHOLE, -(-self.right * width // WHOLE)
        top, bottom = self.top * height // WHOLE, -(-self.bottom * height // WHOLE)
        return left, top, right, bottom


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One drawn mark: an arrow from the first point to the last, a box between two, a pen line, a text or a number."""

    kind: MarkKind
    points: tuple[Point, ...]
    text: str = ""

    @property
    def is_sound(self) -> bool:
        """Return whether the mark can be drawn: enough points, all on the picture, and words where words belong."""
        needed = 1 if self.kind in ("text", "number") else 2
        on_picture = all(0 <= x <= WHOLE and 0 <= y <= WHOLE for x, y in self.points)
        return len(self.points) >= needed and on_picture and (self.kind not in ("text", "number") or bool(self.text))
