"""Buttons that hold a state, for people who press them through a screen reader.

A screen reader turns such a button over without a click, and Qt then says only `toggled`. What listens to `clicked`
would never hear of it: the mark would stand there and nothing would be stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as _Button
else:
    _Button = object


class Toggling(_Button):
    """Goes before a checkable button's class: what turns it over from outside counts as a press.

    Call `watch_toggles` once. With `hears_off` turning it off counts too; where one of several holds it does not.
    """

    hears_off = False
    _is_known = False  # a press, or the program itself, turns it over

    def watch_toggles(self) -> None:
        """Hear when it is turned over."""
        self.toggled.connect(self._on_toggled)

    def setChecked(self, checked: bool) -> None:
        """Show another state, which is no press."""
        self._is_known = True
        super().setChecked(checked)
        self._is_known = False

    def nextCheckState(self) -> None:
        """Turn over by a press; Qt says `clicked` itself."""
        self._is_known = True
        super().nextCheckState()
        self._is_known = False

    def _on_toggled(self, checked: bool) -> None:
        if not self._is_known and (checked or self.hears_off):
            self.setChecked(not checked)  # back to what it was, and then the whole press, with all who listen to it
            self.click()
