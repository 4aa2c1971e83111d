"""Suite 1: the k-th I/O call fails, for every k of every act; once, for ever, without room, cut short."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.faults.attempt import WENT_ON, Reference, attempt, carry_on, judge
from tests.faults.scenarios import Scenario
from tests.faults.shim import FAILURES, WRITES_ONLY, Kind, Mode, Shim
from tests.faults.sites import SITE, Site
from tests.faults.tally import Tally
from tests.faults.witness import Witness


def measure(scenario: Scenario, template: Site, work: Path, witness: Witness, shim: Shim | None) -> Reference:
    """Do the act without a fault; `kinds` is empty without a shim."""
    site = scenario.site(template, work / SITE)
    witness.expect(marker=scenario.marker, promised=scenario.promised)
    before = witness.look(site.root)
    kinds: tuple[Kind, ...] = ()
    if shim is not None:
        shim.watch(site.root)
        shim.arm(Mode.COUNT, 0)
    made = attempt(scenario, site)
    made.close()
    if shim is not None:
        shim.disarm()
        kinds = tuple(shim.kind(k) for k in range(1, shim.calls + 1))
    assert made.refusal is None, f"{scenario.name}: {made.refusal}"
    after = witness.look(site.root, remove=True)
    assert not after.problems, f"{scenario.name}: {after.problems}"
    assert bool(before.marked) is bool(scenario.marker), f"{scenario.name}: the marker is not where it goes from"
    assert not after.marked, f"{scenario.name}: left in {after.marked}"
    return Reference(kinds=kinds, before=before, after=after)


def every_call(
    scenario: Scenario,
    template: Site,
    work: Path,
    witness: Witness,
    shim: Shim,
    tally: Tally,
    *,
    ways: float,
    seed: int,
) -> None:
    """Fail every call of the act in `ways` of the ways a call can fail, which take turns from call to call."""
    reference = measure(scenario, template, work, witness, shim)
    for mode, k in chosen(reference.kinds, ways, seed):
        site = scenario.site(template, work / SITE)
        hit, problems = one_fault(scenario, site, reference, witness, shim, mode, k)
        tally.add(hit=hit, place=f"{scenario.name}, {mode.name} at {k}", problems=problems)


def chosen(kinds: tuple[Kind, ...], ways: float, seed: int) -> Iterator[tuple[Mode, int]]:
    """Yield failures for every call; with `ways` below 1, for that share of the calls."""
    chance = random.Random(seed)  # noqa: S311 - which faults are tried is no secret
    for k, kind in enumerate(kinds, start=1):
        possible = [mode for mode in FAILURES if kind is Kind.WRITE or mode not in WRITES_ONLY]
        chance.shuffle(possible)
        count = int(ways) + (chance.random() < ways % 1)
        for mode in possible[:count]:
            yield mode, k


def one_fault(
    scenario: Scenario, site: Site, reference: Reference, witness: Witness, shim: Shim, mode: Mode, k: int
) -> tuple[bool, list[str]]:
    shim.watch(site.root)
    shim.arm(mode, k)
    made = attempt(scenario, site)
    if mode in (Mode.EIO_ON, Mode.ENOSPC_ON, Mode.TORN):  # it lasts until the program has ended
        made.close()
    shim.disarm()
    hits = shim.hits
    problems = [made.fault] if made.fault else []
    if made.refusal is not None and not hits:
        problems.append(f"refused without a fault: {made.refusal}")
    problems += carry_on(scenario, site, made)
    made.close()
    found = witness.look(site.root, remove=True)
    problems += judge(reference, found, is_acknowledged=made.is_acknowledged)
    if scenario.has_assessment and not any(op.value == WENT_ON for op in found.ops):
        problems.append("what was saved after the fault is lost")
    return hits > 0, problems
