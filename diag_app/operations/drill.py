"""The drill: bring the newest copy back into a scratch folder and compare it with the workspace."""

from __future__ import annotations

import calendar
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from diag_app import files
from diag_app.clock import Progress, Steps, no_progress, no_step
from diag_app.errors import DiagError, Problem
from diag_app.operations.snapshots import find_snapshots, last_second_copy, local_fact
from diag_app.operations.workspace import Workspace
from diag_app.storage.backup import restore_backup
from diag_app.storage.checking import PARTS, Step
from diag_app.storage.snapshot import compare_restored, restore_snapshot, snapshots_in

_DRILL = "last_drill"


@dataclass(frozen=True, kw_only=True)
class Drill:
    """What a drill found: the copy it brought back, the ops in it and those recorded since, and what is wrong."""

    source: Path
    at: datetime
    ops: int
    since: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class LastDrill:
    """When the last drill was, of which copy, and whether that copy brought everything back."""

    at: datetime
    source: str
    is_whole: bool


def run_drill(workspace: Workspace, source: Path | None = None, *, progress: Progress = no_progress) -> Drill:
    """Restore `source`, or the newest copy, into a scratch folder; compare ops, tables and evidence; remember it.

    Without `source` the second copy is taken where its disk is there, else the newest snapshot of the workspace.

    Raises:
        DiagError: `NO_BACKUP` when there is no copy to bring back, or a file code of the scratch folder.
    """
    chosen = source or _newest(workspace)
    at = workspace.clock.now()
    steps = Steps(progress, 2 * workspace.store.inside[1].count() + PARTS)
    try:
        with files.scratch_folder(".drill-", workspace.directory) as folder:
            drill = _brought_back(workspace, chosen, folder / "restored", at, steps.step)
    except OSError as error:
        raise files.refusal(error, workspace.directory) from error
    content = {"at": at.isoformat(timespec="seconds"), "source": str(chosen), "is_whole": not drill.problems}
    found = {"ops": drill.ops, "since": drill.since, "problems": len(drill.problems)}
    with workspace.store.audited("drill", found):
        workspace.store.set_local(_DRILL, json.dumps(content, ensure_ascii=False))
    return drill


def last_drill(workspace: Workspace) -> LastDrill | None:
    """Return the last drill of this workspace on this machine."""
    found = local_fact(workspace, _DRILL)
    if found is None:
        return None
    return LastDrill(at=datetime.fromisoformat(found["at"]), source=found["source"], is_whole=found["is_whole"])


def is_drill_due(last: date | None, today: date) -> bool:
    """Return whether a drill is due: never done, a month ago by the calendar, or on a day that is yet to come."""
    if last is None or last > today:
        return True
    year, month = divmod(last.year * 12 + last.month, 12)  # months are counted from 0 here: this is the next one
    month += 1
    return today >= date(year, month, min(last.day, calendar.monthrange(year, month)[1]))


def bring_back(
    source: Path,
    directory: Path,
    *,
    key: bytes | None = None,
    is_trial: bool = False,
    step: Step = no_step,
) -> tuple[Problem, ...]:
    """Restore a backup file, or a snapshot with the evidence beside it; return what could not be brought back."""
    if source.suffix == ".db":
        return restore_snapshot(source, directory, key=key, is_trial=is_trial, step=step)
    restore_backup(source, directory, key=key)
    return ()


def _brought_back(workspace: Workspace, source: Path, scratch: Path, at: datetime, step: Step) -> Drill:
    empty = Drill(source=source, at=at, ops=0, since=0, problems=())
    try:
        missing = bring_back(source, scratch, key=workspace.store.inside[0].key, is_trial=True, step=step)
        compared = compare_restored(workspace.store.inside[0], scratch, step=step)
    except DiagError as error:
        is_here = scratch.parent in Path(error.location).parents  # where it is brought back to: no fault of the copy
        if is_here or error.code in ("DISK_FULL", "NOT_FOUND", "NO_ACCESS"):
            raise
        found = Problem(code=error.code, location=error.location, parameters=dict(error.parameters))
        return replace(empty, problems=(found,))
    known = {(problem.code, problem.location) for problem in missing}
    others = tuple(item for item in compared.problems if ("BLOB_DAMAGED", item.location) not in known)
    return replace(empty, ops=compared.ops, since=compared.since, problems=_once((*missing, *others)))


def _once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple({(problem.code, problem.location): problem for problem in problems}.values())


def _newest(workspace: Workspace) -> Path:
    copy = last_second_copy(workspace)
    elsewhere = snapshots_in(copy.folder) if copy is not None else ()
    here = find_snapshots(workspace.directory)
    if elsewhere:
        return elsewhere[-1].path
    if not here:
        raise DiagError("NO_BACKUP", location=str(workspace.directory))
    return here[0].path
