"""Suite 5: memory runs out. The process dies or reports; what it had acknowledged is there."""

from __future__ import annotations

import contextlib
import resource
from functools import partial
from pathlib import Path

from tests.faults.calls import measure
from tests.faults.children import in_child
from tests.faults.kills import after_the_end
from tests.faults.scenarios import Scenario
from tests.faults.sites import SITE, Site
from tests.faults.tally import Tally
from tests.faults.witness import Witness

KIB = 1024
_taken: dict[int, list[bytes]] = {64 * KIB: [], 4 * KIB: [], 256: []}
MOST = 2048  # KiB; with more every act succeeds


def sweep(scenario: Scenario, template: Site, work: Path, witness: Witness, tally: Tally, *, sizes: int) -> None:
    """Do the act with ever more memory above what the process has, in `sizes` steps, from nothing at all."""
    reference = measure(scenario, template, work, witness, None)
    step = max(1, MOST // sizes) * KIB
    for number in range(sizes):
        site = scenario.site(template, work / SITE)
        end = in_child(scenario, site, partial(_limit, number * step))
        has_failed = not (end.is_acknowledged and end.is_alive and not end.words)
        if has_failed:
            tally.note("died or out of memory" if end.words.startswith("raised MemoryError") else "refused with a code")
        problems = after_the_end(scenario, site, reference, end, witness)
        tally.add(hit=has_failed, place=f"{scenario.name}, {number * step // KIB} KiB more", problems=problems)


def _limit(room: int) -> None:
    """Take all memory that the process holds in reserve, then let it have `room` bytes more."""
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.RLIM_INFINITY))
    for block, taken in _taken.items():
        with contextlib.suppress(MemoryError):
            while True:
                taken.append(bytes(block))
    resource.setrlimit(resource.RLIMIT_AS, (size + room, size + room))
