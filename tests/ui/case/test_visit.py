"""The visit in the window: guide ticked and printed, hints beside questions, workbook planned and taken in, record."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from diag_app.operations.assessment import load_assessment
from diag_app.operations.guide import load_guide
from diag_app.operations.report_facts import find_signatures
from diag_app.operations.survey import load_survey
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.profile import ProfilePage
from diag_app.ui.pages.visit import VisitPage
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import settle
from tests.visit.workbooks import filled


def assessment_id(window: MainWindow) -> str:
    return window.target.assessment_id or ""


def test_an_item_of_the_guide_is_ticked_by_space_and_kept_with_the_case(open_page: PageOpener) -> None:
    window = open_page("visit", "guide")
    page = shown(window, VisitPage)
    (first, *_) = [item for item, box in page.guide.ticks.items() if not box.isChecked()]
    press(window, Qt.Key.Key_Space)
    assert first in load_guide(window.session.workspace, assessment_id(window)).done
    press(window, "u")
    assert first not in load_guide(window.session.workspace, assessment_id(window)).done
    assert not page.guide.ticks[first].isChecked()


def test_n_goes_through_the_parts_and_every_item_can_be_reached(open_page: PageOpener) -> None:
    window = open_page("visit", "guide")
    page = shown(window, VisitPage)
    seen = set(page.guide.ticks)
    for _ in range(4):
        press(window, "n")
        seen |= set(page.guide.ticks) | set(page.guide.states)
    guide = load_guide(window.session.workspace, assessment_id(window)).guide
    assert guide is not None
    unseen = {item.item_id for item in guide.items()} - seen
    assert unseen == {entry.item_id for entry in guide.visits[1].agenda}


def test_the_state_of_a_paper_is_kept(open_page: PageOpener) -> None:
    window = open_page("visit", "guide")
    page = shown(window, VisitPage)
    press(window, "n", "n")
    assert page.guide.states["paper_equipment_list"].key == "ready"
    page.guide.paper_set.emit("paper_topology", "partly")
    papers = load_guide(window.session.workspace, assessment_id(window)).papers
    assert papers["paper_topology"].state == "partly"


@pytest.mark.parametrize(("page", "item", "words"), [("diagnosis", "B3", "IT"), ("board", "quality", "Quality")])
def test_the_guide_is_at_hand_beside_the_answer(open_page: PageOpener, page: str, item: str, words: str) -> None:
    window = open_page(page, item)
    found = window.frame.page
    assert isinstance(found, DiagnosisPage | BoardPage)
    box = found.view.guide if isinstance(found, DiagnosisPage) else found.panel.guide
    assert words in box.line.text
    assert box.line.isVisible()
    press(window, "i")
    settle(window)
    assert not box.line.isVisible()
    assert box.hints is not None
    assert box.hints.asks


def test_the_workbook_is_written_planned_and_taken_in(open_page: PageOpener, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_page("visit", "workbook")
    page = shown(window, VisitPage)
    path = tmp_path / "firm.xlsx"
    page.choose_output = lambda _suggested, _names: path
    page.choose_input = lambda _names: path
    press(window, "w")
    qtbot.waitUntil(lambda: "firm.xlsx" in page.notice.text, timeout=20_000)
    filled(path, {"tick:B6:B": "✓", "single:B5": "D", "number:equipment_total": "many"})
    press(window, "o")
    qtbot.waitUntil(lambda: page.intake.intake is not None, timeout=20_000)
    assert not page.intake.take_button.isEnabled()
    assert page.intake.partly is not None
    page.intake.partly.click()
    assert page.intake.take_button.text() == "Take in 1"
    page.intake.over["answer:B5"].click()
    assert page.intake.take_button.text() == "Take in 2"
    page.take_workbook()
    qtbot.waitUntil(lambda: page.intake.intake is None, timeout=20_000)
    options = load_assessment(window.session.workspace, assessment_id(window)).answers.options
    assert (options["B5"], options["B6"]) == (("D",), ("B",))


def test_a_workbook_that_cannot_be_taken_says_why_in_the_page(
    open_page: PageOpener, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_page("visit", "workbook")
    page = shown(window, VisitPage)
    path = tmp_path / "other.xlsx"
    path.write_bytes(b"no workbook")
    page.choose_input = lambda _names: path
    press(window, "o")
    qtbot.waitUntil(lambda: "other.xlsx" in window.frame.notice.text, timeout=20_000)
    assert page.intake.intake is None


def test_the_record_is_stored_while_typing(open_page: PageOpener) -> None:
    window = open_page("visit", "record")
    page = shown(window, VisitPage)
    press(window, "2026-03-20", Qt.Key.Key_Return)
    settle(window)
    page.record.day_fields["2026-03-20", "start"].setFocus()
    press(window, "13:30")
    page.flush()
    page.record.new_person.setFocus()
    press(window, "New Person", Qt.Key.Key_Return)
    settle(window)
    record = load_survey(window.session.workspace, assessment_id(window), "en")
    assert [(day.day, day.start) for day in record.days][-1] == ("2026-03-20", "13:30")
    assert record.people[-1].name == "New Person"
    visited = load_assessment(window.session.workspace, assessment_id(window)).visited_on
    assert visited[-1] == "2026-03-20"


def test_words_shown_in_the_other_language_are_changed_there_alone(open_page: PageOpener) -> None:
    window = open_page("visit", "record")
    page = shown(window, VisitPage)
    page.record.summary.editor.setPlainText("Confirmed.")
    page.flush()
    key = (load_survey(window.session.workspace, assessment_id(window)).people[0].participant_id, "role")
    page.record.person_fields[key].setFocus()
    page.record.person_fields[key].selectAll()
    press(window, "Owner")
    page.flush()
    said = load_survey(window.session.workspace, assessment_id(window))
    shown_now = load_survey(window.session.workspace, assessment_id(window), "en")
    assert (shown_now.summary, shown_now.people[0].role) == ("Confirmed.", "Owner")
    assert said.summary.startswith("企业确认")
    assert said.people[0].role == "总经理"


def test_the_profile_leads_to_the_visit(open_page: PageOpener) -> None:
    window = open_page("profile")
    shown(window, ProfilePage).visit_button.click()
    shown(window, VisitPage)


def test_a_signature_is_drawn_taken_back_kept_and_wiped_off(open_page: PageOpener) -> None:
    window = open_page("visit", "record")
    side = shown(window, VisitPage).signatures.sides["firm"]

    def stroke(left: int) -> None:
        QTest.mousePress(side.pad, Qt.MouseButton.LeftButton, pos=QPoint(left, 60))
        QTest.mouseMove(side.pad, QPoint(left + 40, 20))
        QTest.mouseRelease(side.pad, Qt.MouseButton.LeftButton, pos=QPoint(left + 40, 20))

    def kept() -> list[tuple[str, int]]:
        found = find_signatures(window.session.workspace, assessment_id(window))
        return [(item.name, len(item.strokes)) for item in found]

    for left in (120, 180):
        stroke(left)
    side.undo.click()
    side.name.setText("王工")
    side.keep.click()
    assert kept() == [("王工", 1)]
    assert "signed" in side.state.text() or "签字" in side.state.text()
    side.wipe.click()
    assert kept() == []
    assert side.pad.strokes == []
    stroke(120)
    side.wipe.click()
    assert not side.keep.isEnabled()
