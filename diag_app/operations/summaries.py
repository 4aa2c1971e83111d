"""The lines of the firms list, remembered until something is recorded in their case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from diag_app.storage.counts import case_stamps
from diag_app.storage.store import Store

S = TypeVar("S")
_KEPT = 2000


@dataclass
class Remembered(Generic[S]):
    """What was read of cases, each with the stamp of its case at that time and the language it was read in."""

    _lines: dict[tuple[str, str | None], tuple[int, S]] = field(default_factory=dict)

    def lines(
        self, store: Store, cases: Sequence[str], language: str | None, read: Callable[[str], tuple[S, bool]]
    ) -> tuple[S, ...]:
        """Return what `read` gives for each case; it is called where nothing is remembered that still holds.

        `read` says as well whether its line may be remembered: what depends on more than the case may not.
        """
        if len(self._lines) > _KEPT:
            self._lines.clear()
        stamps = case_stamps(store, cases)
        found = []
        for case in cases:
            stamp, known = stamps.get(case, 0), self._lines.get((case, language))
            if known is not None and known[0] == stamp:
                found.append(known[1])
                continue
            line, may_remember = read(case)
            if may_remember:
                self._lines[case, language] = (stamp, line)
            found.append(line)
        return tuple(found)
