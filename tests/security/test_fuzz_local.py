"""Files of the program's own that anyone may have touched: window place, events that wait, an exported audit trail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from diag_app.codec import digest
from diag_app.operations.audit import export_audit, find_audit_rows
from diag_app.operations.workspace import open_workspace
from diag_app.storage.audit import WAITING_FOLDER
from diag_app.ui.window_state import restore_geometry, saved_geometry
from tests.fixed_clock import FixedClock
from tests.security.fuzzing import damaged, hostile_json, lawful

CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
EVENT = b'{"at":1717405200000,"details":{"digest":"ab"},"event":"unlock_failed"}'
VERIFIER = Path(__file__).parents[2] / "docs" / "tools" / "verify_audit.py"


def test_no_window_state_crashes(qtbot: QtBot, tmp_path: Path) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    path = tmp_path / "window.json"

    @settings(max_examples=100)
    @given(data=damaged(saved_geometry(window)))
    def law(data: bytes) -> None:
        path.write_bytes(data)
        lawful(lambda: restore_geometry(window, path))

    law()


@settings(max_examples=30, suppress_health_check=CHECKS)
@given(data=hostile_json(EVENT))
def test_no_waiting_event_keeps_a_workspace_shut(tmp_path: Path, clock: FixedClock, data: bytes) -> None:
    home = tmp_path / "home"
    (home / WAITING_FOLDER).mkdir(parents=True, exist_ok=True)
    (home / WAITING_FOLDER / f"{digest(data)[:32]}.json").write_bytes(data)
    with open_workspace(home, clock=clock) as workspace:
        assert workspace.store.check(read_data=False) == ()


@pytest.mark.parametrize("place", [0, 40, 200, -2])
def test_the_verifier_of_a_trail_says_no_and_does_not_crash(tmp_path: Path, clock: FixedClock, place: int) -> None:
    path = tmp_path / "trail.jsonl"
    with open_workspace(tmp_path / "home", clock=clock) as workspace:
        workspace.store.audit("settings", {"setting": "pack", "digest": "ab"})
        assert find_audit_rows(workspace)
        export_audit(workspace, path)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    done = subprocess.run([sys.executable, VERIFIER, path], capture_output=True, check=False, timeout=60)
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
