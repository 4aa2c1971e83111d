"""Long functions on one worker thread with its own workspace handle; progress and results return as signals."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from diag_app.errors import DiagError
from diag_app.model.actor import Actor

if TYPE_CHECKING:
    from diag_app.clock import Progress
    from diag_app.operations.rendering import RenderProcess
    from diag_app.operations.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where jobs work: the folder of a workspace, who acts, its key when it is encrypted, and whether to read only."""

    directory: Path
    actor: Actor
    key: bytes | None = field(default=None, repr=False)
    is_read_only: bool = False


class Job(QObject):
    """One running function. All signals arrive in the window's thread; exactly one of the last four ends the job.

    Signals:
        progressed(done, total), finished(result), failed(DiagError), cancelled(), crashed(exception).
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    crashed = Signal(object)
    _reported = Signal(int, int)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._is_abandoned = False
        self.is_running = True
        self.is_work = True  # a look at a folder every second is none, and must not keep the workspace unlocked
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the job to end at its next step; nothing it was writing remains."""
        self._stop.set()

    def abandon(self) -> None:
        """Cancel, and count as cancelled even when the job is at its end already: nobody is there to see the result."""
        self._is_abandoned = True
        self.cancel()

    def progress(self, done: int, total: int) -> None:
        """Report from the worker thread; raises `Cancelled` there once `cancel` was called."""
        from diag_app.ui.after_paint import Cancelled  # noqa: PLC0415 - the first paint does not wait for it

        if self._stop.is_set():
            raise Cancelled
        self._reported.emit(done, total)

    def run(self, function: Callable[[], Any]) -> None:
        """Run `function` in the worker thread and send back how it ended."""
        try:
            self.progress(0, 0)
            result = function()
        except BaseException as error:  # noqa: BLE001 - handed to the window's thread, which raises what is a bug
            self._ended.emit(None, error)
        else:
            self._ended.emit(result, None)

    def _on_reported(self, done: int, total: int) -> None:
        if self.is_running and total:
            self.progressed.emit(done, total)

    def _on_ended(self, result: object, error: BaseException | None) -> None:
        from diag_app.ui.after_paint import Cancelled  # noqa: PLC0415

        self.is_running = False
        if self._is_abandoned or isinstance(error, Cancelled):
            self.cancelled.emit()
        elif error is None:
            self.finished.emit(result)
        elif isinstance(error, DiagError):
            self.failed.emit(error)
        else:
            self.crashed.emit(error)
        self.deleteLater()


class Jobs(QObject):
    """The worker thread. Jobs run one after another in the order they were started."""

    failed = Signal(object)  # DiagError of any job
    crashed = Signal(object)  # a bug in any job

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="job")
        self._renderer: RenderProcess | None = None
        self._place: Place | None = None
        self._running: list[Job] = []
        self._workspace: Workspace | None = None  # touched by the worker thread only

    @property
    def is_busy(self) -> bool:
        """Return whether a job runs or waits that somebody waits for."""
        return any(job.is_work for job in self._running)

    @property
    def is_idle(self) -> bool:
        """Return whether no job runs and no handle on a workspace is open."""
        return not self._running and self._workspace is None

    def use(self, place: Place) -> None:
        """Work on the workspace at `place` from the next job on."""
        self._pool.submit(self._close_workspace)
        self._place = place

    def forget(self) -> None:
        """Abandon what runs, and let go of the workspace, its key and the render process as soon as that has ended."""
        for job in self._running:
            job.abandon()
        self._place = None
        self._pool.submit(self._let_go)

    def start(
        self,
        function: Callable[..., Any],
        *args: Any,
        parent: QObject | None = None,
        is_quiet: bool = False,
        **kwargs: Any,
    ) -> Job:
        """Run `function(workspace, *args, progress=…, **kwargs)` and return the job; connect its signals at once.

        Of a quiet job the page says itself what was refused.
        """
        job = self._job(parent, is_quiet=is_quiet)
        self._pool.submit(job.run, lambda: function(self._open(), *args, progress=job.progress, **kwargs))
        return job

    def start_alone(
        self,
        function: Callable[[Progress], Any],
        *,
        parent: QObject | None = None,
        is_quiet: bool = False,
        is_work: bool = True,
    ) -> Job:
        """Run `function(progress)`, which needs no workspace; quiet as for `start`."""
        job = self._job(parent, is_quiet=is_quiet)
        job.is_work = is_work
        self._pool.submit(job.run, lambda: function(job.progress))
        return job

    def close(self) -> None:
        """Cancel what runs, then end the thread and the render process."""
        for job in self._running:
            job.cancel()
        self._pool.submit(self._close_workspace)
        self._pool.shutdown(wait=True)
        if self._renderer is not None:
            self._renderer.close()

    def _job(self, parent: QObject | None, *, is_quiet: bool = False) -> Job:
        job = Job(parent or self)
        if not is_quiet:
            job.failed.connect(self.failed)
        job.crashed.connect(self.crashed)
        self._running.append(job)
        for ended in (job.finished, job.failed, job.cancelled, job.crashed):
            ended.connect(lambda: self._running.remove(job))
        return job

    def _open(self) -> Workspace:
        if self._workspace is None:
            if self._place is None:
                raise RuntimeError("no workspace is open")
            from diag_app.ui.after_paint import RenderProcess, open_workspace  # noqa: PLC0415

            place = self._place
            self._renderer = self._renderer or RenderProcess()
            self._workspace = open_workspace(
                place.directory,
                actor=place.actor,
                renderer=self._renderer,
                writer=self._renderer.write,
                reader=self._renderer.read_back,
                key=place.key,
                read_only=place.is_read_only,
            )
        return self._workspace

    def _let_go(self) -> None:
        self._close_workspace()
        if self._renderer is not None:
            self._renderer.close()
            self._renderer = None

    def _close_workspace(self) -> None:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None
