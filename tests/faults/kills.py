"""Suite 3: kill -9 at a random moment, and at a random call with a write half done."""

from __future__ import annotations

import random
import shutil
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.faults.attempt import Attempt, Reference, carry_on, judge, judge_raw
from tests.faults.calls import measure
from tests.faults.children import End, in_child
from tests.faults.scenarios import Scenario, nothing
from tests.faults.shim import Mode, Shim
from tests.faults.sites import SITE, Site
from tests.faults.tally import Tally
from tests.faults.witness import Witness


def kill_often(
    scenario: Scenario, template: Site, work: Path, witness: Witness, shim: Shim, tally: Tally, *, kills: int, seed: int
) -> None:
    """Kill the act `kills` times, half of them by the clock and half at a call."""
    reference = measure(scenario, template, work, witness, shim)
    chance = random.Random(seed)  # noqa: S311 - the moments are drawn, not secret
    length = median(_duration(scenario, template, work) for _ in range(3))
    for number in range(kills):
        site = scenario.site(template, work / SITE)
        if number % 2:
            moment = chance.uniform(0, length)
            end, place = in_child(scenario, site, nothing, after_seconds=moment), f"after {moment:.4f} s"
        else:
            k = chance.randrange(1, len(reference.kinds) + 1)
            shim.watch(site.root)
            end, place = in_child(scenario, site, partial(shim.arm, Mode.KILL, k)), f"at call {k}"
        problems = after_the_end(scenario, site, reference, end, witness)
        tally.add(hit=not end.is_alive, place=f"{scenario.name}, killed {place}", problems=problems)


def after_the_end(scenario: Scenario, site: Site, reference: Reference, end: End, witness: Witness) -> list[str]:
    """Start anew where the child ended, and look at what it left; the folder is gone afterwards."""
    left = Attempt(is_acknowledged=end.is_acknowledged)
    problems = judge_raw(reference, witness.look(site.root), is_acknowledged=end.is_acknowledged)
    problems += carry_on(scenario, site, left)
    left.close()
    found = witness.look(site.root, remove=True)
    return problems + judge(reference, found, is_acknowledged=end.is_acknowledged)


def _duration(scenario: Scenario, template: Site, work: Path) -> float:
    """Return the seconds from fork to end of one undisturbed child."""
    site = scenario.site(template, work / SITE)
    began = perf_counter()
    end = in_child(scenario, site, nothing)
    assert end.is_acknowledged, f"{scenario.name}: {end.words}"
    took = perf_counter() - began
    shutil.rmtree(site.root)
    return took
