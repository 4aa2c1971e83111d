"""The fault that costs others whole sections: first answers lost when sections are switched. Here none is lost.

Somebody answers at random, switches, closes, comes back, and is killed: what was shown as stored is in the store.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.workspace import open_workspace
from tests.journeys.wandering import Step, Wanderer, steps, stored
from tests.ui.conftest import ACTOR

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ("B1", "B3", "B4", "B5", "B6", "M1", "R3")  # of one and of several choices, with and without figures
SCENARIOS = ("quality", "finance", "energy")
EXAMPLES, LONGEST = 12, 14
KILLS = ((1, 3), (2, 9), (3, 17))  # seed, and after how many steps the process is killed in the middle of the next


def step() -> st.SearchStrategy[Step]:
    numbers = st.integers(0, 59)
    return st.one_of(
        st.tuples(st.just("choose"), st.sampled_from(QUESTIONS), numbers),
        st.tuples(st.sampled_from(("note", "next")), st.sampled_from(QUESTIONS), numbers),
        st.tuples(st.just("rate"), st.sampled_from(SCENARIOS), numbers),
        st.tuples(st.just("reopen"), st.just(""), st.just(0)),
    )


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A closed workspace with one firm and one empty assessment."""
    folder = tmp_path_factory.mktemp("begun") / "workspace"
    with open_workspace(folder, actor=ACTOR) as workspace:
        enterprise = add_enterprise(workspace, EnterpriseProfile(name="示例铸造")).enterprise_id
        assessment = start_assessment(workspace, enterprise)
    return folder, enterprise, assessment


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(walk=st.lists(step(), min_size=4, max_size=LONGEST))
def test_whatever_somebody_does_is_stored(begun: tuple[Path, str, str], walk: list[Step]) -> None:
    folder, enterprise, assessment = begun
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "workspace"
        shutil.copytree(folder, copy)
        wanderer = Wanderer(copy, enterprise, assessment)
        with open_workspace(copy, actor=ACTOR, create=False) as beside:
            for taken in walk:
                wanderer.do(taken)
                found = stored(beside, assessment)
                assert found == wanderer.expected.text(), taken
                assert found == wanderer.shown(), taken
        wanderer.close()


@pytest.mark.parametrize(("seed", "count"), KILLS)
def test_a_killed_window_has_stored_what_it_showed(
    begun: tuple[Path, str, str], tmp_path: Path, seed: int, count: int
) -> None:
    folder, _, assessment = begun
    copy = tmp_path / "workspace"
    shutil.copytree(folder, copy)
    command = (sys.executable, "-m", "tests.journeys.wandering", str(copy), assessment, str(seed))
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        shown = [running.stdout.readline().strip() for _ in range(count)]
        running.kill()
        shown += [line.strip() for line in running.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    assert all(shown)
    with open_workspace(copy, actor=ACTOR, create=False) as workspace:
        found = stored(workspace, assessment)
    assert found in (shown[-1], *possible_next(seed, len(shown)))


def possible_next(seed: int, done: int) -> tuple[str, ...]:
    """Return what the store may hold when the step under way was stored but not shown yet: the same walk, to there."""
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "workspace"
        with open_workspace(copy, actor=ACTOR) as workspace:
            enterprise = add_enterprise(workspace, EnterpriseProfile(name="示例铸造")).enterprise_id
            assessment = start_assessment(workspace, enterprise)
            walk = steps(workspace.pack(), seed)
        wanderer = Wanderer(copy, enterprise, assessment)
        for _ in range(done + 1):
            wanderer.do(next(walk))
        found = wanderer.shown()
        wanderer.close()
    return (found,)
