"""A machine that dies while saving: what was acknowledged is there, nothing is half there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.storage.children import run_python

KILLS = 100


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_every_acknowledged_save_survives_a_hundred_kills(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4))
    told = run_python("-m", "tests.storage.saver", str(tmp_path), str(KILLS), str(seed), seconds=120)
    assert told.returncode == 0, f"seed {seed}: {told.stderr}"
    counts = json.loads(told.stdout)
    assert counts["kills"] == KILLS
    assert counts["inside"] >= KILLS // 10, f"the kills missed the saves: {counts}"
