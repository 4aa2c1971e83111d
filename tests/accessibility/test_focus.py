"""The focus: whatever takes it has a name, shows it, and is reached in the order of reading."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

from diag_app.settings import Appearance
from diag_app.ui.main_window import MainWindow
from tests.accessibility.walk import calm, show, tab_stops, walk
from tests.ui.conftest import SETTINGS, WindowMaker

AROUND = 6


def test_whatever_takes_the_focus_has_a_name(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    nameless = [
        f"{name}: {widget!r}"
        for name, _ in walk(window)
        for widget in tab_stops(window)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.heavy)])
def test_the_focus_is_seen_wherever_it_is(make_window: WindowMaker, demo_workspace: Path, theme: Appearance) -> None:
    window = make_window(demo_workspace, replace(SETTINGS, theme=theme))
    colour = window.frame.context.theme.colour("focus").rgb() & 0xFFFFFF
    unseen = []
    for name, _ in walk(window):
        for widget in tab_stops(window):
            bring_into_view(widget)
            if widget.visibleRegion().isEmpty():
                continue
            widget.clearFocus()
            before = focus_pixels(window, widget, colour)
            widget.setFocus()
            calm()
            if widget.hasFocus() and focus_pixels(window, widget, colour) <= before:
                unseen.append(f"{name}: {type(widget).__name__} {widget.accessibleName()!r}")
    assert "\n".join(unseen) == ""


def bring_into_view(widget: QWidget) -> None:
    """Scroll to the widget, as Tab does."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def focus_pixels(window: MainWindow, widget: QWidget, colour: int) -> int:
    """Count the pixels in the colour of the focus in and around a widget."""
    calm()
    around = widget.rect().adjusted(-AROUND, -AROUND, AROUND, AROUND)
    place = QRect(widget.mapTo(window, around.topLeft()), around.size()) & window.rect()
    image = window.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32) & 0xFFFFFF
    return int((pixels == colour).sum())


@pytest.mark.parametrize("size", [(1366, 690), (960, 500)])
def test_tab_goes_in_the_order_of_reading(
    make_window: WindowMaker, demo_workspace: Path, size: tuple[int, int]
) -> None:
    """Tab never goes up in the same or an earlier column of a pane: from left to right, then down."""
    window = make_window(demo_workspace, size=size)
    backwards = []
    for name, page in walk(window):
        for pane in (window.frame.top_bar, window.frame.rail, window.frame.header, *page.panes):
            stops = [widget for widget in tab_stops(window) if pane.isAncestorOf(widget)]
            stops = [widget for widget in stops if not widget.visibleRegion().isEmpty()]
            for one, other in pairwise(stops):
                first, second = place_of(one, window), place_of(other, window)
                if second.bottom() <= first.top() and second.left() <= first.left():
                    backwards.append(f"{name}: {words(one)} -> {words(other)}")
    assert "\n".join(backwards) == ""


def place_of(widget: QWidget, window: MainWindow) -> QRect:
    """Return where a widget is seen; what is scrolled out below is at the foot of its scroll area."""
    place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
    around = widget.parentWidget()
    while around is not None and around is not window:
        if isinstance(around, QAbstractScrollArea):
            foot = around.mapTo(window, around.rect().bottomLeft()).y()
            place.moveBottom(min(place.bottom(), foot))
        around = around.parentWidget()
    return place


def words(widget: QWidget) -> str:
    return widget.accessibleName() or str(widget.property("text"))


def test_every_stop_of_a_page_is_passed_once(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    show(window, "diagnosis", "B3")
    stops = tab_stops(window)
    assert len(stops) == len(set(stops)) > 20
