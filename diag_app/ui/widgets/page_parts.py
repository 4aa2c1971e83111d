"""What many pages are made of: a bar with their title, parts below one another, and the link to a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.labels import label


def title_bar(theme: Theme, title: str, beside: QWidget, *rest: QWidget) -> Panel:
    """Return the bar at the head of a page: its title, what takes the room beside it, and the rest at its end."""
    bar = Panel(theme, edge="bottom")
    row = QHBoxLayout(bar)
    row.setContentsMargins(16, 7, 16, 8)
    row.setSpacing(10)
    row.addWidget(label(title, theme, "strong", bold=True))
    row.addWidget(beside, 1)
    for part in rest:
        row.addWidget(part)
    return bar


def stacked(*parts: QWidget) -> QWidget:
    """Return parts below one another without gaps; the last one takes the room that is left."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts[:-1]:
        column.addWidget(part)
    column.addWidget(parts[-1], 1)
    return whole


def folder_link(translate: Translator, folder: Path) -> tuple[str, Callable[[], object]]:
    """Return the link of a notice that opens a folder where the system shows its files."""
    return translate("Open folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
