"""Slim scroll bars, and the area in which a page scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollArea, QWidget

from diag_app.ui.theme import Theme

_SHEET = (
    "QScrollBar {{ background: transparent; width: 10px; height: 10px; margin: 0; }}"
    "QScrollBar::handle {{ background: {handle}; border-radius: 3px; margin: 2px; min-height: 28px; min-width: 28px; }}"
    "QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page"
    " {{ background: transparent; width: 0; height: 0; }}"
)


def slim_scroll_bars(area: QAbstractScrollArea, theme: Theme) -> None:
    """Give the area's bars the slim look; a style sheet on these two leaves alone."""
    sheet = _SHEET.format(handle=theme.colour("border").name())
    for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
        bar.setStyleSheet(sheet)


def scroll_area(content: QWidget, theme: Theme) -> QScrollArea:
    """Return an area that scrolls `content` up and down only, on the window's ground, reachable by its content."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    palette = area.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(0, 0, 0, 0))
    area.setPalette(palette)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    slim_scroll_bars(area, theme)
    return area
