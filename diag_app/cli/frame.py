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
from diag_app.files import read
from diag_app.i18n import Translator
from diag_app.operations.handover import custody_problems
from diag_app.operations.security import unlock
from diag_app.operations.workspace import Workspace, is_encrypted, open_workspace
from diag_app.settings import Settings

CHECK_FOUND_PROBLEMS = 1
REFUSED = 2
SECRET_LIMIT = 64 * 1024


@dataclass(kw_only=True)
class Frame:
    """One run of the command line."""

    directory: Path
    translate: Translator
    as_json: bool
    settings: Settings
    passphrase_file: Path | None = None

    def workspace(self, *, create: bool = True) -> Workspace:
        """Return the workspace of this run, made by the first command that writes."""
        key = unlock(self.directory, passphrase=self.passphrase()) if is_encrypted(self.directory) else None
        opened = open_workspace(self.directory, actor=self.settings.actor, create=create, key=key)
        if not self.as_json:
            for line in self.problem_lines(opened.notices):
                click.echo(line, err=True)
        return opened

    def warn_custody(self, workspace: Workspace, entity_id: str) -> None:
        """Say on standard error that a colleague has the case that is being written to; writing goes on."""
        if not self.as_json:
            for line in self.problem_lines(custody_problems(workspace, entity_id)):
                click.echo(line, err=True)

    def key_at_hand(self) -> bytes | None:
        """Return the store key when the workspace is encrypted and a passphrase file was given; nobody is asked."""
        if self.passphrase_file is None or not is_encrypted(self.directory):
            return None
        return unlock(self.directory, passphrase=self.passphrase())

    def passphrase(self) -> str:
        """Return the passphrase: from its file, or typed in unseen; it never stands in arguments or environment.

        Raises:
            DiagError: `PASSPHRASE_MISSING` where there is neither a file nor a terminal, or a file code.
        """
        if self.passphrase_file is not None:
            return self.passphrase_in(self.passphrase_file)
        return self.ask_secret(self.translate("Passphrase"))

    def new_passphrase(self, file: Path | None) -> str:
        """Return a passphrase to set: from `file`, or typed in twice."""
        return (
            self.ask_secret(self.translate("New passphrase"), is_new=True) if file is None else self.passphrase_in(file)
        )

    def passphrase_in(self, path: Path) -> str:
        """Return the first line of a file."""
        return self.secret_in(path).partition("\n")[0].rstrip("\r")

    def secret_in(self, path: Path) -> str:
        """Return the text of a small file; bytes that are no UTF-8 become a passphrase that fits nothing."""
        return read(path, limit=SECRET_LIMIT).decode("utf-8-sig", errors="replace")

    def ask_secret(self, words: str, *, is_new: bool = False) -> str:
        """Return what is typed at the terminal without being shown, twice when it `is_new`."""
        if not sys.stdin.isatty():
            raise DiagError("PASSPHRASE_MISSING")
        again = self.translate("Once more") if is_new else False
        return str(click.prompt(words, hide_input=True, confirmation_prompt=again, err=True))

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
    if _further(error):
        body["problems"] = [
            {
                "code": item.code,
                "location": item.location,
                "message": translate.problem(item),
                "remedy": translate.remedy(item),
            }
            for item in error.problems
        ]
    return {"error": body}


def _further(error: DiagError) -> tuple[Problem, ...]:
    """Return the reasons of a refusal that its own words do not say: all, unless the first is the refusal itself."""
    is_first = bool(error.problems) and (error.problems[0].code, error.problems[0].location) == (
        error.code,
        error.location,
    )
    return error.problems[1:] if is_first else error.problems


def print_refusal(translate: Translator, error: DiagError, *, as_json: bool) -> None:
    """Print a refusal on standard error: one JSON object, or two plain lines and any further reasons."""
    lines = [f"{error.code}: {translate.problem(error)}", translate.remedy(error)]
    lines += [
        f"  {item.code}  {item.location}  {translate.problem(item)} {translate.remedy(item)}"
        for item in _further(error)
    ]
    if as_json:
        lines = [json.dumps(error_json(translate, error), ensure_ascii=False)]
    with contextlib.suppress(OSError):  # where standard error takes nothing, the exit status still tells
        for line in lines:
            click.echo(line, err=True)
