"""A roster in the window: the plan first, then one button; from the firms page and at first start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from diag_app.operations.enterprise import find_enterprises
from diag_app.settings import Settings
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.firms import FirmsPage
from diag_app.ui.pages.first_run import FirstRunPage
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.protect import ProtectPage
from diag_app.ui.pages.roster import RosterPage
from tests.ui.conftest import WindowMaker, settle

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    lines = ("企业名称,统一社会信用代码,从业人员", "恒信机械厂,91000000MADEM01268,120", "青禾,91000000MADEM01269,80")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def roster_page(window: MainWindow) -> RosterPage:
    page = window.frame.page
    assert isinstance(page, RosterPage)
    return page


def texts(page: RosterPage) -> list[str]:
    return [found.text() for found in page.findChildren(QLabel) if found.isVisible()]


def test_the_plan_is_shown_and_taken_in_by_one_button(
    make_window: WindowMaker, qtbot: QtBot, tmp_path: Path, file: Path
) -> None:
    window = make_window(tmp_path / "home")
    firms = window.frame.page
    assert isinstance(firms, FirmsPage)
    firms.roster.click()
    page = roster_page(window)
    assert not page.take_button.isVisible()
    page.choose_file = lambda: file
    QTest.keyClick(page.choose_button, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: page.plan is not None)
    settle(window)
    assert page.view.summary.text() == "1 new, 0 changed, 0 the same, 1 unreadable"
    assert any(text.startswith("B3  The credit code does not check") for text in texts(page))
    assert find_enterprises(window.session.workspace) == ()
    QTest.keyClick(page.take_button, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.target.page == "firms")
    assert [firm.name for firm in find_enterprises(window.session.workspace)] == ["恒信机械厂"]


def test_what_changed_since_the_plan_was_shown_is_not_taken_in(
    make_window: WindowMaker, qtbot: QtBot, tmp_path: Path, file: Path
) -> None:
    window = make_window(tmp_path / "home")
    window.navigate(Target(page="roster", item=str(file)))
    page = roster_page(window)
    qtbot.waitUntil(lambda: page.plan is not None)
    file.write_text("企业名称\n别的厂\n", encoding="utf-8")
    page.take()
    qtbot.waitUntil(lambda: "roster.csv or the firms here have changed" in window.frame.notice.text)
    assert find_enterprises(window.session.workspace) == ()


def test_at_first_start_a_roster_leads_over_protection_to_its_plan(
    make_window: WindowMaker, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    window = make_window(None, Settings(language="en"))
    page = window.frame.page
    assert isinstance(page, FirstRunPage)
    page.choose_file = lambda: file
    QTest.keyClicks(page.actor_form.name, "Li")
    page.roster.button.setFocus()
    QTest.keyClick(page.roster.button, Qt.Key.Key_2)
    protect = window.frame.page
    assert isinstance(protect, ProtectPage)
    protect.choice.go_plain.click()
    shown = roster_page(window)
    qtbot.waitUntil(lambda: shown.plan is not None)
    assert shown.take_button.text() == "Take in 1 firm"


def test_no_file_chosen_changes_nothing(make_window: WindowMaker) -> None:
    window = make_window(None, Settings(language="en", name="Li"))
    page = window.frame.page
    assert isinstance(page, FirstRunPage)
    page.choose_file = lambda: None
    page.roster.button.click()
    assert (window.target.page, window.session.is_open) == ("first_run", False)
