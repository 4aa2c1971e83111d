"""What a child process asks of the system, by strace."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.storage.children import ROOT, run_program

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed (Linux only)")
_CALLS = "trace=fsync,fdatasync,rename,renameat,renameat2,stat,newfstatat,statx"
_CALL = re.compile(r"(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)")


def traced(folder: Path, what: str, count: int, *, root: Path = ROOT) -> list[tuple[str, str]]:
    """Return (call, arguments) of flushes and renames between the two marks of `watched.py`, in order."""
    trace = folder / "trace.txt"
    program = ("-m", "tests.storage.watched", str(folder / "workspace"), what, str(count))
    told = run_program("strace", "-f", "-y", "-e", _CALLS, "-o", str(trace), sys.executable, *program, root=root)
    assert told.returncode == 0, told.stderr
    calls = [match.groups() for line in trace.read_text().splitlines() if (match := _CALL.match(line))]
    marks = [number for number, (_, arguments) in enumerate(calls) if '"/watched/' in arguments]
    between = calls[marks[0] + 1 : marks[-1]]
    return [(str(name), str(arguments)) for name, arguments in between if "stat" not in name]


def flushes(calls: list[tuple[str, str]], ending: str) -> int:
    """Return how often a file whose name ends so was flushed."""
    return sum(name in ("fsync", "fdatasync") and f"{ending}>" in arguments for name, arguments in calls)
