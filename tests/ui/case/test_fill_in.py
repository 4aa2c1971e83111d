"""The fill-in sheet in the window: copied, ticked, lapsed, written, by keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from diag_app.operations.assessment import record_answer
from diag_app.operations.fill_in import load_fill_in
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.fill_in import FillInPage
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import settle


def ticked(window: MainWindow) -> set[str]:
    """Return the fields that the store has as entered."""
    assessment_id = window.target.assessment_id or ""
    sheet = load_fill_in(window.session.workspace, assessment_id, "en").sheet
    return {field.field_id for field in sheet.fields() if field.is_entered}


def test_space_ticks_a_field_c_copies_its_value_and_j_goes_on(open_page: PageOpener) -> None:
    window = open_page("fill_in", "B3")
    before = ticked(window)
    press(window, "c")
    assert QGuiApplication.clipboard().text() == "120"
    press(window, Qt.Key.Key_Space)
    assert ticked(window) - before == {"B3.equipment_total"}
    press(window, "j", "c")
    assert QGuiApplication.clipboard().text() == "50"
    press(window, "k", Qt.Key.Key_Space)
    assert ticked(window) == before


def test_a_whole_question_is_copied_with_its_words(open_page: PageOpener) -> None:
    window = open_page("fill_in", "B1")
    press(window, "a")
    title, options, *words = QGuiApplication.clipboard().text().splitlines()
    assert (title, options) == ("1 Network", "Options\tB C")
    assert [line[0] for line in words] == ["B", "C"]


def test_a_changed_answer_unticks_itself_and_says_so(open_page: PageOpener) -> None:
    window = open_page("fill_in", "B5")
    page = shown(window, FillInPage)
    press(window, Qt.Key.Key_Space)
    tick = page.cards["B5"].ticks["B5"]
    assert tick.isChecked()
    window.session.do(record_answer, window.target.assessment_id or "", "B5", ("D",))
    settle(window)
    assert not tick.isChecked()
    assert tick.text().startswith("changed since")
    assert "type it in again" in page.notice.text


def test_an_unanswered_field_cannot_be_ticked(open_page: PageOpener) -> None:
    page = shown(open_page("fill_in"), FillInPage)
    assert not page.cards["B6"].ticks["B6"].isEnabled()
    assert page.cards["B6"].values["B6"].text() == "no answer"


def test_the_sheet_is_written_where_the_person_says(open_page: PageOpener, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_page("fill_in")
    page = shown(window, FillInPage)
    page.choose_file = lambda kind, _names: tmp_path / f"sheet.{kind}"
    page.write_excel()
    page.write_pdf()
    qtbot.waitUntil(lambda: (tmp_path / "sheet.xlsx").exists() and "sheet.pdf" in page.notice.text, timeout=20_000)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_delivery_leads_to_the_sheet(open_page: PageOpener) -> None:
    window = open_page("delivery")
    assert shown(window, DeliveryPage).fill_in_button.isVisible()
    press(window, "f")
    shown(window, FillInPage)
