"""Starting a suite in a child of its own behind the shim, on this checkout or on a changed copy of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from tests.faults.shim import can_build, environment
from tests.faults.tally import Tally

ROOT = Path(__file__).resolve().parents[2]
CAN_RUN = can_build()
PROPERTY = "faults"  # under which a test reports its line
MOUNTING = frozenset({"full", "readonly"})


def run_in_child(
    name: str, scratch: Path, scale: float, seed: int, library: Path, *, root: Path = ROOT, acts: Collection[str] = ()
) -> Tally:
    """Run one suite, on these acts alone if given, with our code from `root`, and return its tally."""
    command = [sys.executable, "-m", "tests.faults.run", str(scratch), str(scale), str(seed), name, *acts]
    if name.partition("+")[0] in MOUNTING:
        command = ["unshare", "-Urm", *command]
    told = subprocess.run(
        command, env=environment(library, root), cwd=root, capture_output=True, text=True, check=False
    )
    assert told.stdout, f"{name} did not come to its end: {told.stderr[-3000:]}"
    return Tally(**json.loads(told.stdout.splitlines()[-1]))


def print_tallies(terminalreporter: Any) -> None:
    """Print what every suite of the bench injected, hit and found, at the end of a run."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    lines = [value for report in reports for name, value in getattr(report, "user_properties", []) if name == PROPERTY]
    if lines:
        terminalreporter.section("faults")
    for line in dict.fromkeys(lines):
        terminalreporter.write_line(line)
