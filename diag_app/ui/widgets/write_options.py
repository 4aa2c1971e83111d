"""How a bundle is written: what of a case goes, only what a city has not got, and so that only the city opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.operations.bundle_profile import PROFILES, Profile
from diag_app.operations.delivery_order import Destination, Order
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.segmented import Segmented
from diag_app.ui.widgets.tick_box import TickBox


def profile_word(profile: str, translate: Translator) -> str:
    """Return what a profile is called."""
    words = {"full": translate("Everything"), "client-safe": translate("Client-safe"), "city": translate("For a city")}
    return words.get(profile, profile)


class WriteOptions(QWidget):
    """`order` is what is chosen. What takes a city is hidden where none is known."""

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._translate = translate
        self._destination: Destination | None = None
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
        row.addWidget(self.only_new, 1)
        row.addWidget(self.encrypted, 1)
        self.show_destination(None)

    @property
    def order(self) -> Order:
        """Return how the next bundle is to be written."""
        chosen: Profile = next((one for one in PROFILES if one == self.profile.value), "full")
        has_city = self._destination is not None
        return Order(
            profile=chosen,
            destination=self._destination,
            only_new=has_city and self.only_new.isChecked(),
            is_encrypted=has_city and self.encrypted.isChecked(),
        )

    def show_destination(self, destination: Destination | None) -> None:
        """Offer what takes a city, by its name."""
        self._destination = destination
        for box in (self.only_new, self.encrypted):
            box.setVisible(destination is not None)
        if destination is not None:
            _name(self.only_new, self._translate("only what {city} has not receipted", city=destination.city))
            _name(self.encrypted, self._translate("only {city} can open it", city=destination.city))


def _name(box: TickBox, words: str) -> None:
    box.setText(words)
    box.setAccessibleName(words)
