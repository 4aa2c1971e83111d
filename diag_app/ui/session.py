"""The window's handle on a workspace: runs operations, tells the pages what changed, knows the last save."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from diag_app.errors import DiagError, Problem
from diag_app.model.actor import Actor
from diag_app.model.ops import Changes

if TYPE_CHECKING:
    from diag_app.operations.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")

EVERYTHING = Changes(operation="", operation_id="", case="", touched=frozenset())


class Session(QObject):
    """One open workspace, or none before the first start is finished.

    Signals:
        changed(Changes, initiator): something was stored; empty `touched` means that anything may have changed.
        failed(DiagError): an operation was refused; nothing was changed.
        opened(): another workspace is open now.
    """

    changed = Signal(object, object)
    failed = Signal(object)
    opened = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self.key: bytes | None = None  # of the open workspace, while it is encrypted and open
        self.elsewhere: DiagError | None = None  # why nothing can be written: another window has the workspace
        self.saved_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Return whether a workspace is open."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """Return the open workspace, for reading; a page is shown only while one is open."""
        if self._workspace is None:
            raise RuntimeError("no workspace is open")
        return self._workspace

    @property
    def notices(self) -> tuple[DiagError | Problem, ...]:
        """Return what a person should know about this opening, the most important first."""
        elsewhere = () if self.elsewhere is None else (self.elsewhere,)
        return (*elsewhere, *self.workspace.notices)

    def open(self, directory: Path, actor: Actor, key: bytes | None = None) -> None:
        """Open the workspace in `directory`, made when missing, and close the one open until now.

        An encrypted one takes its store key. One that is open in another window is opened for reading.

        Raises:
            DiagError: what `open_workspace` refuses; the workspace open until now stays open.
        """
        from diag_app.ui.after_paint import open_workspace  # noqa: PLC0415 - the first paint does not wait for it

        elsewhere = None
        try:
            fresh = open_workspace(directory, actor=actor, key=key, exclusive=True)
        except DiagError as error:
            if error.code != "WORKSPACE_OPEN_ELSEWHERE":
                raise
            fresh = open_workspace(directory, actor=actor, key=key, read_only=True)
            elsewhere = error
        self.close()
        self._workspace, self.key, self.elsewhere = fresh, key, elsewhere
        self.saved_at = None
        self.opened.emit()

    def close(self) -> None:
        """Close the workspace and forget its key; what was saved stays saved."""
        self.key = self.elsewhere = None
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def do(
        self,
        function: Callable[Concatenate[Workspace, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T | None:
        """Run an operation and announce its changes; a refusal is announced by `failed` and gives None."""
        return self.do_for(None, function, *args, **kwargs)

    def do_for(
        self,
        initiator: object,
        function: Callable[Concatenate[Workspace, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T | None:
        """Like `do`, naming the page that started it, so that it need not reload what it shows already."""
        try:
            result = function(self.workspace, *args, **kwargs)
        except DiagError as error:
            self.failed.emit(error)
            return None
        self.announce(result, initiator)
        return result

    def read(self, function: Callable[Concatenate[Workspace, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a reading function; a refusal is announced by `failed` and gives None, never an empty list."""
        try:
            return function(self.workspace, *args, **kwargs)
        except DiagError as error:
            self.failed.emit(error)
            return None

    def announce(self, result: object, initiator: object = None) -> None:
        """Tell the pages what an operation, run here or by a job, has changed."""
        self.saved_at = self.workspace.clock.now()
        self.changed.emit(changes_of(result), initiator)

    def undo(self, scope: str | None) -> Changes | None:
        """Undo the last operation of a case (an enterprise id), or of the workspace."""
        from diag_app.ui.after_paint import undo  # noqa: PLC0415

        return self.do(undo, scope)

    def redo(self, scope: str | None) -> Changes | None:
        """Redo what was undone last."""
        from diag_app.ui.after_paint import redo  # noqa: PLC0415

        return self.do(redo, scope)


def changes_of(result: Any) -> Changes:
    """Return the changes an operation's result names, or `EVERYTHING` when it names none."""
    if isinstance(result, Changes):
        return result
    found = getattr(result, "changes", None)
    return found if isinstance(found, Changes) else EVERYTHING
