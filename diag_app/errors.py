"""What can go wrong, as codes and places; the words for it are in the message catalogue (`diag_app.messages`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: an error refuses, a warning needs explanation."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One fault found by a check: a stable code, the place it was found, and what the message needs to name."""

    code: str
    location: str = ""
    severity: Severity = Severity.ERROR
    parameters: Mapping[str, str] = field(default_factory=dict)


class DiagError(Exception):
    """What a person can cause or mend; anything else that is raised is a bug.

    `code` is stable and tested for, `location` says where (`answers.B1`, a file name), `parameters` fill the
    message, `problems` lists everything found when one refusal has several reasons.
    """

    def __init__(self, code: str, *, location: str = "", problems: tuple[Problem, ...] = (), **parameters: str) -> None:
        super().__init__(code, location)
        self.code = code
        self.location = location
        self.parameters: Mapping[str, str] = parameters
        self.problems = problems

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return " ".join(part for part in (self.code, self.location, details) if part)


def refuse(problems: tuple[Problem, ...]) -> None:
    """Raise the first error among `problems` with all of them attached; return when there is none."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        raise DiagError(first.code, location=first.location, problems=problems, **first.parameters)
