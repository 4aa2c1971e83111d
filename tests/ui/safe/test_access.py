"""The ways into an encrypted workspace: another passphrase, another sheet, plain copies gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from diag_app.errors import DiagError
from diag_app.operations.security import encrypt_workspace, key_status, plain_copies, unlock
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.access import AccessPage
from diag_app.ui.pages.page import Target
from diag_app.ui.widgets.buttons import Button
from tests.ui.conftest import SETTINGS, WindowMaker, settle
from tests.ui.safe.conftest import PHRASE, WAIT_MS, Sealed, press, shown, tab_to

OTHER = "another four quiet words"


def open_access(window: MainWindow) -> AccessPage:
    window.navigate(Target(page="access"))
    settle(window)
    return shown(window, AccessPage)


def test_another_passphrase_opens_instead_of_the_old_one(unlocked: MainWindow, sealed: Sealed, qtbot: QtBot) -> None:
    page = open_access(unlocked)
    for text in (OTHER, OTHER):
        press(unlocked, text)
        press(unlocked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "new passphrase" in page.notice.text, timeout=WAIT_MS)
    assert unlock(sealed.folder, passphrase=OTHER) == unlocked.session.key
    assert unlock(sealed.folder, words=sealed.words) == unlocked.session.key
    with pytest.raises(DiagError, match="PASSPHRASE_WRONG"):
        unlock(sealed.folder, passphrase=PHRASE)


def test_a_short_passphrase_changes_nothing(unlocked: MainWindow, sealed: Sealed, qtbot: QtBot) -> None:
    page = open_access(unlocked)
    for text in ("short", "short"):
        press(unlocked, text)
        press(unlocked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "too short" in page.passphrase.message, timeout=WAIT_MS)
    assert unlock(sealed.folder, passphrase=PHRASE) == unlocked.session.key


def test_a_new_sheet_takes_the_place_of_the_old_one(unlocked: MainWindow, sealed: Sealed) -> None:
    page = open_access(unlocked)
    tab_to(unlocked, lambda focus: focus is page.renew)
    press(unlocked, Qt.Key.Key_Space)
    words = page.sheet.words
    unlocked.navigate(Target(page="firms"))
    assert unlocked.frame.page is page
    press(unlocked, Qt.Key.Key_Space)
    for place, field in zip(page.sheet.check.places, page.sheet.check.fields, strict=True):
        field.setText(words[place - 1])
        press(unlocked, Qt.Key.Key_Return)
    assert not page.is_held
    assert key_status(sealed.folder).is_sheet_confirmed
    assert unlock(sealed.folder, words=" ".join(words)) == unlocked.session.key
    with pytest.raises(DiagError, match="SHEET_WRONG"):
        unlock(sealed.folder, words=sealed.words)


def test_plain_backups_from_before_are_named_and_removed_on_request(
    make_window: WindowMaker, demo_workspace: Path
) -> None:
    made = encrypt_workspace(demo_workspace, PHRASE)
    window = make_window(demo_workspace)
    window.open_workspace(demo_workspace, unlock(demo_workspace, words=" ".join(made.sheet.words)))
    page = open_access(window)
    assert made.backup.exists()
    assert "1 backup from before" in page.copies.text()
    tab_to(window, lambda focus: focus is page.remove)
    press(window, Qt.Key.Key_Space)
    assert plain_copies(demo_workspace) == ()
    assert not made.backup.exists()
    assert not page.remove.isVisible()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(1366, 690), (1280, 640)])
def test_no_text_is_cut_on_the_pages_of_an_encrypted_workspace(
    make_window: WindowMaker, sealed: Sealed, language: Literal["en", "zh"], size: tuple[int, int]
) -> None:
    window = make_window(sealed.folder, replace(SETTINGS, language=language), size=size)
    cut = _cut(window)
    window.open_workspace(sealed.folder, unlock(sealed.folder, words=sealed.words))
    for page in ("settings", "access", "safe"):
        window.navigate(Target(page=page))
        settle(window)
        cut += _cut(window)
    assert cut == []


def _cut(window: MainWindow) -> list[str]:
    found = []
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | Button) and widget.isVisible() and widget.text():
            wraps = isinstance(widget, QLabel) and widget.wordWrap()
            need = widget.heightForWidth(widget.width()) if wraps else widget.sizeHint().height()
            if need > widget.height() or (not wraps and widget.sizeHint().width() > widget.width()):
                found.append(f"{window.target.page}: {widget.text()!r}")
    return found
