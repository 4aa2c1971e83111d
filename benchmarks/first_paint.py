"""From the start of the process to the end of the first paint: the app on the demonstration, beside an empty window."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measurement import Measurement, alternate, start_environment

LIMIT = 2.5
ROUNDS = 7
CHILD = Path(__file__).with_name("paint_child.py")


def measure() -> Measurement:
    """Return the medians of seven starts each, taken in turn after one of each that fills the caches."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = start_environment(scratch)
        folder = Path(scratch) / "demo"
        made = (sys.executable, "-m", "diag_app", "--json", "demo", str(folder))
        subprocess.run(made, check=True, env=environment, stdout=subprocess.DEVNULL)

        def ours() -> float:
            return first_paint_ms(environment, "app", str(folder / "workspace"))

        def bare() -> float:
            return first_paint_ms(environment, "bare")

        alternate(ours, bare, rounds=1)
        ours_ms, reference_ms = alternate(ours, bare, rounds=ROUNDS)
    return Measurement(
        name="start to first paint, beside a bare QMainWindow",
        ours_ms=ours_ms,
        reference_ms=reference_ms,
        limit=LIMIT,
    )


def first_paint_ms(environment: dict[str, str], *arguments: str) -> float:
    """Return the milliseconds from starting a process to the end of its first paint."""
    begun = time.time_ns()
    command = (sys.executable, str(CHILD), *arguments)
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    return (int(done.stdout) - begun) / 1e6
