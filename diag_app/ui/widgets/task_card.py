"""A card with one thing to do: what it is, what it says about itself, its button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from diag_app.ui.icons import icon as themed_icon
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button, Kind
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.labels import label


class TaskCard(Card):
    """`started` when its button is pressed."""

    started = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        text: str,
        action: str,
        *,
        key: str = "",
        kind: Kind = "secondary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        head = QHBoxLayout()
        head.setSpacing(8)
        picture = QLabel()
        picture.setPixmap(themed_icon(icon, theme, 20, colour="text_2").pixmap(20, 20))
        head.addWidget(picture)
        self.title = label(title, theme, "body", bold=True)
        head.addWidget(self.title, 1)
        self.text = label(text, theme, "dense", colour="text_2", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.button = Button(action, theme, kind, key=key)
        self.button.clicked.connect(self.started)
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.text, 1)
        self.body.addLayout(foot)
