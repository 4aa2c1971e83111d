"""A glyph and a sentence: as it should be, or something for the person to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from diag_app.ui.icons import icon
from diag_app.ui.models.safety import Kind, State
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.labels import label

_ICON = 16
_LOOK: dict[Kind, tuple[str, str]] = {
    "well": ("check", "accent"),
    "open": ("circle", "text_3"),
    "attention": ("triangle-alert", "warning"),
}


class StateLine(QWidget):
    """The sentence says it in words; the glyph says it again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._glyph = QLabel()
        self._text = label("", theme, "dense", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)

    @property
    def text(self) -> str:
        """Return the sentence."""
        return self._text.text()

    def show_state(self, state: State) -> None:
        """Show how it stands."""
        name, colour = _LOOK[state.kind]
        self._glyph.setPixmap(icon(name, self._theme, _ICON, colour=colour).pixmap(_ICON, _ICON))
        self._text.setText(state.text)
