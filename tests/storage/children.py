"""Starting Python programs of our own as real processes, on this checkout or on a changed copy of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_python(
    *arguments: str, root: Path = ROOT, scratch: str = "", seconds: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run Python with `root` as the place that `diag_app` and `tests` come from."""
    return run_program(sys.executable, *arguments, root=root, scratch=scratch, seconds=seconds)


def run_program(
    *command: str, root: Path = ROOT, scratch: str = "", seconds: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run a program in `root`, whose Python children import from there; `scratch` is where temporary files go."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # tests inside tests need no window, order or coverage
    if scratch:
        environment["TMPDIR"] = scratch
    return subprocess.run(
        command, env=environment, cwd=root, capture_output=True, text=True, timeout=seconds, check=False
    )
