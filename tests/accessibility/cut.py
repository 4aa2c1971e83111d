"""Which texts are cut: what each widget needs beside what it has. `python cut.py FOLDER LANGUAGE WIDTH HEIGHT`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QScrollArea, QWidget

from diag_app.settings import Settings
from diag_app.ui.app import build_application, open_window
from diag_app.ui.widgets.add_tile import AddTile
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.pane_strip import PaneStrip
from diag_app.ui.widgets.verified_mark import ChipButton
from tests.accessibility.walk import calm, walk

ELIDES = (AddTile, ChipButton, PaneStrip)  # what has no room is left out; all of it is a tool tip, and spoken


def main(folder: Path, language: str, width: int, height: int) -> None:
    """Print a line for each cut text of every page."""
    build_application([])
    chosen: Literal["zh", "en"] = "zh" if language == "zh" else "en"
    settings = Settings(language=chosen, theme="light", name="顾问", firm="公司", device="A")
    window = open_window(settings, folder)
    window.resize(width, height)
    window.show()
    calm()
    seen = 0
    for name, _ in walk(window):
        for widget in window.findChildren(QWidget):
            if widget.isVisible():
                seen += 1
                if is_cut(widget):
                    sys.stdout.write(f"{name}: {words(widget)}\n")
                elif isinstance(widget, QScrollArea) and is_wider_inside(widget):
                    sys.stdout.write(f"{name}: wider than its room by {widget.horizontalScrollBar().maximum()}\n")
    sys.stdout.write(f"{seen} widgets at {window.devicePixelRatioF():g}\n")
    window.close()


def is_cut(widget: QWidget) -> bool:
    """Return whether a label, a button or an empty field has less room than its words need."""
    if isinstance(widget, QLineEdit) and not widget.text():
        return bool(widget.placeholderText()) and room_short(widget) > 0
    if not isinstance(widget, QLabel | QAbstractButton | QComboBox) or isinstance(widget, ELIDES):
        return False
    if not words(widget).strip() or (isinstance(widget, QLabel) and not widget.text()):
        return False
    if widget.hasHeightForWidth():
        return widget.heightForWidth(widget.width()) > widget.height()
    return widget.sizeHint().width() > widget.width() or widget.sizeHint().height() > widget.height()


def is_wider_inside(area: QScrollArea) -> bool:
    """Return whether what is scrolled down stands out at the side, where nobody can scroll to."""
    hidden = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    return hidden and area.horizontalScrollBar().maximum() > 0


def room_short(field: QLineEdit) -> int:
    """Return by how many pixels a field is too narrow for its placeholder."""
    margins = field.textMargins()
    unit = field.unit_width() if isinstance(field, LineField) else 0
    needed = field.fontMetrics().horizontalAdvance(field.placeholderText()) + margins.left() + unit
    return needed - field.width()


def words(widget: QWidget) -> str:
    """Return what the widget says, needs and has."""
    if isinstance(widget, QLineEdit):
        text = widget.placeholderText()
    else:
        text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    if not text:
        return ""
    return f"{type(widget).__name__} {text!r} needs {widget.sizeHint().toTuple()}, has {widget.size().toTuple()}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
