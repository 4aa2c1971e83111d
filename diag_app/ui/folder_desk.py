"""The folder that is watched while the window is open, and the answer that new pictures land on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from diag_app.errors import DiagError
from diag_app.ui.jobs import Jobs
from diag_app.ui.session import Session

if TYPE_CHECKING:
    from diag_app.operations.evidence import Brought
    from diag_app.operations.evidence_watch import FolderWatch

_LOOK_MS = 1500
_TRY_AGAIN = frozenset({"NOT_FOUND", "FILE_FAILED", "NO_ACCESS"})  # a card that was pulled, a file still being copied


class FolderDesk(QObject):
    """Watches a folder and puts each new picture on the answer that is open. Signal `changed()`: its state did."""

    changed = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._watch: FolderWatch | None = None
        self._place: tuple[str, str] | None = None
        self._is_looking = False
        self.taken = 0
        self.problem: DiagError | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def folder(self) -> Path | None:
        """Return the folder watched, or null."""
        return None if self._watch is None else self._watch.folder

    def point_at(self, assessment_id: str, target: str) -> None:
        """Let new pictures land on this answer from now on."""
        self._place = (assessment_id, target)

    def start(self, folder: Path) -> None:
        """Watch `folder`; what is in it now is old."""
        from diag_app.ui.after_paint import FolderWatch  # noqa: PLC0415

        self._watch, self.taken, self.problem = FolderWatch(folder=folder), 0, None
        self._timer.start()
        self.look()
        self.changed.emit()

    def stop(self) -> None:
        """Watch nothing."""
        self._timer.stop()
        self._watch, self.problem = None, None
        self.changed.emit()

    def look(self) -> None:
        """Look at the folder now, unless a look is under way."""
        watch = self._watch
        if watch is None or self._is_looking:
            return
        self._is_looking = True
        job = self._jobs.start_alone(watch.look, parent=self, is_quiet=True, is_work=False)
        job.finished.connect(lambda paths: self._on_found(watch, paths))
        job.failed.connect(self._on_away)
        for ended in (job.finished, job.failed, job.cancelled, job.crashed):
            ended.connect(self._on_looked)

    def _on_looked(self) -> None:
        self._is_looking = False

    def _on_away(self, error: DiagError) -> None:
        if self._watch is not None and (self.problem is None or self.problem.code != error.code):
            self.problem = error
            self.changed.emit()

    def _on_found(self, watch: FolderWatch, paths: tuple[Path, ...]) -> None:
        if watch is not self._watch:
            return
        if self.problem is not None:
            self.problem = None
            self.changed.emit()
        for path in paths if self._place is not None else ():
            self._bring(watch, path)

    def _bring(self, watch: FolderWatch, path: Path) -> None:
        """Take one picture in by itself, so that a bad one keeps no other away."""
        from diag_app.ui.after_paint import bring_evidence  # noqa: PLC0415

        assessment_id, target = self._place or ("", "")
        job = self._jobs.start(bring_evidence, assessment_id, target, (path,), parent=self)
        job.finished.connect(self._on_brought)
        job.failed.connect(lambda error: self._on_refused(watch, path, error))

    def _on_brought(self, brought: Brought) -> None:
        self.taken += 1
        self._session.announce(brought)
        self.changed.emit()

    def _on_refused(self, watch: FolderWatch, path: Path, error: DiagError) -> None:
        if error.code in _TRY_AGAIN:
            watch.again(path)
