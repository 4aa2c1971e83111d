"""No text is cut on any page, in either language, at any scale of the screen that the app is used on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREENS = {"1": (1366, 690), "1.25": (1093, 552), "1.5": (1280, 640), "2": (960, 500)}  # scale, room in the window


IN_THE_GATE = {("1", "zh"), ("1.5", "en"), ("2", "en")}  # each screen that is laid out differently; the rest is heavy
CASES = [
    pytest.param(scale, language, marks=() if (scale, language) in IN_THE_GATE else pytest.mark.heavy)
    for scale in SCREENS
    for language in ("zh", "en")
]


@pytest.mark.parametrize(("scale", "language"), CASES)
def test_no_text_is_cut(demo_workspace: Path, tmp_path: Path, scale: str, language: str) -> None:
    width, height = SCREENS[scale]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "HOME": str(tmp_path)}
    command = (sys.executable, "-m", "tests.accessibility.cut", str(demo_workspace), language, str(width), str(height))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    *cut, last = done.stdout.splitlines()
    assert re.fullmatch(rf"\d{{3,}} widgets at {re.escape(scale)}", last), done.stdout + done.stderr
    assert "\n".join(cut) == ""
