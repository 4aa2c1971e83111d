"""The frozen app on this machine: everything it imports late loads, and what is checked of an installation holds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from digests import write_digests

from tests.house.sources import ROOT

pytestmark = pytest.mark.heavy

FROZEN = ROOT / "dist" / "QiZhen"  # left by the gate's step before


def test_the_frozen_app_passes_its_own_check(tmp_path: Path) -> None:
    write_digests(FROZEN)
    environment = {"XDG_DATA_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "LANG": "C.UTF-8"}
    command = (str(FROZEN / "diag"), "--json", "self-check")
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    found = {part["part"]: [problem["code"] for problem in part["problems"]] for part in json.loads(done.stdout)}
    assert {part: codes for part, codes in found.items() if codes and part != "disk"} == {}
    assert done.returncode == 0
