"""One long run of all suites: `python -m tests.faults.long_run [FAULTS]` prints figures until so many are injected."""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.faults.bench import run_in_child
from tests.faults.run import SUITES
from tests.faults.shim import build_shim
from tests.faults.space import may_mount
from tests.faults.tally import Tally

AIM = 200_000
SCALE = {
    "calls": 2.0, "power": 15.0, "shaken": 0.5, "kills": 2.0, "clocks": 20.0, "calls+key": 0.5, "power+key": 8.0,
    "shaken+key": 0.2, "kills+key": 0.5,
}  # fmt: skip
ENCRYPTED = ("calls+key", "power+key", "shaken+key", "kills+key")


def main(aim: int) -> int:
    """Run round after round, each with a seed of its own; return 1 after a violation."""
    totals: dict[str, Tally] = {}
    began = perf_counter()
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        library = build_shim(Path(name))
        suites = [suite for suite in (*SUITES, *ENCRYPTED) if may_mount() or not _is_mounting(suite)]
        for number, suite in enumerate(cycle(suites)):
            seed = number // len(suites) + 1
            with TemporaryDirectory(dir=name) as scratch:
                tally = run_in_child(suite, Path(scratch), SCALE.get(suite, 2.0), seed, library)
            _add(totals, tally)
            _say(totals, seed, perf_counter() - began)
            if sum(tally.injected for tally in totals.values()) >= aim:
                break
    return int(any(tally.violations for tally in totals.values()))


def _is_mounting(suite: str) -> bool:
    return SUITES[suite.partition("+")[0]].is_mounting


def _add(totals: dict[str, Tally], tally: Tally) -> None:
    total = totals.setdefault(tally.name, Tally(name=tally.name))
    total.injected += tally.injected
    total.hit += tally.hit
    total.violations += tally.violations
    total.seconds = round(total.seconds + tally.seconds, 1)


def _say(totals: dict[str, Tally], rounds: int, seconds: float) -> None:
    everything = Tally(name=f"all, {rounds} rounds")
    for tally in totals.values():
        _add({everything.name: everything}, Tally(**{**vars(tally), "name": everything.name}))
    everything.seconds = round(seconds, 1)
    lines = [tally.line() for tally in (*totals.values(), everything)] + everything.violations
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else AIM))
