"""Repair on request: damaged and missing records and files, brought back from a backup, a snapshot or a bundle."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from diag_app import files
from diag_app.errors import DiagError, Problem
from diag_app.model.ops import Op
from diag_app.operations.drill import bring_back
from diag_app.operations.findings import explained
from diag_app.operations.workspace import Workspace
from diag_app.storage.database import STORE_FILE
from diag_app.storage.mending import damaged_rows, mend_rows, missing_heads, rebuild_tables
from diag_app.storage.store import open_store
from diag_app.sync.bundle_read import read_bundle

_FILES = ("BLOB_DAMAGED", "BLOB_MISSING")


@dataclass(frozen=True, kw_only=True)
class Repaired:
    """What a repair did: ids of ops and digests of files brought back, the findings that are gone, and those left."""

    ops: tuple[str, ...]
    blobs: tuple[str, ...]
    is_rebuilt: bool
    mended: tuple[Problem, ...]
    left: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class _Source:
    ops: Callable[[], Iterator[Op]]
    blob: Callable[[str], bytes]


def repair_from(workspace: Workspace, path: Path) -> Repaired:
    """Bring back from `path` what a check finds damaged or missing, and nothing else; then check again.

    Raises:
        DiagError: what reading the backup or bundle refuses; then nothing was changed.
    """
    workspace.store.require_writable()
    store, database = workspace.store, workspace.store.inside[0]
    before = store.check(read_data=True)
    found = explained(workspace, before)
    with _opened(workspace, path) as source:
        damaged = damaged_rows(database)
        ops = mend_rows(database, damaged, source.ops()) if damaged else ()
        wanted = missing_heads(database)
        gaps = {problem.location for problem in before if problem.code in ("OP_GAP", "OP_CHAIN_BROKEN")}
        known = {op.op_id for op in store.ops()} if wanted or gaps else set()
        lost = [
            op
            for op in (source.ops() if wanted or gaps else ())
            if op.op_id not in known and (op.op_id in wanted or f"{op.replica} {op.case}" in gaps)
        ]
        if lost:
            store.import_ops(lost)
        is_rebuilt = bool(ops or lost) or any(problem.code == "PROJECTION_DIFFERS" for problem in before)
        if is_rebuilt:
            rebuild_tables(database)
        named = dict.fromkeys(problem.location for problem in before if problem.code in _FILES)
        brought = tuple(sha256 for sha256 in named if _put(workspace, source, sha256))
    after = store.check(read_data=True)
    left = {(problem.code, problem.location) for problem in after}
    brought_ops = (*ops, *(op.op_id for op in lost))
    store.audit("repair", {"ops": len(brought_ops), "files": len(brought), "tables": is_rebuilt, "left": len(left)})
    return Repaired(
        ops=brought_ops,
        blobs=brought,
        is_rebuilt=is_rebuilt,
        mended=tuple(new for new, old in zip(found, before, strict=True) if (old.code, old.location) not in left),
        left=explained(workspace, after),
    )


def _put(workspace: Workspace, source: _Source, sha256: str) -> bool:
    with suppress(DiagError):
        return workspace.store.put_blob(source.blob(sha256)) == sha256
    return False


@contextmanager
def _opened(workspace: Workspace, path: Path) -> Iterator[_Source]:
    if path.suffix != ".db" and not _is_backup(path):
        with read_bundle(path) as bundle:
            reports = frozenset(bundle.reports)
            yield _Source(
                ops=bundle.ops,
                blob=lambda sha256: (bundle.read_report if sha256 in reports else bundle.read_blob)(sha256),
            )
        return
    key = workspace.store.inside[0].key
    try:
        with files.scratch_folder(".repair-", workspace.directory) as folder:
            bring_back(path, folder / "copy", key=key)
            reading = DiagError("READ_ONLY", location=str(path))
            with open_store(folder / "copy", clock=workspace.clock, actor="", key=key, reading=reading) as copy:
                yield _Source(ops=copy.ops, blob=copy.read_blob)
    except OSError as error:
        raise files.refusal(error, workspace.directory) from error


def _is_backup(path: Path) -> bool:
    with files.reading(path) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                return STORE_FILE in archive.namelist()
        except files.BROKEN_ZIP:
            return False
