"""The fault bench: nothing acknowledged is lost, nothing is half-written, the store opens after every fault."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.bench import CAN_RUN, PROPERTY, run_in_child
from tests.faults.run import SUITES
from tests.faults.shim import build_shim
from tests.faults.space import may_mount

GATE = {
    "calls": 1.25, "power": 0.8, "kills": 0.8, "full": 1.0, "limits": 1.0, "readonly": 1.0, "memory": 0.5,
    "clocks": 1.0,
}  # fmt: skip
ENCRYPTED = ("calls+key", "power+key")
HEAVY_SCALE = float(os.environ.get("FAULT_SCALE", "12"))

pytestmark = pytest.mark.skipif(not CAN_RUN, reason="needs Linux and a C compiler")


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is room for one: the bench writes much and keeps nothing."""
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        yield Path(name)


@pytest.fixture
def holds(shim: Path, scratch: Path, record_property: Callable[[str, object], None]) -> Callable[[str, float], None]:
    """Run a suite of that name and scale; fail on a violation, or when too few of its faults hit."""
    return lambda name, scale: _hold(name, scale, shim, scratch, record_property)


def _hold(name: str, scale: float, shim: Path, scratch: Path, record_property: Callable[[str, object], None]) -> None:
    if SUITES[name.partition("+")[0]].is_mounting and not may_mount():
        pytest.skip("this system does not let us mount a small disk (unshare -Urm)")
    seed = int.from_bytes(os.urandom(4))
    tally = run_in_child(name, scratch, scale, seed, shim)
    record_property(PROPERTY, tally.line())
    assert not tally.violations, f"seed {seed}, {tally.line()}\n" + "\n".join(tally.violations[:20])
    assert not tally.is_dead, f"seed {seed}: too few faults hit: {tally.line()}"


@pytest.mark.parametrize("name", SUITES)
def test_no_fault_loses_what_was_acknowledged(name: str, holds: Callable[[str, float], None]) -> None:
    holds(name, GATE[name])


@pytest.mark.parametrize("name", ENCRYPTED)
def test_an_encrypted_workspace_bears_the_same(name: str, holds: Callable[[str, float], None]) -> None:
    holds(name, 0.2)


@pytest.mark.heavy
@pytest.mark.parametrize("name", [*SUITES, *ENCRYPTED])
def test_many_faults_lose_nothing(name: str, holds: Callable[[str, float], None]) -> None:
    holds(name, HEAVY_SCALE * GATE.get(name, 0.2))
