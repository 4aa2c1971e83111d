"""The audit trail compared with what bundles saw of it when they were written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from diag_app.errors import Problem, Severity
from diag_app.operations.bundle_keys import own_keys
from diag_app.operations.workspace import Workspace
from diag_app.storage.audit import AuditHead
from diag_app.sync.bundle_read import verify_bundle


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
