"""The window: first start, where keys lead, what is said, and that a new look costs nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from diag_app.errors import DiagError
from diag_app.i18n import Translator
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.settings import Settings, load_settings
from diag_app.ui.crash import crash_notice, install_crash_notice, keep_trace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.first_run import FirstRunPage
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.protect import ProtectPage
from tests.ui.conftest import SETTINGS, WindowMaker, collect_deleted, settle

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def window(make_window: WindowMaker, demo_workspace: Path) -> MainWindow:
    """A window on the demonstration factory."""
    return make_window(demo_workspace)


def open_case(window: MainWindow, page: str) -> str:
    firm = find_enterprises(window.session.workspace)[0]
    window.navigate(Target(page=page, enterprise_id=firm.enterprise_id, assessment_id=firm.assessment_id))
    settle(window)
    assert firm.assessment_id is not None
    return firm.assessment_id


def test_the_first_start_asks_who_works_here(make_window: WindowMaker, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(None, Settings(language="en"))
    page = window.frame.page
    assert isinstance(page, FirstRunPage)
    assert page.actor_form.name.hasFocus()
    page.empty.button.click()
    assert page.actor_form.name.error
    assert not window.session.is_open
    QTest.keyClicks(page.actor_form.name, "Li")
    page.empty.button.setFocus()
    QTest.keyClick(page.empty.button, Qt.Key.Key_3)
    protect = window.frame.page
    assert isinstance(protect, ProtectPage)
    protect.choice.go_plain.click()
    assert (window.session.is_open, window.target.page) == (True, "new_firm")
    kept = load_settings(tmp_path / "settings.json")
    assert kept.name == "Li"
    assert kept.last_workspace == str(window.session.workspace.directory)
    assert window.session.workspace.actor.name == "Li"


@pytest.mark.parametrize("size", [(1366, 690), (1280, 640)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_start_is_seen_without_scrolling(
    make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch, language: Literal["zh", "en"], size: tuple[int, int]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/people/li/.local/share")  # the folder shown is a person's, not a test's
    window = make_window(None, Settings(language=language), size=size)
    page = window.frame.page
    assert isinstance(page, FirstRunPage)
    assert [area.verticalScrollBar().maximum() for area in page.findChildren(QScrollArea)] == [0]


def test_without_a_workspace_only_the_settings_are_offered(make_window: WindowMaker) -> None:
    window = make_window(None)
    window.navigate(Target(page="firms"))
    assert window.target.page == "first_run"
    window.navigate(Target(page="settings"))
    assert window.target.page == "settings"


def test_a_workspace_that_cannot_be_opened_is_said_in_the_page(make_window: WindowMaker, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    window = make_window(tmp_path / "file")
    assert window.target.page == "first_run"
    assert window.frame.notice.isVisible()
    assert str(tmp_path / "file") in window.frame.notice.text


@pytest.mark.parametrize(
    ("key", "modifiers", "page"),
    [
        (Qt.Key.Key_N, CTRL, "new_firm"),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "keys"),
        (Qt.Key.Key_Question, SHIFT, "keys"),
    ],
)
def test_keys_lead_everywhere(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, page: str
) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    assert window.target.page == page
    QTest.keyClick(window, Qt.Key.Key_Escape)
    if page == "new_firm":  # the first Esc leaves the name field
        window.setFocus()
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.target.page in ("firms", "new_firm")


@pytest.mark.parametrize(
    ("number", "step"), list(enumerate(("profile", "diagnosis", "needs", "path", "proposal", "delivery"), start=1))
)
def test_alt_and_a_digit_open_a_step(window: MainWindow, qtbot: QtBot, number: int, step: str) -> None:
    open_case(window, "profile" if step != "profile" else "needs")
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_0.value + number), ALT)
    assert window.target.page == step


def test_f6_goes_round_the_parts_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    seen = []
    for _ in range(5):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(next(place for place, pane in enumerate(window.frame.panes()) if pane.isAncestorOf(focus)))
    assert sorted(set(seen)) == [0, 1, 2, 3]


def test_the_header_says_whose_case_it_is(window: MainWindow) -> None:
    open_case(window, "profile")
    header = window.frame.header
    assert header.isVisible()
    assert header.name.text == "Hengxin Precision Machinery (demo firm)"
    assert "small" in header.facts.text
    assert "miit-sme-2024 v1.0.0" in header.facts.text
    assert "thresholds not yet checked" in header.badge.accessibleName()
    assert window.frame.top_bar.demonstration.isVisible()
    window.navigate(Target(page="firms"))
    assert not header.isVisible()


def test_saved_undone_and_redone_are_said(window: MainWindow, qtbot: QtBot) -> None:
    assessment_id = open_case(window, "profile")
    saved = window.frame.top_bar.saved
    window.session.do(record_answer, assessment_id, "B6", ("B",))
    settle(window)
    assert saved.text().startswith("Saved ")
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    settle(window)
    assert saved.text() == "Undone: B6 set to B"
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    settle(window)
    assert saved.text() == "Redone: B6 set to B"


def test_a_refusal_stays_in_the_page_until_something_is_stored(window: MainWindow) -> None:
    assessment_id = open_case(window, "profile")
    window.session.do(record_answer, assessment_id, "B6", ("Z",))
    assert window.frame.notice.isVisible()
    window.session.do(record_answer, assessment_id, "B6", ("B",))
    assert not window.frame.notice.isVisible()


def test_undoing_the_start_of_a_diagnosis_leads_back_to_the_profile(make_window: WindowMaker, tmp_path: Path) -> None:
    window = make_window(tmp_path / "fresh")
    added = window.session.do(add_enterprise, EnterpriseProfile(name="青禾食品（示例企业）"))
    assert added is not None
    window.navigate(Target(page="diagnosis", enterprise_id=added.enterprise_id))
    begun = window.target
    window.undo()
    assert begun.assessment_id is not None
    assert window.target == replace(begun, page="profile", assessment_id=None)


def test_what_is_not_delivered_is_counted(window: MainWindow, qtbot: QtBot) -> None:
    undelivered = window.frame.top_bar.undelivered
    qtbot.waitUntil(lambda: undelivered.text() != "")
    assert undelivered.text() == "63 not delivered"
    undelivered.click()
    assert window.target.page == "delivery"


@pytest.mark.parametrize("page", ["firms", "packs", "settings", "keys", "new_firm", "profile", "diagnosis"])
def test_another_language_and_look_keep_the_place(window: MainWindow, page: str) -> None:
    if page in ("profile", "diagnosis"):
        open_case(window, page)
    else:
        window.navigate(Target(page=page))
    target = window.target
    before = window.frame
    window.change_settings(lambda now: replace(now, language="zh", theme="dark"))
    settle(window)
    assert window.frame is not before
    assert window.target == target
    assert window.frame.context.translate.language == "zh"
    assert QApplication.palette().window().color() == window.frame.context.theme.colour("window")


def test_a_new_look_leaves_nothing_of_the_old_one(window: MainWindow) -> None:
    def widgets() -> int:
        collect_deleted()
        return len(QApplication.allWidgets())

    def dark(now: Settings) -> Settings:
        return replace(now, theme="dark")

    def light(now: Settings) -> Settings:
        return replace(now, theme="light")

    def turn() -> None:
        for look in (dark, light):
            window.change_settings(look)
            for page in ("firms", "settings", "keys", "packs"):
                window.navigate(Target(page=page))
            settle(window)

    turn()
    before = widgets()
    for _ in range(3):
        turn()
    assert widgets() <= before


@pytest.mark.parametrize(
    ("size", "rail", "header", "hints"),
    [
        ((1366, 690), 72, 56, True),
        ((1280, 640), 72, 56, True),
        ((1000, 640), 48, 56, True),
        ((1000, 540), 48, 40, False),
    ],
)
def test_the_frame_fits_small_windows(
    make_window: WindowMaker, demo_workspace: Path, size: tuple[int, int], rail: int, header: int, hints: bool
) -> None:
    window = make_window(demo_workspace, size=size)
    open_case(window, "profile")
    page = window.frame.page
    assert page is not None
    assert window.frame.rail.width() == rail
    assert window.frame.header.height() == header
    assert page.hint_bar.isVisible() == hints
    assert page.is_compact == (size[1] < 690)


def test_settings_and_place_survive_a_restart(make_window: WindowMaker, demo_workspace: Path, tmp_path: Path) -> None:
    window = make_window(demo_workspace)
    window.change_settings(lambda now: replace(now, theme="dark", language="zh"))
    kept = load_settings(tmp_path / "settings.json")
    assert (kept.theme, kept.language, kept.last_workspace) == ("dark", "zh", str(demo_workspace))


def test_settings_that_cannot_be_kept_are_said(make_window: WindowMaker, tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    window = make_window(tmp_path / "fresh")
    window.change_settings(lambda now: replace(now, firm="示例"))
    assert window.frame.notice.isVisible()


def test_a_bug_is_kept_and_said_calmly(
    window: MainWindow, english: Translator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []

    def show(notice: QMessageBox) -> int:
        shown.append(notice.informativeText())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", show)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    install_crash_notice(lambda: window, lambda: english)
    error = ZeroDivisionError("one by nothing")
    sys.excepthook(type(error), error, None)
    assert len(shown) == 1
    assert "Nothing was lost, nothing was sent." in shown[0]
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "one by nothing" not in said  # a message may hold what was typed


def test_the_crash_notice_folds_the_trace_away(window: MainWindow, english: Translator) -> None:
    path = keep_trace("Traceback: a bug")
    assert path is not None
    assert path.read_text(encoding="utf-8") == "Traceback: a bug"
    notice = crash_notice("Traceback: a bug", path, english, window)
    assert "Traceback" not in notice.text() + notice.informativeText()
    assert notice.detailedText() == "Traceback: a bug"
    notice.deleteLater()


def test_an_error_has_words_in_both_languages(make_window: WindowMaker, tmp_path: Path) -> None:
    for language, words in (("en", "The disk is full"), ("zh", "磁盘")):
        window = make_window(tmp_path / language, replace(SETTINGS, language="zh" if language == "zh" else "en"))
        window.show_error(DiagError("DISK_FULL", location="x"))
        assert words in window.frame.notice.text
