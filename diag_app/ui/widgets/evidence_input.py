"""How evidence comes in: chosen in a file dialog, dropped, or pasted; added by a job so that the window stays quick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from diag_app.i18n import Translator
from diag_app.operations.evidence import Brought, NewEvidence, bring_evidence, bring_evidence_files
from diag_app.ui.jobs import Job, Jobs
from diag_app.ui.session import Session
from diag_app.ui.widgets.progress import ProgressLine


class EvidenceInput(QObject):
    """Adds files to one answer. Replace `choose_files` to answer the file dialog by program.

    Signal `known(items)`: files that were here already and are linked to the answer now.
    """

    known = Signal(object)

    def __init__(
        self, session: Session, jobs: Jobs, translate: Translator, progress: ProgressLine, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.session, self.jobs, self.translate, self.progress = session, jobs, translate, progress
        self.choose_files: Callable[[], Sequence[Path]] = self._ask_files

    def choose(self, assessment_id: str, target: str) -> Job | None:
        """Let the person choose files and add them; return the job, or null when none was chosen."""
        paths = tuple(self.choose_files())
        return self.add(assessment_id, target, paths) if paths else None

    def add(self, assessment_id: str, target: str, paths: Sequence[Path]) -> Job:
        """Add the files at `paths` as evidence for `target`."""
        job = self.jobs.start(bring_evidence, assessment_id, target, tuple(paths))
        return self._follow(job)

    def paste(self, assessment_id: str, target: str) -> Job | None:
        """Add what the clipboard holds, files or a picture; return null when it holds neither."""
        clipboard = QGuiApplication.clipboard()
        urls = clipboard.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if paths:
            return self.add(assessment_id, target, paths)
        image = clipboard.image()
        if image.isNull():
            return None
        stamp = self.session.workspace.clock.now().strftime("%Y%m%d-%H%M%S")
        file = NewEvidence(name=f"paste-{stamp}.png", data=_png(image), targets=(target,))
        return self._follow(self.jobs.start(bring_evidence_files, assessment_id, (file,)))

    def _follow(self, job: Job) -> Job:
        self.progress.follow(job, self.translate("Adding evidence"))
        job.finished.connect(self._on_brought)
        return job

    def _on_brought(self, brought: Brought) -> None:
        self.session.announce(brought)
        if brought.known:
            self.known.emit(brought.known)

    def _ask_files(self) -> Sequence[Path]:
        parent = self.parent()
        window = parent.window() if isinstance(parent, QWidget) else None
        names, _ = QFileDialog.getOpenFileNames(window, self.translate("Choose evidence"))
        return tuple(Path(name) for name in names)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(data.data())
