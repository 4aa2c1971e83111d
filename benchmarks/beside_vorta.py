"""First paint and memory beside Vorta, a well-known Qt app in Python that keeps its data in SQLite."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from benchmarks.measurement import Measurement, start_environment

ROOT = Path(__file__).resolve().parent.parent
CHILD = Path(__file__).with_name("beside_child.py")
VENV = ROOT / "out" / "venv-vorta"  # Vorta brings another binding of Qt: never into our environment
PINS = ROOT / "packaging" / "constraints-vorta.txt"
LIMIT, ROUNDS = 1.0, 5


def measure() -> Measurement:
    """Return the medians from the start of the process to the end of the first paint."""
    ours, vorta = both()
    return Measurement(
        name="start to first paint, beside Vorta",
        ours_ms=statistics.median(paint for paint, _ in ours),
        reference_ms=statistics.median(paint for paint, _ in vorta),
        limit=LIMIT,
    )


def measure_memory() -> Measurement:
    """Return the medians of memory two seconds after the first paint; ours has the demonstration's workspace open."""
    ours, vorta = both()
    return Measurement(
        name="memory after the start, beside Vorta (MB)",
        ours_ms=statistics.median(megabytes for _, megabytes in ours),
        reference_ms=statistics.median(megabytes for _, megabytes in vorta),
        limit=LIMIT,
        note="resident set; Vorta with an empty profile, ours with the demonstration factory",
    )


@cache
def both() -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Return what was seen of starts of both, taken in turn: milliseconds and megabytes."""
    if not (VENV / "bin" / "vorta").is_file():
        install()
    with tempfile.TemporaryDirectory() as scratch:
        environment = start_environment(scratch)
        made = (sys.executable, "-m", "diag_app", "--json", "demo", scratch)
        subprocess.run(made, check=True, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT)
        commands = (
            (sys.executable, str(CHILD), "ours", str(Path(scratch) / "workspace")),
            (str(VENV / "bin" / "python"), str(CHILD), "vorta"),
        )
        pairs = [[seen(command, environment) for command in commands] for _ in range(ROUNDS + 1)]
    return [pair[0] for pair in pairs[1:]], [pair[1] for pair in pairs[1:]]  # the first fills the caches


def install() -> None:
    """Make Vorta's environment of the pinned files alone; Vorta comes as source, and our setuptools builds it."""
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    pinned = ("--no-deps", "--require-hashes", "--no-build-isolation", "-r", str(PINS))
    with tempfile.TemporaryDirectory() as wheels:
        subprocess.run((*pip, "wheel", *pinned, "--wheel-dir", wheels), check=True)
        subprocess.run((sys.executable, "-m", "venv", "--clear", str(VENV)), check=True)
        found = [str(path) for path in sorted(Path(wheels).iterdir())]
        subprocess.run((*pip, "--python", str(VENV), "install", "--no-deps", "--no-index", *found), check=True)
    subprocess.run((*pip, "--python", str(VENV), "check"), check=True)


def seen(command: tuple[str, ...], environment: dict[str, str]) -> tuple[float, float]:
    """Return milliseconds to the first paint and megabytes a while later."""
    begun = time.time_ns()
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True, cwd=ROOT)
    numbers = [line for line in done.stdout.splitlines() if line.replace(".", "").isdigit()]
    return (int(numbers[0]) - begun) / 1e6, float(numbers[1])
