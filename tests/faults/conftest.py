"""Prints what every suite of the bench injected, hit and found."""

from __future__ import annotations

from typing import Any

from tests.faults.bench import PROPERTY


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    lines = [value for report in reports for name, value in getattr(report, "user_properties", []) if name == PROPERTY]
    if lines:
        terminalreporter.section("faults")
    for line in dict.fromkeys(lines):
        terminalreporter.write_line(line)
