"""Which pages there are; a page's module is imported when the page is first visited."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from diag_app.ui.commands import CASE_PLACES
from diag_app.ui.pages.page import Context, Page

PAGES: Mapping[str, str] = {
    "first_run": "FirstRunPage",
    "unlock": "UnlockPage",
    "protect": "ProtectPage",
    "access": "AccessPage",
    "firms": "FirmsPage",
    "new_firm": "NewFirmPage",
    "roster": "RosterPage",
    "packs": "PacksPage",
    "safe": "SafePage",
    "settings": "SettingsPage",
    "keys": "KeysPage",
    "help": "HelpPage",
    "self_check": "SelfCheckPage",
    "profile": "ProfilePage",
    "diagnosis": "DiagnosisPage",
    "board": "BoardPage",
    "why": "WhyPage",
    "findings": "FindingsPage",
    "review": "ReviewPage",
    "needs": "NeedsPage",
    "path": "PathPage",
    "measures": "MeasuresPage",
    "proposal": "ProposalPage",
    "visit": "VisitPage",
    "fill_in": "FillInPage",
    "upgrade": "UpgradePage",
    "portal": "PortalPage",
    "delivery": "DeliveryPage",
    "evidence": "EvidencePage",
    "conflicts": "ConflictsPage",
}
NEEDS_ASSESSMENT = CASE_PLACES - {"profile"}
WITHOUT_WORKSPACE = frozenset({"first_run", "unlock", "protect", "settings", "keys", "help", "self_check"})

RAIL_OF_PAGE: Mapping[str, str] = {  # the place of the rail that a page belongs to, where it is none itself
    "new_firm": "firms",
    "roster": "firms",
    "first_run": "",
    "keys": "",
    "help": "",
    "self_check": "",
    "protect": "",
    "access": "settings",
}


def make_page(name: str, context: Context) -> Page:
    """Return a new page; raise `KeyError` when there is none of that name."""
    module = import_module(f"diag_app.ui.pages.{name}")
    page: Page = getattr(module, PAGES[name])(context)
    return page
