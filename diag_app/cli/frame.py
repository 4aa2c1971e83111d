"""What every command shares: the workspace, the language, one JSON answer or plain lines, coded refusals."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from diag_app.errors import DiagError, Problem, Severity
from diag_app.i18n import Translator
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.settings import Settings

CHECK_FOUND_PROBLEMS = 1
REFUSED = 2


@dataclass(kw_only=True)
class Frame:
    """One run of the command line."""

    directory: Path
    translate: Translator
    as_json: bool
    settings: Settings

    def workspace(self, *, create: bool = True) -> Workspace:
        """Return the workspace of this run, made by the first command that writes."""
        opened = open_workspace(self.directory, actor=self.settings.actor, create=create)
        if not self.as_json:
            for line in self.problem_lines(opened.notices):
                click.echo(line, err=True)
        return opened

    def answer(self, value: Any, lines: Iterable[str]) -> None:
        """Print `value` as the run's one JSON value, or `lines` for a person."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False))
        else:
            for line in lines:
                click.echo(line)

    def problem_json(self, problem: Problem) -> dict[str, str]:
        """Return a problem as a mapping with its words."""
        return {
            "code": problem.code,
            "location": problem.location,
            "severity": problem.severity.value,
            "message": self.translate.problem(problem),
            "remedy": self.translate.remedy(problem),
        }

    def problem_lines(self, problems: Iterable[Problem]) -> list[str]:
        """Return one line for each problem: severity, place, words."""
        words = {Severity.ERROR: self.translate("error"), Severity.WARNING: self.translate("needs explanation")}
        return [
            f"{words[problem.severity]}  {problem.code}  {problem.location}  {self.translate.problem(problem)}"
            for problem in problems
        ]

    def check_answer(self, problems: tuple[Problem, ...], good: str) -> int:
        """Print what a check found and return its exit status: 0 when there is no error, 1 otherwise."""
        lines = self.problem_lines(problems) or [good]
        self.answer([self.problem_json(problem) for problem in problems], lines)
        return CHECK_FOUND_PROBLEMS if any(item.severity is Severity.ERROR for item in problems) else 0


def prepare_streams(*, is_json: bool) -> None:
    """Let no character stop an answer: JSON is UTF-8 everywhere, plain lines escape what the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if is_json else None, errors="backslashreplace")


def error_json(translate: Translator, error: DiagError) -> dict[str, Any]:
    """Return the contract's error object; several reasons of one refusal stand under `problems`."""
    body: dict[str, Any] = {
        "code": error.code,
        "message": translate.problem(error),
        "remedy": translate.remedy(error),
        "location": error.location,
    }
    if len(error.problems) > 1:
        body["problems"] = [
            {"code": item.code, "location": item.location, "message": translate.problem(item)}
            for item in error.problems
        ]
    return {"error": body}


def print_refusal(translate: Translator, error: DiagError, *, as_json: bool) -> None:
    """Print a refusal on standard error: one JSON object, or two plain lines and any further reasons."""
    lines = [f"{error.code}: {translate.problem(error)}", translate.remedy(error)]
    lines += [f"  {item.code}  {item.location}  {translate.problem(item)}" for item in error.problems[1:]]
    if as_json:
        lines = [json.dumps(error_json(translate, error), ensure_ascii=False)]
    with contextlib.suppress(OSError):  # where standard error takes nothing, the exit status still tells
        for line in lines:
            click.echo(line, err=True)
