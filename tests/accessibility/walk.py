"""Going through every page of the window on the demonstration factory."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from diag_app.operations.enterprise import find_enterprises
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.page import Page, Target
from diag_app.ui.pages.registry import NEEDS_ASSESSMENT, PAGES

# `access` has no key file to show here; with one, and for `unlock` at work, see `tests/ui/safe`.
ITEMS = {"diagnosis": ("B3", "B4", "B6"), "board": ("quality",), "why": ("B3",)}


def walk(window: MainWindow) -> Iterator[tuple[str, Page]]:
    """Show every page, some on several items, and give its name and the page."""
    for name in PAGES:
        for item in ITEMS.get(name, (None,)):
            yield f"{name} {item or ''}".strip(), show(window, name, item)


def show(window: MainWindow, name: str, item: str | None = None) -> Page:
    """Show one page."""
    firm = find_enterprises(window.session.workspace)[0]
    in_case = name in NEEDS_ASSESSMENT or name == "profile"
    window.navigate(Target(page=name, enterprise_id=firm.enterprise_id if in_case else None, item=item))
    calm()
    page = window.frame.page
    assert page is not None
    assert window.target.page == name
    return page


def calm() -> None:
    """Let layouts, zero timers, paints and deletions happen."""
    for _ in range(4):
        QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def visible(window: MainWindow) -> list[QWidget]:
    """Return every widget that can be seen at least in part."""
    return [
        widget for widget in window.findChildren(QWidget) if widget.isVisible() and not widget.visibleRegion().isEmpty()
    ]


def tab_stops(window: MainWindow) -> list[QWidget]:
    """Return every widget that Tab stops at, in the order of Tab."""
    found: list[QWidget] = []
    here = window.frame.nextInFocusChain()
    while here is not None and here is not window.frame:
        stops = here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.focusProxy() is None
        if stops and here.isVisible() and here.isEnabled():
            found.append(here)
        here = here.nextInFocusChain()
    return found
