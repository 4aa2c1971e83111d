"""A diagnosis through a real client of the accessibility bus, as a screen reader is one: heavy, under a display."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from diag_app.operations.assessment import find_assessments, score_assessment
from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.workspace import open_workspace
from diag_app.ui.models.figures import OPTION_KEYS
from tests.journeys.test_window_journey import ANSWERS
from tests.ui.conftest import ACTOR

ROOT = Path(__file__).resolve().parents[2]
READER = Path(__file__).with_name("screen_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"  # its bindings to the bus come with the system
LONGEST_S = 300  # some 30 s on a machine that does nothing else
SCENARIOS = 16


@pytest.fixture
def display() -> Iterator[str]:
    """A screen that nobody sees."""
    command = ("Xvfb", "-displayfd", "1", "-screen", "0", "1400x800x24", "-nolisten", "tcp")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


@pytest.mark.heavy
def test_a_diagnosis_by_what_a_screen_reader_sees(display: str, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    open_workspace(folder, actor=ACTOR).close()
    plan = [
        {"figures": list(given)} if isinstance(given, tuple) else {"options": [OPTION_KEYS.index(key) for key in given]}
        for given in ANSWERS.values()
    ]
    script = (  # the window is ended with the reader: it would hold our end of the pipes open
        f'{sys.executable} -m tests.accessibility.reader_window "$0" & trap "kill $!" EXIT; '
        f'{SYSTEM_PYTHON} {READER} "$1" "$2"'
    )
    done = subprocess.run(
        ("dbus-run-session", "--", "sh", "-c", script, str(folder), json.dumps(plan), str(SCENARIOS)),
        cwd=ROOT,
        env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    spoken = json.loads(done.stdout.splitlines()[-1])
    assert len(spoken) == SCENARIOS
    assert "Quality management, constrained, no level recorded" in spoken
    with open_workspace(folder, actor=ACTOR, create=False) as workspace:
        (firm,) = find_enterprises(workspace)
        (assessment,) = find_assessments(workspace, firm.enterprise_id)
        card = score_assessment(workspace, assessment.assessment_id)
    assert firm.name == "Spoken Castings"
    assert (card.missing, card.completeness.answered) == ((), len(ANSWERS))
