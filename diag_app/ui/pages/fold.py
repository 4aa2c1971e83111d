"""Side panes in a narrow window: a line in their place, and the pane over the page while it is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.ui.theme import Theme
from diag_app.ui.widgets.pane_strip import PaneStrip

NARROW = 1040


class Fold:
    """One side pane of a page and its line. It is folded below a width of the window, and opens over the page."""

    def __init__(self, pane: QWidget, row: QHBoxLayout, name: str, theme: Theme, *, is_left: bool) -> None:
        self.pane, self.below, self.is_folded = pane, NARROW, False
        self._row, self._is_left = row, is_left
        self._is_wanted = True
        self.strip = PaneStrip(name, theme)
        self.strip.hide()
        self.strip.clicked.connect(self._on_pressed)

    @property
    def is_open(self) -> bool:
        """Return whether the pane lies over the page."""
        return self.is_folded and self.strip.isChecked()

    def fit(self, width: int) -> None:
        """Fold or unfold for a window so wide."""
        is_folded = width < self.below
        if is_folded != self.is_folded:
            self.is_folded = is_folded
            self.strip.setChecked(False)
            if is_folded:
                self._row.removeWidget(self.pane)
            else:
                self._row.insertWidget(0 if self._is_left else self._row.count(), self.pane)
        self._show()

    def show_pane(self, is_wanted: bool) -> None:
        """Show the pane or its line, or neither."""
        self._is_wanted = is_wanted
        self._show()

    def open(self) -> None:
        """Lay a folded pane over the page."""
        if self.is_folded:
            self.strip.setChecked(True)
            self._show()

    def close(self) -> bool:
        """Put the pane away again; return false when it was not open."""
        was_open = self.is_open
        if was_open:
            self.strip.setChecked(False)
            self._show()
            self.strip.setFocus(Qt.FocusReason.OtherFocusReason)
        return was_open

    def place(self) -> None:
        """Let the open pane lie over the page, under its line."""
        page = self.pane.parentWidget()
        if not self.is_open or page is None:
            return
        top = self.strip.mapTo(page, self.strip.rect().bottomLeft()).y()
        width = min(self.pane.maximumWidth(), page.width())
        self.pane.setGeometry(0 if self._is_left else page.width() - width, top, width, page.height() - top)
        self.pane.raise_()

    def _on_pressed(self) -> None:
        self._show()
        if self.is_open:
            self.pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self.strip.setVisible(self._is_wanted and self.is_folded)
        self.pane.setVisible(self._is_wanted and (self.is_open or not self.is_folded))
        self.place()
