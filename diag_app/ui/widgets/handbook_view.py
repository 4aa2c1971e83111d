"""A handbook to read: its pictures are as wide as there is room, and scaled smoothly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from diag_app.ui.handbook import html_of, style_of
from diag_app.ui.paint import paint_focus_ring
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.scroll import slim_scroll_bars

_WIDEST, _MARGIN, _BAR = 860, 20, 12
_WIDEST_PICTURE = 720


class HandbookView(QTextBrowser):
    """Shows one page; nothing in it leads out of the window."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._page: Path | None = None
        self._width = 0
        self.setOpenLinks(False)
        self.setAccessibleName(name)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setFont(theme.font())
        self.setMaximumWidth(_WIDEST)
        self.document().setDefaultStyleSheet(style_of(theme))
        self.document().setDocumentMargin(_MARGIN)
        slim_scroll_bars(self, theme)

    def show_page(self, page: Path) -> None:
        """Show a page from its beginning."""
        self._page = page
        self._fill()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture at the width it is shown at; anything else as Qt finds it."""
        if kind != QTextDocument.ResourceType.ImageResource.value or self._page is None:
            return super().loadResource(kind, name)
        picture = QImage(str(self._page.parent / QUrl(name).path()))
        ratio = self.devicePixelRatioF()
        picture = picture.scaledToWidth(round(self._width * ratio), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, and the focus ring inside the edge."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            paint_focus_ring(painter, QRectF(self.viewport().rect()), self._theme, inside=True)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to another width; the place in the text is kept."""
        super().resizeEvent(event)
        if self._page is not None and self._room() != self._width:
            bar = self.verticalScrollBar()
            here = bar.value() / max(1, bar.maximum())
            self._fill()
            bar.setValue(round(here * bar.maximum()))

    def _room(self) -> int:
        return max(120, min(_WIDEST_PICTURE, self.viewport().width() - 2 * _MARGIN - _BAR))

    def _fill(self) -> None:
        if self._page is not None:
            self._width = self._room()
            self.document().clear()
            self.setHtml(html_of(self._page, self._width))
