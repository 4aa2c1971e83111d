"""One conflict to decide: both sides at equal size, nothing chosen beforehand, a reason, and the buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.icons import icon as themed_icon
from diag_app.ui.models.conflicts import ConflictRow
from diag_app.ui.models.difference import marked
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.flow import FlowLayout
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.side_card import SideCard
from diag_app.ui.widgets.text_field import TextField

_LONG = 60  # characters above which a value is text to read, not a figure
_LINES = 6


class ConflictCard(QWidget):
    """Shows one `ConflictRow`. It stores nothing; its signals say what the person decided.

    Signals:
        settled(op id, reason), joined(text, reason), opened().
    """

    settled = Signal(str, str)
    joined = Signal(str, str)
    opened = Signal()

    def __init__(self, theme: Theme, translate: Translator, row: ConflictRow, place: str) -> None:
        """`place` says which of how many it is."""
        super().__init__()
        self._theme, self._translate, self.row = theme, translate, row
        is_long = any(len(side.value) > _LONG for side in row.sides)
        self.sides = tuple(
            SideCard(theme, translate, side, str(number), is_long=is_long or row.is_deletion)
            for number, side in enumerate(row.sides, start=1)
        )
        for number, card in enumerate(self.sides):
            card.chosen.connect(self._chooser(number))
        if row.is_text:
            self._show_difference()
        self.reason = LineField(theme, translate("Reason, kept in the history"))
        self.take = Button(translate("Choose a side"), theme, "primary", key="Ctrl+Enter")
        self.take.setEnabled(False)
        self.take.clicked.connect(self.settle)
        self.join = Button(translate("Join both by hand"), theme)
        self.join.clicked.connect(self.begin_joining)
        self.other = Button(
            translate("Look at it →") if row.is_deletion else translate("Another value →"), theme, "text"
        )
        self.other.clicked.connect(self.opened)
        self.text = TextField(theme, translate("The text that is to stand"), lines=_LINES)
        self.text.hide()
        self._is_joining = False
        self._arrange(place)
        self.join.setVisible(row.is_text)
        self.other.setVisible(not row.is_text)

    def choose(self, number: int) -> None:
        """Choose a side by its number from 0; one that cannot stand, or is not there, is passed over."""
        if number >= len(self.sides) or not self.sides[number].side.can_stand:
            return
        self.text.hide()
        for each, card in enumerate(self.sides):
            card.set_chosen(is_chosen=each == number)
        self.take.setEnabled(True)
        self.take.set_content(self.sides[number].side.action, key="Ctrl+Enter")

    def begin_joining(self) -> None:
        """Show both texts below each other in one field, to be joined by hand."""
        for card in self.sides:
            card.set_chosen(is_chosen=False)
        if not self._is_joining:  # what was joined so far stays, also while a side was chosen
            self.text.load("\n".join(dict.fromkeys(side.value for side in self.row.sides if side.can_stand)))
        self._is_joining = True
        self.text.show()
        self.text.setFocus()
        self.take.setEnabled(True)
        self.take.set_content(self._translate("Take the joined text"), key="Ctrl+Enter")

    def resume(self, earlier: ConflictCard) -> None:
        """Go on where the card of the same conflict was: the reason, the joined text and the chosen side."""
        self.reason.load(earlier.reason.text())
        if not earlier.text.isHidden():
            self.begin_joining()
        self._is_joining = earlier._is_joining
        if self._is_joining:
            self.text.load(earlier.text.text())
        chosen = [card.side.op_id for card in earlier.sides if card.choice.isChecked()]
        for number, card in enumerate(self.sides):
            if card.side.op_id in chosen:
                self.choose(number)

    def settle(self) -> None:
        """Say what was decided; nothing without a choice."""
        reason = self.reason.text().strip()
        if not self.text.isHidden():
            self.joined.emit(self.text.text(), reason)
            return
        for card in self.sides:
            if card.choice.isChecked():
                self.settled.emit(card.side.op_id, reason)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the surface with the line of what waits for somebody."""
        paint_frame(QPainter(self), QRectF(self.rect()), self._theme, line="warning_mark")

    def _chooser(self, number: int) -> Callable[[], None]:
        return lambda: self.choose(number)

    def _show_difference(self) -> None:
        ground, ink = (self._theme.colour(name).name() for name in ("warning_soft", "text"))
        for number, card in enumerate(self.sides):
            other = self.sides[1 if number == 0 else 0].side.value
            if card.side.can_stand:
                card.value.setTextFormat(Qt.TextFormat.RichText)
                card.value.setText(marked(card.side.value, other, ground=ground, ink=ink))

    def _arrange(self, place: str) -> None:
        theme, translate = self._theme, self._translate
        picture = QLabel()
        picture.setPixmap(themed_icon("git-compare", theme, 16, colour="warning").pixmap(16, 16))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(self.row.title, theme, "body", bold=True, wrap=True), 1)
        head.addWidget(label(place, theme, "caption", colour="text_2"), 0, Qt.AlignmentFlag.AlignTop)
        said = (
            translate("One laptop deleted this, another edited it. It stays until you decide.")
            if self.row.is_deletion
            else translate("Both laptops changed this. Both values are kept until you decide.")
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        for card in self.sides:
            row.addWidget(card, 1)
        buttons = FlowLayout(gap=12, row_gap=6)
        for button in (self.take, self.join, self.other):
            buttons.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(label(f"{self.row.firm} · {said}", theme, "dense", colour="text_2", wrap=True))
        column.addLayout(row)
        column.addWidget(self.text)
        column.addWidget(label(translate("Reason, kept in the history"), theme, "caption", colour="text_2"))
        column.addWidget(self.reason)
        column.addLayout(buttons)
