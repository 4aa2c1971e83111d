"""A workspace with one firm and one assessment, whose answers each test gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock

ACTOR = Actor(name="李工", firm="示例服务商", device="A")


@dataclass(frozen=True)
class Case:
    """An open workspace with the ids of its one firm and assessment."""

    workspace: Workspace
    enterprise_id: str
    assessment_id: str


def new_case(folder: Path) -> Case:
    """Return a fresh workspace with one firm and an empty assessment."""
    workspace = open_workspace(folder, actor=ACTOR, clock=FixedClock())
    firm = add_enterprise(workspace, EnterpriseProfile(name="宁波恒信精密机械有限公司", uscc="91000000MADEM01268"))
    return Case(workspace, firm.enterprise_id, start_assessment(workspace, firm.enterprise_id))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A fresh case."""
    made = new_case(tmp_path / "workspace")
    with made.workspace:
        yield made
