"""A receiver or a laptop that is killed, or whose disk fills up, at any call goes on as if nothing had been."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.bench import CAN_RUN, ROOT
from tests.faults.shim import build_shim, environment

pytestmark = pytest.mark.skipif(not CAN_RUN, reason="needs Linux and a C compiler")


@pytest.mark.parametrize("cases", [100, pytest.param(2_000, marks=pytest.mark.heavy)])
def test_receiving_and_taking_the_receipt_home_are_whole_or_absent(tmp_path: Path, cases: int) -> None:
    seed = int.from_bytes(os.urandom(4))
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        command = (sys.executable, "-m", "tests.receiver.faults_run", folder, str(cases), str(seed))
        done = subprocess.run(
            command, env=environment(build_shim(tmp_path), ROOT), cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert done.stdout, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert found["wrong"] == [], f"seed {seed}"
    assert found["hits"] >= 0.6 * cases
