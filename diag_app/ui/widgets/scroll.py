"""Slim scroll bars, and the area in which a page scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QScrollArea, QWidget

from diag_app.ui.paint import paint_focus_ring
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


class ReadingArea(QScrollArea):
    """A page to read: it takes the focus itself, so that keys scroll it, and shows that."""

    def __init__(self, content: QWidget, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        _prepare(self, content, theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Paint the focus ring inside the edge."""
        done = super().viewportEvent(event)
        if event.type() == QEvent.Type.Paint and self.hasFocus():
            painter = QPainter(self.viewport())
            paint_focus_ring(painter, QRectF(self.viewport().rect()), self._theme, inside=True)
            painter.end()
        return done


def scroll_area(content: QWidget, theme: Theme) -> QScrollArea:
    """Return an area that scrolls `content` up and down only, on the window's ground, reachable by its content."""
    area = QScrollArea()
    _prepare(area, content, theme)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def bounded(content: QWidget, *, margin: int = 16, is_centred: bool = False) -> QWidget:
    """Return `content` beside the room that its maximum width leaves: at the left, or in the middle."""
    outer = QWidget()
    row = QHBoxLayout(outer)
    row.setContentsMargins(margin, 0, margin, 0)
    if is_centred:
        row.addStretch(1)
    row.addWidget(content, 20)
    row.addStretch(1)
    return outer


def _prepare(area: QScrollArea, content: QWidget, theme: Theme) -> None:
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    palette = area.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(0, 0, 0, 0))
    area.setPalette(palette)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    slim_scroll_bars(area, theme)
