"""Backups that the program makes, and checks of what is stored."""

from __future__ import annotations

from pathlib import Path

from diag_app.clock import Progress, SystemClock, no_progress, wall_ms
from diag_app.errors import Problem
from diag_app.operations.findings import explained
from diag_app.operations.workspace import Workspace
from diag_app.storage.audit import leave_waiting
from diag_app.storage.backup import restore_backup as restore
from diag_app.storage.snapshot import restore_snapshot

__all__ = ["check_workspace", "create_backup", "restore_backup"]


def create_backup(workspace: Workspace, directory: Path, *, progress: Progress = no_progress) -> Path:
    """Write a verified copy of the whole workspace into `directory` and return its path; never copies a live file."""
    stamp = workspace.clock.now().strftime("%Y%m%d-%H%M%S")
    path = workspace.store.backup(directory / f"qizhen-backup-{stamp}", progress=progress)
    workspace.store.audit("backup", {"size": path.stat().st_size})
    return path


def restore_backup(backup: Path, directory: Path, *, key: bytes | None = None) -> tuple[Problem, ...]:
    """Bring a backup, or a snapshot with the evidence beside it, back into `directory`, where no workspace may be.

    An encrypted one is checked with its `key` (`unlock_backup`) before anything is brought back; without, it is brought
    back unseen.

    Returns evidence of a snapshot that was not beside it as it was stored: `BLOB_MISSING`, `BLOB_DAMAGED`.
    """
    problems: tuple[Problem, ...] = ()
    if backup.suffix == ".db":
        problems = restore_snapshot(backup, directory, key=key)
    else:
        restore(backup, directory, key=key)
    details = {"size": backup.stat().st_size}
    leave_waiting(directory, "restore", at=wall_ms(SystemClock().now()), details=details)
    return problems


def check_workspace(workspace: Workspace, *, read_data: bool, progress: Progress = no_progress) -> tuple[Problem, ...]:
    """Return everything that is not as it was written; with `read_data` every evidence file is read too.

    What is damaged is named by what it is to the person: which firm, which answer, file or report.
    """
    return explained(workspace, workspace.store.check(read_data=read_data, progress=progress))
