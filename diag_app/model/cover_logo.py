"""A logo in the content tree: how a cover shows whose report it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CoverLogo:
    """A logo with its size in its own units: filled outlines, or a picture that the writer gets by its digest."""

    width: float
    height: float
    sha256: str = ""
    shapes: tuple[tuple[str, tuple[tuple[str, tuple[float, ...]], ...]], ...] = ()
