"""Small pictures of evidence: read in the background as they come into view, kept in memory alone, a bounded number."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from diag_app.ui.jobs import Jobs
from diag_app.ui.session import Session

if TYPE_CHECKING:
    from diag_app.model.facts import Evidence
    from diag_app.operations.evidence_pictures import Shown

KEPT = 400  # pictures of a tile's size: about 30 MB
_AT_ONCE, _MOST_WANTED = 8, 64
_PIXELS = 160


class Thumbnails(QObject):
    """Reads pictures in the background as they are asked for; the newest wish first.

    Signal `arrived()`: some that were asked for can be painted now.
    """

    arrived = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._known: OrderedDict[str, tuple[QPixmap | None, bool]] = OrderedDict()  # by the digest of the version
        self._wanted: OrderedDict[str, str] = OrderedDict()
        self._is_reading = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)

    def picture(self, item: Evidence) -> QPixmap | None:
        """Return the picture of an item; null as long as it is not read, or where there is none."""
        return self._look_up(item)[0]

    def is_here(self, item: Evidence) -> bool:
        """Return whether the item's file has arrived, as far as it is known."""
        return self._look_up(item)[1]

    def clear(self) -> None:
        """Forget every picture."""
        self._known.clear()
        self._wanted.clear()

    @property
    def count(self) -> int:
        """Return how many pictures are kept."""
        return len(self._known)

    def _look_up(self, item: Evidence) -> tuple[QPixmap | None, bool]:
        if item.sha256 in self._known:
            self._known.move_to_end(item.sha256)
            return self._known[item.sha256]
        self._wanted[item.sha256] = item.evidence_id
        self._wanted.move_to_end(item.sha256)
        while len(self._wanted) > _MOST_WANTED:
            self._wanted.popitem(last=False)
        if not self._is_reading:
            self._timer.start(0)
        return None, True

    def _read(self) -> None:
        if self._is_reading or not self._wanted or not self._session.is_open:
            return
        from diag_app.ui.after_paint import evidence_thumbnails  # noqa: PLC0415

        batch = [self._wanted.popitem() for _ in range(min(_AT_ONCE, len(self._wanted)))]
        self._is_reading = True
        job = self._jobs.start(evidence_thumbnails, [evidence_id for _, evidence_id in batch], _PIXELS, parent=self)
        job.finished.connect(lambda found: self._take(batch, found))
        for ended in (job.failed, job.cancelled, job.crashed):
            ended.connect(self._on_end)

    def _take(self, batch: Sequence[tuple[str, str]], found: Mapping[str, Shown]) -> None:
        for sha256, evidence_id in batch:
            shown = found[evidence_id]
            pixmap = QPixmap()
            has_picture = shown.jpeg is not None and pixmap.loadFromData(shown.jpeg)
            self._known[sha256] = (pixmap if has_picture else None, shown.is_here)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self.arrived.emit()
        self._on_end()

    def _on_end(self) -> None:
        self._is_reading = False
        if self._wanted:
            self._timer.start(0)
