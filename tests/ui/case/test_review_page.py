"""The reviewer's page, by keyboard; and the hand-over of a case in the window."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from diag_app.forms.answers_file import parse_answers
from diag_app.i18n import Translator
from diag_app.model.actor import Actor
from diag_app.operations.assessment import load_assessment, record_answers
from diag_app.operations.contradictions import rule_sets
from diag_app.operations.handover import find_custody, hand_over, take_over_bundle
from diag_app.operations.review import load_review
from diag_app.operations.roles import record_said
from diag_app.operations.workspace import open_workspace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.review import OPEN, VERIFIED, ReviewModel, review_rows
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.findings import FindingsPage
from diag_app.ui.pages.review import ReviewPage
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import settle

WAIT_MS = 20_000


def verified(window: MainWindow) -> set[str]:
    review = load_review(window.session.workspace, window.target.assessment_id or "")
    return {tick.target for tick in review.ticks if tick.holds}


def test_every_answer_stands_with_its_evidence_and_state(demo_case: CaseView, english: Translator) -> None:
    model = ReviewModel(english)
    rows = {row.target: row for row in review_rows(demo_case, english)}
    assert len(rows) == len(demo_case.pack.questions) + len(demo_case.pack.scenarios)
    told = {
        target: (row.answer, row.points, row.evidence, row.needed, row.comments, model.cell(row, VERIFIED))
        for target, row in rows.items()
        if target in ("B1", "B4", "B6", "M4", "quality", "after_sales", "safety")
    }
    assert told == {
        "B1": ("B C", "4.00", 2, 1, 0, "verified"),
        "B4": ("D E G I L N", "4.20", 0, 1, 1, "lacks evidence"),
        "B6": ("–", "0.00", 0, 0, 0, "–"),
        "M4": ("A", "0.00", 1, 0, 0, "to verify"),
        "quality": ("level 3", "", 2, 1, 0, "verified"),
        "after_sales": ("level 0", "", 0, 0, 0, "to verify"),
        "safety": ("level 1", "", 0, 1, 0, "lacks evidence"),
    }
    assert "rule" in model.cell(rows["B4"], OPEN)


def test_a_reviewer_goes_through_the_answers_by_keyboard(open_page: PageOpener) -> None:
    window = open_page("review", "M1")
    page = shown(window, ReviewPage)
    assert page.answer == "M1"
    press(window, "v")  # and on to the next
    assert ("M1" in verified(window), page.answer) == (True, "M2")
    refusals: list[str] = []
    window.session.failed.connect(lambda error: refusals.append(error.code))
    press(window, "v")
    assert (refusals, page.answer) == (["TICK_NO_EVIDENCE"], "M2")
    press(window, "k", "v")
    assert ("M1" in verified(window), page.answer) == (False, "M1")
    press(window, "j", "c", "Which paper?")
    page.drawer.comments.button.click()
    settle(window)
    assert [row.comments for row in page.model.rows if row.target == "M2"] == [1]
    press(window, Qt.Key.Key_Escape, "u")
    assert [row.comments for row in page.model.rows if row.target == "M2"] == [0]
    press(window, "y")
    assert page.drawer.lines[0].startswith("Answer: C D")
    page.focus_first()
    press(window, Qt.Key.Key_Return)
    assert shown(window, DiagnosisPage).current == "M2"


def test_a_scenario_opens_on_the_board_and_esc_leads_to_the_questions(open_page: PageOpener) -> None:
    window = open_page("review", "quality")
    press(window, Qt.Key.Key_Escape)
    shown(window, DiagnosisPage).live.scores.review_button.click()
    settle(window)
    page = shown(window, ReviewPage)
    page.table.opened.emit(page.model.index([row.target for row in page.model.rows].index("quality"), 0))
    assert shown(window, BoardPage).scenario_id == "quality"


def test_returned_corrected_and_completed(open_page: PageOpener) -> None:
    window = open_page("review")
    page = shown(window, ReviewPage)
    press(window, "r", "B4 lacks its screens", Qt.Key.Key_Return)
    settle(window)
    assert page.state.text.endswith("B4 lacks its screens")
    assert not page.reason.isVisible()
    page.complete_button.click()
    assert "returned the assessment" in page.state.text
    page.corrected_button.click()
    settle(window)
    assert page.state.text.startswith("Corrected by 示例顾问")
    page.complete_button.click()
    settle(window)
    assessment = load_assessment(window.session.workspace, window.target.assessment_id or "")
    assert (assessment.status, page.complete_button.text()) == ("completed", "Completed")


def test_the_field_for_a_reason_is_left_by_esc(open_page: PageOpener) -> None:
    window = open_page("review")
    page = shown(window, ReviewPage)
    page.ask_reason()
    assert page.reason.isVisible()
    assert page.go_back()
    assert not page.reason.isVisible()


def test_what_stands_against_completing_is_one_press_away(open_page: PageOpener) -> None:
    window = open_page("review")
    page = shown(window, ReviewPage)
    window.session.do(record_said, window.target.assessment_id or "", "B5", "owner", ("E",))
    page.complete_button.click()
    assert "B5" in page.state.text
    page.open_first_point()
    assert shown(window, DiagnosisPage).current == "B5"


def test_an_error_by_the_rules_is_opened_among_the_findings(open_page: PageOpener) -> None:
    window = open_page("review")
    page = shown(window, ReviewPage)
    workspace, assessment_id = window.session.workspace, window.target.assessment_id or ""
    errors = [
        rule for found in rule_sets(workspace, workspace.pack()) for rule in found.rules if rule.severity == "error"
    ]
    document = json.dumps({"pack": "miit-sme-2024", **errors[0].fires_on}).encode()
    record_answers(workspace, assessment_id, parse_answers(document, workspace.pack(), location="rule"))
    assert "CONTRADICTION_OPEN" in {point.code for point in page.points()}
    page.open_first_point()
    shown(window, FindingsPage)


def test_a_case_is_handed_over_and_taken_back_on_the_delivery_page(
    open_page: PageOpener, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_page("delivery")
    page = shown(window, DeliveryPage)
    case = window.target.enterprise_id or ""
    card = page.hand_over_card
    assert card.state.text() == "The case has always been here."
    press(window, "h")
    assert card.holder.hasFocus()
    card.button.click()  # nobody is named: nothing happens
    assert find_custody(window.session.workspace, case) is None
    there = tmp_path / "there.zip"
    page.choose_target = lambda _suggested: there
    press(window, "Zhou Min")
    card.button.click()
    said = "Handed over by 示例顾问 to Zhou Min, "
    qtbot.waitUntil(lambda: card.state.text().startswith(said), timeout=WAIT_MS)
    assert card.holder.text() == ""
    with open_workspace(tmp_path / "other", actor=Actor(name="Zhou Min", firm="", device="B")) as other:
        take_over_bundle(other, there)
        hand_over(other, case, "示例顾问", tmp_path / "back.zip")
    page.choose_bundle = lambda: tmp_path / "back.zip"
    page.bundles.take_in()
    qtbot.waitUntil(card.take_button.isVisible, timeout=WAIT_MS)
    card.take_button.click()
    settle(window)
    assert card.state.text().startswith("Here: taken over from Zhou Min, ")
    assert card.holder.text() == "Zhou Min"


def test_a_case_that_is_away_says_so_on_every_page_and_blocks_nothing(open_page: PageOpener, tmp_path: Path) -> None:
    window = open_page("diagnosis", "B3")
    page = shown(window, DiagnosisPage)
    assert not page.custody.isVisible()
    window.session.do(hand_over, window.target.enterprise_id or "", "Zhou Min", tmp_path / "there.zip")
    settle(window)
    assert page.custody.text.startswith("The case was handed over to Zhou Min on ")
    press(window, "5")
    settle(window)
    answers = load_assessment(window.session.workspace, window.target.assessment_id or "").answers
    assert answers.options["B3"] == ("E",)
