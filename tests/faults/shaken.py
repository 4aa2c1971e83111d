"""Suite: a call fails, the person tries again until it is acknowledged, and at that moment the power goes.

A flush that failed is told once and never again, so this finds what was taken as durable though it is not.
"""

from __future__ import annotations

import random
from pathlib import Path

from diag_app.errors import DiagError
from tests.faults.attempt import Attempt, again, attempt
from tests.faults.calls import measure
from tests.faults.power import Record, Tell, judge_image, record
from tests.faults.scenarios import Scenario
from tests.faults.shim import Kind, Mode, Shim
from tests.faults.sites import SITE, Site
from tests.faults.tally import Tally
from tests.faults.witness import Findings, Witness


def shake(
    scenario: Scenario,
    template: Site,
    work: Path,
    witness: Witness,
    shim: Shim,
    tally: Tally,
    chance: random.Random,
    *,
    share: float,
) -> None:
    """Fail every call, or a share of them, and cut the power when the act is acknowledged after all."""
    reference = measure(scenario, template, work, witness, shim)
    for k in range(1, len(reference.kinds) + 1):
        if chance.random() < share:
            made, hits = _recorded(
                scenario, scenario.site(template, work / SITE), k, witness, shim, chance, reference.before
            )
            found = _left_at_the_mark(made, work, witness, chance)
            place = f"{scenario.name}, EIO_ONCE at {k}, then the power"
            tally.add(hit=hits > 0, place=place, problems=judge_image(made, found, mark=1))


def _recorded(
    scenario: Scenario, site: Site, k: int, witness: Witness, shim: Shim, chance: random.Random, earlier: Findings
) -> tuple[Record, int]:
    hits = 0

    def do(tell: Tell) -> None:
        nonlocal hits
        shim.arm(Mode.EIO_ONCE, k)
        made = attempt(scenario, site)
        shim.disarm()
        hits = shim.hits
        if not made.is_acknowledged:
            _once_more(scenario, site, made)
        tell(0)
        made.close()

    made = record(site, do, witness, shim, chance, earlier)
    made.counts[1] = len(made.after.ops)
    return made, hits


def _once_more(scenario: Scenario, site: Site, made: Attempt) -> None:
    """Try again; a store that could only be opened for reading is opened anew."""
    try:
        made.workspace = again(scenario, site, made)
    except DiagError as error:
        if error.code != "READ_ONLY":
            raise
        made.close()
        made.workspace = again(scenario, site, made)


def _left_at_the_mark(made: Record, work: Path, witness: Witness, chance: random.Random) -> Findings:
    """Return what is left of the moment of the acknowledgement where nothing survives that was not flushed."""
    for call in made.calls:
        if call.kind is Kind.MARK:
            break
        made.before.play(call)
    folder = work / "image"
    folder.mkdir()
    made.before.image(chance, folder, share=0.0)
    return witness.look(folder, remove=True)
