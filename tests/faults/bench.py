"""Starting a suite in a child of its own behind the shim, on this checkout or on a changed copy of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

from tests.faults.shim import can_build, environment
from tests.faults.tally import Tally

ROOT = Path(__file__).resolve().parents[2]
CAN_RUN = can_build()
PROPERTY = "faults"  # under which a test reports its line
MOUNTING = frozenset({"full", "readonly"})
LEAST = {"gate": 5_000, "heavy": 50_000}  # faults that a whole tier injects


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


def shortfalls(told: Collection[dict[str, Any]]) -> list[str]:
    """Return in words which tier, all of whose runs took place, injected too few faults."""
    return [
        f"{tier}: {total['injected']} faults injected, {LEAST[tier]} are the least"
        for tier, total in _totals(told).items()
        if total["runs"] == total["of"] and total["injected"] < LEAST[tier]
    ]


def print_tallies(terminalreporter: Any) -> None:
    """Print what every suite of the bench injected, hit and found, and their sum, at the end of a run."""
    told = _told(terminalreporter)
    if told:
        terminalreporter.section("faults")
    for report in told:
        terminalreporter.write_line(report["line"])
    for tier, total in _totals(told).items():
        counts = f"{total['injected']} injected, {total['hit']} hit, {total['violations']} violations"
        terminalreporter.write_line(f"all, {tier} ({total['runs']} of {total['of']} runs): {counts}")
    for line in shortfalls(told):
        terminalreporter.write_line(line)


def hold_to_least(session: Any) -> None:
    """Fail a run whose bench injected too few faults; only the first of several processes sees all of them."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and shortfalls(_told(reporter)):
        session.exitstatus = 1


def _told(reporter: Any) -> list[dict[str, Any]]:
    reports = [report for kind in ("passed", "failed") for report in reporter.stats.get(kind, [])]
    properties = [pair for report in reports for pair in getattr(report, "user_properties", [])]
    return [value for name, value in properties if name == PROPERTY]


def _totals(told: Collection[dict[str, Any]]) -> dict[str, Counter[str]]:
    totals: dict[str, Counter[str]] = {}
    for report in told:
        total = totals.setdefault(report["tier"], Counter())
        total.update({"runs": 1, **{name: report[name] for name in ("injected", "hit", "violations")}})
        total["of"] = report["of"]
    return totals
