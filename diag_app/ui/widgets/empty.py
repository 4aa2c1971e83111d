"""What a page shows where there is nothing yet: what is missing, what to do, one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from diag_app.ui.icons import icon as themed_icon
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.labels import label


class EmptyState(QWidget):
    """Icon, one bold line, one plain line, and at most one button."""

    def __init__(
        self, theme: Theme, icon: str, title: str, text: str, *, action: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(themed_icon(icon, theme, 28, colour="text_3").pixmap(28, 28))
        self._title = label(title, theme, "body", bold=True)
        self._text = label(text, theme, "dense", colour="text_2", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box = QVBoxLayout(self)
        box.setSpacing(6)
        box.addStretch(1)
        for widget in (picture, self._title):
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._text)
        if action is not None:
            words, function = action
            self.button = Button(words, theme, "secondary", icon="plus")
            self.button.clicked.connect(function)
            box.addSpacing(6)
            box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)

    def set_texts(self, title: str, text: str) -> None:
        """Say something else is missing."""
        self._title.setText(title)
        self._text.setText(text)
