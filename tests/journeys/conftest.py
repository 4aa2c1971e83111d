"""Windows for journeys through a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.workspace import open_workspace
from diag_app.ui.app import build_application, open_window
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.page import Target
from tests.ui.conftest import ACTOR, SETTINGS


@pytest.fixture
def empty_case(tmp_path: Path) -> Iterator[MainWindow]:
    """A window on the first question of a firm that was just added."""
    folder = tmp_path / "workspace"
    with open_workspace(folder, actor=ACTOR) as workspace:
        firm = add_enterprise(workspace, EnterpriseProfile(name="示例铸造")).enterprise_id
    build_application([])
    made = open_window(SETTINGS, folder)
    made.resize(1366, 690)
    made.show()
    made.activateWindow()
    made.navigate(Target(page="diagnosis", enterprise_id=firm))
    QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
