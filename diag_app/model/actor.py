"""Who works at this machine; a module of its own because the window asks before anything else is imported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who works here: asked once, at first start."""

    name: str
    firm: str
    device: str
