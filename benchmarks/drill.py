"""The drill on a gigabyte of evidence, beside `cp -r` of the same second copy and `sync`."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measurement import Measurement, alternate, timed_ms
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import start_assessment
from diag_app.operations.drill import run_drill
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.security import create_encrypted_workspace, unlock
from diag_app.operations.snapshots import make_second_copy
from diag_app.operations.workspace import Workspace, open_workspace

LIMIT = 3.0
FILES, MEGABYTES, ROUNDS = 250, 4, 3
PHRASE = "four unrelated words"


def measure() -> Measurement:
    """Return the median time of the drill on an encrypted workspace, whose evidence is all read and decrypted."""
    with TemporaryDirectory(dir=Path.cwd()) as name:  # on the disk of the checkout: a temporary folder may be memory
        folder = Path(name)
        create_encrypted_workspace(folder / "home", PHRASE)
        with open_workspace(folder / "home", key=unlock(folder / "home", passphrase=PHRASE)) as workspace:
            _fill(workspace)
            (folder / "disk").mkdir()
            copy = make_second_copy(workspace, folder / "disk").folder
            size = sum(path.stat().st_size for path in copy.rglob("*") if path.is_file())

            def drill() -> None:
                if run_drill(workspace).problems:
                    raise RuntimeError("the drill found a fault")

            ours_ms, reference_ms = alternate(
                lambda: timed_ms(drill), lambda: timed_ms(lambda: _copy(copy, folder / "copied")), rounds=ROUNDS
            )
    return Measurement(
        name="the drill on 1 GB, encrypted / cp -r and sync",
        ours_ms=ours_ms,
        reference_ms=reference_ms,
        limit=LIMIT,
        note=f"{size / 1e9:.2f} GB in {FILES} files, brought back, decrypted, compared and removed",
    )


def _fill(workspace: Workspace) -> None:
    chance = random.Random(1)  # noqa: S311  bytes that no disk can make smaller
    assessment = start_assessment(workspace, add_enterprise(workspace, EnterpriseProfile(name="试验厂")).enterprise_id)
    for number in range(FILES):
        file = NewEvidence(name=f"{number}.bin", data=chance.randbytes(MEGABYTES * 1_000_000), targets=("B1",))
        add_evidence_files(workspace, assessment, [file])


def _copy(source: Path, target: Path) -> None:
    """Copy as a person would, and tidy up as the drill does."""
    subprocess.run(("cp", "-r", str(source), str(target)), check=True)
    subprocess.run(("sync",), check=True)
    shutil.rmtree(target)
