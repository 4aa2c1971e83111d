"""What can go wrong, as codes and places; the words for it are in the message catalogue (`diag_app.messages`)."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

_PATH_PARTS = 3  # of a file in a trace: which module it is, not whose home it lies in


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


def bare_trace(error: BaseException) -> str:
    """Return which exceptions led to `error`, the oldest first, and the files and lines they passed.

    What they say is left out: a message may hold what was typed. It is what is kept and shown of a bug.
    """
    return "".join(f"{line}\n" for one in reversed(list(_chain(error, set()))) for line in _trace_lines(one))


def _chain(error: BaseException | None, seen: set[int]) -> Iterator[BaseException]:
    """Yield the error, those it holds, and those it came from; each once."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    yield error
    for inner in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _chain(inner, seen)
    yield from _chain(error.__cause__, seen)
    yield from _chain(error.__context__, seen)


def _trace_lines(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__} {_code_of(error)}".rstrip()
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {'/'.join(Path(frame.filename).parts[-_PATH_PARTS:])}:{frame.lineno} in {frame.name}"


def _code_of(error: BaseException) -> str:
    """Return the code of what has one: a word of ours or of the system's, never a value."""
    if isinstance(error, DiagError):
        return error.code
    return errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
