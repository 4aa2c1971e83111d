"""A full diagnosis by keyboard alone: 15 questions, 16 scenarios, 12 files, in few key presses beside what is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from diag_app.paths import resource
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from tests.journeys.diagnosis import SHOWN_BY, check_on_disk, has_evidence
from tests.journeys.test_window_journey import ANSWERS, LEVELS, WAIT_MS, page

MOST_PRESSES = 150


class Typist:
    """Presses keys where the focus is and counts them; figures and notes are typed text and not counted."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.presses = window, 0

    def press(self, key: Qt.Key | str) -> None:
        """Press one key."""
        focus = QApplication.focusWidget() or self.window
        if isinstance(key, str):
            QTest.keyClicks(focus, key)
        else:
            QTest.keyClick(focus, key)
        self.presses += 1
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type a text into the field that has the focus."""
        for character in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, character)
        QApplication.processEvents()


def test_a_full_diagnosis_takes_few_presses(empty_case: MainWindow, qtbot: QtBot) -> None:
    window, typist = empty_case, Typist(empty_case)
    pictures = iter(sorted(resource("demo", "pictures").glob("*.*")))
    shown = page(window, DiagnosisPage)
    for question, answer in ANSWERS.items():
        assert shown.current == question
        if isinstance(answer, tuple):
            typist.press("#")
            for place, figure in enumerate(answer):
                if place:
                    typist.press(Qt.Key.Key_Tab)
                typist.write(figure)
            typist.press(Qt.Key.Key_Escape)
        else:
            for key in answer:
                typist.press(key)
        if question in SHOWN_BY:
            files = tuple(next(pictures) for _ in range(SHOWN_BY[question]))
            shown.evidence.choose_files = partial(tuple, files)
            typist.press("e")  # the system's file dialog opens; picking there is not ours
            qtbot.waitUntil(partial(has_evidence, shown, question, len(files)), timeout=WAIT_MS)
        typist.press("j")
    board = page(window, BoardPage)
    for level in LEVELS:
        typist.press(level)
        typist.press("j")
    assert board.case is not None
    assert (board.case.card.missing, len(board.case.assessment.answers.scenarios)) == ((), 16)
    assert typist.presses <= MOST_PRESSES
    check_on_disk(window)
