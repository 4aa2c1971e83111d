"""What taking in a firm's statement would do: what is new, the same, different; nothing happens by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from diag_app.errors import Problem
from diag_app.model.previsit import Place
from diag_app.model.previsit_statement import Stated, Statement, Value

Verdict = Literal["new", "same", "different"]


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One thing stated, beside what is recorded; `recorded` is null where nothing is."""

    key: str
    place: Place
    stated: Value
    recorded: Value | None

    @property
    def verdict(self) -> Verdict:
        """Return whether it is new, the same as what is recorded, or different from it."""
        if self.recorded is None:
            return "new"
        return "same" if self.recorded == self.stated else "different"


@dataclass(frozen=True, kw_only=True)
class IntakePlan:
    """The whole plan; `problems` are the cells that could not be read."""

    lines: tuple[PlanLine, ...]
    problems: tuple[Problem, ...]

    def of(self, verdict: Verdict) -> tuple[PlanLine, ...]:
        """Return the lines of one verdict."""
        return tuple(line for line in self.lines if line.verdict == verdict)

    def taken(self, over: Iterable[str]) -> tuple[PlanLine, ...]:
        """Return the lines that are recorded: all that is new, and of what differs only the keys in `over`."""
        chosen = frozenset(over)
        return tuple(
            line for line in self.lines if line.verdict == "new" or (line.verdict == "different" and line.key in chosen)
        )


def make_plan(statement: Statement, recorded: Mapping[str, Value]) -> IntakePlan:
    """Return the plan for a statement beside what is recorded, by the same keys."""
    return IntakePlan(lines=tuple(_line(item, recorded) for item in statement.stated), problems=statement.problems)


def _line(item: Stated, recorded: Mapping[str, Value]) -> PlanLine:
    return PlanLine(key=item.key, place=item.place, stated=item.value, recorded=recorded.get(item.key))
