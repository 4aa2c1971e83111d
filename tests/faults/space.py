"""Suite 4: the disk fills up, files may not grow, the disk is read-only. Runs in a mount namespace of its own."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.attempt import Attempt, attempt, carry_on, judge
from tests.faults.calls import measure
from tests.faults.scenarios import Scenario
from tests.faults.sites import SITE, Site
from tests.faults.tally import Tally
from tests.faults.witness import Witness

PAGE = 4096
DISK = 8 * 1024**2
FULL = frozenset({"DISK_FULL", "SPACE_SHORT", "STORE_FAILED", "NO_ACCESS"})


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """Mount a disk of `size` bytes in memory; needs the right to mount, as in `unshare -Urm`."""
    place.mkdir(exist_ok=True)
    _call("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    try:
        yield place
    finally:
        _call("umount", "-l", str(place))  # a refusal that is still at hand may hold a file open


def fill_up(scenario: Scenario, template: Site, work: Path, witness: Witness, tally: Tally, *, sizes: int) -> None:
    """Do the act with 0, 1, 2, … pages left on the disk, up to what it needs."""
    with small_disk(work / "disk", DISK) as disk:
        reference = measure(scenario, template, disk, witness, None)
        needed = _needed(scenario, template, disk)
        for number in range(sizes):
            site = scenario.site(template, disk / SITE)
            filler = disk / "filler"
            _fill(filler, number * needed // sizes * PAGE)
            made = attempt(scenario, site)
            made.close()
            filler.unlink()
            problems = _problems(scenario, site, made)
            found = witness.look(site.root, remove=True)
            problems += judge(reference, found, is_acknowledged=made.is_acknowledged)
            place = f"{scenario.name}, {number * needed // sizes} pages left"
            tally.add(hit=made.refusal is not None, place=place, problems=problems)


def stop_growing(scenario: Scenario, template: Site, work: Path, witness: Witness, tally: Tally, *, sizes: int) -> None:
    """Do the act while no file may grow beyond a limit, as on a disk for files of 4 GiB."""
    reference = measure(scenario, template, work, witness, None)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for number in range(sizes):
        site = scenario.site(template, work / SITE)
        limit = 2 * number * PAGE
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        made = attempt(scenario, site)
        made.close()
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        problems = _problems(scenario, site, made)
        found = witness.look(site.root, remove=True)
        problems += judge(reference, found, is_acknowledged=made.is_acknowledged)
        tally.add(hit=made.refusal is not None, place=f"{scenario.name}, files up to {limit} B", problems=problems)


def write_protect(scenario: Scenario, template: Site, work: Path, witness: Witness, tally: Tally) -> None:
    """Do the act on a disk that may only be read."""
    with small_disk(work / "disk", DISK) as disk:
        reference = measure(scenario, template, disk, witness, None)
        site = scenario.site(template, disk / SITE)
        _call("mount", "-o", "remount,ro", str(disk))
        made = attempt(scenario, site)
        made.close()
        _call("mount", "-o", "remount,rw", str(disk))
        problems = _problems(scenario, site, made)
        if made.refusal is None:
            problems.append("acknowledged on a disk that may only be read")
        found = witness.look(site.root, remove=True)
        problems += judge(reference, found, is_acknowledged=False, times=1)
        tally.note(f"{made.code}")
        tally.add(hit=made.refusal is not None, place=f"{scenario.name}, read-only", problems=problems)


def _problems(scenario: Scenario, site: Site, made: Attempt) -> list[str]:
    faults = [made.fault] if made.fault else []
    problems = faults + carry_on(scenario, site, made)
    made.close()
    return problems


def _needed(scenario: Scenario, template: Site, disk: Path) -> int:
    """Return the pages that the act takes at its end; in between it may take more."""
    site = scenario.site(template, disk / SITE)
    before = shutil.disk_usage(disk).free
    attempt(scenario, site).close()
    after = shutil.disk_usage(disk).free
    shutil.rmtree(site.root)
    return max(16, 2 * (before - after) // PAGE)


def _fill(filler: Path, left: int) -> None:
    size = max(0, shutil.disk_usage(filler.parent).free - left)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size) if size else None


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def may_mount() -> bool:
    """Return whether this system lets us have a mount namespace of our own."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(("unshare", "-Urm", "true"), check=False, capture_output=True).returncode == 0
