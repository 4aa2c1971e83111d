"""The top bar: product, search, demonstration chip, whether it is encrypted, what is saved, what is not delivered."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import IconButton
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.chip import Chip
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.search_field import SearchField

_ICON, _GAP = 14, 6


class GlyphButton(QAbstractButton):
    """A glyph and its words; `is_link` makes it a thing to press, else it only says something."""

    def __init__(self, icon: str, text: str, theme: Theme, *, colour: str = "text_2", is_link: bool = False) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.ring_radius = 4.0
        self._icon, self._theme, self._colour = icon, theme, colour
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_link else Qt.FocusPolicy.NoFocus)
        if is_link:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show other words."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room the words need."""
        return QSize(self._theme.metrics("dense").horizontalAdvance(self.text()) + _ICON + _GAP + 2, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint glyph and words."""
        painter = QPainter(self)
        paint_icon(painter, QPointF(0, (self.height() - _ICON) / 2), self._icon, self._theme, _ICON, self._colour)
        over = self.underMouse() and self.focusPolicy() != Qt.FocusPolicy.NoFocus
        box = QRectF(_ICON + _GAP, 0, self.width() - _ICON - _GAP, self.height())
        paint_text(painter, box, self.text(), self._theme, colour="accent_hover" if over else "text")


class TopBar(Panel):
    """Its search field belongs to the palette; the signals say which word or glyph is pressed."""

    encryption_asked = Signal()
    delivery_asked = Signal()
    help_asked = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="bottom", parent=parent)
        self._translate = translate
        self.setFixedHeight(theme.size("top_bar"))
        product = label(translate("QiZhen"), theme, "strong", colour="accent", bold=True)
        product.setAlignment(Qt.AlignmentFlag.AlignCenter)
        product.setFixedWidth(theme.size("rail"))
        words = translate("Search firms, questions, commands")
        self.search = SearchField(theme, words, placeholder=words, key="Ctrl+K")
        self.search.is_quiet = True
        self.search.setMaximumWidth(400)
        self.search.setMinimumWidth(160)
        self.demonstration = Chip(translate("Demo data"), theme, style="dashed", icon="flask-conical")
        self.demonstration.hide()
        self.plain = GlyphButton("lock-open", translate("Not encrypted"), theme, is_link=True)
        self.plain.hide()
        self.plain.clicked.connect(self.encryption_asked)
        self.reading = GlyphButton("eye", translate("Read only"), theme)
        self.reading.hide()
        self.saved = GlyphButton("check", translate("Ready"), theme, colour="accent")
        self.undelivered = GlyphButton("circle", "", theme, is_link=True)
        self.undelivered.hide()
        self.undelivered.clicked.connect(self.delivery_asked)
        self.questions = IconButton("circle-question-mark", translate("Keys and help"), theme)
        self.questions.clicked.connect(self.help_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 1)
        row.setSpacing(12)
        row.addWidget(product)
        row.addWidget(self.search, 4)
        row.addWidget(self.demonstration)
        row.addStretch(1)
        for widget in (self.reading, self.plain, self.saved, self.undelivered, self.questions):
            row.addWidget(widget)

    def set_bare(self, bare: bool) -> None:
        """Show the product alone."""
        always: tuple[QWidget, ...] = (self.search, self.saved, self.questions)
        sometimes: tuple[QWidget, ...] = (self.demonstration, self.reading, self.plain, self.undelivered)
        for widget in always:
            widget.setVisible(not bare)
        for widget in sometimes if bare else ():
            widget.hide()

    def show_undelivered(self, count: int | None) -> None:
        """Show how many items have not been delivered; None while there is nothing to say."""
        self.undelivered.setVisible(count is not None)
        if count is not None:
            self.undelivered.set_text(self._translate.plural("{count} not delivered", "{count} not delivered", count))
