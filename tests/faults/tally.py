"""What a suite did: faults injected, faults that hit, and every violation in words."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from math import sqrt
from time import perf_counter

SHOWN = 20
_DEVIATIONS = 3


@dataclass(kw_only=True)
class Tally:
    """Counts of one suite. `least` is the share of faults that hit in the long run; below it the injector is dead.

    A short run is given three standard deviations: which of the faults it injects is drawn.
    """

    name: str
    least: float = 0.5
    injected: int = 0
    hit: int = 0
    violations: list[str] = field(default_factory=list)
    skipped: str = ""
    notes: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    began: float = field(default_factory=perf_counter)

    def add(self, *, hit: bool, place: str, problems: list[str]) -> None:
        """Count one fault at `place`."""
        self.injected += 1
        self.hit += hit
        self.violations += [f"{place}: {problem}" for problem in problems]

    def note(self, name: str) -> None:
        self.notes[name] = self.notes.get(name, 0) + 1

    def finish(self) -> Tally:
        self.seconds = round(perf_counter() - self.began, 2)
        return self

    @property
    def is_dead(self) -> bool:
        """Whether too few of its faults hit."""
        expected = self.least * self.injected
        spread = _DEVIATIONS * sqrt(expected * (1 - self.least))
        return not self.skipped and (not self.injected or self.hit < expected - spread)

    def line(self) -> str:
        """Return `name: N injected, M hit, V violations` and the seconds, or why it was skipped."""
        if self.skipped:
            return f"{self.name}: skipped, {self.skipped}"
        counts = f"{self.injected} injected, {self.hit} hit, {len(self.violations)} violations"
        notes = "".join(f", {count} {name}" for name, count in sorted(self.notes.items()))
        return f"{self.name}: {counts} ({self.seconds} s{notes})"

    def say(self) -> None:
        """Print the line and the first violations for people, and everything as JSON for who started this."""
        sys.stderr.write("\n".join([self.line(), *self.violations[:SHOWN]]) + "\n")
        sys.stdout.write(json.dumps(asdict(self), ensure_ascii=False) + "\n")
        sys.stdout.flush()
