"""Signatures drawn by hand on the visit record: strokes as they were drawn, by whom, when, and on what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Signer = Literal["firm", "consultant"]
SIGNERS: tuple[Signer, ...] = ("firm", "consultant")
SIGNATURE = "drawn_signature:"  # + signer: a register of the assessment

Point = tuple[int, int]
WIDTH, HEIGHT = 1000, 400  # the area drawn on, whatever the size on screen
MOST_STROKES, MOST_POINTS = 200, 20_000


@dataclass(frozen=True, kw_only=True)
class DrawnSignature:
    """One signature; `holds` while the visit record says what it said when it was signed."""

    signer: Signer
    name: str
    strokes: tuple[tuple[Point, ...], ...]
    at: str  # ISO time
    by: str  # who recorded it
    signed_on: str  # digest of what was signed
    holds: bool = True


@dataclass(frozen=True, kw_only=True)
class DrawnInBox:
    """A signature drawn by hand in box number `box` (from 0): strokes on an area of 1000 by 400, who and when."""

    box: int
    strokes: tuple[tuple[tuple[int, int], ...], ...]
    text: str


def signatures_from(registers: Mapping[Signer, Mapping[str, Any]], signed_now: str) -> tuple[DrawnSignature, ...]:
    """Return the signatures in an assessment's registers, in the order of the boxes."""
    return tuple(
        DrawnSignature(
            signer=signer,
            name=value["name"],
            strokes=strokes_from(value["strokes"]),
            at=value["at"],
            by=value["by"],
            signed_on=value["signed_on"],
            holds=value["signed_on"] == signed_now,
        )
        for signer, value in registers.items()
    )


def strokes_from(drawn: Iterable[Iterable[Iterable[float]]]) -> tuple[tuple[Point, ...], ...]:
    """Return strokes on the area drawn on, points outside moved to its edge, strokes without length left out.

    Raises:
        ValueError: there is nothing drawn, or more than a hand draws.
    """
    strokes = tuple(tuple(_point(*point) for point in stroke) for stroke in drawn)
    shown = tuple(stroke for stroke in strokes if len(stroke) > 1)
    if not shown or len(shown) > MOST_STROKES or sum(map(len, shown)) > MOST_POINTS:
        raise ValueError(len(shown))
    return shown


def _point(x: float, y: float) -> Point:
    return min(max(round(x), 0), WIDTH), min(max(round(y), 0), HEIGHT)
