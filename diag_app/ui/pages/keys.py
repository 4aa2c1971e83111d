"""All keys of the window, by page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.ui.commands import COMMANDS, EVERYWHERE, PLACES, commands_of
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.paint import key_width, paint_key
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.scroll import ReadingArea

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
        head = QHBoxLayout()
        head.addWidget(label(self.translate("Keys"), theme, "title"))
        head.addStretch(1)
        self.handbook = Button(self.translate("Handbook and help"), theme, "text", icon="library", key="H", small=True)
        self.handbook.clicked.connect(self._open_help)
        head.addWidget(self.handbook)
        box.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(12)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        for place, (name, keys) in enumerate(self._sections()):
            grid.addWidget(self._card(name, keys), place // 3, place % 3)
        box.addLayout(grid)
        box.addStretch(1)
        self._area = ReadingArea(content, theme, self.translate("Keys"))
        self.arrange(self._area)
        self.bind("H", self._open_help)

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return (
            (("↑", "↓"), translate("scroll")),
            (("H",), translate("handbook")),
            (("Esc",), translate("back")),
        )

    def focus_first(self) -> None:
        """Let the arrow keys scroll."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_help(self) -> None:
        self.context.navigate(Target(page="help"))

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
        """Return the commands that have keys, by page, in the order of the list."""
        wheres = dict.fromkeys(command.where for command in COMMANDS)
        names = {EVERYWHERE: self.translate("Everywhere")} | {
            where: self.translate(PLACES[where]) for where in wheres if where in PLACES
        }
        return tuple(
            (
                names[where],
                tuple((command.keys, self.translate(command.name)) for command in commands_of(where) if command.keys),
            )
            for where in wheres
        )
