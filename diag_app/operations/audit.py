"""The audit trail as a person sees it: listed, added to, written to a file."""

from __future__ import annotations

from pathlib import Path

from diag_app import files
from diag_app.codec import digest
from diag_app.operations.workspace import Workspace
from diag_app.settings import Settings
from diag_app.storage.audit import AuditRow, export_lines

__all__ = ["AuditRow", "export_audit", "find_audit_rows", "record_settings"]


def find_audit_rows(workspace: Workspace) -> tuple[AuditRow, ...]:
    """Return the audit trail, the oldest row first."""
    return workspace.store.audit_rows()


def record_settings(workspace: Workspace, before: Settings, after: Settings) -> None:
    """Put on the trail what a change of the settings means for safety: when it locks, where the second copy goes."""
    if after.auto_lock_minutes != before.auto_lock_minutes:
        workspace.store.audit("settings", {"setting": "auto_lock_minutes", "value": after.auto_lock_minutes})
    if after.second_copy != before.second_copy:
        folder = None if after.second_copy is None else digest(after.second_copy.encode(errors="surrogateescape"))
        workspace.store.audit("settings", {"setting": "second_copy", "digest": folder})


def export_audit(workspace: Workspace, output: Path) -> int:
    """Write the trail to `output` as JSON lines and return the number of rows; needs no program of ours to verify."""
    rows = workspace.store.audit_rows()
    files.write(output, export_lines(rows))
    return len(rows)
