"""The audit trail as a person sees it: listed, written to a file, compared with what bundles saw."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from diag_app import files
from diag_app.codec import digest
from diag_app.errors import Problem, Severity
from diag_app.operations.bundle_keys import own_keys
from diag_app.operations.workspace import Workspace
from diag_app.settings import Settings
from diag_app.storage.audit import AuditHead, AuditRow, export_lines
from diag_app.sync.bundle_read import verify_bundle

__all__ = ["AuditRow", "export_audit", "find_audit_rows", "record_settings", "verify_audit"]


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


def verify_audit(workspace: Workspace, bundles: Sequence[Path]) -> tuple[Problem, ...]:
    """Return in what the trail is not the one that these bundles saw; a bundle with a fault of its own is named.

    Raises:
        DiagError: where a file cannot be read.
    """
    own = own_keys(workspace.directory, workspace.key)
    problems: list[Problem] = []
    for path in bundles:
        verification = verify_bundle(path, trusted_keys=own)
        problems += [item for item in verification.problems if item.severity is Severity.ERROR]
        if verification.statement is None or not verification.ok:
            continue
        stated = verification.statement.audit
        if stated is None:
            problems.append(Problem(code="AUDIT_UNSEEN", location=path.name, severity=Severity.WARNING))
            continue
        witness = AuditHead(trail=stated.trail, seq=stated.seq, row_id=stated.head)
        is_own = verification.signer in own
        problems += workspace.store.audit_problems(witness, location=path.name, is_own=is_own)
    return tuple(problems)
