"""An open workspace with one enterprise and one assessment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock


@pytest.fixture
def workspace(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "home", actor=Actor(name="甲", firm="乙", device="丙"), clock=clock) as opened:
        yield opened


@pytest.fixture
def enterprise_id(workspace: Workspace) -> str:
    return add_enterprise(workspace, EnterpriseProfile(name="试验厂")).enterprise_id


@pytest.fixture
def assessment_id(workspace: Workspace, enterprise_id: str) -> str:
    return start_assessment(workspace, enterprise_id)
