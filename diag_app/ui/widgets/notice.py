"""The notice line: one sentence with at most two links, in the page where a dialog would interrupt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from diag_app.errors import DiagError, Problem
from diag_app.i18n.translator import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.labels import label
from diag_app.ui.words import problem_words

Kind = Literal["info", "warning", "error"]
Links = tuple[tuple[str, Callable[[], object]], ...]
_LOOK: dict[Kind, tuple[str, str, str]] = {  # ground, bar and glyph, icon
    "info": ("sunken", "accent", "info"),
    "warning": ("warning_soft", "warning", "triangle-alert"),
    "error": ("error_soft", "error", "octagon-alert"),
}
_BAR, _ICON_LEFT, _TEXT_LEFT = 3, 13, 37


class NoticeLine(QWidget):
    """Hidden until something is to be said."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind: Kind = "info"
        self._text: QLabel = label("", theme, "dense", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_TEXT_LEFT, 5, 12, 5)
        self._row.setSpacing(12)
        self._row.addWidget(self._text, 1)
        self._buttons: list[Button] = []
        self.links: Links = ()  # as they are shown
        self.setMinimumHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence shown."""
        return self._text.text()

    def show_notice(self, kind: Kind, text: str, links: Links = ()) -> None:
        """Show one sentence and up to two links; a newer notice takes the place of an older one."""
        self._clear_links()
        self._kind = kind
        self._text.setText(text)
        self.setAccessibleName(text)
        self.links = links[:2]
        for words, function in self.links:
            button = Button(words, self._theme, "text", small=True)
            button.setMinimumHeight(20)
            button.clicked.connect(_caller(function))
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            self._buttons.append(button)
        self.show()
        self.update()

    def show_error(self, error: DiagError | Problem, translate: Translator, links: Links = ()) -> None:
        """Show what happened and what to do, in the words of the error's code."""
        self.show_notice("error", problem_words(error, translate), links)

    def clear(self) -> None:
        """Hide the line."""
        self._clear_links()
        self._text.setText("")
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, bar and glyph."""
        painter = QPainter(self)
        ground, mark, icon = _LOOK[self._kind]
        painter.fillRect(self.rect(), self._theme.colour(ground))
        painter.fillRect(0, 0, _BAR, self.height(), self._theme.colour(mark))
        top = 7.0 if self.height() > 36 else (self.height() - 16) / 2
        paint_icon(painter, QPointF(_ICON_LEFT, top), icon, self._theme, 16, mark)

    def _clear_links(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        self.links = ()


def _caller(function: Callable[[], object]) -> Callable[[], None]:
    def call() -> None:
        function()

    return call
