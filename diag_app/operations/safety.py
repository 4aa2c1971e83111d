"""Is the data safe: last save, copies, what is undelivered, the last drill, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from diag_app.errors import Problem, Severity
from diag_app.operations.drill import LastDrill, is_drill_due, last_drill
from diag_app.operations.export_log import Undelivered, undelivered
from diag_app.operations.snapshots import (
    SecondCopy,
    Snapshot,
    find_snapshots,
    last_second_copy,
    waiting_second_copies,
)
from diag_app.operations.workspace import Workspace
from diag_app.storage.snapshot import last_recorded

_OLD = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class SafetyReport:
    """What the page "Your data is safe" shows. Times are UTC; null means never. `problems` are all warnings."""

    last_save: datetime | None
    last_backup: Snapshot | None
    second_copy: SecondCopy | None
    undelivered: Undelivered
    last_drill: LastDrill | None
    problems: tuple[Problem, ...]


def safety(workspace: Workspace, second: Path | None = None) -> SafetyReport:
    """Return how safe the workspace is; `second` is the folder chosen in the settings for the second copy."""
    saved = last_save(workspace)
    snapshots = find_snapshots(workspace.directory)
    copy, drill = last_second_copy(workspace), last_drill(workspace)
    problems: list[Problem] = []
    if saved is not None:
        now = workspace.clock.now()
        if not snapshots:
            problems.append(_warning("NO_BACKUP", str(workspace.directory)))
        problems += _about_second_copy(copy, second, now)
        problems += [_warning("COPY_HOLDS_ERASED", str(root)) for root in waiting_second_copies(workspace)]
        if drill is not None and not drill.is_whole:
            problems.append(_warning("DRILL_FAILED", drill.source))
        if is_drill_due(drill.at.date() if drill else None, now.date()):
            problems.append(_warning("DRILL_DUE", str(workspace.directory)))
    return SafetyReport(
        last_save=saved,
        last_backup=snapshots[0] if snapshots else None,
        second_copy=copy,
        undelivered=undelivered(workspace),
        last_drill=drill,
        problems=tuple(problems),
    )


def last_save(workspace: Workspace) -> datetime | None:
    """Return when something was last recorded or taken in, by the clock of that moment."""
    wall = last_recorded(workspace.store.inside[0])
    return None if wall is None else datetime.fromtimestamp(wall / 1000, UTC)


def _about_second_copy(copy: SecondCopy | None, second: Path | None, now: datetime) -> list[Problem]:
    if second is None:
        return [_warning("SECOND_COPY_NONE", "")]
    if not second.exists():
        return [_warning("SECOND_COPY_MISSING", str(second))]
    if copy is None or not copy.folder.is_relative_to(second) or now - copy.at > _OLD:
        return [_warning("SECOND_COPY_OLD", str(second))]
    return []


def _warning(code: str, location: str) -> Problem:
    return Problem(code=code, location=location, severity=Severity.WARNING)
