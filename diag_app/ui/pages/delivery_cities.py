"""Cities on the delivery page: whose receiver is delivered to, whose receipts count, and the keys they go by."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from diag_app.errors import DiagError
from diag_app.operations.delivery_order import Destination, find_destinations
from diag_app.operations.keys import OwnKey, import_signers, own_key
from diag_app.operations.receipt import ImportedReceipt, import_receipt
from diag_app.operations.receipt_words import receipt_sentences
from diag_app.ui.delivery_jobs import write_card_with_paper
from diag_app.ui.models.figures import local_time
from diag_app.ui.pages.delivery_bundles import Asking
from diag_app.ui.pages.page import Context
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.delivery_view import DeliveryView
from diag_app.ui.widgets.todo_panel import TodoPanel


class CityDesk(QObject):
    """Takes in receipts and lists of signers, writes the person's card; `trusted` after a list came to count."""

    trusted = Signal()

    def __init__(self, context: Context, view: DeliveryView, todo: TodoPanel, page: Asking) -> None:
        super().__init__(view)
        self.context, self.session, self.translate = context, context.session, context.translate
        self.view, self.todo, self._page = view, todo, page
        self.notice, self.progress, self.ask = view.notice, view.progress, view.ask
        view.receipt_card.started.connect(self.take_receipt)
        view.options.receiver_chosen.connect(self._show_chosen)
        self.card_button = self._key_button(self.translate("Your card…"), "user", self.write_own_card)
        self.signers_button = self._key_button(self.translate("List of signers…"), "shield-check", self.take_signers)

    def show_cities(self) -> None:
        """Show whose receipts count, and whose keys things hang on."""
        translate, language = self.translate, self.translate.language
        destinations = self.session.read(find_destinations) or ()
        own = self.session.read(own_key)
        self.view.options.show_destinations(destinations)
        self._show_chosen()
        keys = [] if own is None else [translate("Your key: {words}", words=" ".join(own.words(language)))]
        keys += [
            translate("{city}: {words}", city=one.city, words=" ".join(one.words(language))) for one in destinations
        ]
        self.todo.keys.setText("\n".join(keys))

    def take_receipt(self) -> None:
        """Take in a receipt; only this makes anything delivered."""
        path = self._page.choose_file(self.translate("Choose a receipt"))
        if path is not None:
            taken = self.session.do(import_receipt, path)
            if taken is not None:
                self._receipted(taken)

    def write_own_card(self) -> None:
        """Write the card that a city enrols this person by."""
        path = self._page.choose_target("qizhen-card.json")
        if path is None:
            return
        job = self.context.jobs.start(write_card_with_paper, path, self.translate.language)
        self.progress.follow(job, self.translate("Writing {name}", name=path.name))
        job.finished.connect(lambda key: self._card_written(path, key))

    def take_signers(self) -> None:
        """Take in a city's list of signers; the six words of the city's fingerprint are asked the first time."""
        path = self._page.choose_file(self.translate("Choose a city's list of signers"))
        if path is not None:
            self._trust(path, "")

    def _key_button(self, words: str, icon: str, function: Callable[[], None]) -> Button:
        button = Button(words, self.context.theme, "text", icon=icon, small=True)
        button.clicked.connect(function)
        self.todo.add_action(button)
        return button

    def _show_chosen(self) -> None:
        """Show the receiver that is delivered to."""
        title, text = self._words(self.view.options.destination)
        self.view.receipt_card.title.setText(title)
        self.view.receipt_card.text.setText(text)

    def _words(self, chosen: Destination | None) -> tuple[str, str]:
        translate = self.translate
        if chosen is None:
            return translate("A city's receiver"), translate("No city is known here. Take in its list of signers.")
        named = {"name": chosen.name, "words": "-".join(chosen.words(translate.language)[:3])}
        if chosen.last_receipt_at is None:
            return chosen.city, translate("{name}, {words}. No receipt yet.", **named)
        last = local_time(chosen.last_receipt_at)
        return chosen.city, translate("{name}, {words}. Last receipt: {last}.", last=last, **named)

    def _trust(self, path: Path, words: str) -> None:
        try:
            import_signers(self.session.workspace, path, fingerprint=words)
        except DiagError as error:
            if error.code != "FINGERPRINT_NEEDED":
                self.notice.show_error(error, self.translate)
                return
            self.ask.ask(
                self.translate("The six words of the city's fingerprint, as the office gave them to you"),
                self.translate("Trust this city"),
                lambda words: self._trust(path, words),
            )
            return
        self.notice.show_notice("info", self.translate("The list counts from now on."))
        self.trusted.emit()

    def _receipted(self, taken: ImportedReceipt) -> None:
        receipt = taken.receipt
        if not taken.is_new:
            self.notice.show_notice("info", self.translate("It was here already; nothing was moved."))
        elif receipt.faults:
            self.notice.show_notice("error", " ".join(receipt_sentences(receipt, self.translate)))
        else:
            text = self.translate(
                "Receipted by {city}: {accepted} accepted, {duplicate} there already, {refused} sent back.",
                city=receipt.receiver.city,
                accepted=receipt.accepted,
                duplicate=receipt.duplicate,
                refused=len(receipt.refused),
            )
            open_still = receipt_sentences(receipt, self.translate)
            self.notice.show_notice("warning" if open_still else "info", " ".join((text, *open_still)))

    def _card_written(self, path: Path, key: OwnKey) -> None:
        words = " ".join(key.words(self.translate.language))
        said = self.translate("Card written: {path}. Tell the city its six words: {words}", path=path, words=words)
        self.notice.show_notice("info", said)
