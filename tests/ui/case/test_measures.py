"""The page of measures: own ones are added and changed in a form, workbooks go out, and come back after a look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from diag_app.model.measure_sheet import COLUMNS, FIRST_ROW, SHEET
from diag_app.model.plan import CaseMeasure
from diag_app.operations.assessment import start_assessment
from diag_app.operations.measure import find_measures
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.measures import MeasuresPage
from diag_app.ui.pages.path import PathPage
from tests.ui.case.conftest import PageOpener, press, shown


def own_measures(page: MeasuresPage) -> list[CaseMeasure]:
    return [item for item in find_measures(page.session.workspace, page.target.assessment_id or "") if item.is_own]


def accept(window: MainWindow) -> None:
    focus = QApplication.focusWidget() or window
    QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def idle(page: MeasuresPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy, timeout=60_000)


def test_a_measure_of_ones_own_is_added_changed_and_removed(open_page: PageOpener) -> None:
    window = open_page("measures")
    page = shown(window, MeasuresPage)
    press(window, "n")
    form = page.own
    assert form.key.text() == "own_1"
    accept(window)
    assert "name" in form.fault.text()
    form.name.setText("Leak test at the press")
    form.level.set_key("3")
    accept(window)
    assert "scenario" in form.fault.text()
    form.scenario.set_key("equipment")
    form.question.set_key("B1")
    form.low.setText("8")
    accept(window)
    assert "option" in form.fault.text()
    form.option.set_key("B")
    assert form.before.choice.currentText() == "no other measure"
    form.before.choice.set_key("mes_light")
    form.before.choice.activated.emit(1)
    accept(window)
    assert "8 to 4 weeks" in form.fault.text()
    form.low.setText("2")
    accept(window)
    (found,) = own_measures(page)
    assert page.middle.currentWidget() is page.table
    assert page.table.current is not None
    assert page.table.current.measure_id == found.measure_id == "own_1"
    assert page.table.form.ends["low"].hasFocus()
    page.table.table.setFocus()
    press(window, "e")
    assert (form.name.text(), form.option.key, form.before.keys) == ("Leak test at the press", "B", ("mes_light",))
    form.name.setText("Leak test")
    accept(window)
    assert [item.measure.label.en for item in own_measures(page)] == ["Leak test"]
    page.remove_button.click()
    assert own_measures(page) == []
    press(window, "u")
    assert len(own_measures(page)) == 1


def test_what_the_owner_says_is_set_by_keys(open_page: PageOpener) -> None:
    window = open_page("measures", "mes_light")
    page = shown(window, MeasuresPage)
    for key, state in (("d", "done"), ("p", "pinned"), ("p", None), (Qt.Key.Key_Delete, "excluded")):
        press(window, key)
        assert page.table.current is not None
        assert page.table.current.state == state
    chosen = page.table.current
    press(window, "j")
    assert page.table.current is not chosen
    press(window, "k")
    assert page.table.current is chosen
    press(window, "m")
    shown(window, PathPage)


def test_a_workbook_is_looked_at_before_it_is_taken_in(open_page: PageOpener, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_page("measures")
    page = shown(window, MeasuresPage)
    path = tmp_path / "prices.xlsx"
    page.choose_file = lambda is_new: path
    press(window, "x")
    idle(page, qtbot)
    book = load_workbook(path)
    book[SHEET].cell(FIRST_ROW, COLUMNS.index("provider") + 1).value = "Example Provider"
    book[SHEET].cell(FIRST_ROW + 1, COLUMNS.index("low") + 1).value = "cheap"
    book.save(path)
    press(window, "o")
    idle(page, qtbot)
    said = [label.text() for label in page.look.findChildren(QLabel)]
    assert any(f"C{FIRST_ROW + 1}" in text or "cheap" in text for text in said)
    assert any("Example Provider" in text for text in said)
    first = page.measures[0]
    assert first.offer.provider == ""
    press(window, Qt.Key.Key_Escape)
    assert page.middle.currentWidget() is page.table
    press(window, "o")
    idle(page, qtbot)
    accept(window)
    idle(page, qtbot)
    assert page.measures[0].offer.provider == "Example Provider"
    assert page.notice.text


def test_a_workbook_looked_at_for_one_case_is_not_taken_into_another(
    open_page: PageOpener, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_page("measures")
    page = shown(window, MeasuresPage)
    path, here = tmp_path / "prices.xlsx", window.target
    other = start_assessment(window.session.workspace, here.enterprise_id or "")
    there = replace(here, assessment_id=other)
    page.choose_file = lambda is_new: path
    press(window, "x")
    idle(page, qtbot)
    book = load_workbook(path)
    book[SHEET].cell(FIRST_ROW, COLUMNS.index("provider") + 1).value = "Example Provider"
    book.save(path)
    press(window, "o")
    window.navigate(there)
    idle(page, qtbot)
    assert shown(window, MeasuresPage).middle.currentWidget() is page.table
    window.navigate(here)
    press(window, "o")
    idle(page, qtbot)
    assert page.middle.currentWidget() is not page.table
    book[SHEET].cell(FIRST_ROW, COLUMNS.index("provider") + 1).value = "Another"
    book.save(path)
    accept(window)
    idle(page, qtbot)
    assert "have changed since it was looked at" in window.frame.notice.text
    assert page.look.take.isEnabled()
    assert page.measures[0].offer.provider == ""
