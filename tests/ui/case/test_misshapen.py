"""A case into which a bundle brought any value at all: every page opens and shows what can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.workspace import open_workspace
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.registry import PAGES
from tests.operations.misshapen import ODD, Intruder, each_of
from tests.ui.conftest import ACTOR, WindowMaker, settle

LISTED = sorted(set(PAGES) - {"unlock"})


@pytest.mark.heavy
@pytest.mark.parametrize("odd", [tuple(ODD.values()), (None,), (5,)], ids=["any", "null", "number"])
def test_every_page_opens(
    make_window: WindowMaker, demo_workspace: Path, tmp_path: Path, qtbot: QtBot, odd: tuple[object, ...]
) -> None:
    with open_workspace(demo_workspace, actor=ACTOR) as workspace:
        [row] = find_enterprises(workspace)
        case = row.enterprise_id
        Intruder(tmp_path, workspace, case).brings(each_of(*odd))
        assessments = [view.entity_id for view in workspace.store.entities("assessment", case=case)]
    window = make_window(demo_workspace)
    for assessment in assessments:
        for page in LISTED:
            window.navigate(Target(page=page, enterprise_id=case, assessment_id=assessment))
            settle(window)
            qtbot.waitUntil(lambda: QThreadPool.globalInstance().activeThreadCount() == 0, timeout=20_000)
            settle(window)
