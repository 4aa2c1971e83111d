"""An encrypted workspace with the demonstration factory, and windows on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from diag_app.operations.demo import fill_demo
from diag_app.operations.security import confirm_sheet, create_encrypted_workspace, unlock
from diag_app.operations.workspace import open_workspace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.page import Page
from diag_app.ui.pages.unlock import UnlockPage
from tests.ui.conftest import ACTOR, WindowMaker, collect_deleted, settle

PHRASE = "correct horse battery staple"
FIRM = "Hengxin Precision Machinery (demo firm)"
WAIT_MS = 60_000
P = TypeVar("P", bound=Page)


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A closed encrypted workspace and the words of its sheet."""

    folder: Path
    words: str


@pytest.fixture(scope="session")
def sealed_demo(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """The demonstration factory, encrypted; copy it before use."""
    folder = tmp_path_factory.mktemp("sealed") / "workspace"
    words = " ".join(create_encrypted_workspace(folder, PHRASE).words)
    confirm_sheet(folder, words)
    with open_workspace(folder, actor=ACTOR, key=unlock(folder, passphrase=PHRASE)) as workspace:
        fill_demo(workspace)
    return Sealed(folder=folder, words=words)


@pytest.fixture
def sealed(sealed_demo: Sealed, tmp_path: Path) -> Sealed:
    """An encrypted workspace of the test's own."""
    folder = tmp_path / "sealed"
    shutil.copytree(sealed_demo.folder, folder)
    return Sealed(folder=folder, words=sealed_demo.words)


@pytest.fixture
def locked(make_window: WindowMaker, sealed: Sealed) -> MainWindow:
    """A window that asks for the passphrase."""
    return make_window(sealed.folder)


@pytest.fixture
def unlocked(locked: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window in which the passphrase was given."""
    give_passphrase(locked, qtbot)
    return locked


def give_passphrase(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window, UnlockPage)
    QTest.keyClicks(page.passphrase, PHRASE)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=WAIT_MS)
    settle(window)


def shown(window: MainWindow, kind: type[P]) -> P:
    """Return the page shown, which must be of `kind`."""
    page = window.frame.page
    assert isinstance(page, kind), f"{window.target.page} is shown"
    return page


def press(window: MainWindow, *keys: Qt.Key | str, control: bool = False) -> None:
    """Press keys one after another where the focus is."""
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for key in keys:
        target = QApplication.focusWidget() or window
        if isinstance(key, str):
            QTest.keyClicks(target, key, modifier)
        else:
            QTest.keyClick(target, key, modifier)
        QApplication.processEvents()


def texts(window: MainWindow) -> str:
    """Return everything that any widget of the application says, shown or not."""
    collect_deleted()
    names = ("text", "plainText", "accessibleName", "toolTip", "windowTitle")
    found = [str(widget.property(name) or "") for widget in QApplication.allWidgets() for name in names]
    return "\n".join(found)


def tab_to(window: MainWindow, is_wanted: Callable[[QWidget], bool]) -> QWidget:
    """Press Tab until the focus is on the wanted widget."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is not None and is_wanted(focus):
            return focus
        press(window, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not lead there")
