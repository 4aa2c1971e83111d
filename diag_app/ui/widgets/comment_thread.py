"""The comments on one answer: who said what, settled or not, and where to write another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.review import Comment
from diag_app.ui.models.figures import local_time
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.text_field import TextField


class CommentThread(QWidget):
    """Signals: added(text), settled(comment id, whether it is settled now)."""

    added = Signal(str)
    settled = Signal(str, bool)

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._theme, self._translate = theme, translate
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.empty = label("", theme, "dense", colour="text_2", wrap=True)
        self.field = TextField(
            theme, translate("New comment"), placeholder=translate("What is to be looked at"), lines=2
        )
        self.button = Button(translate("Comment"), theme, "secondary", icon="message-square", small=True)
        self.button.clicked.connect(self.send)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.empty)
        column.addLayout(self._list)
        column.addWidget(self.field)
        column.addLayout(foot)

    def show_comments(self, comments: tuple[Comment, ...]) -> None:
        """Show these comments, the oldest first."""
        clear_layout(self._list)
        self.empty.setVisible(not comments)
        self.empty.setText(self._translate("No comments yet. Write what is to be corrected or explained."))
        for comment in comments:
            self._list.addWidget(self._card(comment))

    def send(self) -> None:
        """Give what is written, and empty the field."""
        text = self.field.text().strip()
        if text:
            self.field.load("")
            self.added.emit(text)

    def _card(self, comment: Comment) -> Card:
        theme, translate = self._theme, self._translate
        card = Card(theme, padding=10)
        card.body.setSpacing(4)
        who = f"{comment.by or translate('somebody')} · {local_time(comment.at)}"
        card.body.addWidget(label(who, theme, "caption", colour="text_2", wrap=True))
        words = label(comment.text or translate("erased"), theme, "dense", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(words)
        row = QHBoxLayout()
        if comment.is_resolved:
            settled = translate(
                "✓ Settled by {by}, {time}", by=comment.resolved_by, time=local_time(comment.resolved_at)
            )
            row.addWidget(label(settled, theme, "caption", colour="accent", wrap=True), 1)
        else:
            row.addStretch(1)
        word = translate("Open again") if comment.is_resolved else translate("Settle")
        button = Button(word, theme, "text", small=True)
        button.clicked.connect(self._settler(comment))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(row)
        return card

    def _settler(self, comment: Comment) -> Callable[[], None]:
        def settle() -> None:
            self.settled.emit(comment.comment_id, not comment.is_resolved)

        return settle
