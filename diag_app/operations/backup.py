"""Backups that the program makes, and checks of what is stored."""

from __future__ import annotations

from pathlib import Path

from diag_app.clock import SystemClock, wall_ms
from diag_app.errors import Problem
from diag_app.operations.workspace import Workspace
from diag_app.storage.audit import leave_waiting
from diag_app.storage.backup import restore_backup as restore

__all__ = ["check_workspace", "create_backup", "restore_backup"]


def create_backup(workspace: Workspace, directory: Path) -> Path:
    """Write a verified copy of the whole workspace into `directory` and return its path; never copies a live file."""
    stamp = workspace.clock.now().strftime("%Y%m%d-%H%M%S")
    path = workspace.store.backup(directory / f"qizhen-backup-{stamp}")
    workspace.store.audit("backup", {"size": path.stat().st_size})
    return path


def restore_backup(backup: Path, directory: Path) -> None:
    """Bring a backup back into `directory`, which must not hold a workspace yet."""
    restore(backup, directory)
    details = {"size": backup.stat().st_size}
    leave_waiting(directory, "restore", at=wall_ms(SystemClock().now()), details=details)


def check_workspace(workspace: Workspace, *, read_data: bool) -> tuple[Problem, ...]:
    """Return everything that is not as it was written; with `read_data` every evidence file is read too."""
    return workspace.store.check(read_data=read_data)
