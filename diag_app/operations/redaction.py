"""Erasing on request: a value goes from the whole workspace for good, and the person is told where else it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diag_app.errors import Problem, Severity
from diag_app.model.ops import Changes
from diag_app.operations.export_log import find_exports
from diag_app.operations.snapshots import reach_second_copies
from diag_app.operations.workspace import Workspace
from diag_app.storage.redaction import IssuedFrom, RedactionPlan

__all__ = ["IssuedFrom", "Redaction", "RedactionPlan", "plan_redaction", "redact"]


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """What was erased: values and files by number, the copies that went, and what a person has yet to look at."""

    entity: str
    registers: tuple[str, ...]
    values: int
    files: int
    issued: tuple[IssuedFrom, ...]  # proposals that show it
    copies: tuple[Path, ...]  # backups of the program's own that were removed
    changes: Changes
    problems: tuple[Problem, ...]


def plan_redaction(workspace: Workspace, entity_id: str, register: str) -> RedactionPlan:
    """Return what `redact` would take, before it is decided; the codes are those of `redact`."""
    return workspace.store.plan_redaction(entity_id, register)


def redact(
    workspace: Workspace,
    entity_id: str,
    register: str,
    *,
    reason: str,
    with_issued: bool = False,
    successor: Any = None,
) -> Redaction:
    """Erase all values a register ever had, its translations, and its evidence file, for good; never undone.

    `successor`, where given, is recorded in the register in the same transaction.

    They go from the op log, the tables, the search index and the program's own backups, second copies among them: one
    whose disk is not there is named, and cleared when it is next brought up to date. No older bundle brings the values
    back. Issued proposals that show them are named; `with_issued` removes their files too.

    Raises:
        DiagError: `ENTITY_UNKNOWN`, `NOT_ERASABLE`, `NOTHING_TO_ERASE`, `REASON_MISSING`, `REASON_TELLS`.
    """
    done = workspace.store.redact(entity_id, register, reason=reason, with_issued=with_issued, successor=successor)
    plan = done.plan
    kept = () if with_issued else plan.issued
    problems = [_warning("ISSUED_HOLDS_ERASED", item.proposal_id, number=item.number) for item in kept]
    problems += [_warning("EVIDENCE_SHARED", sha256) for sha256 in plan.shared_blobs]
    problems += [_warning("BACKUP_ERASED", path.name) for path in done.copies]
    problems += [
        _warning("EXPORT_HOLDS_ERASED", Path(export.path).name, when=export.written_at)
        for export in find_exports(workspace)
        if plan.case in export.state_digests
    ]
    problems += [_warning("COPY_HOLDS_ERASED", str(root)) for root in reach_second_copies(workspace)]
    if done.unfinished:
        problems.append(_warning("ERASURE_UNFINISHED", workspace.directory.name, detail=done.unfinished))
    issued_files = 0 if kept else sum(len(item.files) for item in plan.issued)
    return Redaction(
        entity=entity_id,
        registers=plan.registers,
        values=len(plan.ops),
        files=len(plan.blobs) + issued_files,
        issued=plan.issued,
        copies=done.copies,
        changes=done.changes,
        problems=tuple(problems),
    )


def _warning(code: str, location: str, **parameters: str) -> Problem:
    return Problem(code=code, location=location, severity=Severity.WARNING, parameters=parameters)
