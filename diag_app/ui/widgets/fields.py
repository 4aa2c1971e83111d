"""One-line fields that store what is typed after a rest, on leaving, and before the page goes away."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from diag_app.ui.paint import paint_frame, paint_text
from diag_app.ui.theme import Theme, load_tokens

_PAD = 8
_PLAIN = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")


class RestTimer(QObject):
    """Announces a text once it has rested; `flush` announces at once what is still waiting."""

    rested = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stored = ""
        self._current = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(load_tokens()["time"]["text_rest_ms"])
        self._timer.timeout.connect(self.flush)

    @property
    def is_waiting(self) -> bool:
        """Return whether a text is typed that is not announced yet."""
        return self._current != self._stored

    def load(self, text: str) -> None:
        """Take `text` as stored."""
        self._stored = self._current = text
        self._timer.stop()

    def type(self, text: str) -> None:
        """Take `text` as typed and wait."""
        self._current = text
        if text != self._stored:
            self._timer.start()
        else:
            self._timer.stop()

    def flush(self) -> None:
        """Announce the text now when it differs from what is stored."""
        self._timer.stop()
        if self._current != self._stored:
            self._stored = self._current
            self.rested.emit(self._current)


class LineField(QLineEdit):
    """One line of text. `rested(text)` says when to store it; `unit` stands at the right, inside the field."""

    rested = Signal(str)
    is_quiet = False  # on a bar: a softer ground and line

    def __init__(
        self, theme: Theme, name: str, *, placeholder: str = "", unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._unit = theme, unit
        self._error = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFrame(False)
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.size("field"))
        self.setTextMargins(_PAD, 0, _PAD + self.unit_width(), 0)
        self.setPalette(transparent_palette(theme))
        self._rest = RestTimer(self)
        self._rest.rested.connect(self.rested)
        self.textChanged.connect(self._rest.type)  # not `textEdited`: a screen reader writes without editing

    def load(self, text: str) -> None:
        """Show a stored text; the caret stays when nothing differs, and nothing is announced."""
        self._rest.load(text)
        if text != self.text():
            self.setText(text)

    def flush(self) -> None:
        """Announce what is typed but has not rested yet."""
        self._rest.flush()

    @property
    def is_typed_in(self) -> bool:
        """Return whether somebody is writing here; a screen reader does so without the focus."""
        return self.hasFocus() or self._rest.is_waiting

    def takes(self, *, is_changed: bool) -> bool:
        """Return whether a stored text may be loaded, one that has changed since it was shown or not; typing stays."""
        return not self._rest.is_waiting if is_changed else not self.is_typed_in

    def set_error(self, text: str) -> None:
        """Mark the field as wrong, or right again when `text` is empty; whoever lays it out shows the sentence."""
        self._error = text
        self.setAccessibleDescription(text)
        self.update()

    @property
    def error(self) -> str:
        """Return the sentence set by `set_error`."""
        return self._error

    def unit_width(self) -> int:
        """Return the room the unit takes, in pixels."""
        return self._theme.metrics("caption").horizontalAdvance(self._unit) + 6 if self._unit else 0

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Store what is typed."""
        super().focusOutEvent(event)
        self.flush()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is typed."""
        super().hideEvent(event)
        self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Store on Enter and let the page see the key as well."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, text, line and unit."""
        painter = QPainter(self)
        paint_field(painter, self, self._theme, error=bool(self._error), line=False, quiet=self.is_quiet)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self)
        paint_field(painter, self, self._theme, error=bool(self._error), line=True, quiet=self.is_quiet)
        if self._unit:
            box = QRectF(self.width() - self.unit_width() - _PAD + 4, 0, self.unit_width(), self.height())
            paint_text(painter, box, self._unit, self._theme, font="caption", colour="text_3")


class NumberField(LineField):
    """A figure. `number_rested(Decimal | None)` says when to store it; what is no number is never announced."""

    number_rested = Signal(object)

    def __init__(self, theme: Theme, name: str, *, error: str, unit: str = "", parent: QWidget | None = None) -> None:
        """Take the sentence to show while the text is no number."""
        super().__init__(theme, name, unit=unit, parent=parent)
        self._sentence = error
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.rested.connect(self._on_rested)
        self.textChanged.connect(lambda _text: self.set_error(self._fault()))

    def value(self) -> Decimal | None:
        """Return the figure, or None when the field is empty or holds no number."""
        return read_number(self.text())

    def load_number(self, value: Decimal | int | None) -> None:
        """Show a stored figure."""
        text = "" if value is None else format(Decimal(value), "f")
        if self.value() != value or not self.text():
            self.load(text)
        self.set_error("")

    def _fault(self) -> str:
        return self._sentence if self.text().strip() and self.value() is None else ""

    def _on_rested(self, _text: str) -> None:
        self.set_error(self._fault())
        if not self._fault():
            self.number_rested.emit(self.value())


def read_number(text: str) -> Decimal | None:
    """Return the finite decimal in `text` (full-width digits and thousands separators allowed), else None."""
    plain = text.strip().translate(_PLAIN).replace(",", "").replace(" ", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() and "e" not in plain.lower() else None


def paint_field(
    painter: QPainter,
    field: QWidget,
    theme: Theme,
    *,
    error: bool,
    line: bool,
    focused: bool | None = None,
    quiet: bool = False,
) -> None:
    """Paint a field's ground, or its line: 2 px in the focus colour while focused, in the error colour when wrong."""
    rect = QRectF(field.rect())
    if not line:
        fill = "sunken" if not field.isEnabled() else "surface_alt" if quiet else "surface"
        paint_frame(painter, rect, theme, fill=fill, line=None)
        return
    focused = field.hasFocus() if focused is None else focused
    colour = "error" if error else "focus" if focused else "border" if quiet else "border_strong"
    paint_frame(painter, rect, theme, fill=None, line=colour, width=2.0 if focused or error else 1.0)


def transparent_palette(theme: Theme) -> QPalette:
    """Return the palette of an editor whose ground is painted by us."""
    palette = QPalette(theme.palette)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        palette.setColor(group, QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
    return palette
