"""The process that draws the pages goes with the window, even when that is killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, signal
from diag_app.operations.rendering import RenderProcess

print(RenderProcess()._started().submit(os.getpid).result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_process_outlives_a_killed_window() -> None:
    """Whoever lived on would hold the pipe open, and the run would not end."""
    done = subprocess.run(
        (sys.executable, "-c", KILLED), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert int(done.stdout) > 0
    assert done.returncode < 0
