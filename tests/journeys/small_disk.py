"""The main job on a disk that is too small, then on one with space again. A program of its own: it mounts.

Run as `unshare -Urm python -m tests.journeys.small_disk MOUNT KIB…`; prints one JSON line for each size.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from diag_app.errors import DiagError
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import load_answers, record_note, start_assessment
from diag_app.operations.backup import check_workspace, create_backup
from diag_app.operations.bundle import export_bundle
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.evidence import add_evidence, find_evidence
from diag_app.operations.proposal import find_proposals, issue_proposal
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.paths import resource

ROOMY = 64 * 1024


class Job:
    """The main job as steps; each remembers what it was told is done."""

    def __init__(self, disk: Path) -> None:
        self.disk = disk
        self.home = disk / "home"
        self.enterprise = self.assessment = ""
        self.done: list[str] = []

    def steps(self) -> dict[str, Callable[[Workspace], Any]]:
        return {
            "enterprise": self._add,
            "assessment": self._start,
            "answers": lambda ws: load_answers(ws, self.assessment, resource("demo", "answers.json")),
            "note": lambda ws: record_note(ws, self.assessment, "B1", "字" * 30_000),
            "evidence": lambda ws: add_evidence(ws, self.assessment, "B1", self._pictures()),
            "proposal": lambda ws: issue_proposal(ws, self.assessment, ("zh",), self.disk / "papers"),
            "bundle": lambda ws: export_bundle(ws, self.disk / "case.zip"),
            "backup": lambda ws: create_backup(ws, self.disk / "backups"),
        }

    def go_on(self) -> DiagError | None:
        """Do what is left until the disk refuses, and return the refusal."""
        try:
            with open_workspace(self.home) as workspace:
                for name, step in self.steps().items():
                    if name not in self.done:
                        step(workspace)
                        self.done.append(name)
        except DiagError as error:
            return error
        return None

    def look(self) -> list[str]:
        """Return what is not as it was told; nothing of an unfinished step may be visible."""
        wrong = [str(path) for path in self.disk.rglob("*") if path.name.startswith(".")]
        if "enterprise" not in self.done:
            return wrong
        with open_workspace(self.home) as workspace:
            wrong += [problem.code for problem in check_workspace(workspace, read_data=True)]
            found = {
                "enterprise": len(find_enterprises(workspace)) == 1,
                "evidence": bool(self.assessment) and len(find_evidence(workspace, self.assessment)) == 3,
                "proposal": bool(self.assessment) and len(find_proposals(workspace, self.assessment)) == 1,
            }
            issued = find_proposals(workspace, self.assessment) if self.assessment else ()
        wrong += [name for name, is_here in found.items() if is_here != (name in self.done)]
        digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in self.disk.glob("papers/*")}
        if digests != {file.sha256 for proposal in issued for file in proposal.files}:
            wrong.append("papers")
        for name, pattern in (("bundle", "case.zip"), ("backup", "backups/*")):
            if any(self.disk.glob(pattern)) != (name in self.done):
                wrong.append(name)
        return wrong

    def _add(self, workspace: Workspace) -> None:
        self.enterprise = add_enterprise(workspace, EnterpriseProfile(name="满盘厂")).enterprise_id

    def _start(self, workspace: Workspace) -> None:
        self.assessment = start_assessment(workspace, self.enterprise)

    def _pictures(self) -> list[Path]:
        return sorted(resource("demo", "pictures").iterdir())[:3]


def main(mount: Path, sizes: list[int]) -> None:
    for size in sizes:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "none", str(mount)], check=True)
        job = Job(mount)
        refused = job.go_on()
        done = list(job.done)
        subprocess.run(["mount", "-o", f"remount,size={ROOMY}k", str(mount)], check=True)
        wrong = job.look()
        again = job.go_on()
        wrong += job.look()
        told = refused and {"code": refused.code, "location": refused.location, **refused.parameters}
        sys.stdout.write(
            json.dumps({"size": size, "done": done, "refused": told, "wrong": wrong, "again": str(again or "")}) + "\n"
        )
        subprocess.run(["umount", str(mount)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]])
