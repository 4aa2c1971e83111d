"""Suite 6: the clock jumps years ahead, back, and stands still. Stamps never fall and every save is there."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from diag_app.errors import DiagError
from tests.faults.acts import go_on, save, take_in
from tests.faults.attempt import WENT_ON
from tests.faults.sites import SITE, Site
from tests.faults.tally import Tally
from tests.faults.witness import Witness
from tests.faults.workspaces import Opener

START = datetime(2024, 2, 28, 23, 59, 59, tzinfo=UTC)
JUMPS = (
    timedelta(days=3_653),
    timedelta(days=-3_653),
    timedelta(hours=1),
    timedelta(hours=-1),
    timedelta(days=1),
    timedelta(milliseconds=-1),
    timedelta(0),
    timedelta(days=-366),
)


class JumpingClock:
    """A machine's clock that somebody sets while the program runs."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=3)
        return self.moment


def jump_about(template: Site, work: Path, witness: Witness, tally: Tally, *, jumps: int, seed: int) -> None:
    """Save, close, open and import while the clock jumps; the reader holds every stamp to the one before it."""
    chance = random.Random(seed)  # noqa: S311 - drawn, not secret
    for number in range(jumps // 10):
        clock = JumpingClock()
        site = template.copy(work / SITE)
        opener = Opener(key=site.opener.key, clock=clock)
        site = Site(root=site.root, assessment=site.assessment, opener=opener)
        problems = jump_ten_times(site, clock, chance)
        found = witness.look(site.root, remove=True)
        saved = [op.value for op in found.ops if isinstance(op.value, str) and op.value.startswith(WENT_ON)]
        if saved != [f"{WENT_ON} {save}" for save in range(10)]:
            problems.append(f"saved: {saved}")
        for place in range(10):
            tally.add(
                hit=True, place=f"jump {number}.{place}", problems=[*found.problems, *problems] if not place else []
            )


def jump_ten_times(site: Site, clock: JumpingClock, chance: random.Random) -> list[str]:
    workspace = site.opener.open(site.home)
    try:
        for number in range(10):
            clock.moment = max(clock.moment + chance.choice(JUMPS), datetime(1980, 1, 1, tzinfo=UTC))
            if chance.random() < 0.3:
                workspace.close()
                workspace = site.opener.open(site.home)
            if chance.random() < 0.2:
                take_in(site, workspace)
            go_on(site, workspace, f"{WENT_ON} {number}")
            save(site, workspace)
        return [f"check: {problem.code} {problem.location}" for problem in workspace.store.check(read_data=True)]
    except DiagError as error:
        return [f"refused: {error}"]
    finally:
        workspace.close()
