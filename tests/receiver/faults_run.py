"""Behind the shim: takes a bundle in, and its receipt home, with a fault at a drawn call; then once more without.

`python -m tests.receiver.faults_run FOLDER CASES SEED` prints one JSON line: counts, and what was found wrong.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from diag_app.errors import DiagError
from diag_app.operations.bundle import export_bundle
from diag_app.operations.export_log import undelivered
from diag_app.operations.receipt import find_receipts, import_receipt
from diag_app.receiver.arrivals import all_arrivals
from diag_app.receiver.intake import raw_path, take_in
from diag_app.receiver.office import open_office
from diag_app.receiver.verifying import verify_here
from diag_app.sync.receipt_file import SUFFIX, read_receipt
from tests.faults.shim import Mode, Shim
from tests.fixed_clock import FixedClock
from tests.receiver.desk import assessed, introduce, laptop, make_office

MODES = (Mode.KILL, Mode.ENOSPC_ON, Mode.KILL, Mode.EIO_ONCE)


@dataclass(frozen=True, kw_only=True)
class Act:
    """What is interrupted, and what must be true once it was done again without a fault."""

    name: str
    do: Callable[[Path], None]
    faults: Callable[[Path], list[str]]


def receive(root: Path) -> None:
    with open_office(root / "office", clock=FixedClock(), verify=verify_here) as office:
        take_in(office, root / "a.zip")


def received(root: Path) -> list[str]:
    wrong = []
    with open_office(root / "office", clock=FixedClock(), verify=verify_here) as office:
        (arrival,) = all_arrivals(office.store)
        receipt = read_receipt((root / f"a.zip{SUFFIX}").read_bytes(), location="a").value
        if (arrival.stage, receipt.faults, receipt.duplicate) != ("ingested", (), 0):
            wrong.append(f"{arrival.stage}, {receipt.faults}, {receipt.duplicate} known before")
        if receipt.accepted != sum(1 for _ in office.store.ops()) or receipt.blobs_missing:
            wrong.append(f"{receipt.accepted} accepted, missing {receipt.blobs_missing}")
        if raw_path(office, arrival).read_bytes() != (root / "a.zip").read_bytes():
            wrong.append("the raw bytes differ")
        wrong += [problem.code for problem in office.store.check(read_data=True)]
        wrong += [f"left: {path.name}" for path in (office.directory / "incoming").iterdir() if path.name[0] != "."]
    return wrong


def take_home(root: Path) -> None:
    with laptop(root / "one") as workspace:
        import_receipt(workspace, root / f"a.zip{SUFFIX}")


def taken_home(root: Path) -> list[str]:
    with laptop(root / "one") as workspace:
        state = (undelivered(workspace).total, len(find_receipts(workspace)))
        found = [problem.code for problem in workspace.store.check()]
    return found if state == (0, 1) else [*found, f"{state[0]} undelivered, {state[1]} receipts"]


def half_taken(root: Path) -> list[str]:
    """A receipt is here with all it moves, or not at all."""
    with laptop(root / "one") as workspace:
        state = (undelivered(workspace).total == 0, len(find_receipts(workspace)))
    return [] if state in ((True, 1), (False, 0)) else [f"half: {state}"]


def template(root: Path) -> None:
    with make_office(root / "office") as office, laptop(root / "one") as workspace:
        introduce(office, workspace)
        assessed(workspace, root)
        export_bundle(workspace, root / "a.zip")


def in_child(function: Callable[[], object]) -> int:
    """Return how a child ended that did this: 0 done, 1 refused by code, 2 a bug, or minus the signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 2
    try:
        function()
        status = 0
    except DiagError:
        status = 1
    except Exception:  # noqa: BLE001 - a bug is shown, and told by the status
        traceback.print_exc()
    finally:
        os._exit(status)


def interrupt(act: Act, made: Path, work: Path, shim: Shim, chance: random.Random, cases: int) -> tuple[int, list[str]]:
    calls, hits, wrong = count_calls(act, made, work, shim), 0, []
    for number in range(cases):
        shutil.copytree(made, work)
        mode, k = MODES[number % len(MODES)], chance.randrange(1, calls + 1)

        def with_fault(mode: Mode = mode, k: int = k) -> None:
            shim.watch(work)
            shim.arm(mode, k)
            act.do(work)

        end = in_child(with_fault)
        hits += end != 0
        found = [f"ended with {end}"] if end not in (0, 1, -9) else []
        found += half_taken(work) if act.name == "take home" else []
        act.do(work)
        found += act.faults(work)
        wrong += [f"{act.name}, {mode.name} at {k} of {calls}: {fault}" for fault in found]
        shutil.rmtree(work)
    return hits, wrong


def count_calls(act: Act, made: Path, work: Path, shim: Shim) -> int:
    shutil.copytree(made, work)
    shim.watch(work)
    shim.arm(Mode.COUNT, 0)
    act.do(work)
    calls = shim.calls
    shim.disarm()
    shutil.rmtree(work)
    return calls


def main(folder: Path, cases: int, seed: int) -> None:
    shim, chance = Shim(), random.Random(seed)  # noqa: S311 - the moments are drawn, not secret
    made, work = folder / "made", folder / "work"
    made.mkdir()
    template(made)
    hits, wrong = interrupt(Act(name="receive", do=receive, faults=received), made, work, shim, chance, cases * 7 // 10)
    receive(made)
    more, also = interrupt(
        Act(name="take home", do=take_home, faults=taken_home), made, work, shim, chance, cases - cases * 7 // 10
    )
    print(json.dumps({"cases": cases, "hits": hits + more, "wrong": [*wrong, *also]}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
