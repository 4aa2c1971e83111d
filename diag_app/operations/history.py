"""Undo and redo: new operations that put the old values back; they survive a restart."""

from __future__ import annotations

from diag_app.model.ops import Changes
from diag_app.operations.workspace import Workspace


def undo(workspace: Workspace, scope: str | None = None) -> Changes:
    """Take back the last operation of one case, or of the workspace; `NOTHING_TO_UNDO` when there is none."""
    return workspace.store.undo(scope)


def redo(workspace: Workspace, scope: str | None = None) -> Changes:
    """Do again what was last undone; `NOTHING_TO_REDO` when there is nothing or something newer was recorded."""
    return workspace.store.redo(scope)


def next_undo(workspace: Workspace, scope: str | None = None) -> str | None:
    """Return the name of the operation that `undo` would take back."""
    return workspace.store.next_undo(scope)


def next_redo(workspace: Workspace, scope: str | None = None) -> str | None:
    """Return the name of the operation that `redo` would do again."""
    return workspace.store.next_redo(scope)
