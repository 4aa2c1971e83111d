"""Locking and unlocking: nothing is seen without the passphrase, and the work goes on where it stopped."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from types import FrameType

import pyrage
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from diag_app.clock import Progress
from diag_app.operations.assessment import load_assessment
from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.security import create_encrypted_workspace
from diag_app.operations.workspace import Workspace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.first_run import FirstRunPage
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.unlock import UnlockPage
from tests.ui.conftest import WindowMaker, settle
from tests.ui.safe.conftest import FIRM, PHRASE, WAIT_MS, Sealed, give_passphrase, press, shown, tab_to, texts

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def open_question(window: MainWindow) -> Target:
    (firm,) = find_enterprises(window.session.workspace)
    window.navigate(
        Target(page="diagnosis", enterprise_id=firm.enterprise_id, assessment_id=firm.assessment_id, item="B3")
    )
    settle(window)
    return window.target


def test_an_encrypted_workspace_shows_nothing_until_the_passphrase_is_given(locked: MainWindow, qtbot: QtBot) -> None:
    page = shown(locked, UnlockPage)
    assert not locked.session.is_open
    assert page.passphrase.hasFocus()
    assert page.passphrase.echoMode() == QLineEdit.EchoMode.Password
    bar = locked.frame.top_bar
    assert not any(widget.isVisible() for widget in (bar.search, bar.saved, bar.plain, bar.undelivered, bar.questions))
    assert not locked.frame.rail.isVisible()
    assert not locked.frame.header.isVisible()
    give_passphrase(locked, qtbot)
    assert locked.target.page == "firms"
    assert locked.frame.rail.isVisible()
    assert not bar.plain.isVisible()


@pytest.mark.parametrize("wrong", ["correct horse", PHRASE.upper(), "口令" * 8])
def test_a_wrong_passphrase_is_said_under_the_field_and_changes_nothing(
    locked: MainWindow, sealed: Sealed, qtbot: QtBot, wrong: str
) -> None:
    page = shown(locked, UnlockPage)
    before = {path: path.read_bytes() for path in sealed.folder.glob("*.json")}
    page.passphrase.setText(wrong)
    press(locked, Qt.Key.Key_Return)
    assert page.passphrase.text() == ""
    qtbot.waitUntil(lambda: "does not fit" in page.by_passphrase.message, timeout=WAIT_MS)
    assert page.passphrase.hasFocus()
    assert not locked.frame.notice.isVisible()
    assert not locked.session.is_open
    assert {path: path.read_bytes() for path in before} == before
    assert wrong not in texts(locked)
    give_passphrase(locked, qtbot)


def test_the_recovery_sheet_opens_it_by_keyboard(locked: MainWindow, sealed: Sealed, qtbot: QtBot) -> None:
    page = shown(locked, UnlockPage)
    tab_to(locked, lambda focus: focus is page.other)
    press(locked, Qt.Key.Key_Space)
    assert page.words.editor.hasFocus()
    press(locked, "not the words of any sheet")
    press(locked, Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: "sheet" in page.by_sheet.message and page.button.isEnabled(), timeout=WAIT_MS)
    assert page.words.text() == ""
    page.words.editor.setPlainText(sealed.words)
    press(locked, Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: locked.session.is_open, timeout=WAIT_MS)
    assert sealed.words not in texts(locked)


def wait_for_words(page: UnlockPage, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: words in page.by_passphrase.message and page.button.isEnabled(), timeout=WAIT_MS)


def test_the_organisation_opens_what_was_deposited_with_it(
    make_window: WindowMaker, tmp_path: Path, qtbot: QtBot
) -> None:
    identity, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    create_encrypted_workspace(tmp_path / "deposited", PHRASE, escrow=str(identity.to_public()))
    window = make_window(tmp_path / "deposited")
    page = shown(window, UnlockPage)
    file = tmp_path / "identity.txt"
    page.choose_identity = lambda: file
    for content, said in ((None, "identity.txt"), ("nothing", "no secret key"), (str(other), "does not open")):
        if content is not None:
            file.write_text(content, encoding="utf-8")
        tab_to(window, lambda focus: focus is page.identity)
        press(window, Qt.Key.Key_Space)
        wait_for_words(page, said, qtbot)
    file.write_text(str(identity), encoding="utf-8")
    page.use_identity()
    qtbot.waitUntil(lambda: window.session.is_open, timeout=WAIT_MS)


def test_without_an_organisation_nothing_is_said_of_one(locked: MainWindow) -> None:
    assert not shown(locked, UnlockPage).identity.isVisible()


def test_without_passphrase_and_sheet_there_is_a_way_to_the_start_page(locked: MainWindow, qtbot: QtBot) -> None:
    page = shown(locked, UnlockPage)
    tab_to(locked, lambda focus: focus is page.leave)
    press(locked, Qt.Key.Key_Space)
    shown(locked, FirstRunPage)
    assert not locked.session.is_open


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_N, CTRL),
        (Qt.Key.Key_K, CTRL),
        (Qt.Key.Key_Z, CTRL),
        (Qt.Key.Key_1, ALT),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_no_key_leads_past_the_lock(
    unlocked: MainWindow, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    open_question(unlocked)
    unlocked.lock()
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget() or unlocked, key, modifiers)
        unlocked.setFocus()
    shown(unlocked, UnlockPage)
    assert FIRM not in texts(unlocked)


def test_locking_stores_what_is_typed_and_comes_back_to_the_same_place(unlocked: MainWindow, qtbot: QtBot) -> None:
    target = open_question(unlocked)
    assert target.assessment_id is not None
    press(unlocked, "n", "Counted twice.")
    press(unlocked, "l", control=True)
    page = shown(unlocked, UnlockPage)
    assert page.passphrase.hasFocus()
    give_passphrase(unlocked, qtbot)
    assert unlocked.target == target
    shown(unlocked, DiagnosisPage)
    assert "Counted twice." in load_assessment(unlocked.session.workspace, target.assessment_id, "en").notes["B3"]


def test_locking_drops_key_handles_widgets_and_pictures(unlocked: MainWindow, sealed: Sealed, qtbot: QtBot) -> None:
    open_question(unlocked)
    assert FIRM in texts(unlocked)
    key = unlocked.session.key
    assert key is not None
    frame = weakref.ref(unlocked.frame)
    store = weakref.ref(unlocked.session.workspace)
    unlocked.auto_lock.due.emit()
    assert unlocked.session.key is None
    assert not unlocked.session.is_open
    qtbot.waitUntil(lambda: unlocked.jobs.is_idle, timeout=WAIT_MS)
    assert FIRM not in texts(unlocked)
    gc.collect()
    assert frame() is None
    assert store() is None
    assert [referrer for referrer in gc.get_referrers(key) if not isinstance(referrer, FrameType)] == []


def test_jobs_work_again_after_unlocking(unlocked: MainWindow, qtbot: QtBot) -> None:
    def count(workspace: Workspace, *, progress: Progress) -> int:
        progress(1, 1)
        return len(find_enterprises(workspace))

    for _ in range(2):
        with qtbot.waitSignal(unlocked.jobs.start(count).finished, timeout=WAIT_MS) as finished:
            pass
        assert finished.args == [1]
        unlocked.lock()
        give_passphrase(unlocked, qtbot)


def test_a_job_that_runs_while_the_window_locks_says_nothing_any_more(unlocked: MainWindow, qtbot: QtBot) -> None:
    def name(workspace: Workspace, *, progress: Progress) -> str:
        progress(1, 1)
        return find_enterprises(workspace)[0].name

    job = unlocked.jobs.start(name)
    with qtbot.assertNotEmitted(job.finished), qtbot.waitSignal(job.cancelled, timeout=WAIT_MS):
        unlocked.lock()
    shown(unlocked, UnlockPage)


def test_the_window_locks_when_the_system_says_that_the_person_leaves(unlocked: MainWindow) -> None:
    unlocked.auto_lock.system.leaving.emit()
    assert (unlocked.session.is_open, unlocked.target.page) == (False, "unlock")


def test_an_open_dialog_is_closed_before_the_window_locks(unlocked: MainWindow, qtbot: QtBot) -> None:
    dialog = QDialog(unlocked)
    dialog.open()
    unlocked.lock()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: unlocked.locked is not None, timeout=WAIT_MS)
    shown(unlocked, UnlockPage)


def test_a_plain_workspace_says_so_and_never_locks(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    assert window.frame.top_bar.plain.isVisible()
    assert window.frame.top_bar.plain.text() == "Not encrypted"
    window.lock()
    assert window.session.is_open
    window.frame.top_bar.plain.click()
    assert window.target.page == "settings"


def test_keys_put_the_locking_off(unlocked: MainWindow) -> None:
    unlocked.auto_lock.start()
    handle = unlocked.windowHandle()
    before = unlocked.auto_lock.last_input
    QTest.keyClick(handle, Qt.Key.Key_Down)
    assert unlocked.auto_lock.last_input > before
