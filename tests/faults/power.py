"""Suite 2: the power goes. Each act is recorded once; crash images are built from the record and read independently."""

from __future__ import annotations

import hashlib
import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from diag_app.errors import DiagError
from diag_app.operations.assessment import record_answer, record_note
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.history import undo
from diag_app.operations.workspace import Workspace
from tests.faults.attempt import Reference, attempt, judge_raw
from tests.faults.disk import Call, Disk, read_trace
from tests.faults.scenarios import Scenario
from tests.faults.shim import Kind, Mode, Shim
from tests.faults.sites import SITE, Site
from tests.faults.tally import Tally
from tests.faults.witness import Findings, Witness

Tell = Callable[[int], None]  # so many ops are acknowledged now
SAVES = 40


@dataclass(frozen=True, kw_only=True)
class Record:
    """A session as it was recorded: its calls, what the disk held before and after, what was acknowledged when."""

    calls: list[Call]
    before: Disk
    earlier: Findings
    after: Findings
    told: dict[int, dict[str, str]]  # mark -> files handed over by then
    counts: dict[int, int]  # mark -> ops in the log by then

    @property
    def sizes(self) -> Counter[str]:
        return Counter(op.operation_id for op in self.after.ops)


def record_scenario(
    scenario: Scenario, template: Site, work: Path, witness: Witness, shim: Shim, chance: random.Random
) -> Record:
    """Record one act, acknowledged once."""
    site = scenario.site(template, work / SITE)
    witness.expect(marker=scenario.marker, promised=scenario.promised)
    earlier = witness.look(site.root)

    def do(tell: Tell) -> None:
        made = attempt(scenario, site, lambda: tell(0))
        made.close()
        assert made.refusal is None, f"{scenario.name}: {made.refusal}"

    made = record(site, do, witness, shim, chance, earlier)
    # An act is one transaction: once it is acknowledged all ops are there, before that those there were.
    final = len(made.after.ops)
    made.counts.update(dict.fromkeys(made.counts, final) | {0: len(earlier.ops)})
    return made


def record_session(
    template: Site, work: Path, witness: Witness, shim: Shim, chance: random.Random, *, with_faults: bool
) -> Record:
    """Record many saves of all sizes, evidence and undo; with faults some are refused at random and tried again."""
    scenario = Scenario(name="a session")
    site = scenario.site(template, work / SITE)

    def do(tell: Tell) -> None:
        with site.opener.open(site.home) as workspace:
            tell(_ops(workspace))
            for number in range(SAVES):
                act = _back if number % 6 == 5 else chance.choice((_short, _long, _file))
                draw = chance.randrange(2**32)
                if with_faults and chance.random() < 0.5:
                    shim.arm(Mode.EIO_ONCE, chance.randrange(1, 14))
                try:
                    act(site, workspace, number, random.Random(draw))  # noqa: S311 - drawn, not secret
                except DiagError:
                    act(site, workspace, number, random.Random(draw))  # noqa: S311
                shim.disarm()
                tell(_ops(workspace))

    witness.expect(marker="", promised=scenario.promised)
    return record(site, do, witness, shim, chance, witness.look(site.root))


def record(
    site: Site, do: Callable[[Tell], None], witness: Witness, shim: Shim, chance: random.Random, earlier: Findings
) -> Record:
    """Let `do` work in the site, whose folder is gone afterwards, and return the calls it made and what it told."""
    before = Disk(site.root, chance)
    told: dict[int, dict[str, str]] = {0: {}}
    counts = {0: 0}
    trace = site.root.with_name("trace")
    handle = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    shim.watch(site.root)

    def tell(count: int) -> None:
        mark = len(told)
        told[mark] = _handed_over(site, witness.promised)
        counts[mark] = count
        shim.mark(mark)

    shim.trace(handle)
    try:
        do(tell)
    finally:
        shim.trace(-1)
        os.close(handle)
    after = witness.look(site.root, remove=True)
    assert not after.problems, after.problems
    calls = list(read_trace(trace))
    return Record(calls=calls, before=before, earlier=earlier, after=after, told=told, counts=counts)


def cut_power(record: Record, name: str, images: int, work: Path, witness: Witness, tally: Tally) -> None:
    """Build `images` images at random moments and look at each."""
    chance = random.Random(images)  # noqa: S311 - the moments are drawn, not secret
    cuts = Counter(chance.randrange(len(record.calls) + 1) for _ in range(images))
    disk, mark = record.before, 0
    for place, call in enumerate([*record.calls, None]):
        for _ in range(cuts[place]):
            folder = work / "image"
            folder.mkdir()
            hit = disk.image(chance, folder)
            found = witness.look(folder, remove=True)
            tally.add(hit=hit, place=f"{name}, cut at {place}", problems=judge_image(record, found, mark))
        if call is not None:
            mark = call.place if call.kind is Kind.MARK else mark
            disk.play(call)


def judge_image(record: Record, found: Findings, mark: int) -> list[str]:
    """Return what was acknowledged before the cut and is not there, and what is torn."""
    reference = Reference(kinds=(), before=record.earlier, after=record.after)
    problems = judge_raw(reference, found, is_acknowledged=mark > 0)
    acknowledged = {op.op_id for op in record.after.ops[: record.counts[mark]]}
    lost = acknowledged - found.op_ids
    if lost:
        problems.append(f"{len(lost)} acknowledged ops are lost")
    sizes = Counter(op.operation_id for op in found.ops)
    torn = [operation for operation, count in sizes.items() if count != record.sizes.get(operation, count)]
    if torn:
        problems.append(f"torn operations: {torn}")
    problems += [
        f"acknowledged and not handed over: {name}"
        for name, sha256 in record.told[mark].items()
        if found.out.get(name) != sha256
    ]
    return problems


def _handed_over(site: Site, promised: tuple[str, ...]) -> dict[str, str]:
    names = {path.relative_to(site.root).as_posix(): path for path in site.root.rglob("*") if path.is_file()}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in names.items()
        if name.startswith(promised) and "/." not in name  # nobody takes a draft for what was handed over
    }


def _ops(workspace: Workspace) -> int:
    row = workspace.store._database.one("SELECT count(*) FROM op")
    return int(row[0]) if row else 0


def _short(site: Site, workspace: Workspace, number: int, _: random.Random) -> None:
    record_answer(workspace, site.assessment, "B4", (("A",), ("B",))[number % 2])


def _long(site: Site, workspace: Workspace, number: int, _: random.Random) -> None:
    record_note(workspace, site.assessment, "B5", f"{number} " + "字" * 30_000)


def _file(site: Site, workspace: Workspace, number: int, chance: random.Random) -> None:
    file = NewEvidence(name=f"{number}.bin", data=chance.randbytes(3_000), targets=("B1",))
    add_evidence_files(workspace, site.assessment, [file])


def _back(_: Site, workspace: Workspace, __: int, ___: random.Random) -> None:
    undo(workspace)
