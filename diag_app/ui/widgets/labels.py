"""Texts: plain labels in a style and colour of the theme, and one that elides in the middle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme


def label(
    text: str, theme: Theme, font: str = "body", *, colour: str = "text", bold: bool = False, wrap: bool = False
) -> QLabel:
    """Return a label; a wrapped one takes the height that its text needs at its width."""
    made = QLabel(text)
    made.setFont(theme.font(font, bold=bold))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    set_colour(made, theme, colour)
    return made


def set_colour(widget: QWidget, theme: Theme, colour: str) -> None:
    """Give the widget's text the colour of a token."""
    palette = widget.palette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(QPalette.ColorGroup.Active, role, theme.colour(colour))
        palette.setColor(QPalette.ColorGroup.Inactive, role, theme.colour(colour))
    widget.setPalette(palette)


class ElidedLabel(QWidget):
    """One line that elides in the middle when there is no room; the whole text is its tool tip and accessible name."""

    def __init__(
        self,
        text: str,
        theme: Theme,
        font: str = "body",
        *,
        colour: str = "text",
        bold: bool = False,
        aligned: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__()
        self._theme, self._font, self._colour, self._bold, self._aligned = theme, font, colour, bold, aligned
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(24)
        self.set_text(text)

    @property
    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show `text` from now on."""
        self._text = text
        self.setAccessibleName(text)
        self._set_tool_tip()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room the whole text needs."""
        metrics = self._theme.metrics(self._font, bold=self._bold)
        return QSize(
            metrics.horizontalAdvance(self._text) + 2, max(metrics.height(), self._theme.line_height(self._font))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tool tip only while it is cut."""
        super().resizeEvent(event)
        self._set_tool_tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text."""
        middle = Qt.TextElideMode.ElideMiddle
        rect = QRectF(self.rect())
        paint_text(
            QPainter(self),
            rect,
            self._text,
            self._theme,
            font=self._font,
            bold=self._bold,
            colour=self._colour,
            align=self._aligned,
            elide=middle,
        )

    def _set_tool_tip(self) -> None:
        self.setToolTip(self._text if self.width() < self.sizeHint().width() else "")
