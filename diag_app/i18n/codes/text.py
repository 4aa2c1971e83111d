"""The shape of a code's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CodeText:
    """What happened and what to do, in English with `{location}` and the code's parameters as places."""

    message: str
    remedy: str
