"""A font as the line breaker sees it: a name and how far each character advances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A font face: the names it is registered by, and the advance of each code point in thousandths of an em.

    A face is equal to itself alone, so that it can be remembered by.

    `half_name` draws the same shapes with half the advance for the marks that give up half their square.
    """

    name: str
    half_name: str
    widths: Mapping[int, float]

    def __contains__(self, character: str) -> bool:
        """Return whether the face has a glyph for `character`."""
        return ord(character) in self.widths

    def advance(self, character: str) -> float:
        """Return how far `character` advances, in em; a square where the face has no glyph."""
        return self.widths.get(ord(character), 1000.0) / 1000.0


@dataclass(frozen=True, slots=True)
class Faces:
    """The two faces of the report."""

    regular: Face
    bold: Face

    def face(self, *, bold: bool) -> Face:
        """Return the bold or the regular face."""
        return self.bold if bold else self.regular
