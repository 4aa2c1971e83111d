"""What a refusal must be, and what it must leave behind: a coded message in both languages and nothing changed."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diag_app.cli import main
from diag_app.paths import resource
from tests.journeys.command import Answered
from tests.storage.stores import bare

ANSWERS = resource("demo", "answers.json")
PICTURE = min(resource("demo", "pictures").iterdir())
LANGUAGES = ("zh_CN", "en")


@dataclass(frozen=True, kw_only=True)
class Site:
    """A workspace with one enterprise, one answered assessment and one picture."""

    home: Path
    enterprise: str
    assessment: str


def make_site(home: Path) -> Site:
    firm = ask("enterprise", "add", "--name", "䶮㛃精密（测试）", workspace=home).json["enterprise_id"]
    assessment = ask("assessment", "start", firm, workspace=home).json["assessment_id"]
    assert ask("assessment", "load", assessment, ANSWERS, workspace=home).status == 0
    assert ask("evidence", "add", assessment, "B3", PICTURE, workspace=home).status == 0
    return Site(home=home, enterprise=firm, assessment=assessment)


def ask(*arguments: str | Path, workspace: Path | None = None, language: str = "en") -> Answered:
    """Run `diag --json` with these arguments in this process."""
    given = ["--workspace", str(workspace)] if workspace else []
    output, error = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(error):
        status = main([*given, "--language", language, "--json", *map(str, arguments)])
    return Answered(status, _text(output), _text(error))


def refused(*arguments: str | Path, workspace: Path | None = None) -> Any:
    """Return the error object of a command that must be refused, the same in both languages but for the words."""
    both = [ask(*arguments, workspace=workspace, language=language) for language in LANGUAGES]
    for answered in both:
        assert (answered.status, answered.output) == (2, ""), answered
    return same_in_both([answered.refusal for answered in both])


def same_in_both(errors: list[Any]) -> Any:
    """Return the English one of two error objects after comparing them."""
    chinese, english = errors
    places = [re.sub(r"\d{8}-\d{6}", "now", error["location"]) for error in errors]  # backups are named by the second
    assert (chinese["code"], places[0]) == (english["code"], places[1])
    for word in ("message", "remedy"):
        assert chinese[word] != english[word], f"{english['code']}: {word} has no Chinese words"
        assert all(sign not in error[word] for error in errors for sign in ("{", "Traceback")), english
    return english


def state(home: Path) -> tuple[Any, ...]:
    """Return what a workspace holds, read without our code: its ops and its files; half-written files fail."""
    with bare(home) as connection:
        ops = connection.execute("SELECT count(*), max(op_id) FROM op").fetchone()
    files = sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
    kept = tuple(name for name in files if not name.startswith("workspace.db-"))
    assert not [name for name in kept if Path(name).name.startswith(".")], kept
    return (*ops, kept)


def run(
    *arguments: str | bytes | Path, env: dict[str, str] | None = None, cwd: Path | None = None, **how: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run `diag` in a process of its own, with bytes for arguments and its own environment."""
    command = [sys.executable, "-m", "diag_app", *arguments]
    options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | how
    done = subprocess.run(command, env={**os.environ, **(env or {})}, cwd=cwd, check=False, timeout=60, **options)
    assert b"Traceback" not in (done.stderr or b""), done.stderr
    return done


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
