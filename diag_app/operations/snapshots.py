"""Rolling snapshots in the workspace, and the second copy on a disk of the person's choice."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from diag_app import __version__, files
from diag_app.clock import Clock, Progress, Steps, SystemClock, no_progress
from diag_app.codec import digest
from diag_app.errors import DiagError, Problem, Severity
from diag_app.model.actor import Actor
from diag_app.operations.thinning import kept_of
from diag_app.operations.workspace import NOBODY, Workspace, actor_text, is_encrypted
from diag_app.storage import second_copies
from diag_app.storage.database import KEY_FILE, STORE_FILE
from diag_app.storage.lock import Holder
from diag_app.storage.plain_remains import clear_second_copy as clear_plain
from diag_app.storage.redaction import redactions
from diag_app.storage.scrub import clear_second_copy
from diag_app.storage.sealed_snapshot import write_sealed_snapshot
from diag_app.storage.snapshot import (
    MIGRATION,
    SNAPSHOT_FOLDER,
    Snapshot,
    copy_file,
    copy_new_evidence,
    snapshots_in,
    write_snapshot,
)

__all__ = [
    "Reason",
    "Snapshot",
    "find_snapshots",
    "keep_copies",
    "make_second_copy",
    "reach_second_copies",
    "snapshot_before",
    "take_sealed_snapshot",
    "take_snapshot",
]

Reason = Literal["daily", "import", "upgrade", "encryption", "repair", "asked"]
_SECOND, _VERSION = "second_copy", "program_version"


@dataclass(frozen=True, kw_only=True)
class SecondCopy:
    """The copy elsewhere: its folder, when it was last brought up to date, and how many files that added."""

    folder: Path
    at: datetime
    added: int


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What keeping copies did; `problems` are warnings, work goes on."""

    snapshot: Snapshot | None
    second_copy: SecondCopy | None
    problems: tuple[Problem, ...]


def find_snapshots(directory: Path) -> tuple[Snapshot, ...]:
    """Return the snapshots of the workspace in `directory`, the newest first."""
    return tuple(reversed(snapshots_in(directory)))


def take_snapshot(workspace: Workspace, reason: Reason = "asked", *, progress: Progress = no_progress) -> Snapshot:
    """Write a verified snapshot into the workspace's `backups`, then let older ones go so that ten stay.

    Raises:
        DiagError: `BACKUP_DAMAGED` when the store is not whole (then nothing older goes), or a file code.
    """
    workspace.store.require_writable()
    database, _ = workspace.store.inside
    steps = Steps(progress, 2)
    taken = write_snapshot(database, workspace.directory, at=workspace.clock.now(), reason=reason)
    steps.step()
    _thin(workspace.directory, taken)
    steps.step()
    return taken


def take_sealed_snapshot(directory: Path, *, actor: Actor = NOBODY, clock: Clock | None = None) -> Snapshot:
    """Write a snapshot of an encrypted workspace without its key.

    Whether the store in it is whole only the key can tell (`restore_backup` with the passphrase does), so it lets no
    older one go.

    Raises:
        DiagError: `STORE_MISSING`, `WORKSPACE_NOT_ENCRYPTED`; `WORKSPACE_OPEN_ELSEWHERE` or `WORKSPACE_IN_USE` while
            it is open anywhere; `BACKUP_DAMAGED` when it does not read back, or a file code.
    """
    if not files.is_there(directory / STORE_FILE):
        raise DiagError("STORE_MISSING", location=str(directory))
    if not is_encrypted(directory):
        raise DiagError("WORKSPACE_NOT_ENCRYPTED", location=str(directory))
    now = (clock or SystemClock()).now()
    holder = Holder(who=actor_text(actor), since=now.isoformat(timespec="seconds"))
    return write_sealed_snapshot(directory, holder, at=now, reason="asked")


def snapshot_before(workspace: Workspace, reason: Reason) -> tuple[Problem, ...]:
    """Take a snapshot before something large; what keeps it from being taken is a warning, never an obstacle."""
    if next(iter(workspace.store.ops()), None) is None:
        return ()
    try:
        take_snapshot(workspace, reason)
    except DiagError as error:
        return (warning(error),)
    return ()


def keep_copies(workspace: Workspace, second: Path | None) -> Kept:
    """Take the day's snapshot, unless there is one, and bring the second copy up to date; never an obstacle."""
    problems: list[Problem] = []
    today = workspace.clock.now().date()
    snapshots = find_snapshots(workspace.directory)
    taken = None
    reason: Reason = "upgrade" if _is_upgraded(workspace) else "daily"
    if reason == "upgrade" or all(item.taken_at.date() != today for item in snapshots):
        problems += snapshot_before(workspace, reason)
        taken = next((item for item in find_snapshots(workspace.directory) if item not in snapshots), None)
    copied = None
    if second is not None:
        known = last_second_copy(workspace)
        is_current = known is not None and known.at.date() == today and known.folder == second_root(workspace, second)
        if taken or not is_current or second_root(workspace, second) in waiting_second_copies(workspace):
            try:
                copied = make_second_copy(workspace, second)
            except DiagError as error:
                problems.append(warning(error))
    return Kept(snapshot=taken, second_copy=copied, problems=tuple(problems))


