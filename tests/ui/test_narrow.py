"""Narrow windows: side panes become a line that opens them over the page; nothing is out of reach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from tests.ui.case.conftest import PageOpener, demo_case, open_page, shown
from tests.ui.conftest import settle

__all__ = ["demo_case", "open_page"]


@pytest.mark.parametrize(
    ("width", "live", "sections"), [(1366, True, True), (1280, True, True), (1279, False, True), (1039, False, False)]
)
def test_panes_fold_where_there_is_no_room(open_page: PageOpener, width: int, live: bool, sections: bool) -> None:
    page = shown(open_page("diagnosis", "B3", size=(width, 690)), DiagnosisPage)
    assert (page.live.isVisible(), page.sections.isVisible()) == (live, sections)
    assert [fold.strip.isVisible() for fold in page.folds] == [not sections, not live]


def test_the_line_says_how_the_case_stands(open_page: PageOpener) -> None:
    page = shown(open_page("diagnosis", "B3", size=(1100, 690)), DiagnosisPage)
    assert page.folds[1].strip.text().startswith("Managed 50.70 · to level 3: 9.30 points, 6 scenarios, ★ 3")
    assert page.folds[1].strip.height() == 44


def test_enter_opens_the_pane_over_the_page_and_escape_closes_it(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3", size=(1100, 690))
    page = shown(window, DiagnosisPage)
    strip = page.folds[1].strip
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Space)
    settle(window)
    assert page.live.isVisible()
    assert page.side.geometry().right() == page.rect().right()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not page.live.isVisible()
    assert shown(window, DiagnosisPage) is page


def test_a_section_is_chosen_from_the_drop_down(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3", size=(960, 500))
    page = shown(window, DiagnosisPage)
    page.folds[0].strip.click()
    settle(window)
    view = page.sections.view
    row = next(row for row in range(page.sections.model.rowCount()) if page.sections.model.rows[row].target == "M1")
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(page.sections.model.index(row)).center()
    )
    settle(window)
    assert page.current == "M1"
    assert not page.sections.isVisible()


@pytest.mark.parametrize("height", [500, 559, 560, 690])
def test_a_low_window_gives_up_the_hint_bar_and_half_the_header(open_page: PageOpener, height: int) -> None:
    window = open_page("diagnosis", "B3", size=(1366, height))
    page = shown(window, DiagnosisPage)
    assert page.hint_bar.isVisible() == (height >= 560)
    assert window.frame.header.height() == (56 if height >= 560 else 40)


def test_growing_again_brings_everything_back(open_page: PageOpener) -> None:
    window = open_page("board", "quality", size=(960, 500))
    page = shown(window, BoardPage)
    page.folds[0].strip.click()
    assert page.panel.isVisible()
    resize(window, 1366, 690)
    assert page.panel.isVisible()
    assert page.panel.geometry().right() == page.rect().right()
    assert not page.folds[0].strip.isVisible()


def resize(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    settle(window)
