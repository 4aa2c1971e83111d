"""Several lines of text, stored like the one-line fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import RestTimer, paint_field, transparent_palette
from diag_app.ui.widgets.scroll import slim_scroll_bars

_FRAME, _MORE = 2, 20  # around the editor; for the dots at the end of a folded line


class _Editor(QPlainTextEdit):
    """An editor of our own, so that its margins may be set."""


class TextField(QWidget):
    """A box of text. `rested(text)` says when to store it; Tab leaves the field, the editor scrolls in itself.

    One that is folded says `grown` when it has become higher or lower.
    """

    rested = Signal(str)
    grown = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        placeholder: str = "",
        lines: int = 3,
        margin: int = 4,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._loading = False
        self._lines, self._most, self._is_open = lines, lines, True
        self._margin = margin
        self.editor = _Editor(self)
        self.editor.document().setDocumentMargin(margin)
        self.editor.setAccessibleName(name)
        self.editor.setPlaceholderText(placeholder)
        self.editor.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.editor.setFont(theme.font("body"))
        self.editor.setTabChangesFocus(True)
        self.editor.setPalette(transparent_palette(theme))
        self.editor.viewport().setAutoFillBackground(False)
        self.editor.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        slim_scroll_bars(self.editor, theme)
        self.setFocusProxy(self.editor)
        box = QVBoxLayout(self)
        box.setContentsMargins(5, _FRAME, 3, _FRAME)
        box.addWidget(self.editor)
        self.set_lines(lines)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rest = RestTimer(self)
        self._rest.rested.connect(self.rested)
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.installEventFilter(self)

    def set_lines(self, lines: int) -> None:
        """Give the box the height of so many lines."""
        self.setFixedHeight(max(30, lines * self._theme.metrics("body").lineSpacing() + 13))

    def fold(self, most: int) -> None:
        """Be one line high until the cursor comes in, and from then on grow with the text to `most` lines."""
        self._most, self._is_open = most, self.editor.hasFocus()
        layout = self.editor.document().documentLayout()
        layout.documentSizeChanged.connect(self._fit, Qt.ConnectionType.UniqueConnection)
        self._fit()

    def text(self) -> str:
        """Return what stands in the box."""
        return self.editor.toPlainText()

    def load(self, text: str) -> None:
        """Show a stored text; the caret stays when nothing differs, and nothing is announced."""
        self._rest.load(text)
        if text != self.text():
            self._loading = True
            self.editor.setPlainText(text)
            self._loading = False

    def flush(self) -> None:
        """Announce what is typed but has not rested yet."""
        self._rest.flush()

    @property
    def is_typed_in(self) -> bool:
        """Return whether somebody is writing here; a screen reader does so without the focus."""
        return self.editor.hasFocus() or self._rest.is_waiting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Store on leaving the editor and paint the line of the focus."""
        if event.type() == QEvent.Type.FocusOut:
            self.flush()
        if event.type() == QEvent.Type.FocusIn and not self._is_open:
            self._is_open = True
            self._fit()
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is typed."""
        super().hideEvent(event)
        self.flush()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and line."""
        painter = QPainter(self)
        paint_field(painter, self, self._theme, error=False, line=False)
        paint_field(painter, self, self._theme, error=False, line=True, focused=self.editor.hasFocus())
        if not self._is_open and self._document_lines() > 1:
            more = QRectF(self.width() - _MORE - 4, 0, _MORE, self.height())
            paint_text(painter, more, "…", self._theme, font="body", colour="text_3")
        painter.end()

    def _fit(self) -> None:
        wanted = max(1, min(self._most, self._document_lines())) if self._is_open else 1
        self._show_more(is_folded=not self._is_open)
        if wanted != self._lines:
            self._lines = wanted
            self.set_lines(wanted)
            self.grown.emit()

    def _document_lines(self) -> int:
        return int(self.editor.document().size().height())  # a plain document says its height in lines

    def _show_more(self, *, is_folded: bool) -> None:
        """Show of a folded text its first line, nothing of the second, and that there is more."""
        as_needed = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff if is_folded else as_needed)
        line = self._theme.metrics("body").lineSpacing() + self._margin
        below = max(0, self.height() - 2 * _FRAME - line)
        self.editor.setViewportMargins(0, 0, _MORE if is_folded else 0, below if is_folded else 0)
        if is_folded:
            self.editor.verticalScrollBar().setValue(0)
        self.update()

    def _on_text_changed(self) -> None:
        if not self._loading:
            self._rest.type(self.text())
