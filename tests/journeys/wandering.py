"""Somebody who answers here and there, switches sections, closes and comes back; and what must be stored then.

`python -m tests.journeys.wandering FOLDER ASSESSMENT SEED` wanders until it is killed, and prints after each step what
the window showed as stored.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from diag_app.forms.definition import Pack
from diag_app.operations.assessment import load_assessment
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.ui.app import build_application, open_window
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.figures import OPTION_KEYS
from diag_app.ui.models.what_if import after_press
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.page import Target
from tests.ui.conftest import ACTOR, SETTINGS

Step = tuple[str, str, int]  # what is done, where, and with which option or level


@dataclass
class Stored:
    """Answers as they should be: what the wanderer did, by the rules a person knows."""

    options: dict[str, tuple[str, ...]] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Return all of it as one line."""
        return json.dumps([self.options, self.levels, self.notes], sort_keys=True, ensure_ascii=False)


class Wanderer:
    """Does steps in a window and knows what must be stored after each."""

    def __init__(self, folder: Path, enterprise_id: str, assessment_id: str) -> None:
        self.folder, self.enterprise_id, self.assessment_id = folder, enterprise_id, assessment_id
        self.expected = Stored()
        build_application([])
        self.window = self._opened()

    def do(self, step: Step) -> None:
        """Do one step, by keys where a person would use keys."""
        kind, where, number = step
        if kind == "reopen":
            self.window.close()
            self.window.deleteLater()
            self.window = self._opened()
        elif kind == "rate":
            self._go("board", where)
            QTest.keyClicks(self._focus(), str(number % 5))
            self.expected.levels[where] = number % 5
        else:
            question = self._go("diagnosis", where)
            assert isinstance(question, DiagnosisPage)
            if kind == "choose":
                self._choose(question, number)
            elif kind == "note":
                self._note(question, number)
            elif kind == "next":
                QTest.keyClicks(self._focus(), "jk"[number % 2])
        self._calm()

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.window.deleteLater()

    def shown(self) -> str:
        """Return what the window shows as stored, read anew by the page that is open."""
        page = self.window.frame.page
        assert isinstance(page, DiagnosisPage | BoardPage)
        assert page.case is not None
        answers = page.case.recorded.answers
        levels = {key: answer.level for key, answer in answers.scenarios.items() if answer.level is not None}
        notes = {key: text.strip() for key, text in page.case.recorded.notes.items()}
        return Stored(dict(answers.options), levels, notes).text()

    def _opened(self) -> MainWindow:
        window = open_window(SETTINGS, self.folder)
        window.resize(1366, 690)
        window.show()
        window.activateWindow()
        QApplication.processEvents()
        self.window = window
        self._go("diagnosis", "")
        return window

    def _choose(self, page: DiagnosisPage, number: int) -> None:
        question = page.view.question
        position = number % len(question.options)
        QTest.keyClicks(self._focus(), OPTION_KEYS[position].lower())
        before = self.expected.options.get(question.question_id, ())
        after = after_press(question, before, question.options[position].key)
        order = [option.key for option in question.options if option.key in after]
        if order:
            self.expected.options[question.question_id] = tuple(order)
        else:
            self.expected.options.pop(question.question_id, None)

    def _note(self, page: DiagnosisPage, number: int) -> None:
        QTest.keyClicks(self._focus(), "n")
        for character in f"n{number} ":
            QTest.keyClicks(self._focus(), character)
        QTest.keyClick(self._focus(), Qt.Key.Key_Escape)
        text = page.view.note.text()
        self.expected.notes[page.current] = text.strip()

    def _go(self, page: str, item: str) -> object:
        case = Target(page=page, enterprise_id=self.enterprise_id, assessment_id=self.assessment_id)
        self.window.navigate(replace(case, item=item or None))
        self._calm()
        return self.window.frame.page

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _calm(self) -> None:
        for _ in range(3):
            QApplication.processEvents()


def stored(workspace: Workspace, assessment_id: str) -> str:
    """Return what is stored, as another program reads it."""
    assessment = load_assessment(workspace, assessment_id)
    answers = assessment.answers
    levels = {key: answer.level for key, answer in answers.scenarios.items() if answer.level is not None}
    notes = {key: text.strip() for key, text in assessment.notes.items()}
    return Stored(dict(answers.options), levels, notes).text()


def steps(pack: Pack, seed: int) -> Iterator[Step]:
    """Give steps without end, drawn from a seed."""
    draw = random.Random(seed)  # noqa: S311 - a walk, no secret
    questions = [question.question_id for question in pack.questions]
    scenarios = [scenario.scenario_id for scenario in pack.scenarios]
    while True:
        kind = draw.choice(("choose", "choose", "choose", "note", "next", "rate"))
        yield kind, draw.choice(scenarios if kind == "rate" else questions), draw.randrange(60)


def main(folder: Path, enterprise_id: str, assessment_id: str, seed: int) -> None:
    """Wander until killed."""
    wanderer = Wanderer(folder, enterprise_id, assessment_id)
    pack = wanderer.window.session.workspace.pack()
    for step in steps(pack, seed):
        wanderer.do(step)
        sys.stdout.write(wanderer.shown() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with open_workspace(Path(sys.argv[1]), actor=ACTOR, create=False) as found:
        (firm,) = found.store.entities("enterprise")
    main(Path(sys.argv[1]), firm.entity_id, sys.argv[2], int(sys.argv[3]))
