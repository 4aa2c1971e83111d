"""Jobs that look after the workspace: copies, the drill, the check, and what is kept each day without being asked."""

from __future__ import annotations

from pathlib import Path

from diag_app.clock import Progress
from diag_app.errors import Problem
from diag_app.operations.backup import check_workspace
from diag_app.operations.drill import Drill, run_drill
from diag_app.operations.safety import safety
from diag_app.operations.snapshots import SecondCopy, Snapshot, keep_copies, make_second_copy, take_snapshot
from diag_app.operations.workspace import Workspace


def snapshot(workspace: Workspace, *, progress: Progress) -> Snapshot:
    """Take a snapshot because it was asked for."""
    return take_snapshot(workspace, progress=progress)


def copy_elsewhere(workspace: Workspace, folder: Path, *, progress: Progress) -> SecondCopy:
    """Bring the second copy in `folder` up to date."""
    return make_second_copy(workspace, folder, progress=progress)


def drill(workspace: Workspace, *, progress: Progress) -> Drill:
    """Bring the newest copy back and compare it."""
    return run_drill(workspace, progress=progress)


def check(workspace: Workspace, *, progress: Progress) -> tuple[Problem, ...]:
    """Read everything that is stored."""
    return check_workspace(workspace, read_data=True, progress=progress)


def look_after(workspace: Workspace, second: Path | None, *, progress: Progress) -> tuple[Problem, ...]:
    """Keep the day's copies, and return what went wrong with them, or else that the monthly drill is due."""
    progress(0, 2)
    problems = keep_copies(workspace, second).problems
    progress(1, 2)
    report = safety(workspace, second)
    due = tuple(problem for problem in report.problems if problem.code == "DRILL_DUE" and report.last_backup)
    return (*problems, *due)
