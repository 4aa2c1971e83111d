"""The line that says which folder is watched, with its end; shown only while one is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.folder_desk import FolderDesk
from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.labels import ElidedLabel
from diag_app.ui.words import problem_words


class WatchLine(QWidget):
    """Follows the window's one watched folder."""

    def __init__(self, desk: FolderDesk, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._desk, self._theme, self._translate = desk, theme, translate
        self._words = ElidedLabel("", theme, "dense")
        self.stop = Button(translate("Stop watching"), theme, "text", small=True)
        self.stop.clicked.connect(desk.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 2, 10, 2)
        row.setSpacing(10)
        row.addWidget(self._words, 1)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignVCenter)
        desk.changed.connect(self.show_state)
        self.show_state()

    @property
    def text(self) -> str:
        """Return what the line says."""
        return self._words.text

    def show_state(self) -> None:
        """Say which folder is watched and how many pictures came from it, or hide."""
        folder, problem = self._desk.folder, self._desk.problem
        if folder is None:
            self.hide()
            return
        if problem is not None:
            text = problem_words(problem, self._translate)
        else:
            text = self._translate(
                "Watching {folder}: new pictures land on this answer. Taken so far: {count}.",
                folder=folder.name or str(folder),
                count=self._desk.taken,
            )
        self._words.set_text(text)
        self.setAccessibleName(text)
        self.stop.setMinimumHeight(self._theme.row(24))
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and glyph: calm while all is well, amber while the folder is away."""
        painter = QPainter(self)
        is_away = self._desk.problem is not None
        paint_frame(painter, QRectF(self.rect()), self._theme, fill="warning_soft" if is_away else "sunken", line=None)
        name, colour = ("triangle-alert", "warning") if is_away else ("folder-sync", "accent")
        paint_icon(painter, QPointF(9, (self.height() - 16) / 2), name, self._theme, 16, colour)
