"""The whole main job through the window, by keyboard alone: from the first start to a verified bundle on the disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from diag_app.operations.assessment import load_assessment, score_assessment
from diag_app.operations.bundle import verify_bundle
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.evidence import find_evidence
from diag_app.operations.need import find_needs
from diag_app.operations.proposal import find_proposals, verify_proposal
from diag_app.operations.security import unlock
from diag_app.operations.workspace import open_workspace
from diag_app.paths import resource
from diag_app.settings import Settings
from diag_app.ui.app import build_application, open_window
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.needs import NeedsPage
from diag_app.ui.pages.page import Page
from diag_app.ui.pages.path import PathPage
from diag_app.ui.pages.proposal import ProposalPage
from diag_app.ui.pages.protect import ProtectPage

# Either the figures of a question in the order of its fields, or the digits to press.
ANSWERS: dict[str, tuple[str, ...] | str] = {
    "B1": "23",
    "B2": ("120", "66"),
    "B3": ("120", "50"),
    "B4": "4579DG",
    "B5": "3",
    "B6": "2",
    "B7": "235",
    "M1": "4",
    "M2": "34",
    "M3": "24",
    "M4": ("75.3", "5980"),
    "R1": ("412.6", "6240", "421.5", "5990"),
    "R2": ("97.8", "97.8"),
    "R3": "3",
    "R4": "1",
}
LEVELS = "2120123211211221"
WAIT_MS = 120_000
PHRASE = "vier ruhige Pferde 88"

P = TypeVar("P", bound=Page)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window as it comes up at the very first start, with a home of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    build_application([])
    made = open_window(Settings(language="en"), None)
    made.resize(1366, 690)
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(window: MainWindow, key: Qt.Key, *, control: bool = False, alt: bool = False) -> None:
    """Press one key where the focus is."""
    modifiers = Qt.KeyboardModifier.NoModifier
    modifiers |= Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    modifiers |= Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(focus(window), key, modifiers)
    QApplication.processEvents()


def write(window: MainWindow, text: str) -> None:
    """Press the keys of `text` where the focus is, one by one."""
    for character in text:
        QTest.keyClicks(focus(window), character)
    QApplication.processEvents()


def focus(window: MainWindow) -> QWidget:
    return QApplication.focusWidget() or window


def page(window: MainWindow, kind: type[P]) -> P:
    shown = window.frame.page
    assert isinstance(shown, kind), f"{window.target.page} is shown"
    return shown


def test_a_case_from_the_first_start_to_the_bundle(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    begin(window, qtbot)
    answer_questions(window)
    rate_scenarios(window)
    add_evidence(window, qtbot)
    record_need(window)
    excuse_the_missing_path(window, qtbot)
    folder = issue(window, qtbot, tmp_path / "issued")
    bundle = deliver(window, qtbot, tmp_path / "stick" / "case.zip")
    directory, target = window.session.workspace.directory, window.target
    window.close()
    check_on_disk(directory, str(target.enterprise_id), str(target.assessment_id), folder, bundle)


def begin(window: MainWindow, qtbot: QtBot) -> None:
    assert window.target.page == "first_run"
    write(window, "Wang")
    press(window, Qt.Key.Key_Tab)
    write(window, "Example Consulting")
    while focus(window).property("text") != "Add the first firm":
        press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Space)
    protect(window, qtbot)
    assert window.target.page == "new_firm"
    write(window, "Example Castings")
    press(window, Qt.Key.Key_Return, control=True)
    assert window.target.page == "profile"
    press(window, Qt.Key.Key_Return, control=True)
    assert window.target.page == "diagnosis"


def protect(window: MainWindow, qtbot: QtBot) -> None:
    """Encrypt the new workspace, and type back from the sheet what is asked."""
    shown = page(window, ProtectPage)
    write(window, PHRASE)
    press(window, Qt.Key.Key_Return)
    write(window, PHRASE)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shown.sheet.words), timeout=WAIT_MS)
    words = shown.sheet.words
    press(window, Qt.Key.Key_Space)
    for place in shown.sheet.check.places:
        write(window, words[place - 1])
        press(window, Qt.Key.Key_Return)


def answer_questions(window: MainWindow) -> None:
    shown = page(window, DiagnosisPage)
    for question_id, answer in ANSWERS.items():
        assert shown.current == question_id
        if isinstance(answer, tuple):
            write(window, "#")
            for place, figure in enumerate(answer):
                if place:
                    press(window, Qt.Key.Key_Tab)
                press(window, Qt.Key.Key_A, control=True)
                write(window, figure)
            press(window, Qt.Key.Key_Escape)
        else:
            write(window, answer)
        if question_id == "B3":
            write(window, "N")
            write(window, "Counted on the floor, 50 of 120.")
            press(window, Qt.Key.Key_Escape)
        write(window, "j")


def rate_scenarios(window: MainWindow) -> None:
    shown = page(window, BoardPage)
    for level in LEVELS:
        write(window, level)
        press(window, Qt.Key.Key_Down)
    assert shown.case is not None
    assert not shown.case.card.missing
    assert len(shown.case.assessment.answers.scenarios) == len(LEVELS)


def add_evidence(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_Escape)
    shown = page(window, DiagnosisPage)
    while shown.current != "B3":
        write(window, "k")
    shown.evidence.choose_files = lambda: (resource("demo", "pictures", "01-equipment-list.jpg"),)
    write(window, "e")
    qtbot.waitUntil(lambda: shown.case is not None and len(shown.case.evidence_of("B3")) == 1, timeout=WAIT_MS)


def record_need(window: MainWindow) -> None:
    press(window, Qt.Key.Key_3, alt=True)
    shown = page(window, NeedsPage)
    write(window, "+")
    press(window, Qt.Key.Key_Return)
    write(window, "The night shift always misses some.")
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Escape)
    write(window, "b")
    press(window, Qt.Key.Key_Return)
    write(window, "3.75")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Tab)
    assert shown.case is not None
    need = shown.case.needs[0]
    assert need.owner_words == "The night shift always misses some."
    assert need.barrier == "unwilling"
    assert [str(metric.value) for metric in need.metrics] == ["3.75"]


def excuse_the_missing_path(window: MainWindow, qtbot: QtBot) -> None:
    """Type once, on the path page that the problem of the proposal leads to, why the need goes out without a path."""
    press(window, Qt.Key.Key_5, alt=True)
    shown = page(window, ProposalPage)
    qtbot.waitUntil(lambda: "en" in shown.rendered and shown.job is None, timeout=WAIT_MS)
    assert [row.blocks for row in shown.problems.problems.rows if row.target == "plan"] == [True]
    press(window, Qt.Key.Key_4, alt=True)
    loose = page(window, PathPage).loose
    (reason,) = loose.fields.values()
    while focus(window) is not reason:
        press(window, Qt.Key.Key_Tab)
    write(window, "The owner decides on the budget in spring.")
    press(window, Qt.Key.Key_Return)


def issue(window: MainWindow, qtbot: QtBot, folder: Path) -> Path:
    folder.mkdir()
    press(window, Qt.Key.Key_5, alt=True)
    shown = page(window, ProposalPage)
    qtbot.waitUntil(lambda: "en" in shown.rendered, timeout=WAIT_MS)
    assert shown.view.page_count > 5
    press(window, Qt.Key.Key_PageDown)
    assert shown.view.page == 2
    write(window, "l")
    shown.choose_folder = lambda: folder
    press(window, Qt.Key.Key_I, control=True)
    qtbot.waitUntil(lambda: "printed as" in shown.notice.text, timeout=WAIT_MS)  # a picture without caption
    press(window, Qt.Key.Key_I, control=True)
    qtbot.waitUntil(lambda: len(list(folder.glob("*.pdf"))) == 2 and shown.issued.isVisible(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: shown.job is None, timeout=WAIT_MS)
    return folder


def deliver(window: MainWindow, qtbot: QtBot, bundle: Path) -> Path:
    bundle.parent.mkdir()
    press(window, Qt.Key.Key_6, alt=True)
    shown = page(window, DeliveryPage)
    shown.choose_target = lambda _suggested: bundle
    write(window, "b")
    qtbot.waitUntil(lambda: shown.exports.rowCount() == 1, timeout=WAIT_MS)
    assert "verified" in shown.notice.text
    assert shown.exports.cell(shown.exports.rows[0], 5) == "prepared"
    return bundle


def check_on_disk(directory: Path, enterprise_id: str, assessment_id: str, folder: Path, bundle: Path) -> None:
    """Everything is there for a second process that knows nothing of the window."""
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
    assert [problem for problem in verify_bundle(bundle) if problem.severity == "error"] == []
    key = unlock(directory, passphrase=PHRASE)
    with open_workspace(directory, create=False, key=key) as workspace:
        assert load_enterprise(workspace, enterprise_id).profile.name == "Example Castings"
        assert load_assessment(workspace, assessment_id).notes["B3"] == "Counted on the floor, 50 of 120."
        card = score_assessment(workspace, assessment_id)
        assert (card.missing, card.level) == ((), 2)
        assert [item.targets for item in find_evidence(workspace, assessment_id)] == [("B3",)]
        assert len(find_needs(workspace, assessment_id)) == 1
        assert len(find_proposals(workspace, assessment_id)) == 1
        for path in folder.glob("*.pdf"):
            issued, problems = verify_proposal(workspace, path)
            assert issued is not None
            assert problems == ()
