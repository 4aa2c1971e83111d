"""Parts of the need editor: a heading with a hint and things to do at its right, and toggles as chips."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from diag_app.ui.paint import ChipStyle, chip_width, paint_chip
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.toggling import Toggling

_GAP = 6


class Section(QWidget):
    """A heading line over a body; put widgets into `body`, things to do into `tools`."""

    def __init__(self, title: str, theme: Theme, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(title, theme, "body", bold=True)
        self.hint = ElidedLabel(hint, theme, "caption", colour="text_2")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        head.addLayout(self.tools)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(6)
        self.body.addLayout(head)


class ToggleChip(Toggling, QAbstractButton):
    """A tag that is on or off."""

    hears_off = True

    def __init__(self, key: str, text: str, theme: Theme) -> None:
        super().__init__()
        self.ring_radius = 11.0
        self.key, self._theme = key, theme
        self.setText(text)
        self.setCheckable(True)
        self.watch_toggles()
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for the text in bold, so that choosing moves nothing."""
        bold = self._theme.metrics("dense", bold=True).horizontalAdvance(self.text())
        plain = self._theme.metrics("dense").horizontalAdvance(self.text())
        height = self._theme.size("row_touch") if self._theme.is_touch else 28
        return QSize(chip_width(self.text(), self._theme) + max(0, bold - plain) + 2, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill, filled when it is on; bold as well, so that colour alone says nothing."""
        style: ChipStyle = "accent" if self.isChecked() else "plain"
        chip = self._theme.size("chip")
        width = self.width() if self.isChecked() else chip_width(self.text(), self._theme)
        rect = QRectF(0, (self.height() - chip) / 2, width, chip)
        paint_chip(QPainter(self), rect, self.text(), self._theme, style=style)


class TagRow(QWidget):
    """Toggles in rows. `chosen(keys)` carries all that are on, in the order of the list."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(name)
        self.chips: dict[str, ToggleChip] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self._width = 0

    def set_tags(self, tags: Mapping[str, str], width: int) -> None:
        """Offer tags (key to words) in as many rows as `width` pixels take."""
        if {key: chip.text() for key, chip in self.chips.items()} == dict(tags) and width == self._width:
            return
        on = set(self.value)
        self._width = width
        clear_layout(self._rows)
        self.chips = {}
        row, room = QHBoxLayout(), 0
        for key, text in tags.items():
            chip = ToggleChip(key, text, self.theme)
            chip.setChecked(key in on)
            chip.clicked.connect(lambda _on=False: self.chosen.emit(self.value))
            needed = chip.sizeHint().width() + _GAP
            if room and room + needed > width:
                self._add(row)
                row, room = QHBoxLayout(), 0
            row.addWidget(chip)
            room += needed
            self.chips[key] = chip
        self._add(row)

    @property
    def value(self) -> tuple[str, ...]:
        """Return the keys that are on."""
        return tuple(key for key, chip in self.chips.items() if chip.isChecked())

    def set_value(self, keys: tuple[str, ...]) -> None:
        """Show these keys as on, without announcing it."""
        for key, chip in self.chips.items():
            chip.setChecked(key in keys)

    def _add(self, row: QHBoxLayout) -> None:
        row.setSpacing(_GAP)
        row.addStretch(1)
        self._rows.addLayout(row)


def two_columns(grid: QGridLayout) -> None:
    """Give a grid two columns of the same width."""
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    for column in range(2):
        grid.setColumnStretch(column, 1)
