"""Name at the left, value at the right: the rows of a detail panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from diag_app.ui.theme import Theme
from diag_app.ui.widgets.labels import label


class FactRows(QWidget):
    """Shows pairs of words; the names stay, the values change."""

    def __init__(
        self, names: tuple[str, ...], theme: Theme, *, first_bold: bool = False, names_width: int | None = None
    ) -> None:
        """Put the values at the right edge, or with `names_width` in a column of their own beside the names."""
        super().__init__()
        side = Qt.AlignmentFlag.AlignRight if names_width is None else Qt.AlignmentFlag.AlignLeft
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, names_width or 0)
        self._values: list[QLabel] = []
        for row, name in enumerate(names):
            bold = first_bold and row == 0
            value = label("", theme, "dense", wrap=True)
            value.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            title = label(name, theme, "dense", colour="text" if bold else "text_2", bold=bold)
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self._values.append(value)

    def set_spacing(self, pixels: int) -> None:
        """Leave so much room between the rows."""
        self._grid.setVerticalSpacing(pixels)

    def set_values(self, values: tuple[str, ...]) -> None:
        """Show one value for each name."""
        for shown, value in zip(self._values, values, strict=True):
            shown.setText(value)
