"""Everything can be reached, is named, and can be read: both languages, both sizes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from diag_app.operations.enterprise import find_enterprises
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.page import Target
from diag_app.ui.top_bar import GlyphButton
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.chip import Chip
from diag_app.ui.widgets.segmented import Segment
from diag_app.ui.widgets.stepper import StepButton
from tests.ui.conftest import SETTINGS, WindowMaker, settle

PAGES = (
    "first_run",
    "protect",
    "firms",
    "new_firm",
    "roster",
    "packs",
    "safe",
    "settings",
    "keys",
    "profile",
    "visit",
    "fill_in",
    "portal",
    "measures",
)
SIZES = ((1366, 690), (1280, 640))
WHOLE = (Button, Segment, StepButton, GlyphButton, Chip)
TURNS = 10


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Literal["en", "zh"]:
    """Each of the two languages."""
    chosen: Literal["en", "zh"] = request.param
    return chosen


def go(window: MainWindow, page: str) -> None:
    firm = find_enterprises(window.session.workspace)[0]
    in_case = page in ("profile", "visit", "fill_in", "portal", "measures")
    window.navigate(
        Target(
            page=page,
            enterprise_id=firm.enterprise_id if in_case else None,
            assessment_id=firm.assessment_id if in_case else None,
        )
    )
    settle(window)


def shown(window: MainWindow) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_cut(
    make_window: WindowMaker, demo_workspace: Path, language: Literal["en", "zh"], size: tuple[int, int]
) -> None:
    window = make_window(demo_workspace, replace(SETTINGS, language=language), size=size)
    cut = []
    for page in PAGES:
        go(window, page)
        cut += [f"{page}: {words}" for words in cut_in(window)]
    assert cut == []


def cut_in(window: MainWindow) -> list[str]:
    """Return what is cut and stays so: a count that comes from a job is laid out in the turn after it came."""
    for _ in range(TURNS):
        cut = [_words(widget) for widget in shown(window) if _is_cut(widget)]
        if not cut:
            break
        settle(window)
    return cut


def _is_cut(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height()
        return widget.sizeHint().width() > widget.width() or widget.sizeHint().height() > widget.height()
    if isinstance(widget, WHOLE):
        return widget.sizeHint().width() > widget.width() or widget.sizeHint().height() > widget.height()
    return False


def _words(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{text!r} needs {widget.sizeHint().toTuple()}, has {widget.size().toTuple()}"


def test_whatever_takes_the_focus_has_a_name(
    make_window: WindowMaker, demo_workspace: Path, language: Literal["en", "zh"]
) -> None:
    window = make_window(demo_workspace, replace(SETTINGS, language=language))
    nameless = []
    for page in PAGES:
        go(window, page)
        for widget in shown(window):
            takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
            if takes_focus and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name):
                nameless.append(f"{page}: {widget!r}")
    assert nameless == []


@pytest.mark.parametrize("page", PAGES)
def test_tab_goes_round_and_the_focus_is_always_shown(
    make_window: WindowMaker, demo_workspace: Path, qtbot: QtBot, page: str
) -> None:
    window = make_window(demo_workspace)
    go(window, page)
    start = window.focusWidget()
    seen: list[QWidget] = []
    for _ in range(300):
        focus = window.focusWidget()
        assert focus is not None
        if seen and focus is start:
            break
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert len(seen) > 4
    assert window.focusWidget() is start


def test_the_ring_stands_around_the_button_that_has_the_focus(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    go(window, "new_firm")
    button = next(child for child in window.findChildren(Button) if child.text() == "Add firm")
    button.setFocus()
    settle(window)
    picture = window.grab().toImage()
    corner = button.mapTo(window, button.rect().topLeft())
    focus = window.frame.context.theme.colour("focus").name()
    assert picture.pixelColor(corner.x() + 40, corner.y() - 3).name() == focus
    assert picture.pixelColor(corner.x() + 40, corner.y() - 1).name() != focus
