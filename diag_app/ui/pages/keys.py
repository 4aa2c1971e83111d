"""All keys of the window, by page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.ui.pages.page import Context, Page
from diag_app.ui.paint import key_width, paint_key
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.scroll import scroll_area

_KEYS_WIDTH = 152


class KeyCaps(QWidget):
    """A few key caps side by side."""

    def __init__(self, keys: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self._keys, self._theme = keys, theme
        self.setAccessibleName(" ".join(keys))
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the room of all caps."""
        return QSize(sum(key_width(key, self._theme) + 5 for key in self._keys), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the caps."""
        painter = QPainter(self)
        left = 0
        for key in self._keys:
            width = key_width(key, self._theme)
            paint_key(painter, QRectF(left, 0, width, 19), key, self._theme)
            left += width + 5


class KeysPage(Page):
    """A page to read: the keys, in cards."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = self.theme
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(16, 14, 16, 16)
        box.setSpacing(12)
        box.addWidget(label(self.translate("Keys"), theme, "title"))
        grid = QGridLayout()
        grid.setSpacing(12)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        for place, (name, keys) in enumerate(self._sections()):
            grid.addWidget(self._card(name, keys), place // 3, place % 3)
        box.addLayout(grid)
        box.addStretch(1)
        self._area = scroll_area(content, theme)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(self.translate("Keys"))
        self.arrange(self._area)

    def hints(self) -> Hints:
        """Return the keys of the page."""
        return ((("↑", "↓"), self.translate("scroll")), (("Esc",), self.translate("back")))

    def focus_first(self) -> None:
        """Let the arrow keys scroll."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, name: str, keys: Hints) -> Card:
        card = Card(self.theme)
        card.body.addWidget(label(name, self.theme, "strong"))
        for caps, words in keys:
            row = QHBoxLayout()
            room = QWidget()
            room.setFixedWidth(_KEYS_WIDTH)
            inner = QHBoxLayout(room)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(KeyCaps(caps, self.theme), 0, Qt.AlignmentFlag.AlignLeft)
            row.addWidget(room)
            row.addWidget(label(words, self.theme, "dense", colour="text_2", wrap=True), 1)
            card.body.addLayout(row)
        card.body.addStretch(1)
        return card

    def _sections(self) -> tuple[tuple[str, Hints], ...]:
        translate = self.translate
        everywhere: Hints = (
            (("Ctrl+K",), translate("search firms")),
            (("Ctrl+Z", "Ctrl+Shift+Z"), translate("undo, redo")),
            (("Ctrl+N",), translate("new firm")),
            (("Ctrl+L",), translate("lock, when encrypted")),
            (("Alt+1", "…", "Alt+5"), translate("steps of the case")),
            (("F6",), translate("next part of the window")),
            (("Esc",), translate("leave the field, go back")),
            (("?", "F1"), translate("this page")),
        )
        firms: Hints = (
            (("↑", "↓"), translate("choose a firm")),
            (("Enter",), translate("go on where work stopped")),
            (("/",), translate("search")),
        )
        question: Hints = (
            (("1", "…", "9"), translate("choose an option, then A C D F G H")),
            (("J", "K"), translate("next, previous question")),
            (("N", "E", "#"), translate("note, evidence, numbers")),
            (("W",), translate("why this level")),
            (("U",), translate("undo")),
        )
        board: Hints = (
            (("↑", "↓"), translate("choose a scenario")),
            (("0", "…", "4"), translate("set its level")),
            (("X",), translate("not applicable")),
            (("D",), translate("make a need of it")),
            (("E", "N"), translate("evidence, note")),
        )
        needs: Hints = (
            (("J", "K"), translate("next, previous need")),
            (("+",), translate("add a need")),
            (("B", "Ctrl+Enter"), translate("baseline, new metric")),
            (("M",), translate("mark as not measured")),
            (("U",), translate("undo")),
        )
        paper: Hints = (
            (("PgUp", "PgDn"), translate("turn the pages of the proposal")),
            (("L", "F8"), translate("other language, next problem")),
            (("Ctrl+I",), translate("issue the proposal")),
            (("B", "I"), translate("write the bundle, take one in")),
            (("S",), translate("back up")),
        )
        return (
            (translate("Everywhere"), everywhere),
            (translate("Question"), question),
            (translate("Scenario board"), board),
            (translate("Firms"), firms),
            (translate("Needs"), needs),
            (translate("Proposal and delivery"), paper),
        )