def make_second_copy(workspace: Workspace, folder: Path, *, progress: Progress = no_progress) -> SecondCopy:
    """Bring the copy of the whole workspace under `folder` up to date: a snapshot, and the evidence that is new.

    What was erased since, and what lay there in clear before an encryption, goes once the new snapshot is verified.

    Raises:
        DiagError: `SECOND_COPY_MISSING` when the folder is not there (a disk not plugged in), `BACKUP_DAMAGED`, or a
            file code.
    """
    workspace.store.require_writable()
    if not files.is_there(folder):
        raise DiagError("SECOND_COPY_MISSING", location=str(folder))
    root = second_root(workspace, folder)
    database, blobs = workspace.store.inside
    now = workspace.clock.now()
    second_copies.remember(database, root)
    erased, steps = len(redactions(database)), Steps(progress, blobs.count() + 1)
    try:
        added = copy_new_evidence(blobs, root, step=steps.step)
        if files.is_there(workspace.directory / KEY_FILE):
            copy_file(workspace.directory / KEY_FILE, root / KEY_FILE)
        taken = write_snapshot(database, root, at=now, reason="copy")
        if root in second_copies.waiting(database):
            clear_second_copy(database, root, taken.path)
        _thin(root, taken)
        if database.key is not None:
            clear_plain(root, database.key)
    except OSError as error:
        raise files.refusal(error, root) from error
    steps.step()
    copy = SecondCopy(folder=root, at=now, added=added)
    content = {"folder": str(root), "at": now.isoformat(timespec="seconds"), "added": added}
    with workspace.store.audited("second_copy", {"added": added}):
        if len(redactions(database)) == erased:  # another window may have erased while the snapshot was written
            second_copies.is_cleared(database, root)
        workspace.store.set_local(_SECOND, json.dumps(content, ensure_ascii=False))
    return copy


def waiting_second_copies(workspace: Workspace) -> tuple[Path, ...]:
    """Return the second copies that still hold what was erased: their disk was not there, or refused."""
    return second_copies.waiting(workspace.store.inside[0])


def reach_second_copies(workspace: Workspace) -> tuple[Path, ...]:
    """Bring those that wait up to date, as far as their disks are there, and return those that wait on.

    The copy of a workspace that lay elsewhere, under another name, is not this one's to write: it waits for the person.
    """
    for root in waiting_second_copies(workspace):
        if root.exists() and root == second_root(workspace, root.parent):
            with suppress(DiagError):
                make_second_copy(workspace, root.parent)
    return waiting_second_copies(workspace)


def last_second_copy(workspace: Workspace) -> SecondCopy | None:
    """Return the second copy as it was last brought up to date from this machine."""
    found = local_fact(workspace, _SECOND)
    if found is None:
        return None
    return SecondCopy(folder=Path(found["folder"]), at=datetime.fromisoformat(found["at"]), added=found["added"])


def second_root(workspace: Workspace, folder: Path) -> Path:
    """Return the folder of this workspace's copy under `folder`; two workspaces of one name stay apart."""
    place = str(workspace.directory.resolve())
    name = re.sub(r"[^\w-]", "-", workspace.directory.resolve().name) or "workspace"
    return folder / f"qizhen-copy-{name}-{digest(place.encode(errors='surrogateescape'))[:8]}"


def local_fact(workspace: Workspace, name: str) -> Any:
    """Return a fact of this device that was stored as JSON, or null."""
    try:
        return json.loads(workspace.store.local(name) or "null")
    except ValueError:
        return None


def warning(error: DiagError) -> Problem:
    """Return a refusal as a warning: what it kept from happening does not keep anybody from working."""
    return Problem(
        code=error.code, location=error.location, severity=Severity.WARNING, parameters=dict(error.parameters)
    )


def _is_upgraded(workspace: Workspace) -> bool:
    """Return whether another version of the program worked here last; it is told once."""
    before = workspace.store.local(_VERSION)
    if before != __version__:
        workspace.store.set_local(_VERSION, __version__)
    return before not in (None, __version__)


def _thin(root: Path, taken: Snapshot) -> None:
    """Let snapshots go; the one just taken stays, also where a clock that ran ahead left newer ones."""
    found = [item for item in snapshots_in(root) if item.reason != MIGRATION]  # of those one a version stays
    kept = kept_of(item.taken_at for item in found)
    if taken.taken_at not in kept:
        kept = frozenset(sorted(kept)[1:]) | {taken.taken_at}
    for item in found:
        if item.taken_at not in kept:
            with suppress(OSError):  # one too many does no harm; the next time removes it
                item.path.unlink(missing_ok=True)
    with suppress(OSError):
        files.sync_folder(root / SNAPSHOT_FOLDER)
