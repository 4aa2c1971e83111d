"""Runs the command line as a person would: another process, its exit status, its standard output and error."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answered:
    """What one run of `diag` gave."""

    status: int
    output: str
    error: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.output)

    @property
    def refusal(self) -> Any:
        """The error object on standard error."""
        return json.loads(self.error)["error"]


def diag(*arguments: str | Path, workspace: Path | None = None, as_json: bool = True) -> Answered:
    """Run `diag` with these arguments."""
    command = [sys.executable, "-m", "diag_app"]
    command += ["--workspace", str(workspace)] if workspace else []
    command += ["--json"] if as_json else []
    done = subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=300)
    return Answered(done.returncode, done.stdout, done.stderr)
