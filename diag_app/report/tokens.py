"""Colours of the paper, read from the one token file that window and report share."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache

from diag_app.paths import resource


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The report's colours as `#RRGGBB`; `levels[n]` fills level n and `on_levels[n]` writes on it."""

    page: str
    ink: str
    mid: str
    soft: str
    accent: str
    signal: str
    rule: str
    hair: str
    wash: str
    signal_wash: str
    levels: tuple[str, ...]
    on_levels: tuple[str, ...]

    def level(self, level: int) -> str:
        """Return the fill of `level`; a level beyond the ramp takes its last colour."""
        return self.levels[max(0, min(level, len(self.levels) - 1))]

    def on_level(self, level: int) -> str:
        """Return the colour of text on `level`."""
        return self.on_levels[max(0, min(level, len(self.on_levels) - 1))]


@cache
def load_paper(accent: str = "") -> Paper:
    """Return the colours of the paper from `resources/tokens.toml`; `accent` (`#RRGGBB`) stands in for its accent."""
    if accent:
        return replace(load_paper(), accent=accent)
    tokens = tomllib.loads(resource("tokens.toml").read_text(encoding="utf-8"))
    paper = tokens["paper"]
    ramp = tokens[paper["level"]]
    names = ("page", "ink", "mid", "soft", "signal", "rule", "hair", "wash", "signal_wash")
    return Paper(
        **{name: paper[name] for name in names},
        accent=ramp["accent"],
        levels=tuple(ramp[f"level_{level}"] for level in range(5)),
        on_levels=tuple(ramp[f"on_level_{level}"] for level in range(5)),
    )
