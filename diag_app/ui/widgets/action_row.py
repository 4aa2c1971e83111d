"""A line that says where one is, with what can be done there at its end; narrow, the actions are icons alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.labels import ElidedLabel

_GAP = 10
_LEAST_PLACE = 104  # which question of how many is read even then
_PLACE = 120  # what the place keeps before the actions give up their words


class ActionRow(QWidget):
    """Holds the place, then whatever is added. Nothing is cut: buttons lose their words first, then the place its."""

    def __init__(self, place: str, theme: Theme) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(_GAP)
        words = ElidedLabel(place, theme, "caption", colour="text_2")
        words.setMinimumWidth(_LEAST_PLACE)
        self._line.addWidget(words, 1)
        self._added: list[QWidget] = []

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        self._added.append(widget)
        self._line.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the row with icons alone, so that it never makes the page wider."""
        bare = sum(button.size_of(is_bare=True).width() - button.sizeHint().width() for button in self._buttons())
        least = self._line.minimumSize()
        return QSize(least.width() + bare, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again when something in the row says more or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        buttons = self._buttons()
        parts = [widget for widget in self._added if not widget.isHidden()]
        needed = _PLACE + sum(_GAP + part.sizeHint().width() for part in parts)
        needed += sum(button.size_of(is_bare=False).width() - button.sizeHint().width() for button in buttons)
        for button in buttons:
            button.set_bare(is_bare=needed > self.width())

    def _buttons(self) -> list[Button]:
        return [button for button in self.findChildren(Button) if not button.isHidden()]
