"""The strip at the answer: pictures come in the background, what is here already is said, a folder is watched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from diag_app.operations.evidence import NewEvidence, add_evidence_files, find_evidence
from diag_app.ui import folder_desk
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.evidence import EvidencePage
from diag_app.ui.thumbnails import KEPT
from tests.evidence.photos import photo
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import settle

WAIT_MS = 20_000


@pytest.fixture
def window(open_page: PageOpener) -> MainWindow:
    return open_page("diagnosis", "B3")


def names(window: MainWindow, target: str) -> list[str]:
    found = find_evidence(window.session.workspace, str(window.target.assessment_id))
    return [item.name for item in found if target in item.targets]


def test_pictures_come_in_the_background_and_are_written_nowhere(
    window: MainWindow, demo_workspace: Path, qtbot: QtBot
) -> None:
    before = {path for path in demo_workspace.rglob("*") if path.is_file()}
    page = shown(window, DiagnosisPage)
    items = [row.evidence for row in page.view.evidence.model.rows]
    qtbot.waitUntil(
        lambda: all(window.evidence.thumbnails.picture(item) is not None for item in items), timeout=WAIT_MS
    )
    assert 0 < window.evidence.thumbnails.count <= KEPT
    assert {path for path in demo_workspace.rglob("*") if path.is_file()} <= before
    window.evidence.thumbnails.clear()
    assert window.evidence.thumbnails.count == 0


def test_enter_opens_the_item_among_those_of_its_answer(window: MainWindow) -> None:
    view = shown(window, DiagnosisPage).view.evidence.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0))
    press(window, Qt.Key.Key_Return)
    page = shown(window, EvidencePage)
    assert page.item == page.ring[1]


def test_what_is_not_here_yet_is_said_in_words(window: MainWindow, qtbot: QtBot) -> None:
    workspace, assessment = window.session.workspace, str(window.target.assessment_id)
    new = NewEvidence(name="late.csv", data=b"1,2", targets=("B3",))
    [late] = add_evidence_files(workspace, assessment, [new])
    workspace.store.blob_path(late.sha256).unlink()
    page = shown(window, DiagnosisPage)
    page.refresh()
    model = page.view.evidence.model
    qtbot.waitUntil(lambda: not window.evidence.thumbnails.is_here(late), timeout=WAIT_MS)
    assert model.words_of(model.rows[-1]).endswith("not here yet")


def test_a_file_that_is_here_already_is_linked_and_the_page_says_so(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(window, DiagnosisPage)
    path = tmp_path / "a.jpg"
    path.write_bytes(photo())
    for question in ("B3", "B4"):
        page.show_question(question)
        with qtbot.waitSignal(page.evidence.add(str(window.target.assessment_id), question, [path]).finished):
            pass
        settle(window)
    notice = page.view.evidence.notice
    assert not notice.isHidden()
    assert notice.text.startswith("Here already, linked to this answer: E-0")
    assert "a.jpg" in names(window, "B4")
    page.show_question("B3")
    assert page.view.evidence.notice.isHidden()


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    os.utime(path, (5, 5))
    return path


def test_new_pictures_of_a_watched_folder_land_on_the_open_answer(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = tmp_path / "DCIM"
    card.mkdir()
    put(card, "old.jpg", photo(1))
    page = shown(window, DiagnosisPage)
    strip = page.view.evidence
    assert page.watch_line.isHidden()
    strip.choose_folder = lambda: card
    strip.watch_button.click()
    looks(window, qtbot)
    assert page.watch_line.isVisible()
    assert page.watch_line.text == "Watching DCIM: new pictures land on this answer. Taken so far: 0."
    assert strip.watch_button.isHidden()
    put(card, "new.jpg", photo(2))
    takes(window, qtbot, 1)
    assert "new.jpg" in names(window, "B3")
    window.frame.page.go("board", "quality")  # type: ignore[union-attr]
    shown(window, BoardPage)
    put(card, "second.jpg", photo(3))
    put(card, "torn.jpg", photo(4)[:900])
    takes(window, qtbot, 2)
    assert "second.jpg" in names(window, "quality")
    assert {"old.jpg", "torn.jpg"}.isdisjoint(names(window, "B3") + names(window, "quality"))
    assert "torn.jpg" in window.frame.notice.text
    card.rename(tmp_path / "away")
    looks(window, qtbot)
    assert "DCIM" in page.watch_line.text
    assert watched(window).problem is not None
    (tmp_path / "away").rename(card)
    looks(window, qtbot)
    assert watched(window).problem is None
    page.watch_line.stop.click()
    assert watched(window).folder is None
    assert not window.jobs.is_busy


def watched(window: MainWindow) -> folder_desk.FolderDesk:
    return window.evidence.folder


def looks(window: MainWindow, qtbot: QtBot) -> None:
    """Have the folder looked at once, now."""
    qtbot.waitUntil(lambda: not window.evidence.folder._is_looking, timeout=WAIT_MS)
    window.evidence.folder.look()
    qtbot.waitUntil(lambda: not window.evidence.folder._is_looking, timeout=WAIT_MS)
    settle(window)


def takes(window: MainWindow, qtbot: QtBot, count: int) -> None:
    looks(window, qtbot)
    looks(window, qtbot)
    qtbot.waitUntil(lambda: window.evidence.folder.taken == count, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=WAIT_MS)
    settle(window)


def test_another_workspace_is_watched_for_nothing(
    window: MainWindow, demo_workspace: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.evidence.folder.start(tmp_path)
    window.open_workspace(demo_workspace)
    assert window.evidence.folder.folder is None
    assert QApplication.instance() is not None
    assert folder_desk._LOOK_MS >= 1000
