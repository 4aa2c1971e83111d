"""Disks that are full, read-only or cap the size of files, and machines that die: nothing acknowledged is lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource as limits
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from diag_app.operations.assessment import record_note
from diag_app.operations.backup import check_workspace, create_backup, restore_backup
from diag_app.operations.bundle import export_bundle, import_bundle, verify_bundle
from diag_app.operations.demo import run_demo
from diag_app.operations.evidence import add_evidence
from diag_app.operations.proposal import issue_proposal
from diag_app.operations.workspace import open_workspace
from diag_app.paths import resource
from tests.journeys.bad import ANSWERS, PICTURE, Site, ask, make_site, same_in_both, state

SIZES = (16, 64, 170, 260, 330, 450, 700, 1000, 1400, 1800, 2600)
FULL = ("DISK_FULL", "SPACE_SHORT")


def can_mount() -> bool:
    probe = ["unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(probe, capture_output=True, check=False).returncode == 0


mounts = pytest.mark.skipif(not can_mount(), reason="this system lets nobody mount a disk of his own")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("bad") / "home")


@mounts
def test_a_full_disk_of_every_size_loses_nothing_and_the_job_goes_on_with_space(tmp_path: Path) -> None:
    command = ["unshare", "-Urm", sys.executable, "-m", "tests.journeys.small_disk", str(tmp_path), *map(str, SIZES)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [line["size"] for line in told] == list(SIZES)
    for line in told:
        assert (line["wrong"], line["again"]) == ([], ""), line
        codes = FULL if line["done"] else (*FULL, "STORE_FAILED")  # no room even for the store's own memory
        assert line["refused"] is None or line["refused"]["code"] in codes, line
    assert len({tuple(line["done"]) for line in told}) >= 4, "the sizes met too few steps"


@mounts
def test_a_read_only_disk_is_named_in_both_languages(site: Site, tmp_path: Path) -> None:
    disk, bundle, backups = tmp_path / "disk", tmp_path / "case.zip", tmp_path / "backups"
    disk.mkdir()
    assert ask("bundle", "export", "--output", bundle, workspace=site.home).status == 0
    backup = Path(ask("backup", "create", backups, workspace=site.home).json["backup"])
    script = (
        f"mount -t tmpfs none '{disk}' && cp -r '{site.home}' '{disk}/home' && cp '{bundle}' '{backup}' '{disk}/' && "
        f"mount -o remount,ro '{disk}' && exec '{sys.executable}' -m tests.journeys.many"
    )
    on_disk = ("--workspace", disk / "home")
    own = ("--workspace", site.home)
    commands = [
        (*on_disk, "enterprise", "add", "--name", "新厂"),
        (*on_disk, "assessment", "load", site.assessment, ANSWERS),
        (*on_disk, "evidence", "add", site.assessment, "B1", PICTURE),
        (*on_disk, "undo"),
        ("workspace", "create", disk / "new"),
        ("demo", disk / "demo"),
        (*own, "bundle", "export", "--output", disk / "new.zip"),
        (*own, "proposal", "issue", site.assessment, "--output", disk / "papers"),
        (*own, "backup", "create", disk / "backups"),
        ("backup", "restore", disk / backup.name, "--to", disk / "back"),
        ("bundle", "verify", disk / bundle.name),
        ("backup", "restore", disk / backup.name, "--to", tmp_path / "back"),
    ]
    given = "\n".join(json.dumps([str(word) for word in command]) for command in commands)
    done = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", script], input=given, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for command, both in zip(commands[:-2], told[:-2], strict=True):
        assert [(answered["status"], answered["output"]) for answered in both] == [(2, ""), (2, "")], command
        errors = [json.loads(answered["error"])["error"] for answered in both]
        assert same_in_both(errors)["code"] == "READ_ONLY", command
    assert json.loads(told[-2][1]["output"])["ok"] is True  # what is only read can be read
    assert told[-1][0]["status"] == 0
    assert ask("check", "--read-data", workspace=tmp_path / "back").json == []


@pytest.fixture
def small_files() -> object:
    """The system lets no file grow beyond 100 kB."""
    before = limits.getrlimit(limits.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits.setrlimit(limits.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    limits.setrlimit(limits.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_file_that_may_not_grow_is_refused_whole(site: Site, tmp_path: Path, small_files: object) -> None:
    before = state(site.home)
    for command in (
        ("bundle", "export", "--output", str(tmp_path / "case.zip")),
        ("proposal", "issue", site.assessment, "--output", str(tmp_path / "papers")),
        ("backup", "create", str(tmp_path / "backups")),
    ):
        answered = ask(*command, workspace=site.home)
        assert (answered.status, answered.output) == (2, ""), command
        assert answered.refusal["code"] in ("FILE_TOO_LARGE", "STORE_FAILED", "DISK_FULL"), answered.refusal
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    kept = [name for name in state(site.home)[2] if not name.startswith(("evidence/", "keys/"))]
    assert (state(site.home)[:2], kept) == (before[:2], ["workspace.db"])
    assert ask("check", "--read-data", workspace=site.home).json == []


FORK = multiprocessing.get_context("fork") if hasattr(os, "fork") else None


def die_in(job: Callable[[], object], seconds: float) -> bool:
    """Run `job` in a process of its own, end that with SIGKILL after `seconds`; return whether it was still at it."""
    assert FORK is not None
    child = FORK.Process(target=job)
    child.start()
    child.join(seconds)
    was_busy = child.is_alive()
    child.kill()
    child.join()
    assert was_busy or child.exitcode == 0
    return was_busy


def working(home: Path, task: Callable[..., object], *arguments: object) -> None:
    with open_workspace(home) as workspace:
        task(workspace, *arguments)


def left_behind(place: Path) -> list[str]:
    """Return files under a name that somebody would take for whole."""
    return sorted(str(path.relative_to(place)) for path in place.rglob("*") if not path.name.startswith("."))


@pytest.mark.skipif(FORK is None, reason="this system cannot fork")
@pytest.mark.parametrize("task", ["demo", "issue", "export", "import", "evidence", "backup", "restore"])
def test_a_machine_that_dies_in_the_middle(site: Site, tmp_path: Path, task: str) -> None:
    seed = int.from_bytes(os.urandom(4))
    chance = random.Random(seed)  # noqa: S311 - the points of death are drawn, not secret
    home = tmp_path / "home"
    shutil.copytree(site.home, home)
    bundle = tmp_path / "given.zip"
    with open_workspace(home) as workspace:
        export_bundle(workspace, bundle)
        backup = create_backup(workspace, tmp_path / "given")
        record_note(workspace, site.assessment, "B1", "acknowledged")
    before = state(home)[0]

    def pictures(number: int) -> tuple[Path, ...]:
        """Pictures that were never here, so that taking them in is the whole work every time."""
        folder = tmp_path / f"pictures-{number}"
        folder.mkdir(exist_ok=True)
        for picture in resource("demo", "pictures").iterdir():
            (folder / picture.name).write_bytes(picture.read_bytes() + bytes([number]))
        return tuple(sorted(folder.iterdir()))

    def job(number: int) -> tuple[Callable[[], object], Path]:
        """The work to die in, and the workspace it touches."""
        output, other = tmp_path / f"out-{number}", tmp_path / f"other-{number}"
        if task == "export":
            output.mkdir()
        jobs: dict[str, tuple[Callable[[], object], Path]] = {
            "demo": (partial(run_demo, output), output / "workspace"),
            "issue": (partial(working, home, issue_proposal, site.assessment, ("zh", "en"), output), home),
            "export": (partial(working, home, export_bundle, output / "case.qzb"), home),
            "import": (partial(working, other, import_bundle, bundle), other),
            "evidence": (partial(working, home, add_evidence, site.assessment, "B2", pictures(number)), home),
            "backup": (partial(working, home, create_backup, output), home),
            "restore": (partial(restore_backup, backup, other), other),
        }
        return jobs[task]

    started = time.monotonic()
    whole, _ = job(0)
    whole()
    duration = time.monotonic() - started
    died = 0
    for number in range(1, 7):
        work, touched = job(number)
        died += die_in(work, duration * chance.uniform(0.05, 0.9))
        if not (touched / "workspace.db").exists():
            continue
        with open_workspace(touched) as workspace:
            assert check_workspace(workspace, read_data=True) == (), f"seed {seed}"
        for sealed in (tmp_path / f"out-{number}").glob("*.qzb"):
            assert [item.code for item in verify_bundle(sealed)] == ["SIGNER_UNKNOWN"], f"seed {seed}"
        if touched == home:
            assert state_of_ops(home) >= before
            work()  # the same work, begun again, ends well
        elif task == "import":
            work()
    assert died >= 2, f"the kills missed the work: seed {seed}"


def state_of_ops(home: Path) -> int:
    from tests.storage.stores import bare  # noqa: PLC0415

    with bare(home) as connection:
        return int(connection.execute("SELECT count(*) FROM op").fetchone()[0])
