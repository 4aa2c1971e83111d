"""The page for a new firm, and the settings, packs and first-run pages, by their own doing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from diag_app.operations.enterprise import find_enterprises, load_enterprise
from diag_app.paths import data_dir
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.first_run import FirstRunPage
from diag_app.ui.pages.new_firm import NewFirmPage
from diag_app.ui.pages.packs import PacksPage
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.settings import SettingsPage
from tests.ui.conftest import WindowMaker, settle

CTRL = Qt.KeyboardModifier.ControlModifier
SOUND_CODE = "91000000MADEM01268"


@pytest.fixture
def window(make_window: WindowMaker, tmp_path: Path) -> MainWindow:
    """A window on an empty workspace."""
    return make_window(tmp_path / "fresh")


@pytest.fixture
def form(window: MainWindow) -> NewFirmPage:
    """The page for a new firm."""
    window.navigate(Target(page="new_firm"))
    settle(window)
    page = window.frame.page
    assert isinstance(page, NewFirmPage)
    return page


@pytest.mark.parametrize(
    ("typed", "says", "is_error"),
    [
        ("", "18 characters; checked.", False),
        ("9100", "The credit code has 4 characters, not 18.", True),
        (SOUND_CODE[:-1] + "9", "check", True),
        (SOUND_CODE, "18 characters; checked.", False),
        (SOUND_CODE.lower(), "18 characters; checked.", False),
    ],
)
def test_the_credit_code_is_checked_while_it_is_typed(form: NewFirmPage, typed: str, says: str, is_error: bool) -> None:
    QTest.keyClicks(form.uscc, typed)
    assert says in form.rows["uscc"].message
    assert bool(form.uscc.error) == is_error


@pytest.mark.parametrize(
    ("sector", "employees", "revenue", "size", "scale"),
    [
        ("industry", "128", "6240", "small", "above-scale"),
        ("industry", "300", "2000", "medium", "above-scale"),
        ("industry", "1000", "40000", "large", "above-scale"),
        ("industry", "19", "6240", "micro", "above-scale"),
        ("industry", "128", "1999.99", "small", "below-scale"),
        ("industry", "128", "", "—", "—"),
        ("retail", "128", "6240", "medium", "—"),
    ],
)
def test_size_and_scale_follow_from_the_figures(
    form: NewFirmPage, sector: str, employees: str, revenue: str, size: str, scale: str
) -> None:
    form.sector.set_key(sector)
    QTest.keyClicks(form.employees, employees)
    QTest.keyClicks(form.revenue, revenue)
    assert (form.classes.size_value.text(), form.classes.scale_value.text()) == (size, scale)


@pytest.mark.parametrize(("sector", "shown"), [("industry", False), ("construction", True)])
def test_assets_are_asked_only_where_they_count(form: NewFirmPage, sector: str, shown: bool) -> None:
    form.sector.set_key(sector)
    assert form.assets.isVisible() == shown


def test_a_firm_is_added_by_keyboard_alone(window: MainWindow, form: NewFirmPage) -> None:
    assert form.name.hasFocus()
    QTest.keyClicks(form.name, "Qinghe Food")
    for text in (SOUND_CODE, "", "", "90", "1500"):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if text:
            QTest.keyClicks(window.focusWidget(), text)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, CTRL)
    assert window.target.page == "profile"
    assert window.target.enterprise_id is not None
    added = load_enterprise(window.session.workspace, window.target.enterprise_id)
    assert (added.profile.name, added.profile.uscc, added.profile.employees) == ("Qinghe Food", SOUND_CODE, 90)
    assert (added.size_class, added.is_above_scale) == ("small", False)


@pytest.mark.parametrize(
    ("name", "code", "employees", "wrong"),
    [(" ", "", "", "name"), ("A", "123", "", "uscc"), ("A", "", "-3", "employees"), ("A", "", "many", "employees")],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(
    window: MainWindow, form: NewFirmPage, name: str, code: str, employees: str, wrong: str
) -> None:
    QTest.keyClicks(form.name, name)
    QTest.keyClicks(form.uscc, code)
    QTest.keyClicks(form.employees, employees)
    form.add.click()
    assert window.target.page == "new_firm"
    assert form.rows[wrong].control.hasFocus()
    assert form.rows[wrong].message
    assert find_enterprises(window.session.workspace) == ()


def test_a_code_that_is_here_already_is_named_not_refused(window: MainWindow, form: NewFirmPage) -> None:
    for name in ("First", "Second"):
        window.navigate(Target(page="new_firm"))
        QTest.keyClicks(form.name, name)
        QTest.keyClicks(form.uscc, SOUND_CODE)
        warned = form.rows["uscc"].message
        form.add.click()
    assert "First" in warned
    assert len(find_enterprises(window.session.workspace)) == 2


def test_the_packs_page_lists_what_is_not_checked(window: MainWindow) -> None:
    window.navigate(Target(page="packs"))
    settle(window)
    page = window.frame.page
    assert isinstance(page, PacksPage)
    texts = [label.text() for label in page.findChildren(QLabel)]
    pack = window.session.workspace.pack()
    assert pack.digest in texts
    assert f"{len(pack.open_items)} open items" in texts
    assert {item.text.en for item in pack.open_items} <= set(texts)


def test_a_backup_is_written_and_said(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.navigate(Target(page="settings"))
    page = window.frame.page
    assert isinstance(page, SettingsPage)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "backups"))
    page.backup.click()
    qtbot.waitUntil(page.notice.isVisible)
    written = next((tmp_path / "backups").iterdir())
    assert str(written) in page.notice.text


def test_the_demonstration_factory_is_built_once_and_opened(make_window: WindowMaker, qtbot: QtBot) -> None:
    for _ in range(2):
        window = make_window(None)
        page = window.frame.page
        assert isinstance(page, FirstRunPage)
        with qtbot.waitSignal(window.session.opened, timeout=60_000):
            page.demo.button.click()
        assert window.target.page == "firms"
        assert window.session.workspace.directory == data_dir() / "demonstration" / "workspace"
        assert [firm.is_demonstration for firm in find_enterprises(window.session.workspace)] == [True]
        settle(window)
        assert window.frame.top_bar.demonstration.isVisible()
        window.close()
