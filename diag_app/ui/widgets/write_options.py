"""How a bundle is written: what of a case goes, to which city, only what it has not got, so that only it opens it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.operations.bundle_profile import PROFILES, Profile
from diag_app.operations.delivery_order import Destination, Order
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.segmented import Segmented
from diag_app.ui.widgets.tick_box import TickBox


def profile_word(profile: str, translate: Translator) -> str:
    """Return what a profile is called."""
    words = {"full": translate("Everything"), "client-safe": translate("Client-safe"), "city": translate("For a city")}
    return words.get(profile, profile)


class WriteOptions(QWidget):
    """`order` is what is chosen, for `destination`. What takes a city is hidden where none is known.

    Signal `receiver_chosen()` when another receiver is chosen, which can be done where several are known.
    """

    receiver_chosen = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._translate = translate
        self._destinations: dict[str, Destination] = {}
        self.receiver = ComboField(theme, translate("Receiver of a city"), ())
        self.receiver.activated.connect(self._redirect)
        self.profile = Segmented(
            tuple((profile, profile_word(profile, translate), None) for profile in PROFILES),
            theme,
            translate("What goes into the bundle"),
        )
        self.profile.set_value("full")
        self.only_new = TickBox("", theme)
        self.encrypted = TickBox("", theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(14)
        row.addWidget(label(translate("Bundle"), theme, "dense", colour="text_2"))
        row.addWidget(self.profile, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.receiver, 1)
        row.addWidget(self.only_new, 3)
        row.addWidget(self.encrypted, 2)
        row.addStretch()  # where no city is known
        self.show_destinations(())

    @property
    def destination(self) -> Destination | None:
        """Return the receiver that is delivered to."""
        return self._destinations.get(self.receiver.key)

    @property
    def order(self) -> Order:
        """Return how the next bundle is to be written."""
        chosen: Profile = next((one for one in PROFILES if one == self.profile.value), "full")
        has_city = self.destination is not None
        return Order(
            profile=chosen,
            destination=self.destination,
            only_new=has_city and self.only_new.isChecked(),
            is_encrypted=has_city and self.encrypted.isChecked(),
        )

    def show_destinations(self, found: Sequence[Destination]) -> None:
        """Offer these receivers; the one chosen stays, else it is the one that gave the newest receipt."""
        chosen = self.receiver.key
        self._destinations = {one.keyid: one for one in found}
        self.receiver.clear()
        for one, words in zip(found, destination_words(found), strict=True):
            self.receiver.addItem(words, one.keyid)
        if chosen in self._destinations:
            self.receiver.set_key(chosen)
        elif found:
            self.receiver.set_key(max(found, key=lambda one: one.last_receipt_at or "").keyid)
        self.receiver.setVisible(len(found) > 1)
        self._name_city()

    def _redirect(self) -> None:
        self._name_city()
        self.receiver_chosen.emit()

    def _name_city(self) -> None:
        """Offer what takes a city, by its name."""
        destination = self.destination
        for box in (self.only_new, self.encrypted):
            box.setVisible(destination is not None)
        if destination is not None:
            _name(self.only_new, self._translate("only what {city} has not receipted", city=destination.city))
            _name(self.encrypted, self._translate("only {city} can open it", city=destination.city))


def destination_words(found: Sequence[Destination]) -> tuple[str, ...]:
    """Return what each receiver is called among these: its city, with its own name where the city has several."""
    cities = Counter(one.city for one in found)
    return tuple(one.city if cities[one.city] == 1 else f"{one.city} · {one.name}" for one in found)


def _name(box: TickBox, words: str) -> None:
    box.setText(words)
    box.setAccessibleName(words)
