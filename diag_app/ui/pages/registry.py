"""Which pages there are; each is made when it is first visited."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.firms import FirmsPage
from diag_app.ui.pages.first_run import FirstRunPage
from diag_app.ui.pages.keys import KeysPage
from diag_app.ui.pages.needs import NeedsPage
from diag_app.ui.pages.new_firm import NewFirmPage
from diag_app.ui.pages.packs import PacksPage
from diag_app.ui.pages.page import Context, Page
from diag_app.ui.pages.profile import ProfilePage
from diag_app.ui.pages.proposal import ProposalPage
from diag_app.ui.pages.settings import SettingsPage
from diag_app.ui.pages.why import WhyPage

PAGES: Mapping[str, Callable[[Context], Page]] = {
    "first_run": FirstRunPage,
    "firms": FirmsPage,
    "new_firm": NewFirmPage,
    "packs": PacksPage,
    "settings": SettingsPage,
    "keys": KeysPage,
    "profile": ProfilePage,
    "diagnosis": DiagnosisPage,
    "board": BoardPage,
    "why": WhyPage,
    "needs": NeedsPage,
    "proposal": ProposalPage,
    "delivery": DeliveryPage,
}
NEEDS_ASSESSMENT = frozenset({"diagnosis", "board", "why", "needs", "proposal"})
WITHOUT_WORKSPACE = frozenset({"first_run", "settings", "keys"})
