"""Rows of a form: name above, control, and below it what is wrong or worth knowing; and the drop-down field."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import LineField, paint_field
from diag_app.ui.widgets.labels import label, set_colour


class FormRow(QWidget):
    """A control with its name above and room for one line below."""

    def __init__(self, name: str, control: QWidget, theme: Theme, *, note: str = "") -> None:
        super().__init__()
        self._theme, self._note = theme, note
        self.control = control
        title = label(name, theme, "dense", colour="text_2")
        title.setBuddy(control)
        self._below: QLabel = label(note, theme, "caption", colour="text_3", wrap=True)
        self._below.setMinimumHeight(theme.metrics("caption").height())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(title)
        box.addWidget(control)
        box.addWidget(self._below)
        box.addStretch(1)

    @property
    def message(self) -> str:
        """Return the line below the control."""
        return self._below.text()

    def show_error(self, text: str) -> None:
        """Say what is wrong; the field gets its red line."""
        self._show(text, "error")
        if isinstance(self.control, LineField):
            self.control.set_error(text)

    def show_note(self, text: str = "", *, colour: str = "text_3") -> None:
        """Say something that is not an error; without a text, the note given at first."""
        self._show(text or self._note, colour)
        if isinstance(self.control, LineField):
            self.control.set_error("")

    def _show(self, text: str, colour: str) -> None:
        self._below.setText(text)
        set_colour(self._below, self._theme, colour)


class ComboField(QComboBox):
    """A drop-down painted like the other fields. Items carry their key as user data."""

    def __init__(
        self, theme: Theme, name: str, items: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        """Take items as (key, text)."""
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.size("field"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for key, text in items:
            self.addItem(text, key)

    @property
    def key(self) -> str:
        """Return the key of the chosen item, or an empty text."""
        return str(self.currentData() or "")

    def set_key(self, key: str) -> None:
        """Show the item with `key`; an unknown key is added as it stands, so that it is never lost."""
        place = self.findData(key)
        if place < 0:
            self.addItem(key, key)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling past a field must not change it."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, text, chevron and line."""
        painter = QPainter(self)
        paint_field(painter, self, self._theme, error=False, line=False)
        box = QRectF(self.rect()).adjusted(9, 0, -28, 0)
        colour = "text" if self.isEnabled() else "text_disabled"
        paint_text(painter, box, self.currentText(), self._theme, font="body", colour=colour)
        place = QPointF(self.width() - 24, (self.height() - 16) / 2)
        paint_icon(painter, place, "chevron-down", self._theme, 16, "text_2")
        paint_field(painter, self, self._theme, error=False, line=True)
