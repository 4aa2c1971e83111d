"""What is typed or drawn stays while something else is stored; a stored value that changed is shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from diag_app.i18n import Translator
from diag_app.model.drawn_signature import DrawnSignature
from diag_app.operations.plan import taken_plan
from diag_app.operations.workspace import open_workspace
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import local_time
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.ask_line import AskLine
from diag_app.ui.widgets.numbers_strip import NumbersStrip
from diag_app.ui.widgets.roadmap import Roadmap
from diag_app.ui.widgets.signature_card import SignatureSide
from tests.ui.conftest import ACTOR

SIGNED = DrawnSignature(
    signer="firm", name="王工", strokes=(((1, 1), (9, 9)),), at="2026-03-12T23:20:00+00:00", by="李", signed_on="ab"
)


@pytest.fixture
def light(application: object) -> Theme:
    return Theme("light")


def test_figures_of_a_question(light: Theme, english: Translator, demo_case: CaseView, qtbot: QtBot) -> None:
    question = demo_case.pack.question("B2")
    strip = NumbersStrip(demo_case.pack, question, light, english)
    qtbot.addWidget(strip)
    typed, other = (strip.fields[number_id] for number_id in question.numbers[:2])
    typed_id, other_id = question.numbers[:2]
    strip.show_numbers({typed_id: Decimal(60), other_id: Decimal(80)}, None)
    typed.setText("7")
    strip.show_numbers({typed_id: Decimal(60), other_id: Decimal(90)}, None)
    assert (typed.text(), other.text()) == ("7", "90")
    typed.flush()
    strip.show_numbers({typed_id: Decimal(7), other_id: Decimal(90)}, None)
    strip.show_numbers({typed_id: Decimal(60), other_id: Decimal(90)}, None)
    assert (typed.text(), other.text()) == ("60", "90")


def test_dates_of_the_roadmap(
    light: Theme, english: Translator, demo_case: CaseView, demo_workspace: Path, qtbot: QtBot
) -> None:
    with open_workspace(demo_workspace, actor=ACTOR) as workspace:
        taken = taken_plan(workspace, demo_case.assessment.assessment_id)
    assert taken is not None
    plan, dates = taken.plan, replace(taken.chosen, start_on="2026-04-01", trial_weeks=4)
    roadmap = Roadmap(light, english)
    qtbot.addWidget(roadmap)
    roadmap.show_plan(plan, {}, dates)
    roadmap.start.setText("2026-05-0")
    roadmap.trial.setText("6.5")
    roadmap.trial.flush()
    assert roadmap.fault.text()
    roadmap.show_plan(plan, {}, replace(dates, trial_weeks=5))
    assert (roadmap.start.text(), roadmap.trial.text()) == ("2026-05-0", "5")
    roadmap.start.setText("2026-05-04")
    roadmap.flush()
    roadmap.show_plan(plan, {}, replace(dates, start_on="2026-05-04"))
    roadmap.show_plan(plan, {}, dates)
    assert (roadmap.start.text(), roadmap.fault.text()) == (dates.start_on, "")


def test_a_signature_drawn_anew_over_the_one_on_record(light: Theme, english: Translator, qtbot: QtBot) -> None:
    side = SignatureSide(light, english, "firm", "Firm")
    qtbot.addWidget(side)
    side.show_signature(SIGNED)
    assert side.state.text() == f"signed {local_time(SIGNED.at)}"
    side.pad.wipe()
    side.pad.strokes.append([(5.0, 5.0), (6.0, 6.0)])
    side.name.setText("赵工")
    side.show_signature(replace(SIGNED, holds=False))
    assert (side.name.text(), side.pad.strokes) == ("赵工", [[(5.0, 5.0), (6.0, 6.0)]])
    assert "to be signed again" in side.state.text()
    side.show_signature(replace(SIGNED, at="2026-03-13T08:00:00+00:00"))
    assert (side.name.text(), side.pad.strokes) == ("王工", [[(1.0, 1.0), (9.0, 9.0)]])
    side.show_signature(None)
    assert side.pad.strokes == []
    side.pad.strokes.append([(5.0, 5.0)])
    side.show_signature(None)
    assert side.pad.strokes != []
    side.forget()
    assert (side.name.text(), side.pad.strokes) == ("", [])


def test_enter_on_cancel_answers_no_question(light: Theme, english: Translator, qtbot: QtBot) -> None:
    line = AskLine(light, english)
    qtbot.addWidget(line)
    answers: list[str] = []

    def asked(text: str, focus: QWidget, key: Qt.Key) -> bool:
        """Return whether the question is over once it was answered so."""
        with qtbot.waitActive(line):
            line.ask("Who took it?", "Handed over", answers.append)
            line.activateWindow()
        line.field.setText(text)
        focus.setFocus()
        QTest.keyClick(focus, key)
        return line.isHidden()

    assert asked("Wang", line.leave, Qt.Key.Key_Return)
    assert asked("Wang", line.leave, Qt.Key.Key_Space)
    assert asked("Wang", line.field, Qt.Key.Key_Escape)
    assert not asked("", line.field, Qt.Key.Key_Return)
    assert answers == []
    assert asked("Wang", line.field, Qt.Key.Key_Return)
    assert asked("Li", line.button, Qt.Key.Key_Enter)
    assert answers == ["Wang", "Li"]
