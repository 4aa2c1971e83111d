"""A newer version of the method is offered in the window, says what it would change, moves, and is undone."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from diag_app.operations.assessment import load_assessment
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.upgrade import UpgradePage
from diag_app.ui.widgets.fact_rows import FactRows
from tests.operations.test_upgrade import NEW, OLD, with_next_version
from tests.ui.case.conftest import PageOpener, shown
from tests.ui.conftest import settle

DROPPED = """
from = "1.0.0"
dropped = ["B1"]
[options.B5]
C = ["B"]
[factors]
energy_previous_tce = 10
"""


def pack_of(window: MainWindow) -> str:
    return load_assessment(window.session.workspace, window.target.assessment_id or "").pack


def values_of(page: UpgradePage) -> list[QLabel]:
    return [value for row in page.findChildren(FactRows) if row.isVisibleTo(page) for value in row._values]


def told(page: UpgradePage) -> list[str]:
    return [value.text() for value in values_of(page)]


def test_a_newer_version_is_offered_looked_at_moved_to_and_undone(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B1")
    assert not shown(window, DiagnosisPage).newer.isVisible()
    with_next_version(window.session.workspace, DROPPED)
    questions = window.session.workspace.directory / "packs" / "miit-sme-2024" / "2.0.0" / "questions.toml"
    questions.write_text(questions.read_text(encoding="utf-8").replace("'Network'", "'Networks'"), encoding="utf-8")
    here = window.target
    window.navigate(replace(here, page="needs", item=None))
    window.navigate(here)
    notice = shown(window, DiagnosisPage).newer
    assert notice.text == "Version 2.0.0 of the method is installed here."
    ((_, look),) = notice.links
    look()
    settle(window)
    page = shown(window, UpgradePage)
    assert page.plan is not None
    before = page.plan.score_here.level
    assert page.versions.text() == f"{OLD} → {NEW}"
    assert told(page)[0].startswith(f"{before} → ")
    assert any(words.startswith("C ") and "→ B " in words for words in told(page)), "B5 is read otherwise"
    assert any(words.startswith("B ") and "→" not in words for words in told(page)), "B1 has no place there"
    assert len({value.mapTo(page, QPoint()).x() for value in values_of(page)}) == 1, "one column through all cards"
    assert pack_of(window) == OLD, "looking moves nothing"
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert pack_of(window) == NEW
    assert page.notice.text == "Moved to version 2.0.0. Undo moves it back."
    assert page.empty.isVisible()
    assert not page.move_button.isVisible()
    window.navigate(here)
    settle(window)
    diagnosis = shown(window, DiagnosisPage)
    assert not diagnosis.newer.isVisible()
    assert (diagnosis.current, diagnosis.view.question.name.en) == ("B1", "Networks")
    window.undo()
    settle(window)
    assert pack_of(window) == OLD
    assert (diagnosis.current, diagnosis.view.question.name.en) == ("B1", "Network"), "no question of the other version"
    assert diagnosis.newer.isVisible()


def test_without_a_newer_version_nothing_can_be_moved(open_page: PageOpener) -> None:
    window = open_page("upgrade")
    page = shown(window, UpgradePage)
    assert page.empty.isVisible()
    page.move_on()
    assert pack_of(window) == OLD
