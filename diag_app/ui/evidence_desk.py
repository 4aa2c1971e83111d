"""What the window keeps of evidence while a workspace is open: small pictures in memory, and the folder watched."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmapCache

from diag_app.ui.folder_desk import FolderDesk
from diag_app.ui.jobs import Jobs
from diag_app.ui.session import Session
from diag_app.ui.thumbnails import Thumbnails


class EvidenceDesk(QObject):
    """One for each window; it is cleared when the workspace is closed or locked."""

    def __init__(self, session: Session, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.thumbnails = Thumbnails(session, jobs, self)
        self.folder = FolderDesk(session, jobs, self)
        session.opened.connect(self.forget)

    def forget(self) -> None:
        """Let go of every picture, and watch nothing."""
        self.thumbnails.clear()
        self.folder.stop()
        QPixmapCache.clear()
