"""The demonstration case as the pages see it, and windows opened on one of its pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from diag_app.operations.assessment import find_assessments
from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.workspace import open_workspace
from diag_app.settings import Settings
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.case import CaseView, load_case
from diag_app.ui.pages.page import Page, Target
from tests.ui.conftest import ACTOR, SETTINGS, WindowMaker, settle

P = TypeVar("P", bound=Page)
PageOpener = Callable[..., MainWindow]


@pytest.fixture(scope="session")
def demo_case(demo_folder: Path) -> CaseView:
    """The demonstration factory's assessment, read in English."""
    with open_workspace(demo_folder, actor=ACTOR) as workspace:
        (firm,) = find_enterprises(workspace)
        (assessment,) = find_assessments(workspace, firm.enterprise_id)
        return load_case(workspace, assessment.assessment_id, "en")


@pytest.fixture
def open_page(make_window: WindowMaker, demo_workspace: Path) -> PageOpener:
    """Give an opener of windows on a page of the demonstration factory: `open_page("board", "quality")`."""

    def opened(
        page: str, item: str | None = None, *, settings: Settings = SETTINGS, size: tuple[int, int] = (1366, 690)
    ) -> MainWindow:
        window = make_window(demo_workspace, settings, size=size)
        (firm,) = find_enterprises(window.session.workspace)
        target = Target(page=page, enterprise_id=firm.enterprise_id, assessment_id=firm.assessment_id, item=item)
        window.navigate(target)
        settle(window)
        return window

    return opened


def shown(window: MainWindow, kind: type[P]) -> P:
    """Return the page shown, which must be of `kind`."""
    page = window.frame.page
    assert isinstance(page, kind), f"{window.target.page} is shown"
    return page


def press(window: MainWindow, *keys: Qt.Key | str) -> None:
    """Press keys where the focus is; a text is typed key by key."""
    for key in keys:
        focus = QApplication.focusWidget() or window
        if isinstance(key, str):
            for character in key:
                QTest.keyClicks(QApplication.focusWidget() or window, character)
        else:
            QTest.keyClick(focus, key)
        QApplication.processEvents()
