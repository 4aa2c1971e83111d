"""What encryption does in three sentences, and the choice: a passphrase, or knowingly none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.icons import icon
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.new_passphrase import NewPassphrase


class EncryptionChoice(QWidget):
    """Signals `encrypted()` and `plain()`, when one of the two ways is taken."""

    encrypted = Signal()
    plain = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._theme, self._translate = theme, translate
        self.passphrase = NewPassphrase(theme, translate)
        self.encrypt = Button(translate("Encrypt"), theme, "primary", icon="lock")
        self.encrypt.clicked.connect(self.encrypted)
        self.passphrase.entered.connect(self.encrypted)
        self.go_plain = Button(translate("Go on without encryption"), theme)
        self.go_plain.clicked.connect(self.plain)
        self.plain_card = self._plain_card()
        cards = QHBoxLayout()
        cards.setSpacing(20)
        cards.addWidget(self._encrypted_card(), 1)
        cards.addWidget(self.plain_card, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addLayout(self._sentences())
        box.addLayout(cards)
        box.addStretch(1)

    def set_new(self, is_new: bool) -> None:
        """Offer to go without encryption only for a new workspace."""
        self.plain_card.setVisible(is_new)

    def set_busy(self, busy: bool) -> None:
        """Take no second choice while the first is carried out."""
        for button in (self.encrypt, self.go_plain):
            button.setEnabled(not busy)

    def _sentences(self) -> QVBoxLayout:
        translate, theme = self._translate, self._theme
        column = QVBoxLayout()
        column.setSpacing(4)
        for sentence in (
            translate(
                "An encrypted workspace is unreadable without the passphrase: on a lost laptop, in a repair shop."
            ),
            translate("The passphrase is asked at each start and after a break; nobody can look it up or reset it."),
            translate(
                "A recovery sheet of 24 words opens the workspace when the passphrase is lost; keep it on paper."
            ),
        ):
            column.addWidget(label(sentence, theme, "body", colour="text_2", wrap=True))
        return column

    def _encrypted_card(self) -> Card:
        translate, theme = self._translate, self._theme
        card = Card(theme, padding=20)
        card.body.addLayout(self._head("lock", translate("Encrypted (recommended)")))
        card.body.addWidget(self.passphrase)
        card.body.addStretch(1)
        card.body.addWidget(self.encrypt)
        return card

    def _plain_card(self) -> Card:
        translate, theme = self._translate, self._theme
        card = Card(theme, padding=20)
        card.body.addLayout(self._head("lock-open", translate("Not encrypted")))
        for sentence in (
            translate(
                "Whoever gets this computer, its disk or a copy of the folder can read names, answers and pictures."
            ),
            translate("Choose this to practise, or where the whole disk is encrypted already."),
            translate("The window shows it at all times. It can be encrypted later, in the settings."),
        ):
            card.body.addWidget(label(sentence, theme, "dense", colour="text_2", wrap=True))
        card.body.addStretch(1)
        card.body.addWidget(self.go_plain)
        return card

    def _head(self, icon_name: str, title: str) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(icon(icon_name, self._theme, 20, colour="accent").pixmap(20, 20))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(picture)
        row.addWidget(label(title, self._theme, "strong"), 1)
        return row
