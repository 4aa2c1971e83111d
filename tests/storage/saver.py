"""A consultant's machine that dies: forks a child that saves in a loop, kills it, and looks at what is on the disk.

Run as a program of its own: `python saver.py FOLDER KILLS SEED`. Prints one JSON line of counts; fails on a loss.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import select
import signal
import sys
from pathlib import Path

from diag_app.clock import SystemClock
from diag_app.storage.store import Store, open_store
from tests.storage.stores import add_case, bare, bare_registers, bare_values, file_value

REGISTERS = [f"fact:B{number}" for number in range(1, 9)]


def save_for_ever(directory: Path, case: str, assessment: str, first: int, pipe: int) -> None:
    """Save and tell the pipe what was saved, after it was saved; now and then evidence, undo and redo."""
    with open_store(directory, clock=SystemClock(), actor="顾问") as store:
        for number in itertools.count(first):
            register = REGISTERS[number % len(REGISTERS)]
            tell(pipe, "try", register, number)
            with store.operation("record_answer", case) as operation:
                operation.set(assessment, register, number)
            tell(pipe, "saved", register, number)
            if number % 7 == 0:
                take_back_and_forth(store, case, pipe, register)
            if number % 5 == 0:
                add_evidence(store, case, assessment, number, pipe)


def take_back_and_forth(store: Store, case: str, pipe: int, register: str) -> None:
    tell(pipe, "try", register, None)
    store.undo(case)
    store.redo(case)
    tell(pipe, "done", register, None)


def add_evidence(store: Store, case: str, assessment: str, number: int, pipe: int) -> None:
    data = random.Random(number).randbytes(5_000)  # noqa: S311 - a picture needs no secret
    sha256 = store.put_blob(data)
    with store.operation("add_evidence", case) as operation:
        evidence = operation.create("evidence", parent=assessment)
        operation.set(evidence, "file", file_value(sha256))
    tell(pipe, "blob", sha256, number)


def tell(pipe: int, *words: object) -> None:
    os.write(pipe, (json.dumps(words) + "\n").encode())


def kill_once(directory: Path, case: str, assessment: str, first: int, chance: random.Random) -> list[list[object]]:
    """Let a child save for a while, kill it at a random point, and return what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        save_for_ever(directory, case, assessment, first, writing)
    os.close(writing)
    told = b""
    lines, spins = chance.randrange(3, 60), chance.randrange(0, 4_000)
    while told.count(b"\n") < lines:
        select.select([reading], [], [])
        told += os.read(reading, 65_536)
    for _ in range(spins):  # so that the end meets every step of a save, not only the one after a word
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65_536):
        told += more
    os.close(reading)
    return [json.loads(line) for line in told.splitlines()]


def look(directory: Path, assessment: str, told: list[list[object]], expected: dict[str, list[object]]) -> int:
    """Compare the disk with what was told and return whether the child died inside a save.

    `expected` holds for each register the value before the last acknowledged one, and that one.
    """
    unfinished: list[object] | None = None
    for word, name, number in told:
        if word == "blob":
            continue
        unfinished = [name, number] if word == "try" else None
        if word == "saved":
            expected[str(name)] = [expected.get(str(name), [None])[-1], number]
    values = bare_values(directory)
    assert values == bare_registers(directory), "a projection is not what the ops say"
    for register, (before, saved) in expected.items():
        found = values[(assessment, register)]
        allowed = [saved]
        if unfinished is not None and unfinished[0] == register:
            allowed.append(before if unfinished[1] is None else unfinished[1])
        assert found in allowed, f"{register}: {found} instead of {allowed}"
        expected[register] = [before, found]
    check_evidence(directory)
    return int(unfinished is not None)


def check_evidence(directory: Path) -> None:
    with bare(directory) as connection:
        rows = connection.execute("SELECT value ->> 'sha256' FROM op WHERE header ->> 'register' = 'file'").fetchall()
    for (sha256,) in rows:
        data = (directory / "evidence" / sha256[:2] / sha256).read_bytes()
        assert hashlib.sha256(data).hexdigest() == sha256, "an op names evidence that the disk has not got"


def main(directory: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the points of death are drawn, not secret
    with open_store(directory, clock=SystemClock(), actor="顾问") as store:
        case, assessment = add_case(store)
    expected: dict[str, list[object]] = {}
    saved = inside = 0
    for _ in range(kills):
        told = kill_once(directory, case, assessment, saved + 1, chance)
        saved = max([saved, *(int(str(line[2])) for line in told if line[0] in ("try", "saved") and line[2])])
        inside += look(directory, assessment, told, expected)
    with bare(directory) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with open_store(directory, clock=SystemClock(), actor="顾问") as store:
        assert store.check(read_data=True) == ()
    sys.stdout.write(json.dumps({"kills": kills, "saved": saved, "inside": inside, "seed": seed}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
