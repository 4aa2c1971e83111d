"""The case pages in a real window on the demonstration factory, by keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from diag_app.forms.definition import Language
from diag_app.operations.assessment import load_assessment
from diag_app.operations.bundle import verify_bundle
from diag_app.operations.enterprise import find_contacts, load_enterprise
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.needs import NeedsPage
from diag_app.ui.pages.profile import ProfilePage
from diag_app.ui.pages.why import WhyPage
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import SETTINGS, settle

CASE_PAGES = ("profile", "diagnosis", "board", "why", "needs", "delivery")
WAIT_MS = 60_000


def test_a_choice_against_the_numbers_is_kept_and_said(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3")
    page = shown(window, DiagnosisPage)
    assert page.view.notice.isHidden()
    press(window, "5")
    assert page.case is not None
    assert page.case.card.question("B3").options == ("E",)
    assert page.view.notice.text == "The numbers give D, you chose E. Your choice counts; the report says so."
    assert page.view.options.rows["E"].content.tag == "by_hand"
    assert page.view.options.rows["D"].content.tag == "derived"
    press(window, "u")
    assert page.case.card.question("B3").state == "derived"
    assert page.view.notice.isHidden()
    assert page.current == "B3"


def test_none_excludes_the_others_and_they_exclude_none(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B4")
    page = shown(window, DiagnosisPage)
    chosen = []
    for keys in ("1", "2", "h", "2"):
        press(window, keys)
        assert page.case
        chosen.append(page.case.card.question("B4").options)
    assert chosen == [("A",), ("B",), ("B", "O"), ("O",)]


def test_the_whole_row_is_the_target(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B5")
    page = shown(window, DiagnosisPage)
    row = page.view.options.rows["D"]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 4, 4))
    settle(window)
    assert page.case is not None
    assert page.case.card.question("B5").options == ("D",)


def test_an_impossible_figure_is_said_at_the_field_and_not_stored(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3")
    page = shown(window, DiagnosisPage)
    strip = page.view.strip
    assert strip is not None
    field = strip.fields["equipment_networked"]
    for typed, said in (("500", "Cannot be above Production equipment, all (120)."), ("many", "Not a number.")):
        field.setFocus()
        field.selectAll()
        press(window, typed, Qt.Key.Key_Return)
        assert field.error.startswith(said)
        assert page.case is not None
        assert str(page.case.assessment.answers.numbers["equipment_networked"]) == "50"
    field.selectAll()
    press(window, "110", Qt.Key.Key_Return)
    assert not field.error
    assert page.case is not None
    assert page.case.card.question("B3").options == ("E",)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1280, 640), (1366, 690)])
def test_nothing_moves_when_figures_give_an_option(
    open_page: PageOpener, size: tuple[int, int], language: Language
) -> None:
    window = open_page("diagnosis", "B2", settings=replace(SETTINGS, language=language), size=size)
    page = shown(window, DiagnosisPage)
    assert page.case is not None
    asked = [question for question in page.case.pack.questions if question.numbers]
    recorded = page.case.assessment.answers.numbers
    for question in asked:
        page.show_question(question.question_id)
        for number in question.numbers:
            page.enter(number, None)
        settle(window)
        before = places(page)
        for number in question.numbers:
            page.enter(number, recorded[number])
            settle(window)
            assert places(page) == before
        assert page.case.card.question(question.question_id).derived is not None
    assert len(asked) > 1


def places(page: DiagnosisPage) -> list[QRect]:
    """Return where everything is that a finger may be about to press."""
    pressed = (*page.view.options.rows.values(), page.view.next_button)
    return [QRect(widget.mapTo(page, QPoint(0, 0)), widget.size()) for widget in pressed]


def test_what_is_typed_is_stored_when_the_question_changes(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B6")
    press(window, "n", "asked again", Qt.Key.Key_Escape, "j", "k")
    page = shown(window, DiagnosisPage)
    assert page.current == "B6"
    assert page.view.note.text() == "asked again"
    assert page.session.workspace is not None
    stored = load_assessment(page.session.workspace, str(page.target.assessment_id))
    assert stored.notes["B6"] == "asked again"


def test_a_translated_note_is_changed_in_its_language_alone(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3")
    page = shown(window, DiagnosisPage)
    assert page.case is not None
    before = page.case.recorded.notes["B3"]
    press(window, "n", Qt.Key.Key_End, " Checked.", Qt.Key.Key_Escape)
    assert page.case.assessment.notes["B3"].count("Checked.") == 1
    assert page.case.recorded.notes["B3"] == before


def test_j_goes_through_all_questions_to_the_board_and_esc_back(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B1")
    page = shown(window, DiagnosisPage)
    visited = []
    while window.target.page == "diagnosis":
        visited.append(page.current)
        press(window, "j")
    assert len(visited) == 15
    assert window.target.page == "board"
    press(window, Qt.Key.Key_Escape)
    assert (window.target.page, page.current) == ("diagnosis", "R4")


def test_scenarios_are_rated_by_digits_and_excused_with_a_reason(open_page: PageOpener) -> None:
    window = open_page("board", "hr")
    page = shown(window, BoardPage)
    press(window, "3")
    assert page.case is not None
    assert page.case.scenario_level("hr") == 3
    press(window, "x", Qt.Key.Key_Return)
    assert page.panel.reason_row.message == "Without a reason nothing is stored."
    press(window, "outsourced", Qt.Key.Key_Return)
    assert page.case.assessment.answers.scenarios["hr"].not_applicable == "outsourced"
    assert page.board.table.hasFocus()
    press(window, "u")
    assert page.case.scenario_level("hr") == 3


def test_d_makes_a_need_once(open_page: PageOpener) -> None:
    window = open_page("board", "finance")
    press(window, "d")
    page = shown(window, NeedsPage)
    assert page.editor.need is not None
    assert (page.editor.need.number, page.editor.need.scenario_id) == (4, "finance")
    press(window, Qt.Key.Key_Escape)
    assert window.target.page == "board"
    press(window, "d")
    assert len(page.case.needs if page.case else ()) == 4


def test_an_empty_needs_page_says_what_to_do(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = shown(window, NeedsPage)
    for _ in range(3):
        page.editor.remove_button.click()
    assert page.middle.currentWidget() is page.nothing
    page.undo()
    assert page.editor.isVisible()


def test_a_need_is_edited_in_place(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = shown(window, NeedsPage)
    press(window, "b", Qt.Key.Key_Return, "4.25", Qt.Key.Key_Return)
    assert page.case is not None
    assert str(page.case.needs[0].metrics[0].value) == "4.25"
    press(window, "m")
    assert page.case.needs[0].metrics[0].value is None
    press(window, Qt.Key.Key_Return, "oops", Qt.Key.Key_Return)
    assert "no figure" in page.editor.notice.text
    page.editor.priority.chosen.emit("must")
    assert page.case.needs[0].priority == "must"
    assert page.case.recorded_needs[0].title != page.case.needs[0].title  # Chinese stays as it was said


def test_the_tree_opens_the_answer_under_the_cursor(open_page: PageOpener) -> None:
    window = open_page("why", "B7")
    page = shown(window, WhyPage)
    assert page.model.node_at(page.tree.currentIndex()).target == "B7"
    press(window, Qt.Key.Key_Return)
    assert (window.target.page, window.target.item) == ("diagnosis", "B7")


def test_the_profile_stores_field_by_field_and_refuses_a_wrong_code(open_page: PageOpener) -> None:
    window = open_page("profile")
    page = shown(window, ProfilePage)
    enterprise_id = str(page.target.enterprise_id)
    field = page.form.figures["employees"]
    field.setFocus()
    field.selectAll()
    press(window, "12", Qt.Key.Key_Return)
    assert page.classes.size_value.text() == "micro"
    code = page.form.lines["uscc"]
    code.setFocus()
    code.selectAll()
    press(window, "91000000MADEM01269", Qt.Key.Key_Return)
    assert code.error
    workspace = page.session.workspace
    assert load_enterprise(workspace, enterprise_id).profile.uscc == "91000000MADEM01268"
    assert load_enterprise(workspace, enterprise_id).profile.employees == 12
    before = len(find_contacts(workspace, enterprise_id))
    page.contacts.new_name.setFocus()
    press(window, "Li", Qt.Key.Key_Return)
    assert len(find_contacts(workspace, enterprise_id)) == before + 1


def test_a_bundle_is_written_read_back_and_imported_twice(open_page: PageOpener, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_page("delivery")
    page = shown(window, DeliveryPage)
    bundle = tmp_path / "case.zip"
    page.choose_target = lambda _suggested: bundle
    page.choose_bundle = lambda: bundle
    page.choose_folder = lambda: tmp_path
    press(window, "b")
    qtbot.waitUntil(lambda: page.exports.rowCount() == 1, timeout=WAIT_MS)
    assert [problem for problem in verify_bundle(bundle) if problem.severity == "error"] == []
    press(window, "i")
    qtbot.waitUntil(lambda: page.notice.text.startswith("Taken in: 0 changes."), timeout=WAIT_MS)
    press(window, "s")
    qtbot.waitUntil(lambda: page.notice.text.startswith("Backed up"), timeout=WAIT_MS)


@pytest.mark.parametrize("page", CASE_PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_wider_than_the_smallest_window(open_page: PageOpener, page: str, language: str) -> None:
    settings = replace(SETTINGS, language=language)  # type: ignore[arg-type]
    window = open_page(page, settings=settings, size=(1280, 640))
    settle(window)
    assert window.width() == 1280
    areas = [(area, area.widget()) for area in window.findChildren(QScrollArea) if area.isVisible()]
    assert [inside for area, inside in areas if inside and inside.width() > area.viewport().width()] == []


@pytest.mark.parametrize("page", CASE_PAGES)
def test_whatever_takes_the_focus_has_a_name(open_page: PageOpener, page: str) -> None:
    window = open_page(page)
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _name(widget)
    ]
    assert nameless == []


def test_another_language_keeps_the_place(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "M2")
    window.change_settings(lambda now: replace(now, language="zh", theme="dark"))
    settle(window)
    assert shown(window, DiagnosisPage).current == "M2"
    assert QApplication.focusWidget() is not None


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    is_inner = isinstance(widget.parent(), QPlainTextEdit) or widget.focusProxy() is not None
    return widget.accessibleName() or text or ("inner" if is_inner else "")
