"""Choosing encryption: for a new workspace, and for one that is in use."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.security import unlock
from diag_app.operations.workspace import is_encrypted, open_workspace
from diag_app.settings import load_settings
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.protect import ProtectPage
from diag_app.ui.pages.settings import SettingsPage
from tests.ui.conftest import WindowMaker, settle
from tests.ui.safe.conftest import PHRASE, WAIT_MS, press, shown, tab_to


@pytest.fixture
def fresh(make_window: WindowMaker, tmp_path: Path) -> ProtectPage:
    """The page for a new workspace."""
    window = make_window(None)
    window.navigate(Target(page="protect", item=str(tmp_path / "new")))
    settle(window)
    return shown(window, ProtectPage)


def type_twice(window: MainWindow, first: str, second: str) -> None:
    press(window, first)
    press(window, Qt.Key.Key_Return)
    press(window, second)
    press(window, Qt.Key.Key_Return)


def type_back(window: MainWindow, page: ProtectPage, qtbot: QtBot) -> str:
    """Write the sheet down, type back what is asked, and return the words."""
    qtbot.waitUntil(lambda: bool(page.sheet.words), timeout=WAIT_MS)
    words = page.sheet.words
    assert page.sheet.written.hasFocus()
    press(window, Qt.Key.Key_Space)
    for place, field in zip(page.sheet.check.places, page.sheet.check.fields, strict=True):
        assert field.hasFocus()
        field.setText(words[place - 1])
        press(window, Qt.Key.Key_Return)
    return " ".join(words)


def test_a_new_workspace_is_encrypted_by_keyboard(fresh: ProtectPage, qtbot: QtBot, tmp_path: Path) -> None:
    window = fresh.window()
    assert isinstance(window, MainWindow)
    type_twice(window, PHRASE, PHRASE)
    words = type_back(window, fresh, qtbot)
    assert window.target.page == "new_firm"
    assert window.session.key is not None
    assert not window.frame.top_bar.plain.isVisible()
    assert is_encrypted(tmp_path / "new")
    assert unlock(tmp_path / "new", words=words) == window.session.key


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [(PHRASE, "something else", "not the same"), ("short", "short", "too short"), ("", "", "too short")],
)
def test_a_passphrase_that_will_not_do_is_said_at_the_field(
    fresh: ProtectPage, qtbot: QtBot, tmp_path: Path, first: str, second: str, said: str
) -> None:
    window = fresh.window()
    assert isinstance(window, MainWindow)
    type_twice(window, first, second)
    qtbot.waitUntil(lambda: said in fresh.choice.passphrase.message, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not fresh.is_held, timeout=WAIT_MS)
    assert fresh.choice.passphrase.first.hasFocus()
    assert fresh.choice.passphrase.first.text() == fresh.choice.passphrase.second.text() == ""
    assert not (tmp_path / "new" / "workspace.db").exists()


def test_the_words_must_be_typed_back_and_the_page_is_not_left_before(fresh: ProtectPage, qtbot: QtBot) -> None:
    window = fresh.window()
    assert isinstance(window, MainWindow)
    type_twice(window, PHRASE, PHRASE)
    qtbot.waitUntil(lambda: bool(fresh.sheet.words), timeout=WAIT_MS)
    window.navigate(Target(page="keys"))
    window.go_back()
    assert window.frame.page is fresh
    press(window, Qt.Key.Key_Space)
    for _ in fresh.sheet.check.places:
        press(window, "x", Qt.Key.Key_Return)
    assert [row.message for row in fresh.sheet.check.rows] == ["Not this word; look at the paper."] * 4
    assert fresh.sheet.check.fields[0].hasFocus()
    tab_to(window, lambda focus: focus is fresh.sheet.back)
    press(window, Qt.Key.Key_Space)
    type_back(window, fresh, qtbot)
    assert window.session.is_open
    assert fresh.sheet.words == ()


def test_going_without_encryption_is_a_choice_and_stays_visible(fresh: ProtectPage, tmp_path: Path) -> None:
    window = fresh.window()
    assert isinstance(window, MainWindow)
    tab_to(window, lambda focus: focus is fresh.choice.go_plain)
    press(window, Qt.Key.Key_Space)
    settle(window)
    assert window.target.page == "new_firm"
    assert window.frame.top_bar.plain.isVisible()
    assert not is_encrypted(tmp_path / "new")


def test_a_workspace_in_use_is_encrypted_from_the_settings(
    make_window: WindowMaker, demo_workspace: Path, qtbot: QtBot
) -> None:
    window = make_window(demo_workspace)
    window.navigate(Target(page="settings"))
    settings = shown(window, SettingsPage)
    tab_to(window, lambda focus: focus is settings.encrypt)
    press(window, Qt.Key.Key_Space)
    page = shown(window, ProtectPage)
    assert not page.choice.plain_card.isVisible()
    type_twice(window, PHRASE, PHRASE)
    words = type_back(window, page, qtbot)
    assert window.target.page == "settings"
    assert "Encrypted" in settings.encryption.text()
    assert (window.session.key is None, is_encrypted(demo_workspace)) == (False, True)
    window.close()
    with open_workspace(demo_workspace, key=unlock(demo_workspace, words=words)) as workspace:
        assert len(find_enterprises(workspace)) == 1


def test_an_encryption_that_is_refused_leaves_the_workspace_open_as_it_was(
    make_window: WindowMaker, demo_workspace: Path, qtbot: QtBot
) -> None:
    window = make_window(demo_workspace)
    window.navigate(Target(page="protect"))
    page = shown(window, ProtectPage)
    type_twice(window, "short", "short")
    qtbot.waitUntil(lambda: not page.is_held, timeout=WAIT_MS)
    assert window.frame.page is page
    assert "too short" in page.choice.passphrase.message
    assert window.session.is_open
    assert not is_encrypted(demo_workspace)


def test_the_minutes_until_locking_are_kept(unlocked: MainWindow, tmp_path: Path) -> None:
    unlocked.navigate(Target(page="settings"))
    settings = shown(unlocked, SettingsPage)
    tab_to(unlocked, lambda focus: focus is settings.rest)
    press(unlocked, Qt.Key.Key_Down)
    assert unlocked.settings.auto_lock_minutes == 15
    assert load_settings(tmp_path / "settings.json").auto_lock_minutes == 15
    tab_to(unlocked, lambda focus: focus is settings.lock)
    press(unlocked, Qt.Key.Key_Space)
    assert unlocked.target.page == "unlock"
    assert QApplication.focusWidget() is not None
