"""Going to and fro costs nothing that stays: neither widgets nor memory."""

from __future__ import annotations

import gc
from pathlib import Path

from PySide6.QtWidgets import QApplication

from diag_app.ui.pages.diagnosis import DiagnosisPage
from tests.accessibility.walk import calm, show, walk
from tests.ui.conftest import WindowMaker

CHANGES, LIMIT_MB = 200, 20


def test_200_changes_of_section_leave_nothing_behind(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    page = show(window, "diagnosis", "B1")
    assert isinstance(page, DiagnosisPage)
    assert page.case is not None
    questions = [question.question_id for question in page.case.pack.questions]
    change(page, questions, len(questions) * 2)
    widgets, memory = len(QApplication.allWidgets()), resident_mb()
    change(page, questions, CHANGES)
    assert len(QApplication.allWidgets()) <= widgets
    assert resident_mb() - memory <= LIMIT_MB


def test_seeing_every_page_again_makes_no_new_widgets(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    counts = []
    for _ in range(3):
        for _ in walk(window):
            calm()
        show(window, "firms")
        calm()
        counts.append(len(QApplication.allWidgets()))
    assert counts[2] <= counts[1]


def change(page: DiagnosisPage, questions: list[str], times: int) -> None:
    for number in range(times):
        page.show_question(questions[number % len(questions)])
        calm()
    gc.collect()


def resident_mb() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1000
