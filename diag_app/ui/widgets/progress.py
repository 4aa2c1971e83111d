"""Real progress of a job with its cancel link, shown only when the job takes longer than 300 ms."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.jobs import Job
from diag_app.ui.paint import paint_meter
from diag_app.ui.theme import Theme, load_tokens
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.labels import label


class Meter(QWidget):
    """A bar; the figures stand beside it."""

    def __init__(self, theme: Theme, *, height: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._value, self._maximum = 0.0, 1.0
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_value(self, value: float, maximum: float) -> None:
        """Fill the bar to `value` of `maximum`."""
        self._value, self._maximum = value, maximum
        self.update()

    def sizeHint(self) -> QSize:
        """Return a usable width."""
        return QSize(120, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        paint_meter(QPainter(self), QRectF(self.rect()), self._value, self._maximum, self._theme)


class ProgressLine(QWidget):
    """Hidden while nothing runs long; `follow` a job to have it shown."""

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._meter = Meter(theme)
        self._count: QLabel = label("", theme, "dense", colour="text_2")
        self._words: QLabel = label("", theme, "caption", colour="text_3")
        self._cancel = Button(translate("Cancel"), theme, "text", small=True)
        self._cancel.clicked.connect(self._on_cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(load_tokens()["time"]["progress_after_ms"])
        self._timer.timeout.connect(self.show)
        row = QHBoxLayout()
        row.setSpacing(10)
        for widget in (self._meter, self._count, self._cancel):
            row.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 4)
        box.setSpacing(2)
        box.addLayout(row)
        box.addWidget(self._words)
        self.hide()

    def follow(self, job: Job, words: str) -> None:
        """Show the progress of `job`, named by `words`, from 300 ms on until it ends."""
        self._job = job
        self._words.setText(words)
        self.setAccessibleName(words)
        self._on_progress(0, 0)
        job.progressed.connect(self._on_progress)
        for ended in (job.finished, job.failed, job.cancelled, job.crashed):
            ended.connect(self._on_end)
        self._timer.start()

    def _on_progress(self, done: int, total: int) -> None:
        self._meter.set_value(done, total or 1)
        self._count.setText(f"{done} / {total}" if total else "")

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_end(self) -> None:
        self._timer.stop()
        self._job = None
        self.hide()
