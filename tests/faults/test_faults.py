"""The fault bench: nothing acknowledged is lost, nothing is half-written, the store opens after every fault."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.bench import CAN_RUN, LEAST, PROPERTY, run_in_child, shortfalls
from tests.faults.run import SESSIONS, SUITES
from tests.faults.scenarios import SCENARIOS
from tests.faults.shim import build_shim
from tests.faults.space import may_mount

GATE = {
    "calls": 0.3, "power": 0.8, "shaken": 0.08, "kills": 0.6, "full": 0.4, "limits": 0.5, "readonly": 1.0,
    "memory": 0.5, "clocks": 1.0, "calls+key": 0.1, "power+key": 0.2, "shaken+key": 0.03, "kills+key": 0.2,
}  # fmt: skip
HEAVY = {
    "calls": 2.0, "power": 9.0, "shaken": 0.6, "kills": 2.0, "full": 2.0, "limits": 2.0, "readonly": 3.0,
    "memory": 2.0, "clocks": 10.0, "calls+key": 0.7, "power+key": 2.0, "shaken+key": 0.2, "kills+key": 1.0,
}  # fmt: skip
PARTS = {"calls": 3, "power": 3, "shaken": 2}  # of the heavy tier, so that no worker is left with one long suite
CASES = [(name, part) for name in HEAVY for part in range(PARTS.get(name, 1))]

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


@dataclass(frozen=True, kw_only=True)
class Runner:
    """Runs a suite; fails on a violation, or when too few of its faults hit."""

    shim: Path
    scratch: Path
    report: Callable[[str, object], None]

    def hold(self, name: str, scale: float, *, tier: str, of: int, acts: Collection[str] = ()) -> None:
        """Run it, as one of the `of` runs of its tier."""
        if SUITES[name.partition("+")[0]].is_mounting and not may_mount():
            pytest.skip("this system does not let us mount a small disk (unshare -Urm)")
        seed = int.from_bytes(os.urandom(4))
        tally = run_in_child(name, self.scratch, scale, seed, self.shim, acts=acts)
        counts = {"injected": tally.injected, "hit": tally.hit, "violations": len(tally.violations)}
        self.report(PROPERTY, {"tier": tier, "of": of, "line": tally.line(), **counts})
        assert not tally.violations, f"seed {seed}, {tally.line()}\n" + "\n".join(tally.violations[:20])
        assert not tally.is_dead, f"seed {seed}: too few faults hit: {tally.line()}"


@pytest.fixture
def runner(shim: Path, scratch: Path, record_property: Callable[[str, object], None]) -> Runner:
    return Runner(shim=shim, scratch=scratch, report=record_property)


@pytest.mark.parametrize("name", GATE)
def test_no_fault_loses_what_was_acknowledged(name: str, runner: Runner) -> None:
    runner.hold(name, GATE[name], tier="gate", of=len(GATE))


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "part"), CASES)
def test_many_faults_lose_nothing(name: str, part: int, runner: Runner) -> None:
    acts = (*(scenario.name for scenario in SCENARIOS), *SESSIONS)[part :: PARTS.get(name, 1)]
    runner.hold(name, HEAVY[name], tier="heavy", of=len(CASES), acts=acts)


@pytest.mark.parametrize(
    ("injected", "short"), [((LEAST["gate"] - 1, 1), False), ((LEAST["gate"] - 2, 1), True), ((1,), False)]
)
def test_a_tier_that_injects_too_little_is_told(injected: tuple[int, ...], short: bool) -> None:
    """Where not all runs of a tier took place nothing can be said."""
    reports = [
        {"tier": "gate", "of": 2, "line": "", "injected": count, "hit": 1, "violations": 0} for count in injected
    ]
    assert bool(shortfalls(reports)) is short
