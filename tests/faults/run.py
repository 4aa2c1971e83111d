"""Runs a suite behind the shim: `python -m tests.faults.run FOLDER SCALE SEED SUITE [ACT…]`. Prints one JSON line."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults import calls, clocks, kills, memory, power, shaken, space
from tests.faults.scenarios import SCENARIOS, Scenario
from tests.faults.shim import Shim
from tests.faults.sites import Site, make_template
from tests.faults.tally import Tally
from tests.faults.witness import Witness
from tests.faults.workspaces import KEY, Opener

SESSIONS = ("a session", "a session with failures")  # of many saves; the power goes somewhere in them


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What every suite is given; `scale` 1 is a gate's share."""

    work: Path
    template: Site
    witness: Witness
    scale: float
    seed: int
    acts: tuple[str, ...] = ()  # empty: all

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        return tuple(scenario for scenario in SCENARIOS if self.has(scenario.name) and scenario.fits(self.template))

    def has(self, act: str) -> bool:
        return not self.acts or act in self.acts

    def times(self, count: int) -> int:
        return max(1, round(count * self.scale))


def failing_calls(bench: Bench, tally: Tally) -> None:
    shim = Shim()
    for scenario in bench.scenarios:
        calls.every_call(
            scenario, bench.template, bench.work, bench.witness, shim, tally, ways=bench.scale, seed=bench.seed
        )


def power_cuts(bench: Bench, tally: Tally) -> None:
    chance = random.Random(bench.seed)  # noqa: S311 - drawn, not secret
    shim, images = Shim(), bench.times(150)
    for scenario in bench.scenarios:
        record = power.record_scenario(scenario, bench.template, bench.work, bench.witness, shim, chance)
        power.cut_power(record, scenario.name, images, bench.work, bench.witness, tally)
    for name in (*SESSIONS, SESSIONS[-1]):
        if not bench.has(name):
            continue
        with_faults = name != SESSIONS[0]
        record = power.record_session(bench.template, bench.work, bench.witness, shim, chance, with_faults=with_faults)
        power.cut_power(record, name, 4 * images, bench.work, bench.witness, tally)


def failures_before_the_power_goes(bench: Bench, tally: Tally) -> None:
    chance = random.Random(bench.seed)  # noqa: S311 - drawn, not secret
    shim = Shim()
    for scenario in bench.scenarios:
        shaken.shake(
            scenario, bench.template, bench.work, bench.witness, shim, tally, chance, share=min(1.0, bench.scale)
        )


def killed(bench: Bench, tally: Tally) -> None:
    shim = Shim()
    for scenario in bench.scenarios:
        kills.kill_often(
            scenario,
            bench.template,
            bench.work,
            bench.witness,
            shim,
            tally,
            kills=bench.times(30),
            seed=bench.seed,
        )


def full_disks(bench: Bench, tally: Tally) -> None:
    for scenario in bench.scenarios:
        space.fill_up(scenario, bench.template, bench.work, bench.witness, tally, sizes=bench.times(30))


def size_limits(bench: Bench, tally: Tally) -> None:
    for scenario in bench.scenarios:
        space.stop_growing(scenario, bench.template, bench.work, bench.witness, tally, sizes=bench.times(20))


def read_only_disks(bench: Bench, tally: Tally) -> None:
    for scenario in bench.scenarios:
        space.write_protect(scenario, bench.template, bench.work, bench.witness, tally)


def out_of_memory(bench: Bench, tally: Tally) -> None:
    for scenario in bench.scenarios:
        memory.sweep(scenario, bench.template, bench.work, bench.witness, tally, sizes=bench.times(12))


def jumping_clocks(bench: Bench, tally: Tally) -> None:
    clocks.jump_about(bench.template, bench.work, bench.witness, tally, jumps=bench.times(40) * 10, seed=bench.seed)


@dataclass(frozen=True, kw_only=True)
class Suite:
    """One suite: its name for people, the share of its faults that must hit, what it does, whether it mounts disks."""

    name: str
    least: float
    run: Callable[[Bench, Tally], None]
    is_mounting: bool = False


SUITES = {
    "calls": Suite(name="failing calls", least=0.8, run=failing_calls),
    "power": Suite(name="power cuts", least=0.5, run=power_cuts),
    "shaken": Suite(name="failures, then power cuts", least=0.8, run=failures_before_the_power_goes),
    "kills": Suite(name="kill -9", least=0.6, run=killed),
    "full": Suite(name="full disks", least=0.3, run=full_disks, is_mounting=True),
    "limits": Suite(name="file size limits", least=0.2, run=size_limits),
    "readonly": Suite(name="read-only disks", least=0.9, run=read_only_disks, is_mounting=True),
    "memory": Suite(name="memory limits", least=0.2, run=out_of_memory),
    "clocks": Suite(name="jumping clocks", least=1.0, run=jumping_clocks),
}


def run_suite(name: str, work: Path, scale: float, seed: int, acts: tuple[str, ...] = ()) -> Tally:
    """Run one suite; a name that ends in `+key` runs it on an encrypted workspace."""
    suite_name, _, key = name.partition("+")
    suite, raw_key = SUITES[suite_name], KEY if key else None
    tally = Tally(name=suite.name + (", encrypted" if key else ""), least=suite.least)
    template = make_template(work, Opener(key=raw_key))
    with Witness() as witness:
        suite.run(Bench(work=work, template=template, witness=witness, scale=scale, seed=seed, acts=acts), tally)
    return tally.finish()


def main(work: Path, scale: float, seed: int, name: str, acts: tuple[str, ...]) -> int:
    tally = run_suite(name, work, scale, seed, acts)
    tally.say()
    return int(tally.is_dead or bool(tally.violations))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4], tuple(sys.argv[5:])))
