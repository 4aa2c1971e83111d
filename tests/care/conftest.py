"""A workspace with evidence and answers, on a clock in the hand, plain and encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import add_evidence
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock

FIRM = "恒信精密机械有限公司"


@pytest.fixture
def workspace(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    """One firm with an answer to B1 and one piece of evidence for it."""
    actor = Actor(name="甲", firm="乙", device="丙")
    with open_workspace(tmp_path / "home", actor=actor, clock=clock) as opened:
        enterprise = add_enterprise(opened, EnterpriseProfile(name=FIRM)).enterprise_id
        assessment = start_assessment(opened, enterprise)
        record_answer(opened, assessment, "B1", ("A",))
        (tmp_path / "note.txt").write_text("巡检记录 " * 200)
        add_evidence(opened, assessment, "B1", [tmp_path / "note.txt"])
        yield opened
