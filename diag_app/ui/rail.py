"""The rail at the left: the places of the app, each with icon and word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import paint_frame, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.toggling import Toggling

_INSET, _HEIGHT, _NARROW = 6, 54, 48


class RailButton(Toggling, QAbstractButton):
    """One place."""

    def __init__(self, icon: str, text: str, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.ring_radius = 4.0
        self._icon, self._theme = icon, theme
        self._count = 0
        self._has_words = True
        self.setText(text)
        self.setCheckable(True)
        self.watch_toggles()
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of a place."""
        return QSize(40, _HEIGHT) if self._has_words else QSize(_NARROW - 2 * _INSET, 40)

    def set_count(self, count: int) -> None:
        """Show a small count at the icon; 0 hides it."""
        self._count = count
        self.update()

    def set_words(self, has_words: bool) -> None:
        """Show or leave out the word; it stays the accessible name and the tool tip."""
        self._has_words = has_words
        self.setToolTip("" if has_words else self.text())
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon, word and count."""
        painter = QPainter(self)
        here = self.isChecked()
        colour = "accent" if here else "text_2"
        if here or self.underMouse():
            fill = "accent_soft" if here else "hover"
            paint_frame(painter, QRectF(self.rect()), self._theme, fill=fill, line=None, radius=4)
        top = 8.0 if self._has_words else (self.height() - 20) / 2
        paint_icon(painter, QPointF((self.width() - 20) / 2, top), self._icon, self._theme, 20, colour)
        if self._has_words:
            box = QRectF(0, 30, self.width(), 18)
            centre, none = Qt.AlignmentFlag.AlignHCenter, Qt.TextElideMode.ElideNone
            paint_text(
                painter,
                box,
                self.text(),
                self._theme,
                font="caption",
                bold=here,
                colour=colour,
                align=centre,
                elide=none,
            )
        if self._count:
            self._paint_count(painter)

    def _paint_count(self, painter: QPainter) -> None:
        text = str(self._count) if self._count < 1000 else "999+"
        width = max(20, self._theme.metrics("caption", bold=True).horizontalAdvance(text) + 9)
        box = QRectF(self.width() - width, 2, width, 17)
        paint_frame(painter, box, self._theme, line="border_strong", radius=8.5)
        centre, none = Qt.AlignmentFlag.AlignHCenter, Qt.TextElideMode.ElideNone
        paint_text(
            painter, box, text, self._theme, font="caption", bold=True, colour="text_2", align=centre, elide=none
        )


class Rail(Panel):
    """Signal `chosen(page)` when a place is opened."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="right", parent=parent)
        self._theme = theme
        self._conflicts = 0
        self._buttons = {
            "firms": RailButton("factory", translate("Firms"), theme),
            "delivery": RailButton("send", translate("Delivery"), theme),
            "conflicts": RailButton("git-compare", translate("Conflicts"), theme),
            "packs": RailButton("library", translate("Packs"), theme),
            "safe": RailButton("shield-check", translate("Safety"), theme),
            "settings": RailButton("settings", translate("Settings"), theme),
        }
        box = QVBoxLayout(self)
        box.setContentsMargins(_INSET, 8, _INSET, 8)
        box.setSpacing(4)
        for page, button in self._buttons.items():
            if page == "safe":
                box.addStretch(1)
            button.clicked.connect(lambda _checked=False, page=page: self.chosen.emit(page))
            box.addWidget(button)
        self.set_narrow(False)

    def set_here(self, page: str) -> None:
        """Show which place is open."""
        for key, button in self._buttons.items():
            button.setChecked(key == page)

    def set_open(self, is_open: bool) -> None:
        """Offer the places of a workspace only while one is open."""
        for key in ("firms", "delivery", "packs", "safe"):
            self._buttons[key].setVisible(is_open)
        self._buttons["conflicts"].setVisible(is_open and self._conflicts > 0)

    def set_undelivered(self, count: int) -> None:
        """Show how many items have not been delivered."""
        self._buttons["delivery"].set_count(count)

    def set_conflicts(self, count: int) -> None:
        """Show how much is to decide between laptops; the place is there only while there is anything."""
        self._conflicts = count
        button = self._buttons["conflicts"]
        button.set_count(count)
        button.setVisible(self._buttons["firms"].isVisibleTo(self) and (count > 0 or button.isChecked()))

    def set_narrow(self, narrow: bool) -> None:
        """Leave the words out in a narrow window."""
        self.setFixedWidth(_NARROW if narrow else self._theme.size("rail"))
        for button in self._buttons.values():
            button.set_words(not narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the places with the arrow keys."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)
