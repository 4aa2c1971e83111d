"""The main job through a real client of the accessibility bus, as a screen reader is one: heavy, under a display."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diag_app.operations.assessment import find_assessments, score_assessment
from diag_app.operations.bundle import verify_bundle
from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.evidence import find_evidence
from diag_app.operations.need import find_needs
from diag_app.operations.proposal import verify_proposal
from diag_app.operations.workspace import open_workspace
from diag_app.paths import resource
from diag_app.ui.models.figures import OPTION_KEYS
from tests.journeys.test_window_journey import ANSWERS, LEVELS
from tests.screen import unseen_screen
from tests.ui.conftest import ACTOR

ROOT = Path(__file__).resolve().parents[2]
READER = Path(__file__).with_name("screen_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"  # its bindings to the bus come with the system
LONGEST_S = 420  # some 60 s on a machine that does nothing else
WORDS, REASON = "The night shift always misses some.", "the firm asks for the diagnosis alone"


@pytest.fixture
def display() -> Iterator[str]:
    """A screen that nobody sees."""
    with unseen_screen(1400, 800) as made:
        yield made


def read_and_press(display: str, folder: Path, work: dict[str, Any]) -> dict[str, Any]:
    """Let the client do the work in a window on `folder`; return what it heard."""
    script = (  # the window is ended with the reader: it would hold our end of the pipes open
        f'{sys.executable} -m tests.accessibility.reader_window "$0" & trap "kill $!" EXIT; '
        f'{SYSTEM_PYTHON} {READER} "$1"'
    )
    done = subprocess.run(
        ("dbus-run-session", "--", "sh", "-c", script, str(folder), json.dumps(work)),
        cwd=ROOT,
        env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    heard: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return heard


@pytest.mark.heavy
def test_the_main_job_by_what_a_screen_reader_sees(display: str, tmp_path: Path) -> None:
    folder, issued, bundle = tmp_path / "workspace", tmp_path / "issued", tmp_path / "case.zip"
    issued.mkdir()
    open_workspace(folder, actor=ACTOR).close()
    heard = read_and_press(
        display,
        folder,
        {
            "answers": [
                {"figures": list(given)}
                if isinstance(given, tuple)
                else {"options": [OPTION_KEYS.index(key) for key in given]}
                for given in ANSWERS.values()
            ],
            "levels": LEVELS,
            "file": str(resource("demo", "pictures", "01-equipment-list.jpg")),
            "words": WORDS,
            "measured": "3.75",
            "reason": REASON,
            "folder": str(issued),
            "bundle": str(bundle),
        },
    )
    assert "Quality management, constrained, no level recorded" in heard["before"]
    assert [words.rpartition("level ")[2] for words in heard["rated"]] == [f"{level} of 4" for level in LEVELS]
    assert "verified" in heard["delivered"]
    check_on_disk(folder, issued, bundle, heard)


def check_on_disk(folder: Path, issued: Path, bundle: Path, heard: dict[str, Any]) -> None:
    """Everything that was said is there for somebody who opens the workspace later."""
    assert [problem.code for problem in verify_bundle(bundle)] == ["SIGNER_UNKNOWN"]  # nobody has listed the key yet
    with open_workspace(folder, actor=ACTOR, create=False) as workspace:
        (firm,) = find_enterprises(workspace)
        (assessment,) = find_assessments(workspace, firm.enterprise_id)
        card = score_assessment(workspace, assessment.assessment_id)
        (item,) = find_evidence(workspace, assessment.assessment_id)
        (need,) = find_needs(workspace, assessment.assessment_id)
        (path,) = issued.glob("*.pdf")
        proposal, problems = verify_proposal(workspace, path)
    assert firm.name == "Spoken Castings"
    assert (card.missing, card.completeness.answered, card.completeness.rated) == ((), len(ANSWERS), len(LEVELS))
    assert item.targets == (list(ANSWERS)[-1],)
    assert (need.title, need.owner_words, need.barrier) == (heard["need"], WORDS, "unwilling")
    assert [str(metric.value) for metric in need.metrics] == ["3.75"]
    assert proposal is not None
    assert (proposal.number in heard["issued"], problems) == (True, ())
