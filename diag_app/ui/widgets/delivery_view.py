"""What the delivery page shows: cards with what to do, how bundles are written, and the tables."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.models.counts import CasesModel, ClassesModel
from diag_app.ui.models.delivery import ReceiptsModel, WrittenModel
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.ask_line import AskLine
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.count_table import CountTable
from diag_app.ui.widgets.hand_over_card import HandOverCard
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.task_card import TaskCard
from diag_app.ui.widgets.write_options import WriteOptions


class DeliveryView(QWidget):
    """The widgets, for the page to fill and to connect."""

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.count = label("", theme, "body", colour="text_2")
        self.notice = NoticeLine(theme)
        self.progress = ProgressLine(theme, translate)
        self.ask = AskLine(theme, translate)
        self.options = WriteOptions(theme, translate)
        self.receipt_card = TaskCard(theme, "badge-check", "", "", translate("Import receipt…"), key="R")
        self.write_card = TaskCard(
            theme,
            "usb",
            translate("To a stick or folder"),
            "",
            translate("Write bundle…"),
            key="B",
            kind="primary",
        )
        self.import_card = TaskCard(
            theme,
            "inbox",
            translate("From another machine"),
            translate("Verified first, then taken in whole or not at all. A second time changes nothing."),
            translate("Import bundle…"),
            key="I",
        )
        self.backup_button = Button(
            translate("Back up now…"), theme, "text", icon="archive-restore", key="S", small=True
        )
        self.hand_over_card = HandOverCard(theme, translate)
        words = translate("Fill-in sheet for the official system")
        self.fill_in_button = Button(words, theme, "text", icon="clipboard-list", key="F", small=True)
        words = translate("Firm file of a city platform")
        self.portal_button = Button(words, theme, "text", icon="layers", key="P", small=True)
        self.classes = ClassesModel(translate, self)
        self.cases = CasesModel(translate, self)
        self.exports = WrittenModel(translate, self)
        self.receipts = ReceiptsModel(translate, self)
        self.class_table = CountTable(self.classes, theme, translate("By class"), widths={1: 84, 2: 72, 3: 64}, wide=0)
        self.case_table = CountTable(
            self.cases, theme, translate("Not delivered, by firm"), widths={1: 64, 2: 176}, wide=0
        )
        self.export_table = CountTable(
            self.exports, theme, translate("Bundles written"), widths={0: 120, 2: 76, 3: 64, 4: 76, 5: 190}, wide=1
        )
        self.receipt_table = CountTable(
            self.receipts, theme, translate("Receipts"), widths={0: 120, 2: 70, 3: 90, 4: 64, 5: 96, 6: 130}, wide=1
        )
        self.no_exports = label(
            translate("Nothing written yet. Only a receipt makes an item delivered."),
            theme,
            "dense",
            colour="text_2",
            wrap=True,
        )
        self.no_receipts = label(
            translate("No receipt yet. A receiver writes it beside the bundle on the stick."),
            theme,
            "dense",
            colour="text_2",
            wrap=True,
        )
        self._arrange(theme, translate)

    def _arrange(self, theme: Theme, translate: Translator) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(translate("Delivery"), theme, "title"))
        head.addWidget(self.count, 1)
        head.addWidget(label(translate("Offline, no connection open"), theme, "dense", colour="text_2"))
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in (self.receipt_card, self.write_card, self.import_card):
            cards.addWidget(card, 1)
        tables = QHBoxLayout()
        tables.setSpacing(12)
        tables.addWidget(self._card(translate("By class"), self.class_table), 5)
        tables.addWidget(self._card(translate("Not delivered, by firm"), self.case_table), 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.ask)
        column.addWidget(self.progress)
        column.addLayout(cards)
        column.addWidget(self.options)
        papers = QHBoxLayout()
        papers.setSpacing(20)
        papers.addWidget(self.fill_in_button)
        papers.addWidget(self.portal_button)
        papers.addStretch(1)
        column.addLayout(papers)
        column.addWidget(self.hand_over_card)
        column.addLayout(tables)
        column.addWidget(self._card(translate("Receipts"), self.receipt_table, self.no_receipts))
        written = self._card(translate("Bundles written"), self.export_table, self.no_exports)
        written.body.insertWidget(1, self.backup_button)
        column.addWidget(written)
        column.addStretch(1)

    def _card(self, title: str, *parts: QWidget) -> Card:
        card = Card(self._theme)
        card.body.addWidget(label(title, self._theme, "body", bold=True))
        for part in parts:
            card.body.addWidget(part)
        card.body.addStretch(1)
        return card
