"""What one side-by-side measurement says, and how it is timed."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """Our time beside a reference's, taken alternately in one run; without a reference the limit is in milliseconds.

    `ours_ms` and `reference_ms` are medians in milliseconds; `limit` is the largest ratio (or time) allowed.
    """

    name: str
    ours_ms: float
    reference_ms: float | None
    limit: float
    note: str = ""
    unit: str = "ms"  # of what is no ratio

    @property
    def figure(self) -> float:
        """Return what is compared with the limit: the ratio, or our time where there is no reference."""
        return self.ours_ms if self.reference_ms is None else self.ours_ms / self.reference_ms

    @property
    def within(self) -> bool:
        """Tell whether the limit is kept."""
        return self.figure <= self.limit


def alternate(ours: Callable[[], float], reference: Callable[[], float], *, rounds: int) -> tuple[float, float]:
    """Return the medians of `rounds` runs of both, taken in turn, so that a slow moment meets both alike."""
    pairs = [(ours(), reference()) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def timed_ms(action: Callable[[], object]) -> float:
    """Return how many milliseconds `action` takes."""
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def start_environment(scratch: str) -> dict[str, str]:
    """Return the environment of a start to be measured: no screen, its files in `scratch`, and its bytecode too.

    An installed app has its bytecode, whatever the machine of the bench does with that of sources.
    """
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    own = {**dict.fromkeys(places, scratch), "PYTHONPYCACHEPREFIX": scratch, "QT_QPA_PLATFORM": "offscreen"}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **own}


def peak_mb() -> float:
    """Return the most memory that this process has held (MB, Linux); `ru_maxrss` would count that of its parent too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def table(measurements: tuple[Measurement, ...]) -> Iterator[str]:
    """Return the lines of a table: name, both times, the figure and its limit."""
    yield f"{'measurement':<52} {'ours':>10} {'reference':>10} {'figure':>9} {'limit':>8}"
    for item in measurements:
        reference = "" if item.reference_ms is None else f"{item.reference_ms:.2f} ms"
        unit = f" {item.unit}" if item.reference_ms is None else " x"
        verdict = "" if item.within else "  OVER THE LIMIT"
        yield (
            f"{item.name:<52} {f'{item.ours_ms:.2f} {item.unit}':>10} {reference:>10} "
            f"{f'{item.figure:.2f}{unit}':>9} {f'{item.limit:g}{unit}':>8}{verdict}"
        )
        if item.note:
            yield f"    {item.note}"
