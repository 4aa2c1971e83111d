"""What is to do about deliveries: what came back, what two laptops disagree about, and the keys that things hang on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.scroll import scroll_area

WIDTH = 336
_BAR, _ICON_LEFT, _TEXT_LEFT = 3, 13, 37


class ToDo(QWidget):
    """One thing to do: a bold line, a sentence, and the link that opens where it is done."""

    opened = Signal()

    def __init__(self, theme: Theme, title: str, text: str, link: str, *, is_refusal: bool) -> None:
        super().__init__()
        self._theme, self._is_refusal = theme, is_refusal
        self.setAccessibleName(f"{title} {text}".strip())
        column = QVBoxLayout(self)
        column.setContentsMargins(_TEXT_LEFT, 8, 12, 6)
        column.setSpacing(2)
        column.addWidget(label(title, theme, "dense", bold=True, wrap=True))
        if text:
            column.addWidget(label(text, theme, "dense", wrap=True))
        self.link = Button(link, theme, "text", small=True)
        self.link.setAccessibleName(f"{link}. {title}")
        self.link.clicked.connect(self.opened)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, bar and glyph."""
        painter = QPainter(self)
        ground, mark, icon = (
            ("error_soft", "error", "octagon-alert") if self._is_refusal else ("warning_soft", "warning", "git-compare")
        )
        painter.fillRect(self.rect(), self._theme.colour(ground))
        painter.fillRect(0, 0, _BAR, self.height(), self._theme.colour(mark))
        paint_icon(painter, QPointF(_ICON_LEFT, 9), icon, self._theme, 16, mark)


class TodoPanel(Panel):
    """The panel beside the page. `show_things` fills it; J and K move over the links."""

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="left", parent=parent)
        self._translate = translate
        self.setAccessibleName(translate("To do"))
        self.setFixedWidth(WIDTH)
        self.things: tuple[ToDo, ...] = ()
        self._title = label("", theme, "body", bold=True)
        self._nothing = label(
            translate("Nothing was sent back, and no two laptops disagree."), theme, "dense", colour="text_2", wrap=True
        )
        self._inner = QWidget()
        self._list = QVBoxLayout(self._inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(10)
        self._list.addWidget(self._nothing)
        self._list.addStretch(1)
        self.keys = label("", theme, "caption", colour="text_2", wrap=True)
        self.keys.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(17, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(scroll_area(self._inner, theme), 1)
        column.addWidget(self.keys)
        column.addLayout(self._actions)
        self.show_things(())

    def add_action(self, button: Button) -> None:
        """Put a button below the keys."""
        self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_things(self, things: Sequence[ToDo]) -> None:
        """Show these things to do in place of those before."""
        for old in self.things:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.things = tuple(things)
        for place, thing in enumerate(self.things):
            self._list.insertWidget(place, thing)
        self._title.setText(self._translate("To do: {count}", count=len(self.things)))
        self._nothing.setVisible(not self.things)

    def step(self, step: int) -> None:
        """Put the focus on the next link, or the one before."""
        links = [thing.link for thing in self.things]
        if links:
            place = next((place for place, link in enumerate(links) if link.hasFocus()), -1 if step > 0 else 0)
            links[(place + step) % len(links)].setFocus(Qt.FocusReason.TabFocusReason)
