"""The frozen app: its size, its setup's size, and its start beside that of the same app unfrozen."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measurement import Measurement, alternate, start_environment, timed_ms

ROOT = Path(__file__).resolve().parent.parent
FROZEN = ROOT / "dist" / "QiZhen"
PACKAGES = ROOT / "dist" / "packages"
LIMIT_MB, SETUP_LIMIT_MB = 300.0, 110.0
PAINT_LIMIT, ROUNDS = 1.5, 5


def frozen() -> Path:
    """Return the frozen folder, built now where there is none."""
    if not FROZEN.is_dir():
        spec = ("packaging/diag.spec", "--noconfirm", "--log-level", "WARN")
        subprocess.run((sys.executable, "-m", "PyInstaller", *spec), check=True, cwd=ROOT)
        subprocess.run((sys.executable, "packaging/digests.py", str(FROZEN)), check=True, cwd=ROOT)
    return FROZEN


def measure() -> Measurement:
    """Return the megabytes that the installed app takes."""
    size = sum(path.stat().st_size for path in frozen().rglob("*") if path.is_file() and not path.is_symlink())
    return Measurement(name="installed", ours_ms=size / 1e6, reference_ms=None, limit=LIMIT_MB, unit="MB")


def measure_setup() -> Measurement:
    """Return the megabytes of the Windows setup over this folder, packed now where there is none."""
    setups = list(PACKAGES.glob("*-setup.exe"))
    if not setups:
        command = (sys.executable, "packaging/make_packages.py", str(frozen()), str(PACKAGES), "setup")
        subprocess.run(command, check=True, cwd=ROOT)
        setups = list(PACKAGES.glob("*-setup.exe"))
    newest = max(setups, key=lambda path: path.stat().st_mtime)
    size = newest.stat().st_size / 1e6
    return Measurement(name="setup", ours_ms=size, reference_ms=None, limit=SETUP_LIMIT_MB, unit="MB", note=newest.name)


def measure_paint() -> Measurement:
    """Return the medians of starts until the workspace is open and the window has closed, frozen beside unfrozen."""
    suffix = ".exe" if os.name == "nt" else ""
    programs = {"frozen": (str(frozen() / f"diag{suffix}"),), "unfrozen": (sys.executable, "-m", "diag_app")}
    windows = {**programs, "frozen": (str(frozen() / f"QiZhen{suffix}"),)}
    with tempfile.TemporaryDirectory() as scratch:
        environment = start_environment(scratch)
        for which, command in programs.items():  # each its own: the folder may have been frozen an edition ago
            made = (*command, "--json", "demo", str(Path(scratch) / which))
            subprocess.run(made, check=True, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT)

        def start(which: str) -> float:
            options = ("--workspace", str(Path(scratch) / which / "workspace"), "--quit-after-paint")
            return timed_ms(lambda: subprocess.run((*windows[which], *options), check=True, env=environment, cwd=ROOT))

        alternate(lambda: start("frozen"), lambda: start("unfrozen"), rounds=1)
        ours_ms, reference_ms = alternate(lambda: start("frozen"), lambda: start("unfrozen"), rounds=ROUNDS)
    name = "frozen start to open workspace, beside unfrozen"
    return Measurement(name=name, ours_ms=ours_ms, reference_ms=reference_ms, limit=PAINT_LIMIT)
